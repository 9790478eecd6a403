"""Covers: published set-cover optima, and every choice of small problems."""

from __future__ import annotations

import json
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts.changes import Change
from lodestar.assess.conflicts.cover import cheapest
from lodestar.assess.conflicts.greedy import best_value_first
from lodestar.assess.conflicts.needs import Need
from lodestar.assess.conflicts.programme import programme

ORACLE = Path(__file__).parents[2] / "oracles" / "conflicts" / "setcover.json"
COVERS = json.loads(ORACLE.read_text(encoding="utf-8"))["instances"]
OPTIONS = [Change(m, word) for m in "abcde" for word in ("guardrail", "replace")]
OWNERS = [Change(m, "assign-owner") for m in "xy"]


def covered(case):
    """Needs and costs of a published instance."""
    column = [Change(f"m{k:04d}", "replace") for k in range(case["cols"])]
    needs = [Need(dict.fromkeys((column[k] for k in row), 1)) for row in case["row_cols_0based"]]
    return needs, dict(zip(column, case["cost"], strict=True))


@pytest.mark.parametrize("case", COVERS, ids=lambda case: case["name"])
def test_published_set_cover_optima_are_reached(case):
    """Oracle: OR-Library scp41, scp42 and Steiner triples 9, 15, 27 with published optima."""
    needs, costs = covered(case)
    got = cheapest(needs, costs)
    assert (got.cost, got.optimal, got.left) == (case["optimum"], True, ())
    assert got.bound == case["optimum"]
    assert all(any(change in got.changes for change in need.gains) for need in needs)


@pytest.mark.parametrize("case", COVERS, ids=lambda case: case["name"])
def test_the_greedy_rule_costs_what_it_does_elsewhere(case):
    """Oracle: an independent programme of Chvátal's rule on the same instances."""
    problem = programme(*covered(case))
    chosen = best_value_first(problem, np.zeros(len(problem.options), dtype=bool))
    assert problem.cost @ chosen == case["greedy"]


@st.composite
def problems(draw):
    """Needs with several gains, needs that changes open, helpers that are lost, any costs."""
    options = draw(st.lists(st.sampled_from(OPTIONS + OWNERS), unique=True, max_size=9))
    money = st.sampled_from([0.0, 0.5, 1.0, 1.0, 2.0, 2.0, 2.25, 3.0, 0.1, 12_345.67])
    costs = {option: draw(money) for option in options}
    needs = []
    for _ in range(draw(st.integers(1, 7))):
        picked = st.lists(st.sampled_from(options), max_size=3) if options else st.just([])
        need = draw(st.sampled_from([1, 1, 1, 2, 3]))
        gains = {change: draw(st.sampled_from([1, 1, need])) for change in draw(picked)}
        role = draw(st.sampled_from(["start", "start", "start", "opened", "lost"]))
        others = frozenset(draw(picked)) - set(gains)
        opened = frozenset(sorted(others)[:1]) if role == "opened" else frozenset()
        lost = others if role == "lost" else frozenset()
        needs.append(Need(gains, need if not lost else 1, opened, lost))
    return needs, costs


def unmet(need, made):
    """Tell whether a choice leaves a need, told from what the words mean."""
    if need.given and not need.given <= made:
        return False
    if need.kept and not need.kept <= made:
        return False
    return sum(gain for change, gain in need.gains.items() if change in made) < need.need


def every_choice(needs, costs):
    """Every choice of at most one change a metric that opens nothing, as (left, cost, n, ids)."""
    metrics = sorted({option.metric for option in costs})
    by_metric = [[None, *sorted(o for o in costs if o.metric == m)] for m in metrics]
    for choice in product(*by_metric):
        made = tuple(sorted(change for change in choice if change is not None))
        left = [need for need in needs if unmet(need, set(made))]
        if all(need.from_the_start for need in left):
            yield len(left), round(sum(costs[change] for change in made), 6), len(made), made


