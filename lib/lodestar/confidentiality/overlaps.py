"""Overlapping cuts: hide cells until no few persons follow by adding and subtracting the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lodestar.confidentiality.recover import few_that_follow

__all__ = ["hide_overlaps"]

TOLERANCE = 1e-9


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
        `shown` less the cells that had to go, the smallest involved first.

    Notes
    -----
    Persons who belong to the same cells form an atom. A set of atoms is disclosed when its
    indicator lies in the row space of the shown cells; every set of atoms with fewer than
    `minimum` persons together is tested, exactly, single ones and pairs first (the row-space test
    of GaussSuppression, Langsrud 2024).

    Examples
    --------
    >>> cells = np.array([[1] * 8 + [0] * 2, [1] * 10], dtype=bool)
    >>> hide_overlaps(cells, np.array([True, True]), 5).tolist()
    [False, True]
    """
    atoms, sizes = np.unique(members, axis=1, return_counts=True)
    cells = atoms.astype(float)
    kept = np.asarray(shown, dtype=bool).copy()
    late = np.zeros(len(kept), dtype=bool) if elsewhere is None else elsewhere
    guarded = _few(sizes, minimum)
    if secret is not None:
        guarded = np.vstack([guarded, cells[np.asarray(secret, dtype=bool)]])
    guarded = guarded[guarded.any(axis=1)]
    while kept.any():
        target = _disclosed(guarded, cells[kept], sizes, minimum)
        if target is None:
            break
        weights, *_ = np.linalg.lstsq(cells[kept].T, target, rcond=None)
        involved = np.flatnonzero(kept)[np.abs(weights) > TOLERANCE]
        kept[min(involved, key=lambda cell: (late[cell], cells[cell] @ sizes))] = False
    return kept


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
