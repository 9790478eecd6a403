"""The index month by month under a plan, with a band for promises that may not come."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd

from lodestar.assess.alignment import index_of
from lodestar.assess.roadmap.course import delivering, risen
from lodestar.assess.roadmap.effects import CellEffects
from lodestar.assess.roadmap.problem import OUT, Problem, phi
from lodestar.stats.draws import DRAWS, generator, interval

__all__ = ["KEY", "drawn_sizes", "index_path", "triangular"]

KEY = "roadmap.path"


def index_path(problem: Problem, starts: np.ndarray, seed: int, draws: int = DRAWS) -> pd.DataFrame:
    """Return the uncorrected index in every month from today to the horizon.

    Parameters
    ----------
    problem : Problem
        Gaps and effects.
    starts : ndarray of int, (candidates,)
        Start quarters; -1 for one that is not chosen.
    seed : int
        Seed of the engagement.
    draws : int, default 2000
        Number of draws.

    Returns
    -------
    DataFrame
        ``month`` (0 is today), ``index`` (with expected effects), ``low``, ``high`` (95 % of
        draws, widened to hold the index).

    Notes
    -----
    A draw decides for each investment once how lucky it is: each of its effects comes where that
    luck is below the effect's chance (so that effects of one investment come together), with a
    size from the triangular distribution (low, change, high). The dip comes in every draw. The
    band is about promises, not about today's ratings.
    """
    effects = _chosen(problem.effects, starts)
    sizes = drawn_sizes(effects, problem.size, seed, draws)
    months = np.arange(problem.calendar.horizon + 1)
    rows = [_month(problem, effects, starts, sizes, int(month)) for month in months]
    return pd.DataFrame(rows, columns=["month", "index", "low", "high"])


def _month(
    problem: Problem, effects: CellEffects, starts: np.ndarray, sizes: np.ndarray, month: int
) -> tuple[int, float, float, float]:
    estimate = float(index_of(problem.weighed(problem.gaps_at(starts, month))))
    begun = problem.calendar.offsets[starts[effects.owner]]
    took = problem.months[effects.owner]
    come = np.asarray(risen(month - begun, took, effects.delay))
    busy = np.asarray(delivering(month - begun, took))
    if not (come.any() or busy.any()):
        return month, estimate, estimate, estimate
    onto = sizes * come - problem.dip * np.abs(effects.size) * busy
    drawn = index_of(_misalignments(problem, onto @ effects.cells))
    low, high = interval(drawn, 0.95, estimate)
    return month, estimate, low, high


def _misalignments(problem: Problem, change: np.ndarray) -> np.ndarray:
    """Return M of each draw."""
    moved = change.any(axis=0)
    still = phi(problem.gap[~moved], problem.overshoot)
    gaps = phi(problem.gap[moved] + change[:, moved], problem.overshoot)
    return np.asarray(still @ problem.weight[~moved] + gaps @ problem.weight[moved])


def _chosen(effects: CellEffects, starts: np.ndarray) -> CellEffects:
    kept = starts[effects.owner] != OUT
    return CellEffects(*(getattr(effects, part.name)[kept] for part in fields(effects)))


def drawn_sizes(effects: CellEffects, candidates: int, seed: int, draws: int) -> np.ndarray:
    """Return drawn changes of effects in levels, 0 where one does not come, (draws, effects).

    Parameters
    ----------
    effects : CellEffects
        Change, low, high, chance and owner.
    candidates : int
        Number of candidates; every one has its luck, chosen or not, so that choosing another
        set leaves the luck of the rest as it is.
    seed, draws : int
        Seed of the engagement, number of draws.
    """
    rng = generator(seed, KEY)
    luck = rng.random((draws, candidates))[:, effects.owner]
    where = rng.random((draws, candidates))[:, effects.owner]
    size = triangular(where, effects.low, effects.change, effects.high)
    return np.where(luck < effects.chance, size, 0.0)


def triangular(u: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return quantile u of the triangular distribution, or its only point."""
    width = np.where(high > low, high - low, 1.0)
    peak = (mode - low) / width
    left = low + np.sqrt(u * width * (mode - low))
    right = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(high > low, np.where(u < peak, left, right), mode)
