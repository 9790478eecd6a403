"""What each investment does to alignment: by itself, and within the plan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.assess.alignment import index_of
from lodestar.assess.roadmap.harm import Harm
from lodestar.assess.roadmap.problem import OUT, Problem, phi
from lodestar.stats.rounding import settle

__all__ = ["impacts", "misaligning", "too_high"]

TOP = 5.0
"""Top of the ladder."""


def impacts(problem: Problem, starts: np.ndarray) -> pd.DataFrame:
    """Return what each candidate adds to the index.

    Parameters
    ----------
    problem : Problem
        Gaps and effects.
    starts : ndarray of int, (candidates,)
        Start quarters; -1 for one that is not chosen.

    Returns
    -------
    DataFrame
        By investment: ``alone`` (index points that its whole expected effect adds to today) and
        ``within`` (index points at the horizon that the plan owes to it; NaN when not chosen).
    """
    today, planned = _index(problem, problem.gap), _index(problem, problem.gaps_at(starts))
    rows = []
    for i, name in enumerate(problem.ids):
        without = starts.copy()
        without[i] = OUT
        within = planned - _index(problem, problem.gaps_at(without))
        alone = _index(problem, problem.gap + _whole(problem, i)) - today
        rows.append((name, alone, within if starts[i] != OUT else np.nan))
    return pd.DataFrame(rows, columns=["investment", "alone", "within"])


def _index(problem: Problem, gaps: np.ndarray) -> float:
    return float(index_of(problem.weighed(gaps)))


def _whole(problem: Problem, i: int) -> np.ndarray:
    """Return the whole expected effect of a candidate on every cell."""
    return np.asarray(problem.effects.onto[problem.effects.owner == i].sum(axis=0))


def misaligning(problem: Problem, cells: tuple[tuple[str, str], ...]) -> dict[str, Harm]:
    """Return the candidates whose whole effect makes M larger, each with where.

    Parameters
    ----------
    problem : Problem
        Gaps and effects.
    cells : tuple of (str, str)
        Capability and function of each present cell.

    Returns
    -------
    dict
        By investment; the path is the capability that adds most to M, `b` the function.
    """
    found = {}
    before = problem.weighed(problem.gap)
    for i, name in enumerate(problem.ids):
        gaps = problem.gap + _whole(problem, i)
        grown = float(settle(problem.weighed(gaps) - before))
        if grown > 0:
            more = phi(gaps, problem.overshoot) - phi(problem.gap, problem.overshoot)
            parts = settle(problem.weight * more)
            worst = int(np.argmax(parts))
            capability, function = cells[worst]
            found[name] = Harm("misalignment", (capability,), grown, capability, function)
    return found


def too_high(
    problem: Problem,
    starts: np.ndarray,
    present: np.ndarray,
    cells: tuple[tuple[str, str], ...],
) -> pd.DataFrame:
    """Return cells that the plan would lift above the top of the ladder.

    Returns
    -------
    DataFrame
        ``capability, function, level`` (expected at the horizon, above 5), in the order of cells.
    """
    level = present + problem.gaps_at(starts) - problem.gap
    rows = [(*cells[k], float(level[k])) for k in np.flatnonzero(settle(level) > TOP)]
    return pd.DataFrame(rows, columns=["capability", "function", "level"])
