"""Krippendorff's alpha: agreement of any number of raters, any level of measurement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["krippendorff_alpha"]

Matrix = NDArray[np.float64]


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
    if level not in DISTANCES:
        raise ValueError(f"Unknown level {level!r}: use one of {', '.join(sorted(DISTANCES))}.")
    values, counts = _values_by_units(pd.DataFrame(raters_by_units), level)
    counts = counts[counts.sum(axis=1) > 1]
    if not counts.size:
        return float("nan")
    coincidences = _coincidences(counts)
    totals = coincidences.sum(axis=0)
    distance = DISTANCES[level](values, totals)
    expected = float((np.outer(totals, totals) * distance).sum()) / (totals.sum() - 1)
    observed = float((coincidences * distance).sum())
    return float(1 - observed / expected) if expected > 0 else float("nan")


def _values_by_units(frame: pd.DataFrame, level: str) -> tuple[Matrix, Matrix]:
    """Return the distinct values, and how often each unit (row) got each value (column)."""
    cells = frame.to_numpy(dtype=object if level == "nominal" else float)
    codes, labels = pd.factorize(cells.ravel())
    order = np.arange(len(labels)) if level == "nominal" else np.argsort(labels)
    codes = np.where(codes < 0, -1, np.argsort(order)[codes]).reshape(cells.shape)
    counts = np.stack([(codes == code).sum(axis=0) for code in range(len(labels))], axis=1)
    values = order if level == "nominal" else np.asarray(labels)[order]
    return values.astype(float), counts.astype(float)


def _coincidences(counts: Matrix) -> Matrix:
    """Return how often two values meet within a unit, each unit weighing its ratings once."""
    weights = 1 / (counts.sum(axis=1) - 1)
    return (counts * weights[:, None]).T @ counts - np.diag(weights @ counts)


def _nominal(values: Matrix, totals: Matrix) -> Matrix:
    """Return 1 for unlike values."""
    return (values[:, None] != values).astype(float)


def _ordinal(values: Matrix, totals: Matrix) -> Matrix:
    """Return the squared number of ratings between two ranks, half of each end."""
    middle = np.cumsum(totals) - totals / 2
    return (middle[:, None] - middle) ** 2


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
