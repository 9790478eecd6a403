"""Rounding: settled values for comparisons, whole levels, and how draws spread over levels."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["distribution", "settle", "to_level"]


def settle(x: Any) -> Any:
    """Round to 9 decimals, so that thresholds compare values and not float noise.

    Parameters
    ----------
    x : float or array-like of float
        Any finite number; NaN stays NaN.

    Returns
    -------
    float or numpy.ndarray
        A float for a scalar, else an array of the same shape. Never ``-0.0``.

    Examples
    --------
    >>> settle(0.1 + 0.2) == 0.3
    True
    """
    rounded = np.round(np.asarray(x, dtype=float), 9) + 0.0
    return float(rounded) if rounded.ndim == 0 else rounded


def to_level(x: Any) -> Any:
    """Round to a whole level of the ladder: floor(x + 0.5), clipped to 1–5.

    Parameters
    ----------
    x : float or array-like of float
        Continuous levels; NaN stays NaN.

    Returns
    -------
    int, float or numpy.ndarray
        An int for a finite scalar, NaN for a missing one, else a float array.

    Examples
    --------
    >>> to_level(2.5), to_level(2.49), to_level(7.0)
    (3, 2, 5)
    """
    levels = np.clip(np.floor(np.asarray(settle(x)) + 0.5), 1, 5)
    if levels.ndim:
        return levels
    return int(levels) if np.isfinite(levels) else float("nan")


def distribution(levels: ArrayLike) -> dict[str, float]:
    """Return the share of draws at each whole level.

    Parameters
    ----------
    levels : array-like of float
        Whole levels 1–5, one a draw; NaN draws are left out.

    Returns
    -------
    dict of str to float
        Keys ``"1"`` … ``"5"``; shares add to 1, or are all 0 without a finite draw.

    Examples
    --------
    >>> distribution([3, 3, 4, 3])["3"]
    0.75
    """
    values = np.asarray(levels, dtype=float).ravel()
    values = values[np.isfinite(values)]
    return {
        str(level): float(np.mean(values == level)) if values.size else 0.0 for level in range(1, 6)
    }
