"""Krippendorff's alpha: agreement of any number of raters, any level of measurement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.stats.means import mean_interval

__all__ = ["krippendorff_alpha", "krippendorff_interval"]

Matrix = NDArray[np.float64]

CELLS = 4_000_000
"""Counts held at once while raters are left out one by one."""


def krippendorff_alpha(raters_by_units: Any, level: str = "interval") -> float:
    """Return Krippendorff's alpha of raters over units.

    Parameters
    ----------
    raters_by_units : array-like, shape (raters, units)
        Ratings; NaN or None = no rating. Numbers, or any labels for ``nominal``.
    level : {"nominal", "ordinal", "interval", "ratio"}
        Level of measurement.

    Returns
    -------
    float
        1 = perfect, 0 = as by chance, below 0 = systematic disagreement; NaN when no unit has
        two ratings or all ratings are alike.

    Raises
    ------
    ValueError
        For a level that is none of the four.

    Notes
    -----
    α = 1 − D_o/D_e from the coincidence matrix of units with at least two ratings
    (Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*).

    Examples
    --------
    >>> krippendorff_alpha([[1, 2, 3], [1, 2, 3]], "ordinal")
    1.0
    """
    values, codes = _coded(raters_by_units, level)
    return float(_alphas(values, _counts(codes, len(values))[None], level)[0])


def krippendorff_interval(
    raters_by_units: Any, level: str = "interval", confidence: float = 0.95
) -> tuple[float, float]:
    """Return the interval of Krippendorff's alpha over raters like those asked.

    Parameters
    ----------
    raters_by_units, level
        As :func:`krippendorff_alpha` takes them.
    confidence : float, default 0.95
        Share of samples of raters whose interval covers the alpha of all raters like them.

    Returns
    -------
    tuple of float
        Lower and upper bound, at most 1; NaN under three raters or where alpha is missing with
        one of them left out.

    Notes
    -----
    Jackknife: alpha with each rater left out in turn; α ± t(n − 1) · s (Efron & Stein 1981,
    *Annals of Statistics* 9, 586–596). Resampling would let a rater agree with himself.

    Examples
    --------
    >>> low, high = krippendorff_interval([[1, 2, 3, 4], [1, 2, 3, 3], [2, 2, 3, 4]], "ordinal")
    >>> -1 <= low < krippendorff_alpha([[1, 2, 3, 4], [1, 2, 3, 3], [2, 2, 3, 4]], "ordinal") < 1
    True
    """
    values, codes = _coded(raters_by_units, level)
    codes = codes[(codes >= 0).any(axis=1)]
    raters, counts = len(codes), _counts(codes, len(values))
    if raters < 3:
        return float("nan"), float("nan")
    step = max(1, CELLS // max(counts.size, 1))
    without = [
        _alphas(values, counts - _given(codes[first : first + step], len(values)), level)
        for first in range(0, raters, step)
    ]
    left = np.concatenate(without)
    alpha = _alphas(values, counts[None], level)[0]
    spread = (raters - 1) * float(((left - left.mean()) ** 2).sum())
    low, high = mean_interval(alpha, spread, raters, (-1, 1), confidence)
    return float(low), float(high)


def _coded(raters_by_units: Any, level: str) -> tuple[Matrix, NDArray[np.intp]]:
    """Return the distinct values, and the place among them of each rating (-1: none)."""
    if level not in DISTANCES:
        raise ValueError(f"Unknown level {level!r}: use one of {', '.join(sorted(DISTANCES))}.")
    frame = pd.DataFrame(raters_by_units)
    cells = frame.to_numpy(dtype=object if level == "nominal" else float)
    codes, labels = pd.factorize(cells.ravel())
    order = np.arange(len(labels)) if level == "nominal" else np.argsort(labels)
    codes = np.where(codes < 0, -1, np.argsort(order)[codes]).reshape(cells.shape)
    values = order if level == "nominal" else np.asarray(labels)[order]
    return values.astype(float), codes


def _given(codes: NDArray[np.intp], size: int) -> Matrix:
    """Return 1 where a rater gave a unit a value, raters × units × values."""
    return (codes[:, :, None] == np.arange(size)).astype(float)


def _counts(codes: NDArray[np.intp], size: int) -> Matrix:
    """Return how often each unit (row) got each value (column)."""
    return np.stack([(codes == code).sum(axis=0) for code in range(size)], axis=-1).astype(float)


def _alphas(values: Matrix, counts: Matrix, level: str) -> Matrix:
    """Return alpha of each of many tables of counts (tables × units × values)."""
    coincidences = _coincidences(counts)
    totals = coincidences.sum(axis=1)
    distance = DISTANCES[level](values, totals)
    n = totals.sum(axis=1)
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
    observed = (coincidences * distance).sum(axis=(1, 2))
    known = expected > 0
    share = observed * (n - 1) / np.where(known, expected, 1.0)
    return np.where(known, 1 - share, np.nan)


def _coincidences(counts: Matrix) -> Matrix:
    """Return how often two values meet within a unit, each unit weighing its ratings once."""
    ratings = counts.sum(axis=2, keepdims=True)
    weighed = np.where(ratings > 1, counts / np.where(ratings > 1, ratings - 1, 1.0), 0.0)
    own = np.eye(counts.shape[2]) * weighed.sum(axis=1)[:, None, :]
    return weighed.transpose(0, 2, 1) @ counts - own


def _nominal(values: Matrix, totals: Matrix) -> Matrix:
    """Return 1 for unlike values."""
    return (values[:, None] != values).astype(float)


def _ordinal(values: Matrix, totals: Matrix) -> Matrix:
    """Return the squared number of ratings between two ranks, half of each end."""
    middle = np.cumsum(totals, axis=1) - totals / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2


def _interval(values: Matrix, totals: Matrix) -> Matrix:
    """Return squared differences."""
    return (values[:, None] - values) ** 2


def _ratio(values: Matrix, totals: Matrix) -> Matrix:
    """Return squared differences relative to the sum."""
    sums = values[:, None] + values
    return np.where(sums == 0, 0.0, (values[:, None] - values) / np.where(sums == 0, 1, sums)) ** 2


DISTANCES: dict[str, Callable[[Matrix, Matrix], Matrix]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
