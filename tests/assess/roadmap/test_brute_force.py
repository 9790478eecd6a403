"""The chosen plan against trying every plan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.roadmap import OUT, Problem, choose, least
from tests.support.portfolios import budget, capacity, every_plan, problem

CELLS = 5
GAP = st.floats(-3, 1.5).map(lambda x: round(x, 2))
SIZE = st.floats(-0.8, 1.5).map(lambda x: round(x, 2)).filter(lambda x: x != 0)


@st.composite
def problems(draw: st.DrawFn, most: int = 10, quarters: int = 1) -> Problem:
    """Random gaps, overlapping effects, a budget, people, and now and then a rule."""
    size = draw(st.integers(1, most))
    some = st.integers(0, size - 1)
    cells = st.lists(st.integers(0, CELLS - 1), min_size=1, max_size=3, unique=True)
    effects = draw(st.lists(st.tuples(some, SIZE, cells), min_size=1, max_size=2 * size))
    costs = draw(st.lists(st.integers(1, 9), min_size=size, max_size=size))
    loads = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    room = draw(st.lists(st.integers(0, 12), min_size=quarters, max_size=quarters))
    free = draw(st.lists(st.integers(0, 6), min_size=quarters, max_size=quarters))
    pairs = st.tuples(some, some).filter(lambda p: p[0] != p[1])
    rules = draw(st.lists(pairs, max_size=2)) if size > 1 else []
    words = st.sampled_from(["may", "may", "may", "must", "must-not"])
    return problem(
        draw(st.lists(GAP, min_size=CELLS, max_size=CELLS)),
        effects,
        size,
        quarters,
        [budget(costs, room), capacity(loads, free)],
        costs,
        delay=draw(
            st.lists(
                st.sampled_from([0.0, 3.0, 30.0]), min_size=len(effects), max_size=len(effects)
            )
        ),
        choice=np.array(draw(st.lists(words, min_size=size, max_size=size))),
        requires=tuple((max(p), min(p)) for p in rules[:1]),
        excludes=tuple((min(p), max(p)) for p in rules[1:]),
        overshoot=draw(st.sampled_from([1.0, 1.0, 0.3, 2.5])),
    )


@settings(max_examples=60, deadline=None)
@given(problems())
def test_one_quarter_same_optimum_as_every_subset(of: Problem) -> None:
    plans = every_plan(of)
    found = choose(of)
    assert (found is None) == (not plans)
    if found is not None:
        best = min(of.misalignment(plan) for plan in plans)
        assert found.optimal
        assert of.allows(found.starts)
        assert found.misalignment == pytest.approx(best, rel=1e-6, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(problems(most=4, quarters=3))
def test_several_quarters_same_optimum_as_every_plan(of: Problem) -> None:
    plans = every_plan(of)
    found, searched = choose(of), least(of)
    assert (found is None) == (searched is None) == (not plans)
    if found is not None and searched is not None:
        best = min(by_cells(of, plan) for plan in plans)
        assert found.optimal
        assert of.allows(found.starts)
        assert by_cells(of, found.starts) == pytest.approx(best, rel=1e-6, abs=1e-9)
        assert searched.misalignment == pytest.approx(best, rel=1e-6, abs=1e-9)
        assert searched.bound <= best + 1e-6


@settings(max_examples=60, deadline=None)
@given(problems(most=4, quarters=3))
def test_nobody_could_start_sooner_without_a_greater_m(of: Problem) -> None:
    found = choose(of)
    if found is None:
        return
    chosen = by_cells(of, found.starts)
    for i in np.flatnonzero(found.starts != OUT):
        for quarter in range(found.starts[i]):
            sooner = found.starts.copy()
            sooner[i] = quarter
            if of.allows(sooner) and of.open[i, quarter]:
                assert by_cells(of, sooner) > chosen + 1e-10


def by_cells(of: Problem, starts: np.ndarray) -> float:
    """M cell by cell: the gap at the horizon, or that without any delay, whichever weighs more."""
    total = 0.0
    for cell, weight in enumerate(of.weight):
        worst = 0.0
        for quarters in (starts, of.soonest):
            gap = of.gap[cell]
            for effect, owner in enumerate(of.effects.owner):
                if starts[owner] != OUT and of.effects.cells[effect, cell]:
                    gap += of.effects.size[effect] * of.shares[effect, quarters[owner]]
            worst = max(worst, gap**2 * (of.overshoot if gap > 0 else 1.0))
        total += weight * worst
    return total


def test_tempting_delays_gain_nothing() -> None:
    """Fifteen months of delivery in four quarters: half of the effects tempt to be late."""
    rng, tempted = np.random.default_rng(1), 0
    for _ in range(12):
        size = int(rng.integers(2, 5))
        changes = rng.choice([-1, 1, 1, 1], 2 * size) * rng.choice([0.5, 1, 1.5, 2], 2 * size)
        effects = [(int(rng.integers(size)), float(c), [int(rng.integers(3))]) for c in changes]
        cost = rng.integers(1, 6, size).tolist()
        limits = [capacity([1] * size, [2] * 4), budget(cost, [4] * 4)]
        of = problem([-1.0, -0.5, -1.5], effects, size, 4, limits, cost, months=np.full(size, 15.0))
        found = choose(of)
        assert found is not None
        assert found.optimal
        plans = every_plan(of)
        best = min(by_cells(of, plan) for plan in plans)
        assert by_cells(of, found.starts) == pytest.approx(best, rel=1e-6)
        tempted += min(of.misalignment(plan) for plan in plans) < found.misalignment - 1e-6
    assert tempted


@settings(max_examples=30, deadline=None)
@given(problems(most=6))
def test_helpful_investments_alone_never_lower_the_index(of: Problem) -> None:
    """Cells far below target and effects that cannot carry them past it: each one helps."""
    few = problem(
        [-9.0] * CELLS,
        [(o, abs(c) / 4, np.flatnonzero(row)) for o, c, row in _rows(of)],
        of.size,
        resources=of.resources,
    )
    found = choose(few)
    assert found is not None
    assert found.misalignment <= few.misalignment(np.full(of.size, OUT))


def _rows(of: Problem) -> list[tuple[int, float, np.ndarray]]:
    effects = of.effects
    return list(zip(effects.owner.tolist(), effects.change.tolist(), effects.cells, strict=True))


def test_the_same_problem_gives_the_same_plan() -> None:
    gap, size = [-2.0, -1.5, -1.0, -0.5, 0.2], 8
    effects = [(i, 0.3 + 0.1 * i, [i % CELLS, (i + 2) % CELLS]) for i in range(size)]
    made = [
        choose(problem(gap, effects, size, 4, [budget(range(1, 9), [6, 6, 6, 0])], range(1, 9)))
        for _ in range(2)
    ]
    assert made[0] is not None
    assert made[0].starts.tolist() == made[1].starts.tolist()
