"""Nothing is put off so that less of it shows: who waits without cause, and the rule against it."""

from __future__ import annotations

import numpy as np

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.stats.rounding import settle

__all__ = ["no_better", "no_waiting", "put_off"]


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
        for quarter in np.flatnonzero(problem.open[i, : starts[i]]):
            sooner = starts.copy()
            sooner[i] = quarter
            if problem.allows(sooner):
                if not no_better(problem, sooner, starts):
                    found[int(i)] = int(quarter)
                break
    return found


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
    i may start after `quarter` only where something takes the room: a start of another candidate
    that uses more than it does in `starts` of some resource i would use, or something i requires
    that itself starts later. Plans in which nothing waits without cause all keep the rule; the plan
    it is made from breaks it.
    """
    size = len(problem.calendar.quarters)
    rule = np.zeros((problem.size, size))
    rule[i, quarter + 1 :] = 1.0
    for other in range(problem.size):
        if other != i:
            rule[other] -= _takes_more(problem, starts, other, i, quarter)
    for a, b in problem.requires:
        if a == i:
            rule[b, quarter + 1 :] = -1.0
    return rule


def _takes_more(
    problem: Problem, starts: np.ndarray, other: int, i: int, quarter: int
) -> np.ndarray:
    """Tell for each start of another candidate whether it takes more of what i would use."""
    more = np.zeros(len(problem.calendar.quarters), dtype=bool)
    for resource in problem.resources:
        wanted = resource.use[i, quarter] > 0
        now = resource.use[other, starts[other]] if starts[other] != OUT else 0.0
        more |= ((resource.use[other] - now) > 1e-9)[:, wanted].any(axis=1)
    return more
