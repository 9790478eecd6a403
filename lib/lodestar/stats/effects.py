"""How far two groups differ, in words a person can check."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lodestar.stats.rounding import settle

__all__ = ["cliffs_delta", "magnitude"]

MAGNITUDES = ((0.147, "negligible"), (0.33, "small"), (0.474, "medium"))


def cliffs_delta(a: ArrayLike, b: ArrayLike) -> float:
    """Return Cliff's delta, P(a > b) − P(a < b).

    Parameters
    ----------
    a, b : array-like of float
        Scores of two groups; NaN = no answer.

    Returns
    -------
    float
        −1 (every a below every b) to 1; NaN when a group has no answer.

    Notes
    -----
    Counts every pair of one person from each group (Cliff 1993, *Psychological Bulletin* 114,
    494–509).

    Examples
    --------
    >>> cliffs_delta([1, 2, 3], [2, 3, 4])
    -0.5555555555555556
    """
    first, second = (np.asarray(values, dtype=float).ravel() for values in (a, b))
    first, second = first[np.isfinite(first)], np.sort(second[np.isfinite(second)])
    if not first.size or not second.size:
        return float("nan")
    below = np.searchsorted(second, first, side="left").sum()
    above = len(second) * len(first) - np.searchsorted(second, first, side="right").sum()
    return float(below - above) / (len(first) * len(second))


def magnitude(delta: float) -> str:
    """Return the conventional word for the size of Cliff's delta.

    Parameters
    ----------
    delta : float
        Cliff's delta, −1 to 1.

    Returns
    -------
    str
        ``negligible`` below .147, ``small`` below .33, ``medium`` below .474, else ``large``.

    Notes
    -----
    Thresholds of Romano et al. (2006); a convention, not a finding.

    Examples
    --------
    >>> magnitude(-0.25)
    'small'
    """
    size = settle(abs(delta))
    return next((word for limit, word in MAGNITUDES if size < limit), "large")
