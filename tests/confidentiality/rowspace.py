"""What follows from shown cells, and the fewest cells to hide, by whole numbers and HiGHS.

Nothing of `lodestar.confidentiality` is used: elimination modulo a prime, every small set of atoms
written out, and HiGHS for the optimum.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

PRIME = 2**31 - 1
"""Above every determinant of 0 and 1 of 16 rows (435,000), so that ranks are those of fractions."""


def atoms(members: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return cells × atoms of persons in the same cells, and how many persons each holds."""
    found, sizes = np.unique(members.astype(np.int64), axis=1, return_counts=True)
    return found, sizes


def few(sizes: np.ndarray, minimum: int) -> np.ndarray:
    """Return every set of atoms with at least one and fewer than `minimum` persons."""
    rows = []
    small = [int(a) for a in np.flatnonzero(sizes < minimum)]
    for count in range(1, minimum):
        for chosen in combinations(small, count):
            if sizes[list(chosen)].sum() < minimum:
                rows.append(np.isin(np.arange(len(sizes)), chosen))
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(sizes))


def follows(targets: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Tell which targets are a weighted sum of cells."""
    basis, pivots = _echelon(cells)
    return np.asarray((targets[:, pivots] @ basis % PRIME == targets % PRIME).all(axis=1))


def optimum(cells: np.ndarray, shown: np.ndarray, targets: np.ndarray) -> int:
    """Return the least number of shown cells to hide so that no target follows from the others."""
    ways: list[np.ndarray] = []
    hidden = np.zeros(len(cells), dtype=bool)
    while True:
        kept = np.flatnonzero(shown & ~hidden)
        told = np.flatnonzero(follows(targets, cells[kept]))
        if not told.size:
            return int(hidden.sum())
        ways += [_smallest(targets[one : one + 1], cells, list(kept)) for one in told[:8]]
        asked = LinearConstraint(np.array(ways, dtype=float), lb=1.0)
        found = milp(np.ones(len(cells)), constraints=asked, integrality=1, bounds=Bounds(0.0, 1.0))
        hidden = np.round(found.x).astype(bool)


def _smallest(target: np.ndarray, cells: np.ndarray, kept: list[int]) -> np.ndarray:
    """Return which cells give a target away, none of them needlessly."""
    for cell in list(kept):
        rest = [other for other in kept if other != cell]
        if follows(target, cells[rest])[0]:
            kept = rest
    return np.isin(np.arange(len(cells)), kept)


def _echelon(cells: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """Return the reduced row echelon form of whole numbers modulo the prime, and its pivots."""
    left, pivots = cells.astype(np.int64) % PRIME, []
    for column in range(left.shape[1]):
        done = len(pivots)
        below = np.flatnonzero(left[done:, column])
        if not below.size:
            continue
        left[[done, done + below[0]]] = left[[done + below[0], done]]
        left[done] = left[done] * pow(int(left[done, column]), -1, PRIME) % PRIME
        others = np.arange(len(left)) != done
        left[others] = (left[others] - np.outer(left[others, column], left[done])) % PRIME
        pivots.append(column)
    return left[: len(pivots)], pivots
