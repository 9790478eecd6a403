"""Which few persons follow from shown cells, however many different cells they stand in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["few_that_follow"]

TOLERANCE = 1e-7


def few_that_follow(
    cells: NDArray[np.float64], sizes: NDArray[np.intp], minimum: int
) -> NDArray[np.float64] | None:
    """Return a group of fewer than `minimum` persons that adding and subtracting cells isolates.

    Parameters
    ----------
    cells : numpy.ndarray, shape (cells, atoms)
        1 where a shown cell counts the persons of an atom, else 0.
    sizes : numpy.ndarray of int, shape (atoms,)
        Persons in each atom.
    minimum : int
        Least number of persons behind anything shown.

    Returns
    -------
    numpy.ndarray or None
        The group's atoms as 0 and 1; None when no such group follows.

    Notes
    -----
    Exact, for groups of any number of atoms. A group of few persons holds no large atom, so it
    lies where the row space of the cells vanishes on large atoms: a space of few dimensions. In
    its reduced row echelon form a vector is fixed by its entries at the pivots, which are 0 or 1;
    every such choice of fewer than `minimum` persons is looked at.

    Examples
    --------
    Twenty persons and seventeen of them; the other three stand in three atoms.

    >>> cells = np.array([[1.0, 1, 1, 1], [1, 0, 0, 0]])
    >>> few_that_follow(cells, np.array([17, 1, 1, 1]), 5).tolist()
    [0.0, 1.0, 1.0, 1.0]
    >>> few_that_follow(cells, np.array([17, 2, 2, 2]), 5) is None
    True
    """
    large = sizes >= minimum
    rows, pivots = _reduced(cells, large)
    for chosen in _choices(sizes[pivots], minimum):
        group = rows[list(chosen)].sum(axis=0)
        rounded = np.round(group)
        alike = np.abs(group - rounded).max() < TOLERANCE and set(rounded) <= {0.0, 1.0}
        if alike and rounded @ sizes < minimum:
            return np.asarray(rounded, dtype=float)
    return None


def _choices(persons: NDArray[np.intp], minimum: int) -> Iterator[tuple[int, ...]]:
    """Yield every set of pivots that together hold fewer persons than asked."""
    waiting: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while waiting:
        chosen, held = waiting.pop()
        for place in range(chosen[-1] + 1 if chosen else 0, len(persons)):
            total = held + int(persons[place])
            if total < minimum:
                yield (*chosen, place)
                waiting.append(((*chosen, place), total))


def _reduced(
    cells: NDArray[np.float64], large: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], list[int]]:
    """Return the echelon form, on small atoms, of the row space that vanishes on large ones."""
    order = np.concatenate([np.flatnonzero(large), np.flatnonzero(~large)])
    left = cells[:, order].astype(float)
    done, pivots = 0, []
    for column in range(left.shape[1]):
        if done == len(left):
            break
        best = done + int(np.argmax(np.abs(left[done:, column])))
        if abs(left[best, column]) < TOLERANCE:
            continue
        left[[done, best]] = left[[best, done]]
        left[done] /= left[done, column]
        others = np.arange(len(left)) != done
        left[others] -= np.outer(left[others, column], left[done])
        pivots.append(column)
        done += 1
    first = sum(column < large.sum() for column in pivots)
    rows = np.zeros((done - first, len(large)))
    rows[:, order] = left[first:done]
    return rows, [int(order[column]) for column in pivots[first:]]
