"""How often each investment would be chosen, had raters or promises come out otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lodestar.assess.alignment import index_of
from lodestar.assess.roadmap.effects import CellEffects
from lodestar.assess.roadmap.local import LocalSearch
from lodestar.assess.roadmap.path import triangular
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.stats.draws import generator, interval

__all__ = ["KEY", "REDRAWN", "Robust", "robust"]

KEY = "roadmap.robustness"

REDRAWN = 200
"""Draws in which the choice is made again."""

EVERY = 5
"""Every how many draws other plans are sought from all sides, not only near those known."""


@dataclass(frozen=True, eq=False)
class Robust:
    """A plan beside the choices that other draws would lead to.

    Parameters
    ----------
    chosen : ndarray of bool, (draws, candidates)
        The set chosen in each draw.
    same : ndarray of bool, (draws,)
        Whether it is the plan's.
    index : ndarray, (draws,)
        Index at the horizon with the plan as it is, 0-100.
    behind : ndarray, (draws,)
        Index points by which the plan is behind the choice of the draw, at least 0.
    low, high : float
        95 % of `index`, widened to hold the plan's own.
    """

    chosen: np.ndarray
    same: np.ndarray
    index: np.ndarray
    behind: np.ndarray
    low: float
    high: float


def robust(problem: Problem, starts: np.ndarray, gaps: np.ndarray, seed: int) -> Robust:
    """Return the choice made again in every draw.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    starts : ndarray of int, (candidates,)
        The plan.
    gaps : ndarray, (draws, present cells)
        Drawn x − t, from raters resampled as whole persons.
    seed : int
        Seed of the engagement.

    Notes
    -----
    The size of each effect is drawn from the triangle (low, change, high), with one place in it for
    all effects of an investment, and counts with its chance: whether a promise comes is not known
    when one chooses. What is allowed is the same in every draw, so plans found in one are tried in
    all: every fifth draw is searched from all sides, every draw around the best plan known, move by
    move (`LocalSearch`). The choice of a draw is the best of all plans found; it is not proven, and
    the plan itself where none is better by 9 decimals.
    """
    drawn = _drawn(problem.effects, problem.size, seed, len(gaps))
    worlds = [
        replace(problem, gap=gap, effects=replace(problem.effects, change=change))
        for gap, change in zip(gaps, drawn, strict=True)
    ]
    plans = _plans(worlds, starts)
    m = np.array([[world.counted(plan) for plan in plans] for world in worlds])
    better = m.min(axis=1) < m[:, 0] - 1e-9
    best = np.where(better, m.argmin(axis=1), 0)
    chosen = (np.array(plans) != OUT)[best]
    index = np.asarray(index_of(np.array([world.misalignment(starts) for world in worlds])))
    low, high = interval(index, 0.95, float(index_of(problem.misalignment(starts))))
    behind = np.asarray(index_of(m[np.arange(len(m)), best])) - index_of(m[:, 0])
    same = (chosen == (starts != OUT)).all(axis=1)
    return Robust(chosen, same, index, behind, low, high)


def _plans(worlds: list[Problem], starts: np.ndarray) -> list[np.ndarray]:
    """Return the plan, and every other plan that is the best found in some draw."""
    found = {starts.tobytes(): starts}
    programme = Programme(worlds[0], worlds[0].open)
    for world in worlds[::EVERY]:
        moves = LocalSearch(world, programme)
        none = moves.rounded(np.zeros(programme.options))[0]
        best = moves.searched([starts, none])
        if best is not None:
            found.setdefault(best.tobytes(), best)
    for world in worlds:
        best = LocalSearch(world, programme).better(min(found.values(), key=world.counted))
        found.setdefault(best.tobytes(), best)
    return list(found.values())


def _drawn(effects: CellEffects, candidates: int, seed: int, draws: int) -> np.ndarray:
    """Return drawn sizes of effects, in levels, (draws, effects)."""
    where = generator(seed, KEY).random((draws, candidates))[:, effects.owner]
    return triangular(where, effects.low, effects.change, effects.high)