@settings(max_examples=400, deadline=None)
@given(problems())
@example(([Need({}, 1)], {}))
def test_no_choice_is_better(problem):
    """Oracle: every choice, its meaning read off the needs."""
    needs, costs = problem
    every = list(every_choice(needs, costs))
    left, cost, _, made = min(every)
    got = cheapest(needs, costs)
    assert (len(got.left), got.changes) == (left, made)
    assert got.cost == pytest.approx(cost, abs=1e-6)
    assert got.optimal
    assert got.bound == pytest.approx(cost, abs=1e-6)
    assert got.settled or not costs
    same = [set(choice[3]) for choice in every if choice[:2] == (left, cost)]
    assert got.always == set.intersection(*same)
    assert all(set(other) in same for other in got.others)
    shown = [c for c in got.changes if any(c not in other for other in got.others)]
    assert set(got.changes) - got.always == set(shown)
    any_will_do = cheapest(needs, costs, ties=False)
    assert (len(any_will_do.left), any_will_do.cost) == (left, pytest.approx(cost, abs=1e-6))


@settings(max_examples=100, deadline=None)
@given(problems())
def test_best_value_first_helps_at_each_step_and_stops_when_nothing_does(problem):
    """Oracle: the sum of unmet shares, counted need by need."""
    needs, costs = problem
    made = programme(needs, costs)
    chosen = best_value_first(made, np.zeros(len(made.options), dtype=bool))
    changes = made.changes(chosen)
    assert len({change.metric for change in changes}) == len(changes)
    assert lacking(made, changes) <= lacking(made, ())
    for option in costs:
        swapped = (*(c for c in changes if c.metric != option.metric), option)
        assert lacking(made, swapped) >= lacking(made, changes) - 1e-9


def test_best_value_first_may_make_a_change_stronger():
    """Half a need met at 1 is the better value, but only the dearer change meets it whole."""
    half, whole = Change("a", "re-weight"), Change("a", "replace")
    made = programme([Need({half: 1, whole: 2}, 2)], {half: 1.0, whole: 3.0})
    assert made.changes(best_value_first(made, np.zeros(2, dtype=bool))) == (whole,)


def lacking(problem, changes):
    """Sum over needs of the share that is not met, as a covering row counts it."""
    total = 0.0
    for need in problem.needs:
        opened = need.need * (len(need.given) - sum(c in need.given for c in changes))
        kept = len(need.kept) - sum(c in need.kept for c in changes)
        gain = sum(min(g, need.need) for c, g in need.gains.items() if c in changes)
        total += max(need.need - opened - kept - gain, 0.0) / need.need
    return total


def test_ties_are_broken_by_fewest_changes_then_ids():
    needs = [Need({Change(m, "share"): 1, Change("z", "replace"): 1}) for m in "bac"]
    costs = {Change(m, "share"): 1.0 for m in "abc"} | {Change("z", "replace"): 3.0}
    assert cheapest(needs, costs).changes == (Change("z", "replace"),)
    pairs = [Need({Change(m, "share"): 1 for m in two}) for two in combinations("abc", 2)]
    assert cheapest(pairs, costs).changes == (Change("a", "share"), Change("b", "share"))


def test_more_ties_than_one_block_settles():
    """A ring of 40 needs of two neighbours: every second change; two ways, the first id decides."""
    ring = [Change(f"m{k:02d}", "guardrail") for k in range(40)]
    needs = [Need({ring[k]: 1, ring[k - 1]: 1}) for k in range(40)]
    got = cheapest(needs, dict.fromkeys(ring, 2.0))
    assert got.changes == tuple(ring[::2])
    assert (got.optimal, got.always, got.settled) == (True, frozenset(), True)


def test_costs_too_large_to_tell_ties_apart_are_not_called_settled():
    """Costs of a million in steps of 0.000001: the cheapest is proven, ties are not looked for."""
    needs = [Need({Change("a", "replace"): 1, Change("b", "replace"): 1})]
    costs = {Change("a", "replace"): 1_000_000.000001, Change("b", "replace"): 1_000_000.000002}
    got = cheapest(needs, costs)
    assert got.changes == (Change("a", "replace"),)
    assert (got.optimal, got.settled) == (True, False)
