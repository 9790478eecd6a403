"""Overlapping cuts: hide cells until no few persons follow by adding and subtracting the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr

from lodestar.confidentiality.fewest import fewest
from lodestar.confidentiality.recover import few_that_follow

__all__ = ["hide_overlaps"]

TOLERANCE = 1e-9

PACKED = 32
"""Cells that one whole number holds beside the number of the atoms found so far."""

ROUNDS = 12
"""How often what was found is weighed anew; demo needs one or two."""


def hide_overlaps(
    members: NDArray[np.bool_],
    shown: NDArray[np.bool_],
    minimum: int,
    secret: NDArray[np.bool_] | None = None,
    elsewhere: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Return which cells may be shown so that no few persons follow from the others.

    Parameters
    ----------
    members : numpy.ndarray of bool, shape (cells, persons)
        Who is counted in each cell.
    shown : numpy.ndarray of bool, shape (cells,)
        Cells that their own size lets be shown.
    minimum : int
        Least number of persons behind anything shown.
    secret : numpy.ndarray of bool, shape (cells,), optional
        Hidden cells that must not follow whatever their size (homogeneous cells).
    elsewhere : numpy.ndarray of bool, shape (cells,), optional
        Cells that another page shows too: hidden last, since hiding them here alone hides nothing.

    Returns
    -------
    numpy.ndarray of bool, shape (cells,)
        `shown` less the cells that had to go: as few as possible, then those of the fewest
        persons.

    Notes
    -----
    Persons who belong to the same cells form an atom. A set of atoms is disclosed when its
    indicator lies in the row space of the shown cells; every set of atoms with fewer than
    `minimum` persons together is tested, exactly, single ones and pairs first (the row-space test
    of GaussSuppression, Langsrud 2024). Each disclosure found is a smallest set of cells that must
    not all be shown; the fewest cells that break them all are hidden, and the rest is tested
    again until nothing follows (lazily found constraints, as of an integer programme). On large
    tables the search ends after some rounds with the best found, from which no single cell can be
    taken back.

    Examples
    --------
    >>> cells = np.array([[1] * 8 + [0] * 2, [1] * 10], dtype=bool)
    >>> hide_overlaps(cells, np.array([True, True]), 5).tolist()
    [False, True]
    """
    first, sizes = _atoms(members)
    cells = members[:, first].astype(float)
    kept = np.asarray(shown, dtype=bool).copy()
    guarded = _few(sizes, minimum)
    if secret is not None:
        guarded = np.vstack([guarded, cells[np.asarray(secret, dtype=bool)]])
    table = _Table(cells, sizes, guarded[guarded.any(axis=1)], minimum)
    late = np.zeros(len(kept), dtype=bool) if elsewhere is None else elsewhere
    kept[sorted(_least(table, kept, _costs(cells @ sizes, late)))] = False
    return kept


