"""Equally cheap choices: what they all share, and the one with fewest changes and first ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from lodestar.assess.conflicts.programme import Programme, minimum

__all__ = ["Shared", "first_by_ids", "shared"]

BLOCK = 14
"""Columns of a component settled at once; the smallest weight, 2⁻¹⁴, is far above tolerance."""

SOLVES = 40
"""Most searches for a choice that differs from those seen."""


@dataclass(frozen=True, eq=False)
class Shared:
    """What all cheapest choices share.

    Parameters
    ----------
    always, never : ndarray of bool
        Columns in every cheapest choice, and in none.
    seen : tuple of ndarray of bool
        Cheapest choices that show it of all other columns.
    settled : bool
        False where a search ended early: then `always` and `never` hold too much.
    """

    always: np.ndarray
    never: np.ndarray
    seen: tuple[np.ndarray, ...]
    settled: bool


def shared(problem: Programme, chosen: np.ndarray) -> Shared:
    """Return what all cheapest choices share.

    Parameters
    ----------
    problem : Programme
        Needs and changes.
    chosen : ndarray of bool
        A cheapest choice.

    Notes
    -----
    Each search asks for the cheapest choice that differs most from what all seen so far share; the
    differences together weigh less than half a unit of cost. When it finds no difference there is
    none.
    """
    always, never = chosen, ~chosen
    seen = [chosen]
    least = problem.cost @ chosen
    for _ in range(SOLVES if problem.fine else 0):
        nudge = (always.astype(float) - never) / (2 * len(chosen))
        found = problem.solve(problem.cost + nudge)
        if not found.proven or found.chosen is None or problem.cost @ found.chosen != least:
            return Shared(always, never, tuple(seen), settled=False)
        other = found.chosen
        if not ((always & ~other).any() or (never & other).any()):
            return Shared(always, never, tuple(seen), settled=True)
        seen.append(other)
        always, never = always & other, never & ~other
    return Shared(always, never, tuple(seen), settled=False)


def first_by_ids(problem: Programme, same: Shared, chosen: np.ndarray) -> np.ndarray:
    """Return the cheapest choice with fewest changes, then the first in the order of columns.

    Parameters
    ----------
    problem : Programme
        Needs and changes.
    same : Shared
        What all cheapest choices share; it is fixed first.
    chosen : ndarray of bool
        A cheapest choice.

    Returns
    -------
    ndarray of bool
        The choice; as cheap, but not the first, where costs are too large to tell ties apart.

    Notes
    -----
    The rest falls apart into components that share no row. In each the first columns are settled
    together with weights ½, ¼, …, which never outweigh one change; then the rest of it falls apart
    further.
    """
    best = chosen.copy()
    if not problem.fine:
        return best
    free = np.flatnonzero(~(same.always | same.never)) if same.settled else np.arange(len(best))
    count = 1 - problem.slack
    while len(free):
        rest = _Rest(problem, best, free)
        best[free[~rest.live]] = False
        free = free[rest.live]
        if not len(free):
            break
        block = rest.rank < BLOCK
        objective = problem.cost[free] * (len(free) + 1.0) + count[free]
        objective[block] -= 0.5 ** (rest.rank[block] + 1)
        found = minimum(objective, rest.table, rest.least)
        if found.chosen is None or not found.proven:
            return best
        best[free] = found.chosen
        free = free[~block]
    return best


class _Rest:
    """The rows and columns still open when all but the free columns are fixed."""

    def __init__(self, problem: Programme, best: np.ndarray, free: np.ndarray) -> None:
        fixed = best.copy()
        fixed[free] = False
        least = problem.least - problem.table @ fixed.astype(float)
        table = sparse.csr_array(problem.table[:, free])
        lowest = table.minimum(0).sum(axis=1)
        table, self.least = table[lowest < least - 0.5], least[lowest < least - 0.5]
        self.live = np.bincount(table.indices, minlength=len(free)) > 0
        self.table = sparse.csr_array(table[:, self.live])
        self.rank = self._ranks()

    def _ranks(self) -> np.ndarray:
        """Place of each live column within its component."""
        rows = self.table.shape[0]
        both = sparse.block_array([[None, self.table], [self.table.T, None]], format="csr")
        _, label = connected_components(both, directed=False)
        label = label[rows:]
        order = np.argsort(label, kind="stable")
        size = np.bincount(label)
        begin = np.cumsum(size) - size
        rank = np.empty(len(label), dtype=np.int64)
        rank[order] = np.arange(len(label)) - begin[label[order]]
        return rank
