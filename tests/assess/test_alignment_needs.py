"""What waits for what. Oracles: plain loops over cells, brute force over paths of needs, the index
of a client whose levels are changed by hand."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lodestar.assess.alignment import assess, index_of, misalignment
from lodestar.assess.alignment.needs import Rests, blockers, reach, rests_on
from lodestar.framework.model import Capability
from tests.support.builders import IDENTITY, engagement, small_framework

HALVES = st.integers(2, 10).map(lambda k: k / 2)
Needs = dict[str, list[str]]


@st.composite
def webs(draw: Any) -> tuple[Needs, np.ndarray, np.ndarray]:
    """Needs without circles in any order of rows, levels with holes, targets."""
    size, columns = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    rows = draw(st.permutations(range(size)))
    needs: Needs = {f"c{i}": [] for i in range(size)}
    for place, i in enumerate(rows):
        earlier = st.lists(st.sampled_from(rows[:place]), unique=True) if place else st.just([])
        needs[f"c{i}"] = [f"c{j}" for j in draw(earlier)]
    cell = st.one_of(HALVES, st.just(np.nan))
    x = np.array(draw(st.lists(cell, min_size=size * columns, max_size=size * columns)))
    target = np.array(draw(st.lists(HALVES, min_size=size, max_size=size)))
    return needs, x.reshape(size, columns), np.repeat(target[:, None], columns, axis=1)


def below(needs: Needs, capability: str) -> set[str]:
    """All that a capability rests on, by following every path."""
    paths, met = list(needs[capability]), set()
    while paths:
        need = paths.pop()
        met.add(need)
        paths += needs[need]
    return met


@settings(max_examples=150, deadline=None)
@given(webs())
def test_reach_is_the_weakest_need_short_of_what_is_asked(web: tuple[Any, ...]) -> None:
    """Cell by cell: the rule as its docstring says it."""
    needs, x, target = web
    rests, names = rests_on(needs), list(needs)
    got = reach(x, target, rests)
    for (c, name), f in product(enumerate(names), range(x.shape[1])):
        short = [
            d
            for d in (names.index(need) for need in below(needs, name))
            if x[d, f] < min(target[d, f], target[c, f])
        ]
        assert got[c, f] == min([target[c, f], *(x[d, f] for d in short)])
        if x[c, f] < target[c, f]:
            assert set(blockers(x, target, rests, c, f)) == set(short)
        else:
            assert blockers(x, target, rests, c, f) == []


@settings(max_examples=100, deadline=None)
@given(webs())
def test_nothing_waits_at_the_target_profile(web: tuple[Any, ...]) -> None:
    needs, x, target = web
    assert (reach(target, target, rests_on(needs)) == target).all()
    assert (reach(x, target, rests_on(needs)) <= target).all()


@settings(max_examples=100, deadline=None)
@given(webs(), st.data())
def test_raising_any_cell_towards_its_target_never_lowers_what_another_can_hold(
    web: tuple[Any, ...], data: Any
) -> None:
    needs, x, target = web
    c = data.draw(st.integers(0, x.shape[0] - 1))
    raised = x.copy()
    raised[c] = np.fmax(x[c], np.minimum(x[c] + 0.5, target[c]))
    rests = rests_on(needs)
    assert (reach(raised, target, rests) >= reach(x, target, rests)).all()


def test_an_order_puts_everything_behind_what_it_rests_on() -> None:
    rests = rests_on({"act": ["share"], "share": ["listen"], "listen": [], "own": []})
    places = {position: i for i, position in enumerate(rests.order)}
    assert all(places[d] < places[c] for c, below in enumerate(rests.below) for d in below)
    assert rests == Rests(((1, 2), (2,), (), ()), rests.order)


CHAIN = tuple(
    Capability(name, "D1", name, target=IDENTITY, needs=needs)
    for name, needs in (("C01", ()), ("C02", ("C01",)), ("C03", ("C02",)), ("C04", ()))
)
"""C03 rests on C02, which rests on C01; nothing rests on C04."""


def chain(levels: dict[str, tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    rows = [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": level}
        for c, pair in levels.items()
        for f, level in zip(("sales", "service"), pair, strict=True)
        for i in range(3)
        if level is not None
    ]
    framework = small_framework(capabilities=CHAIN, **more.pop("framework", {}))
    return assess(engagement({"ratings": rows}, framework=framework, **more), {})


LEVELS = {"C01": (1, 3), "C02": (2, 3), "C03": (2.5, 2), "C04": (2, 4)}


def cell(section: dict[str, Any], capability: str, function: str) -> dict[str, Any]:
    rows = section["gaps"]
    return next(r for r in rows if (r["capability"], r["function"]) == (capability, function))


def index_with(section: dict[str, Any], **changed: float) -> float:
    """The index by a loop over cells, some at other levels (``C01_sales``)."""
    weights = {"C01": 1 / 3, "C02": 1 / 3, "C03": 1 / 3, "C04": 1 / 3}
    cells = [(g["capability"], g["function"], g["present"], g["target"]) for g in section["gaps"]]
    m = sum(weights[c] * (changed.get(f"{c}_{f}", x) - t) ** 2 for c, f, x, t in cells)
    return 100 * (1 - (m / sum(weights[c] for c, *_ in cells)) ** 0.5 / 4)


def test_a_chain_by_hand() -> None:
    """Sales: C01 at 1 holds back C02 and, through it, C03; C02 at 2 holds back C03 too.

    Service: C01 and C02 stand at their targets, so C03 waits for nothing.
    """
    got = chain(LEVELS)
    assert cell(got, "C01", "sales")["blocked_by"] == []
    assert cell(got, "C02", "sales")["blocked_by"] == ["C01"]
    assert cell(got, "C03", "sales")["blocked_by"] == ["C01", "C02"]
    assert cell(got, "C03", "service")["blocked_by"] == []
    assert cell(got, "C02", "sales")["reachable"] == 2
    assert cell(got, "C02", "sales")["blocked"] == 1
    assert cell(got, "C03", "sales")["blocked"] == 0.5
    assert cell(got, "C02", "sales")["gain_now"] == 0
    assert cell(got, "C04", "service")["blocked_by"] == []
    assert cell(got, "C04", "service")["gain_now"] == 0


def test_a_need_that_nobody_rated_holds_nothing_back() -> None:
    got = chain({**LEVELS, "C01": (None, 3), "C02": (2, 3)})
    assert cell(got, "C02", "sales")["blocked_by"] == []


def test_gains_equal_the_index_with_the_levels_changed_by_hand() -> None:
    """C01 alone to 3; then C02 may rise to 3, then C03 to 3."""
    got = chain(LEVELS)
    now = index_with(got)
    assert now == pytest.approx(got["index"])
    assert cell(got, "C01", "sales")["gain"] == pytest.approx(index_with(got, C01_sales=3) - now)
    first = got["needs"][0]
    assert (first["capability"], first["functions"]) == ("C01", ["sales"])
    assert first["gain"] == pytest.approx(index_with(got, C01_sales=3) - now)
    whole = index_with(got, C01_sales=3, C02_sales=3, C03_sales=3)
    assert first["gain_joint"] == pytest.approx(whole - now)
    assert first["holds"] == [{"capability": c, "function": "sales"} for c in ("C02", "C03")]
    second = got["needs"][1]
    assert (second["capability"], second["blocked_by"]) == ("C02", ["C01"])


def test_order_is_a_tree_with_what_waits_behind_what_it_waits_for() -> None:
    got = chain(LEVELS)
    order = [(r["capability"], r["function"], r["depth"], r["behind"]) for r in got["order"]]
    assert order[0] == ("C01", "sales", 0, None)
    assert order[1:3] == [("C02", "sales", 1, "C01"), ("C03", "sales", 1, "C01")]
    below_target = [g for g in got["gaps"] if g["gap"] < 0]
    assert len(order) == len(below_target)
    assert {o[:2] for o in order} == {(g["capability"], g["function"]) for g in below_target}


def test_over_shoot_counts_in_gains_as_in_the_index() -> None:
    got = chain(LEVELS, framework={"overshoot_weight": 0.25})
    x = np.array([[1.0, 3], [2, 3], [2.5, 2], [2, 4]])
    target, weights = np.full((4, 2), 3.0), np.ones((4, 2))
    now, raised = (
        index_of(misalignment(levels, target, weights, 0.25))
        for levels in (x, np.vstack([[3.0, 3], x[1:]]))
    )
    assert got["needs"][0]["gain"] == pytest.approx(raised - now)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(HALVES, HALVES), min_size=4, max_size=4))
def test_gain_of_every_gap_is_exact_and_what_follows_never_takes_away(
    pairs: list[tuple[float, float]],
) -> None:
    """Brute force: the index of the matrix with that one cell at its target."""
    got = chain(dict(zip(("C01", "C02", "C03", "C04"), pairs, strict=True)))
    assume(got["misalignment"] > 0)
    now = index_with(got)
    for row in got["gaps"]:
        closed = index_with(got, **{f"{row['capability']}_{row['function']}": row["target"]})
        assert row["gain"] == pytest.approx(closed - now, abs=1e-9)
        assert 0 <= row["blocked"] <= max(0, -row["gap"])
        assert row["gain_now"] <= row["gain"] + 1e-9
        assert bool(row["blocked_by"]) == (row["blocked"] > 0)
    for need in got["needs"]:
        assert need["gain_joint"] >= need["gain"] - 1e-12


def test_without_needs_nothing_waits() -> None:
    none = tuple(Capability(c.id, "D1", c.name, target=IDENTITY) for c in CHAIN)
    rows = [
        {"capability": c, "function": "sales", "rater": f"r{i}", "level": 2}
        for c in ("C01", "C02", "C03", "C04")
        for i in range(3)
    ]
    got = assess(engagement({"ratings": rows}, ("sales",), small_framework(capabilities=none)), {})
    assert got["needs"] == []
    assert got["needs_reason"]
    assert all(row["depth"] == 0 for row in got["order"])