def _atoms(members: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return one person of each atom, atoms in order of their cells, and persons in each.

    Cells are packed into whole numbers, some at a time: sorting columns themselves takes seconds
    with hundreds of thousands of persons.
    """
    code = np.zeros(members.shape[1], dtype=np.uint64)
    for start in range(0, len(members), PACKED):
        code = np.unique(code, return_inverse=True)[1].astype(np.uint64)
        for row in members[start : start + PACKED]:
            code = code << np.uint64(1) | row.astype(np.uint64)
    _, first, sizes = np.unique(code, return_index=True, return_counts=True)
    return first, sizes


@dataclass(frozen=True)
class _Table:
    """Cells × atoms, persons in each atom, and the sets of atoms that must not follow."""

    cells: NDArray[np.float64]
    sizes: NDArray[np.intp]
    guarded: NDArray[np.float64]
    minimum: int

    def way(self, kept: NDArray[np.bool_]) -> frozenset[int]:
        """Return a smallest set of kept cells that gives something away; empty when none does."""
        if not kept.any():
            return frozenset()
        cells = self.cells[kept]
        target = _disclosed(self.guarded, cells, self.sizes, self.minimum)
        if target is None:
            return frozenset()
        weights, *_ = np.linalg.lstsq(cells.T, target, rcond=None)
        involved = np.flatnonzero(np.abs(weights) > TOLERANCE)
        own = involved[_independent(cells[involved])]
        weights, *_ = np.linalg.lstsq(cells[own].T, target, rcond=None)
        places = np.flatnonzero(kept)[own[np.abs(weights) > TOLERANCE]]
        return frozenset(int(place) for place in places)


def _costs(persons: NDArray[np.float64], late: NDArray[np.bool_]) -> list[int]:
    """Return what hiding each cell costs: late ones most, then by number, then by persons."""
    one = int(persons.sum()) + 1
    many = one * (len(persons) + 1) * 2
    return [int(n) + one + many * int(last) for n, last in zip(persons, late, strict=True)]


def _least(table: _Table, kept: NDArray[np.bool_], cost: list[int]) -> frozenset[int]:
    """Return the cheapest cells to hide among those kept."""
    ways: list[frozenset[int]] = []
    best: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        taken = fewest(ways, cost)
        found = _ways(table, kept, taken, cost)
        if not found:
            return taken
        ways += found
        hidden = taken.union(*(_cheapest(way, cost) for way in found))
        best = min(best or hidden, hidden, key=lambda cells: sum(cost[cell] for cell in cells))
    return _taken_back(table, kept, best, cost)


def _ways(
    table: _Table, kept: NDArray[np.bool_], taken: frozenset[int], cost: list[int]
) -> list[frozenset[int]]:
    """Return disclosures left beside the cells taken out, hiding the cheapest cell of each."""
    found, left = [], kept.copy()
    left[sorted(taken)] = False
    while way := table.way(left):
        found.append(way)
        left[sorted(_cheapest(way, cost))] = False
    return found


def _cheapest(way: frozenset[int], cost: list[int]) -> frozenset[int]:
    return frozenset({min(way, key=lambda cell: (cost[cell], cell))})


def _taken_back(
    table: _Table, kept: NDArray[np.bool_], hidden: frozenset[int], cost: list[int]
) -> frozenset[int]:
    """Return the hidden cells less those that may be shown after all, the dearest first."""
    for cell in sorted(hidden, key=lambda cell: (-cost[cell], cell)):
        left = kept.copy()
        left[sorted(hidden - {cell})] = False
        if not table.way(left):
            hidden -= {cell}
    return hidden


def _independent(cells: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return as many rows as the rank, no one of which follows from the others."""
    _, triangle, order = qr(cells.T, mode="economic", pivoting=True)
    rank = int((np.abs(np.diag(triangle)) > TOLERANCE).sum())
    return np.sort(order[:rank])


def _disclosed(
    guarded: NDArray[np.float64],
    cells: NDArray[np.float64],
    sizes: NDArray[np.intp],
    minimum: int,
) -> NDArray[np.float64] | None:
    """Return a set of atoms that the cells give away; None when there is none."""
    followed = _follow(guarded, cells)
    if followed.any():
        return np.asarray(guarded[np.argmax(followed)])
    return few_that_follow(cells, sizes, minimum)


def _few(sizes: NDArray[np.intp], minimum: int) -> NDArray[np.float64]:
    """Return the indicator of every atom and pair of atoms with fewer persons than asked."""
    few = np.flatnonzero(sizes < minimum)
    first, second = np.triu_indices(len(few))
    enough = (first == second) | (sizes[few[first]] + sizes[few[second]] < minimum)
    out = np.zeros((int(enough.sum()), len(sizes)))
    rows = np.arange(len(out))
    out[rows, few[first[enough]]] = 1.0
    out[rows, few[second[enough]]] = 1.0
    return out


def _follow(guarded: NDArray[np.float64], cells: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which sets lie in the row space of the cells: nothing is left after projecting."""
    _, singular, rows = np.linalg.svd(cells, full_matrices=False)
    basis = rows[singular > TOLERANCE]
    inside = ((guarded @ basis.T) ** 2).sum(axis=1)
    return (guarded**2).sum(axis=1) - inside < TOLERANCE
