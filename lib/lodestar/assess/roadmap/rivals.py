"""Two ways in which budgets are often spent, for comparison: largest gap first, and evenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.stats.rounding import settle

__all__ = ["largest_gap_first", "spread_evenly"]


def largest_gap_first(problem: Problem, names: Sequence[tuple[str, str]]) -> np.ndarray | None:
    """Return the plan that funds whatever closes the largest gap, then the next.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    names : sequence of (str, str)
        Capability and function of each present cell; ties go by them.

    Returns
    -------
    ndarray of int or None
        Start quarters; None when what must be done does not fit.

    Notes
    -----
    What must be done comes first. Then, cell by cell from the largest ω·gap² below target, the
    candidate with the greatest expected rise in that cell is started as soon as it fits, with
    what it requires. It never looks at what else a candidate does.
    """
    starts = _musts(problem)
    if starts is None:
        return None
    weight = settle(problem.weight * problem.gap**2)
    below = [cell for cell in range(len(weight)) if problem.gap[cell] < 0]
    for cell in sorted(below, key=lambda cell: (-weight[cell], names[cell])):
        for i in _risers(problem, cell):
            if starts[i] == OUT:
                added = _added(problem, starts, i)
                if added is not None:
                    starts = added
                    break
    return starts


def _risers(problem: Problem, cell: int) -> list[int]:
    """Return candidates that raise a cell, the greatest rise first."""
    rise = np.zeros(problem.size)
    np.add.at(rise, problem.effects.owner, problem.effects.onto[:, cell])
    rise = settle(rise)
    return sorted(np.flatnonzero(rise > 0).tolist(), key=lambda i: (-rise[i], problem.ids[i]))


def spread_evenly(problem: Problem, shelves: Sequence[str]) -> np.ndarray | None:
    """Return the plan that gives every dimension its turn, the one with least money next.

    Parameters
    ----------
    problem : Problem
        Candidates, money, people and rules.
    shelves : sequence of str
        Dimension that each candidate mainly works on; empty where none.

    Returns
    -------
    ndarray of int or None
        Start quarters; None when what must be done does not fit.

    Notes
    -----
    What must be done comes first. Then the dimension that has been given least so far gets its
    cheapest candidate that fits, and so on until nothing fits.
    """
    starts = _musts(problem)
    if starts is None:
        return None
    while True:
        added = next(_turns(problem, starts, shelves), None)
        if added is None:
            return starts
        starts = added


def _turns(problem: Problem, starts: np.ndarray, shelves: Sequence[str]) -> Iterator[np.ndarray]:
    """Yield plans with one more candidate, from the dimension that has least."""
    price = problem.price[:, 0]
    given = {shelf: 0.0 for shelf in sorted(set(shelves)) if shelf}
    for shelf, cost, start in zip(shelves, price, starts, strict=True):
        if shelf and start != OUT:
            given[shelf] += float(cost)
    for shelf in sorted(given, key=lambda shelf: (given[shelf], shelf)):
        spare = [i for i in range(problem.size) if shelves[i] == shelf and starts[i] == OUT]
        for i in sorted(spare, key=lambda i: (price[i], problem.ids[i])):
            added = _added(problem, starts, i)
            if added is not None:
                yield added


def _musts(problem: Problem) -> np.ndarray | None:
    """Return what must be done, each as soon as it fits."""
    starts = np.full(problem.size, OUT)
    for i in np.flatnonzero(problem.choice == "must"):
        added = starts if starts[i] != OUT else _added(problem, starts, int(i))
        if added is None:
            return None
        starts = added
    return starts


def _added(problem: Problem, starts: np.ndarray, i: int) -> np.ndarray | None:
    """Return a plan with one more candidate and what it requires, as soon as they fit."""
    made = starts.copy()
    for j in _in_order(problem, i):
        if made[j] != OUT:
            continue
        placed = _placed(problem, made, j)
        if placed is None:
            return None
        made = placed
    return made


def _placed(problem: Problem, starts: np.ndarray, i: int) -> np.ndarray | None:
    """Return a plan with one more candidate whose requirements are in it, or None."""
    chosen = starts != OUT
    rivals = [a if b == i else b for a, b in problem.excludes if i in (a, b)]
    if problem.choice[i] == "must-not" or chosen[rivals].any():
        return None
    first = max((starts[j] for a, j in problem.requires if a == i), default=0)
    for quarter in np.flatnonzero(problem.open[i]):
        made = starts.copy()
        made[i] = quarter
        if quarter >= first and problem.affords(made):
            return made
    return None


def _in_order(problem: Problem, i: int) -> list[int]:
    """Return what a candidate requires, deepest first, then the candidate."""
    found: list[int] = []

    def visit(j: int) -> None:
        for a, b in problem.requires:
            if a == j and b not in found:
                visit(b)
        if j not in found:
            found.append(j)

    visit(i)
    return found
