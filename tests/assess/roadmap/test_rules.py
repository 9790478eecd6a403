"""Rules of a choice, ties, and what must give way, each by hand on a few candidates."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.assess.roadmap import OUT, Problem, Relaxed, choose, smallest_relaxation
from tests.support.portfolios import budget, capacity, every_plan, problem

GAP = [-1.0, -1.0, -1.0]
CLOSE = [(0, 1.0, [0]), (1, 1.0, [1]), (2, 1.0, [2])]


def starts(of: Problem) -> list[int]:
    found = choose(of)
    assert found is not None
    assert found.optimal
    return found.starts.tolist()


def three(**changes: object) -> Problem:
    return problem(GAP, CLOSE, 3, **changes)


def test_everything_helpful_is_chosen_at_once_when_nothing_limits() -> None:
    assert starts(three(quarters=4)) == [0, 0, 0]


def test_must_is_kept_and_must_not_is_left() -> None:
    harmful = problem(
        GAP, [*CLOSE[:2], (2, -1.0, [2])], 3, choice=np.array(["must-not", "may", "must"])
    )
    assert starts(harmful) == [OUT, 0, 0]


def test_what_does_nothing_is_not_bought() -> None:
    assert starts(problem(GAP, CLOSE[:2], 3)) == [0, 0, OUT]


def test_of_two_that_do_the_same_the_cheaper_is_taken() -> None:
    """Both would over-shoot the one cell they close: 5 and 3, either closes it."""
    twins = [(0, 1.0, [0]), (1, 1.0, [0])]
    for cost, expected in (([5, 3], [OUT, 0]), ([3, 5], [0, OUT])):
        assert starts(problem([-1.0], twins, 2, cost=cost)) == expected


def test_a_requirement_comes_along_and_not_later() -> None:
    """1 has no effect of its own but 0 needs it; it can start in the second quarter only."""
    of = problem(
        GAP,
        [CLOSE[0]],
        2,
        3,
        requires=((0, 1),),
        earliest=np.array([0, 1]),
        resources=[capacity([1, 1], [9, 9, 9])],
    )
    assert starts(of) == [1, 1]


def test_a_requirement_that_may_not_be_done_bars_what_needs_it() -> None:
    of = three(requires=((0, 1),), choice=np.array(["may", "must-not", "may"]))
    assert starts(of) == [OUT, OUT, 0]


def test_exclusive_pair() -> None:
    better = [(0, 0.6, [0]), (1, 0.9, [1])]
    assert starts(problem(GAP, better, 2, excludes=((0, 1),))) == [OUT, 0]


def test_money_of_early_quarters_is_carried_over() -> None:
    """Cost 5; 2 a quarter: by the third quarter 6 are there."""
    of = problem([-1.0], [CLOSE[0]], 1, 4, [budget([5], [2, 2, 2, 2])])
    assert starts(of) == [2]


def test_people_of_early_quarters_are_not() -> None:
    of = problem([-1.0], [CLOSE[0]], 1, 4, [capacity([3], [2, 2, 2, 3])])
    assert starts(of) == [3]


def test_what_gains_most_starts_first() -> None:
    """One unit of people a quarter; the larger gap is closed first."""
    of = problem([-1.0, -3.0], [(0, 1.0, [0]), (1, 3.0, [1])], 2, 2, [capacity([1, 1], [1, 1])])
    assert starts(of) == [1, 0]


def test_an_overshoot_is_not_hidden_by_waiting() -> None:
    """+2 on a gap of −1 made in 12 months: begun so late that half shows, M would be 0.

    A must may start in any of twelve quarters; it starts in the first, where all of it shows.
    """
    of = problem(
        [-1.0],
        [(0, 2.0, [0])],
        1,
        12,
        [capacity([1], [1] * 12)],
        months=np.array([12.0]),
        choice=np.array(["must"]),
    )
    literal = min(of.misalignment(plan) for plan in every_plan(of))
    found = choose(of)
    assert found is not None
    assert literal < 0.05
    assert found.starts.tolist() == [0]
    assert found.misalignment == pytest.approx(1.0)
    assert found.held == (0,)


def test_smallest_set_to_relax_is_one_budget() -> None:
    """Two musts of 60 and 50 against 100: 10 more money is the least to give way."""
    of = three(
        choice=np.array(["must", "must", "may"]),
        resources=[budget([60, 50, 10], [100]), capacity([1, 1, 1], [5])],
    )
    assert choose(of) is None
    assert smallest_relaxation(of) == (Relaxed("budget", ("capital",), (("2027-Q1", 10.0),)),)


def test_relaxation_names_people_by_quarter() -> None:
    of = three(choice=np.array(["must", "must", "may"]), resources=[capacity([2, 2, 2], [3])])
    (rule,) = smallest_relaxation(of)
    assert (rule.rule, rule.names) == ("capacity", ("sales",))
    assert rule.more == (("2027-Q1", pytest.approx(1.0)),)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"choice": ["must", "must", "may"], "excludes": ((0, 1),)}, ("excludes", ("n00", "n01"))),
        (
            {"choice": ["must", "must-not", "may"], "requires": ((0, 1),)},
            ("requires", ("n00", "n01")),
        ),
        (
            {"choice": ["must", "may", "may"], "earliest": np.array([7, 0, 0])},
            ("earliest", ("n00",)),
        ),
    ],
)
def test_relaxation_of_rules(changes: dict, expected: tuple) -> None:
    of = three(**{**changes, "choice": np.array(changes["choice"])})
    assert choose(of) is None
    assert [(rule.rule, rule.names) for rule in smallest_relaxation(of)] == [expected]


def test_one_rule_is_relaxed_rather_than_two() -> None:
    """The must fits neither money nor people: doing without it is one rule, the others are two."""
    of = three(
        choice=np.array(["must", "may", "may"]),
        resources=[budget([9, 1, 1], [5]), capacity([9, 1, 1], [5])],
    )
    assert [rule.rule for rule in smallest_relaxation(of)] == ["must"]


def test_nothing_to_relax_when_there_is_a_plan() -> None:
    assert smallest_relaxation(three(choice=np.array(["must", "may", "may"]))) == ()


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(5)
    for size in (6, 9, 12):
        effects = [
            (int(i % size), float(rng.uniform(0.2, 1)), [int(i % 7)]) for i in range(3 * size)
        ]
        cost = rng.integers(1, 9, size)
        choose(problem([-1.5] * 7, effects, size, 4, [budget(cost, [9.0] * 4)], cost, delay=3.0))
    assert capfd.readouterr().out == ""
