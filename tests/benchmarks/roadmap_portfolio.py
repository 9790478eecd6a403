"""The portfolio by size and overlap: the answer at once, the proof, and the plain linearisation.

Times are of the processor where nothing else is said: every search runs in one thread.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from lodestar.assess.roadmap import Portfolio, Problem, calendar_of, choose
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.robust import REDRAWN, robust
from lodestar.assess.roadmap.solver import solve
from lodestar.assess.roadmap.terms import changes_of
from tests.benchmarks.harness import Row, compared, seconds
from tests.support.portfolio_clients import large_problem

ABOUT = "Choosing among 15, 30 and 60 investments that touch 4 to 30 cells over twelve quarters."

SIZES = ((15, 4), (15, 6), (15, 12), (30, 4), (30, 6), (30, 12), (30, 30), (60, 4), (60, 6))
NODES = 500
"""Most nodes of either search."""

LIMIT = 30.0
"""Seconds after which the plain linearisation is stopped."""

SEED = 1

MOVED = (4, 6, 12)
"""Cells that each of 30 investments touches where moves of the what-if are timed."""

MOVES = 24
"""Moves of the what-if, of four kinds."""


def run() -> list[Row]:
    """Return the answer at once, the proof and the plain linearisation; then the redraws."""
    rows = [_row(size, touching) for size, touching in SIZES]
    return [*rows, *(_moved(touching) for touching in MOVED), *map(_redrawn, (15, 30, 60))]


def _row(size: int, touching: int) -> Row:
    of = large_problem(size, touching, SEED)
    quick, at_once = _timed(partial(choose, of, quick=True))
    begun = time.perf_counter()
    proven, taken = _timed(partial(choose, of, nodes=NODES))
    clock = time.perf_counter() - begun
    begun = time.process_time()
    plain = plainly(of)
    peer = time.process_time() - begun
    return {
        "investments": str(size),
        "cells each": str(touching),
        "at once": f"{at_once:.2f} s",
        "its gap": f"{quick.gap:.2%}",
        "behind the search": f"{of.counted(quick.starts) / of.counted(proven.starts) - 1:.2%}",
        "search": f"{taken:.2f} s",
        "by the clock": f"{clock:.2f} s",
        "gap": f"{proven.gap:.2%}",
        "plain linearisation": f"{peer:.2f} s",
        "plain gap": f"{_plain_gap(of, plain):.2%}",
        "ratio": f"{peer / taken:.3g}",
    }


def _moved(touching: int) -> Row:
    """Return the time of a plan chosen again after moves of the what-if, by the processor."""
    of = large_problem(30, touching, SEED)
    taken = sorted(
        _timed(partial(choose, _move(of, place), quick=True))[1] for place in range(MOVES)
    )
    return {
        "what-if of 30 investments": f"{touching} cells each",
        "median": f"{np.median(taken):.2f} s",
        "worst": f"{taken[-1]:.2f} s",
    }


def _move(of: Problem, place: int) -> Problem:
    """Return a problem after one move: budget, horizon, level, or one investment in or out."""
    kind, step = place % 4, place // 4
    if kind == 0:
        return of.with_budget(0.5 + 0.2 * step)
    if kind == 1:
        return _until(of, 36 - 3 * (1 + step))
    if kind == 2:
        return replace(of, gap=of.gap + 0.25 * (step - 3))
    choice = of.choice.astype("U8")
    choice[5 * step] = "must-not" if step % 2 else "must"
    return replace(of, choice=choice)


def _until(of: Problem, horizon: int) -> Problem:
    """Return a problem judged earlier: its quarters until then, with their money and people."""
    calendar = calendar_of(date(2026, 12, 31), horizon)
    size = len(calendar.quarters)
    limits = tuple(replace(r, use=r.use[:, :size, :size], room=r.room[:size]) for r in of.resources)
    return replace(of, calendar=calendar, resources=limits, price=of.price[:, :size])


def _timed(work: partial[Portfolio | None]) -> tuple[Portfolio, float]:
    begun = time.process_time()
    made = work()
    assert made is not None
    return made, time.process_time() - begun


def _plain_gap(of: Problem, found: OptimizeResult) -> float:
    """Return the gap in M; 1 where no plan was found."""
    if found.x is None:
        return 1.0
    m = found.fun + of.weighed(of.gap)
    return max(0.0, (found.fun - found.mip_dual_bound) / m)


def plainly(of: Problem) -> OptimizeResult:
    """Solve with one more variable for every product of two starts that meet in a cell.

    It is the M at the horizon, waiting allowed.
    """
    programme = Programme(of, of.open)
    change = changes_of(of, programme.candidate, programme.quarter)
    own = (change**2 + 2 * change * of.gap) @ of.weight
    both = 2 * np.triu((change * of.weight) @ change.T, 1)
    both[programme.candidate[:, None] == programme.candidate[None, :]] = 0.0
    first, second = np.nonzero(np.abs(both) > 1e-12)
    size, row = len(first), np.arange(len(first))
    wide = programme.width + size
    table = _table(row, (first, second, programme.width + row), (1.0, 1.0, -1.0), wide)
    under = [
        _table(row, (programme.width + row, end), (1.0, -1.0), wide) for end in (first, second)
    ]
    cost = np.concatenate([own, np.zeros(of.size), both[first, second]])
    rules = [LinearConstraint(table, ub=1), *(LinearConstraint(one, ub=0) for one in under)]
    return solve(
        cost,
        [*programme.rules(size), *rules],
        Bounds(np.append(programme.low, np.zeros(size)), np.append(programme.high, np.ones(size))),
        np.arange(wide) < programme.width,
        mip_rel_gap=1e-7,
        node_limit=NODES,
        time_limit=LIMIT,
    )


def _table(
    row: np.ndarray, columns: tuple[np.ndarray, ...], values: tuple[float, ...], wide: int
) -> sparse.csr_array:
    given = np.concatenate([np.full(len(row), value) for value in values])
    places = (np.tile(row, len(columns)), np.concatenate(columns))
    return sparse.csr_array((given, places), shape=(len(row), wide))


def _redrawn(size: int) -> Row:
    """Return the time of 200 redrawn choices beside as many choices proven one by one."""
    of = large_problem(size, 6, SEED)
    plan = choose(of, quick=True)
    assert plan is not None
    gaps = of.gap + np.random.default_rng(SEED).normal(0, 0.3, (REDRAWN, len(of.gap)))
    taken = seconds(partial(robust, of, plan.starts, gaps, SEED))
    one = seconds(partial(choose, of))
    what = f"{REDRAWN} redrawn choices among {size}"
    return compared(what, taken, f"{REDRAWN} times the proof of one", REDRAWN * one)
