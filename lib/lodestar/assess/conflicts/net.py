"""Net effect, gross effect and determinacy: what walks of up to five links add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lodestar.assess.conflicts.links import REACH, Links
from lodestar.stats.rounding import settle

__all__ = ["HELP", "SURE", "Effects", "effects"]

SURE = 0.5
"""Least determinacy of an effect that is not contested."""

HELP = 0.05
"""Least effect in the wanted direction that counts as help."""


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects of some sources on every id.

    Parameters
    ----------
    sources : ndarray
        Places of the sources, one a row.
    net, gross : ndarray, (sources, ids)
        Sums over walks of up to five links, with signs and without.
    """

    sources: np.ndarray
    net: np.ndarray
    gross: np.ndarray

    @property
    def determinacy(self) -> np.ndarray:
        """Return |net| / gross, 0–1 settled to 9 decimals; NaN where no walk leads there."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return settle(np.where(self.gross > 0, np.abs(self.net) / self.gross, np.nan))

    @property
    def sign(self) -> np.ndarray:
        """Return +1, −1, or 0 where walks cancel to within rounding or none leads there."""
        return np.where(self.determinacy > 0, np.sign(self.net), 0.0)

    def helps(self, direction: np.ndarray) -> np.ndarray:
        """Tell which ids each source helps when pushed as rewarded.

        Parameters
        ----------
        direction : ndarray
            Rewarded direction of each source; NaN helps nobody.

        Returns
        -------
        ndarray of bool, (sources, ids)
            d·net ≥ 0.05 with determinacy ≥ 0.5.
        """
        pushed = settle(np.nan_to_num(direction)[:, None] * self.net)
        return (pushed >= HELP) & (np.nan_to_num(self.determinacy) >= SURE)


def effects(links: Links, sources: Sequence[int] | np.ndarray) -> Effects:
    """Return net and gross effects of sources on every id.

    Parameters
    ----------
    links : Links
        The signed links.
    sources : sequence of int
        Places of the sources.

    Notes
    -----
    net = Σ B^k for k = 1…5 and gross the same on |B| (rows of the sources only): sums over walks,
    which may pass a place twice, not over paths.
    """
    rows = np.asarray(sources, dtype=np.int64)
    return Effects(rows, _summed(links.matrix, rows), _summed(abs(links.matrix), rows))


def _summed(matrix: sparse.csr_array, rows: np.ndarray) -> np.ndarray:
    step = matrix[rows].toarray() if len(rows) else np.zeros((0, matrix.shape[0]))
    total = step.copy()
    for _ in range(REACH - 1):
        step = np.asarray(step @ matrix)
        total += step
    return total
