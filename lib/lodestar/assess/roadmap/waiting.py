"""Nothing is put off so that less of it shows: who waits without cause, and the rule against it."""

from __future__ import annotations

import numpy as np

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.resources import SLACK, Resource
from lodestar.stats.rounding import settle

__all__ = ["no_better", "no_waiting", "prompt", "put_off"]


def put_off(problem: Problem, starts: np.ndarray) -> dict[int, int]:
    """Return who waits although there is room earlier, with the first quarter that has room.

    Parameters
    ----------
    problem : Problem
        Candidates, money, people and rules.
    starts : ndarray of int, (candidates,)
        An allowed plan.

    Notes
    -----
    Only those count for whom the earlier start would make M larger: their waiting hides an effect
    from the horizon, which comes all the same.
    """
    found = {}
    for i in np.flatnonzero(starts != OUT):
        sooner = _sooner(problem, starts, int(i))
        if all(no_better(problem, plan, starts) for plan in sooner.values()):
            continue
        first = next((quarter for quarter, plan in sooner.items() if problem.allows(plan)), None)
        if first is not None and not no_better(problem, sooner[first], starts):
            found[int(i)] = first
    return found


def _sooner(problem: Problem, starts: np.ndarray, i: int) -> dict[int, np.ndarray]:
    """Return the plans that start a candidate in each earlier quarter open to it."""
    made = {}
    for quarter in np.flatnonzero(problem.open[i, : starts[i]]):
        made[int(quarter)] = starts.copy()
        made[int(quarter)][i] = quarter
    return made


def prompt(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Return a plan that puts nothing off to hide it, near an allowed plan.

    Parameters
    ----------
    problem : Problem
        Candidates, money, people and rules.
    starts : ndarray of int, (candidates,)
        An allowed plan.

    Notes
    -----
    One after the other, who waits starts in the first quarter with room or is left out, whichever
    leaves the smaller M. This ends: each step shortens the plan or starts something sooner.
    """
    while waiting := put_off(problem, starts):
        i, quarter = next(iter(waiting.items()))
        ways = [starts.copy(), starts.copy()]
        ways[0][i], ways[1][i] = quarter, OUT
        allowed = [way for way in ways if problem.allows(way)]
        starts = min(allowed, key=lambda way: float(settle(problem.misalignment(way))))
    return starts


def no_better(problem: Problem, one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether a plan's M is no greater than another's, to 9 decimals."""
    return bool(settle(problem.misalignment(one)) <= settle(problem.misalignment(other)))


def no_waiting(problem: Problem, starts: np.ndarray, i: int, quarter: int) -> np.ndarray:
    """Return a rule that a plan breaks when a candidate waits beyond a quarter with room for it.

    Parameters
    ----------
    problem : Problem
        Candidates, money, people and rules.
    starts : ndarray of int, (candidates,)
        A plan in which candidate `i` starts later although `quarter` has room for it.
    i, quarter : int
        The candidate and the first quarter with room.

    Returns
    -------
    ndarray, (candidates, quarters)
        Coefficients of starts whose sum is at most 0.

    Notes
    -----
    i may start after `quarter` only where something takes the room: starts of other candidates that
    together use more than there was left in `starts` of some resource i would use, or something i
    requires that itself starts later. Each start counts by the largest share of what was left that
    it takes, at most 1: where one resource is used up, these shares reach 1. Plans in which nothing
    waits without cause all keep the rule; the plan it is made from breaks it.
    """
    size = len(problem.calendar.quarters)
    rule = np.zeros((problem.size, size))
    for resource in problem.resources:
        wanted = resource.use[i, quarter] > 0
        if wanted.any():
            taken = _share_taken(resource, starts, i, quarter)[:, :, wanted].max(axis=2)
            rule = np.minimum(rule, -np.minimum(1.0, taken))
    rule[i] = 0.0
    rule[i, quarter + 1 :] = 1.0
    for a, b in problem.requires:
        if a == i:
            rule[b, quarter + 1 :] = -1.0
    return rule


def _share_taken(resource: Resource, starts: np.ndarray, i: int, quarter: int) -> np.ndarray:
    """Return what each start takes of what is left beside candidate i, were it to start then."""
    now = np.where((starts == OUT)[:, None], 0.0, resource.use[np.arange(len(starts)), starts])
    now[i] = resource.use[i, quarter]
    left = resource.room * (1 + SLACK) + 1e-9 - now.sum(axis=0)
    more = resource.use - now[:, None, :]
    return np.where(more > 1e-9, more / np.maximum(left, 1e-9), 0.0)
