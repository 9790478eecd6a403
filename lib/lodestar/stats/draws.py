"""Reproducible random draws: one generator for each result key, and the interval of its draws."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["DRAWS", "generator", "interval", "intervals"]

DRAWS = 2000


def generator(seed: int, key: str) -> np.random.Generator:
    """Return the generator that belongs to one result key.

    Parameters
    ----------
    seed : int
        Seed of the engagement, 0 or more.
    key : str
        Dotted path of the result, ids joined by ``/``
        (``perspectives.gaps/D1.level/customer/employee``).

    Returns
    -------
    numpy.random.Generator
        PCG64 seeded with ``[seed, crc32(key)]``.

    Notes
    -----
    Each quantity draws from its own stream, so that adding one shifts no other number.

    Examples
    --------
    >>> a, b = generator(2026, "level.present"), generator(2026, "level.present")
    >>> bool(a.random() == b.random())
    True
    """
    return np.random.default_rng([seed, zlib.crc32(key.encode())])


def interval(
    draws: ArrayLike, level: float = 0.95, estimate: float | None = None
) -> tuple[float, float]:
    """Return the central interval of draws, widened where needed to hold the estimate.

    Parameters
    ----------
    draws : array-like of float
        Draws of one quantity; NaN draws (the quantity was undefined there) are left out.
    level : float, default 0.95
        Share of draws inside the interval, between 0 and 1.
    estimate : float, optional
        Published estimate; the interval always includes it.

    Returns
    -------
    tuple of float
        Lower and upper bound; NaN twice when no draw is finite.

    Notes
    -----
    Percentiles (1 − level)/2 and (1 + level)/2, linear between order statistics.

    Examples
    --------
    >>> low, high = interval(range(101), level=0.80)
    >>> round(low, 6), round(high, 6)
    (10.0, 90.0)
    >>> interval([1.0, 2.0], estimate=3.0)[1]
    3.0
    """
    values = np.asarray(draws, dtype=float).ravel()
    values = values[np.isfinite(values)]
    if not values.size:
        return float("nan"), float("nan")
    tail = (1 - level) / 2
    low, high = (float(bound) for bound in np.quantile(values, [tail, 1 - tail], method="linear"))
    if estimate is None or not np.isfinite(estimate):
        return low, high
    return min(low, float(estimate)), max(high, float(estimate))


def intervals(
    draws: NDArray[np.float64], estimates: NDArray[np.float64], level: float = 0.95
) -> NDArray[np.float64]:
    """Return :func:`interval` of many quantities at once.

    Parameters
    ----------
    draws : numpy.ndarray of float, shape (quantities, draws)
        Draws of each quantity, none missing.
    estimates : numpy.ndarray of float, shape (quantities,)
        Published estimates; each interval includes its own.
    level : float, default 0.95
        Share of draws inside each interval.

    Returns
    -------
    numpy.ndarray, shape (quantities, 2)
        Lower and upper bounds.

    Examples
    --------
    >>> intervals(np.array([[0.0, 1.0, 2.0]]), np.array([3.0]), level=0.5).tolist()
    [[0.5, 3.0]]
    """
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=1, method="linear")
    return np.stack([np.minimum(low, estimates), np.maximum(high, estimates)], axis=1)
