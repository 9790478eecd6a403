"""Persons sorted by group, so that one pass gives the sums of every group at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Partition", "partitions"]


@dataclass(frozen=True)
class Partition:
    """Groups that share nobody: ``groups`` names their rows, ``order`` lists their persons.

    ``starts`` and ``sizes`` tell where each group's persons lie in ``order``; no group is empty.
    """

    groups: NDArray[np.intp]
    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]

    def sort(self, values: NDArray) -> NDArray:
        """Return values (…, persons) in the order of the groups' persons."""
        return values.take(self.order, axis=-1)

    def sums(self, values: NDArray) -> NDArray:
        """Return the sum over each group of values sorted by :meth:`sort`, (…, groups)."""
        return np.add.reduceat(values, self.starts, axis=-1)

    def spread(self, figures: NDArray) -> NDArray:
        """Return figures (…, groups) beside each person of the group, (…, persons)."""
        return np.repeat(figures, self.sizes, axis=-1)


def partitions(members: NDArray[np.bool_]) -> list[Partition]:
    """Return groups as few partitions: groups that share somebody lie in different ones.

    Parameters
    ----------
    members : numpy.ndarray of bool, shape (groups, persons)
        Who belongs to each group; a group of nobody belongs to no partition.

    Returns
    -------
    list of Partition
        Each group, in the order given, goes to the first partition where it shares nobody.

    Examples
    --------
    >>> cut = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 1, 0]], dtype=bool)
    >>> [part.groups.tolist() for part in partitions(cut)]
    [[0, 1], [2]]
    """
    codes: list[NDArray[np.int32]] = []
    for row, own in enumerate(members):
        if not own.any():
            continue
        free = next((code for code in codes if (code[own] < 0).all()), None)
        if free is None:
            free = np.full(members.shape[1], -1, dtype=np.int32)
            codes.append(free)
        free[own] = row
    return [_partition(code) for code in codes]


def _partition(code: NDArray[np.int32]) -> Partition:
    """Return the partition of persons by code; -1 belongs to no group."""
    order = np.argsort(code, kind="stable")[int((code < 0).sum()) :]
    groups, starts, sizes = np.unique(code[order], return_index=True, return_counts=True)
    return Partition(groups.astype(np.intp), order, starts, sizes)
