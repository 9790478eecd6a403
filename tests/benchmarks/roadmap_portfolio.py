"""The portfolio by size and overlap: the answer at once, the proof, and the plain linearisation.

Times are of the processor: every search runs in one thread.
"""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from lodestar.assess.roadmap import Portfolio, Problem, choose
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.robust import REDRAWN, robust
from lodestar.assess.roadmap.solver import solve
from lodestar.assess.roadmap.terms import terms_of
from tests.benchmarks.harness import Row, compared, seconds
from tests.support.portfolio_clients import large_problem

ABOUT = "Choosing among 15, 30 and 60 investments that touch 4 to 30 cells over twelve quarters."

SIZES = ((15, 4), (15, 6), (15, 12), (30, 4), (30, 6), (30, 12), (30, 30), (60, 4), (60, 6))
NODES = 500
"""Most nodes of either search."""

LIMIT = 30.0
"""Seconds after which the plain linearisation is stopped."""

SEED = 1


def run() -> list[Row]:
    """Return the answer at once, the proof and the plain linearisation; then the redraws."""
    rows = [_row(size, touching) for size, touching in SIZES]
    return [*rows, *(_redrawn(size) for size in (15, 30))]


def _row(size: int, touching: int) -> Row:
    of = large_problem(size, touching, SEED)
    quick, at_once = _timed(partial(choose, of, quick=True))
    proven, taken = _timed(partial(choose, of, nodes=NODES))
    begun = time.process_time()
    plain = plainly(of)
    peer = time.process_time() - begun
    return {
        "investments": str(size),
        "cells each": str(touching),
        "at once": f"{at_once:.2f} s",
        "its gap": f"{quick.gap:.2%}",
        "behind the search": f"{quick.misalignment / proven.misalignment - 1:.2%}",
        "search": f"{taken:.2f} s",
        "gap": f"{proven.gap:.2%}",
        "plain linearisation": f"{peer:.2f} s",
        "plain gap": f"{_plain_gap(of, plain):.2%}",
        "ratio": f"{peer / taken:.3g}",
    }


def _timed(work: partial[Portfolio | None]) -> tuple[Portfolio, float]:
    begun = time.process_time()
    made = work()
    assert made is not None
    return made, time.process_time() - begun


def _plain_gap(of: Problem, found: OptimizeResult) -> float:
    """Return the gap in M; 1 where no plan was found."""
    constant = terms_of(of, *_starts(of)).total(np.zeros(len(_starts(of)[0])))
    if found.x is None:
        return 1.0
    m = found.fun + constant
    return max(0.0, (found.fun - found.mip_dual_bound) / m)


def _starts(of: Problem) -> tuple[np.ndarray, np.ndarray]:
    programme = Programme(of, of.open)
    return programme.candidate, programme.quarter


def plainly(of: Problem) -> OptimizeResult:
    """Solve with one more variable for every product of two starts that meet in a cell."""
    programme = Programme(of, of.open)
    terms = terms_of(of, programme.candidate, programme.quarter)
    own = terms.own + (terms.rows**2 + 2 * terms.shift[:, None] * terms.rows).sum(axis=0)
    both = 2 * np.triu(terms.rows.T @ terms.rows, 1)
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
