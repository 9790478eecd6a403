"""Net effect, gross effect and determinacy: what walks of up to five links add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from lodestar.assess.conflicts.links import Links
from lodestar.stats.rounding import settle

__all__ = ["HELP", "SURE", "Effects", "Joined", "effects", "joined"]

SURE = 0.5
"""Least determinacy of an effect that is not contested."""

HELP = 0.05
"""Least effect in the wanted direction that counts as help."""

FULL = 0.25
"""Share of entries from which a matrix of walks is held dense."""


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects of some sources on some ends.

    Parameters
    ----------
    sources, ends : ndarray
        Places of the sources, one a row, and of the ends, one a column.
    net, gross : ndarray, (sources, ends)
        Sums over walks of up to five links, with signs and without.
    """

    sources: np.ndarray
    ends: np.ndarray
    net: np.ndarray
    gross: np.ndarray

    @cached_property
    def determinacy(self) -> np.ndarray:
        """Return |net| / gross, 0–1 settled to 9 decimals; NaN where no walk leads there."""
        share = np.full(self.net.shape, np.nan)
        led = self.gross > 0
        share[led] = settle(np.abs(self.net[led]) / self.gross[led])
        return share

    @cached_property
    def sign(self) -> np.ndarray:
        """Return +1, −1, or 0 where walks cancel to within rounding or none leads there."""
        return np.where(self.determinacy > 0, np.sign(self.net), 0.0)

    def helps(self, direction: np.ndarray) -> np.ndarray:
        """Tell which ends each source helps when pushed as rewarded.

        Parameters
        ----------
        direction : ndarray
            Rewarded direction of each source; NaN helps nobody.

        Returns
        -------
        ndarray of bool, (sources, ends)
            d·net ≥ 0.05 with determinacy ≥ 0.5.
        """
        pushed = settle(np.nan_to_num(direction)[:, None] * self.net)
        return (pushed >= HELP) & (np.nan_to_num(self.determinacy) >= SURE)


@dataclass(frozen=True, eq=False)
class Joined:
    """Effects of the pairs that some walk joins, one an entry of every array.

    Parameters
    ----------
    source, end : ndarray of int
        Places of the two ends, sorted as asked.
    net, gross : ndarray of float
        Sums over walks of up to five links, with signs and without; gross is above 0.
    """

    source: np.ndarray
    end: np.ndarray
    net: np.ndarray
    gross: np.ndarray

    @cached_property
    def determinacy(self) -> np.ndarray:
        """Return |net| / gross, 0–1 settled to 9 decimals."""
        return settle(np.abs(self.net) / self.gross)

    @cached_property
    def sign(self) -> np.ndarray:
        """Return +1, −1, or 0 where walks cancel to within rounding."""
        return np.where(self.determinacy > 0, np.sign(self.net), 0.0)


def effects(
    links: Links,
    sources: Sequence[int] | np.ndarray,
    ends: Sequence[int] | np.ndarray | None = None,
) -> Effects:
    """Return net and gross effects of sources on ends.

    Parameters
    ----------
    links : Links
        The signed links.
    sources : sequence of int
        Places of the sources.
    ends : sequence of int, optional
        Places of the ends; every id where not given, so that columns are places.

    Notes
    -----
    net = Σ B^k for k = 1…5 (fewer where the links' reach is) and gross the same on |B| (rows of the
    sources, columns of the ends): sums over walks, which may pass a place twice, not over paths.
    Walks of three links and more are met in the middle: three links from the sources, up to two
    into the ends.
    """
    rows = np.asarray(sources, dtype=np.int64)
    columns = np.asarray(range(len(links.ids)) if ends is None else ends, dtype=np.int64)
    matrices = (links.matrix, abs(links.matrix))
    net, gross = (_dense(_summed(m, links.reach, rows, columns)) for m in matrices)
    return Effects(rows, columns, net, gross)


def joined(
    links: Links, sources: Sequence[int] | np.ndarray, ends: Sequence[int] | np.ndarray
) -> Joined:
    """Return net and gross effects of the pairs that a walk joins, and of no others.

    Parameters
    ----------
    links : Links
        The signed links.
    sources, ends : sequence of int
        Places.

    Notes
    -----
    As :func:`effects`, without room for the pairs that nothing joins: most of a large register.
    """
    rows, columns = (np.asarray(side, dtype=np.int64) for side in (sources, ends))
    keys, gross = _entries(_summed(abs(links.matrix), links.reach, rows, columns))
    signed, values = _entries(_summed(links.matrix, links.reach, rows, columns))
    net = np.zeros(len(keys))
    net[np.searchsorted(keys, signed)] = values
    row, column = np.divmod(keys, max(len(columns), 1))
    return Joined(rows[row], columns[column], net, gross)


def _summed(matrix: sparse.csr_array, reach: int, rows: np.ndarray, columns: np.ndarray) -> Any:
    """Sum of the first powers up to a reach, of some rows and columns."""
    into = [sparse.eye_array(matrix.shape[0], format="csr")[:, columns]]
    while len(into) < reach // 2 + 1:
        into.append(_times(matrix, into[-1]))
    walked, parts = matrix[rows], []
    for _ in range(reach - len(into)):
        parts.append(_times(walked, into[0]))
        walked = _times(walked, matrix)
    return _added([*parts, _times(walked, _added(into))])


def _times(left: Any, right: Any) -> Any:
    """Product of two matrices, sparse only while it pays."""
    made = left @ right
    if sparse.issparse(made) and made.nnz > FULL * np.prod(made.shape):
        return made.toarray()
    return made


def _added(parts: list[Any]) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _dense(matrix: Any) -> np.ndarray:
    return matrix.toarray() if sparse.issparse(matrix) else np.asarray(matrix)


def _entries(matrix: Any) -> tuple[np.ndarray, np.ndarray]:
    """Places in row-major order and values of what is not zero."""
    found = sparse.csr_array(matrix)
    found.sum_duplicates()
    found.eliminate_zeros()
    row = np.repeat(np.arange(found.shape[0], dtype=np.int64), np.diff(found.indptr))
    return row * found.shape[1] + found.indices, found.data
