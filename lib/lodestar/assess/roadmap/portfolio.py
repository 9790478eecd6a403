"""The portfolio: what to choose and when to start it, with nothing put off without cause."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.search import Found, least
from lodestar.assess.roadmap.solver import NODES
from lodestar.stats.rounding import settle

__all__ = ["Portfolio", "choose"]


@dataclass(frozen=True, eq=False)
class Portfolio:
    """A chosen plan.

    Parameters
    ----------
    starts : ndarray of int, (candidates,)
        Start quarter of each candidate; -1 for one that is not chosen.
    misalignment : float
        M at the horizon.
    gap : float
        How far M may be from the least, as a share of it.
    optimal : bool
        Proven: no allowed plan has a smaller M, within a millionth.
    held : tuple of int
        Candidates whose start was held to the first quarter with room for them, because waiting
        would only have shown less of them at the horizon.
    """

    starts: np.ndarray
    misalignment: float
    gap: float
    optimal: bool
    held: tuple[int, ...] = ()


def choose(problem: Problem, nodes: int = NODES) -> Portfolio | None:
    """Return the plan to follow, or None when no plan keeps the rules.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    nodes : int
        Most nodes of one search.

    Notes
    -----
    Least M at the horizon. Among plans of equal M (9 decimals) what only costs is dropped and
    what costs less is taken where one for one it can be; the same set with the same effect starts
    as soon as it can, what gains most first. A plan may not put off what has room earlier so that
    less of it shows at the horizon: such a candidate is held to the first quarter that has room,
    and the choice is made again.
    """
    windows = np.ones_like(problem.open)
    held: set[int] = set()
    while True:
        found = least(problem, windows, nodes)
        if found is None:
            return None
        starts = _soonest(problem, windows, _cheaper(problem, found.starts))
        waiting = _put_off(problem, starts)
        if not waiting:
            return _told(problem, found, starts, held)
        for candidate, quarter in waiting.items():
            windows[candidate, quarter + 1 :] = False
        held |= set(waiting)


def _told(problem: Problem, found: Found, starts: np.ndarray, held: set[int]) -> Portfolio:
    m = problem.misalignment(starts)
    made = Found(starts, m, min(found.bound, m))
    return Portfolio(starts, m, made.gap, made.optimal, tuple(sorted(held)))


def _cheaper(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Drop or swap what costs without lowering M, the dearest first, as long as it helps."""
    again = True
    while again:
        again = False
        for other in _neighbours(problem, starts):
            if _equal(problem, other, starts) and problem.allows(other):
                starts, again = other, True
                break
    return starts


def _neighbours(problem: Problem, starts: np.ndarray) -> list[np.ndarray]:
    """Plans that drop one candidate, or swap it for a cheaper one in the same quarter."""
    made = []
    chosen = np.flatnonzero((starts != OUT) & (problem.choice != "must"))
    price = problem.price[np.arange(problem.size), starts]
    for i in sorted(chosen, key=lambda i: (-price[i], problem.ids[i])):
        spare = [j for j in np.flatnonzero(starts == OUT) if problem.choice[j] == "may"]
        cost = problem.price[:, starts[i]]
        cheaper = [j for j in spare if cost[j] < price[i]]
        for j in (None, *sorted(cheaper, key=lambda j: (cost[j], problem.ids[j]))):
            other = starts.copy()
            other[i] = OUT
            if j is not None:
                other[j] = starts[i]
            made.append(other)
    return made


def _equal(problem: Problem, one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether a plan's M is no greater, to 9 decimals."""
    return bool(settle(problem.misalignment(one)) <= settle(problem.misalignment(other)))


def _soonest(problem: Problem, windows: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Start the same set sooner where it shows the same at the horizon, the greatest gain first."""
    chosen = starts != OUT
    same = np.zeros_like(windows)
    for i in np.flatnonzero(chosen):
        mine = problem.shares[problem.effects.owner == i].round(12)
        same[i] = (mine == mine[:, [starts[i]]]).all(axis=0)
    nothing = problem.misalignment(np.full(problem.size, OUT))
    gain = np.array(
        [nothing - problem.misalignment(_alone(problem, i)) for i in range(problem.size)]
    )
    urgency = 1 + problem.size * np.maximum(gain, 0) / max(gain.max(initial=0.0), 1e-12)
    programme = Programme(problem, problem.open & windows & same)
    sooner = programme.soonest(chosen, urgency)
    return starts if sooner is None or not problem.allows(sooner) else sooner


def _alone(problem: Problem, i: int) -> np.ndarray:
    """Return the plan of one candidate, started as soon as it could."""
    starts = np.full(problem.size, OUT)
    if problem.open[i].any():
        starts[i] = int(problem.open[i].argmax())
    return starts


def _put_off(problem: Problem, starts: np.ndarray) -> dict[int, int]:
    """Return who waits although there is room earlier, with the first quarter that has room.

    Only those count for whom an earlier start would make M larger: waiting hides their effect.
    """
    found = {}
    for i in np.flatnonzero(starts != OUT):
        for quarter in np.flatnonzero(problem.open[i, : starts[i]]):
            sooner = starts.copy()
            sooner[i] = quarter
            if problem.allows(sooner):
                if not _equal(problem, sooner, starts):
                    found[int(i)] = int(quarter)
                break
    return found
