"""Resamples of series in blocks, and intervals of correlations from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.stats.draws import DRAWS

__all__ = ["block_bootstrap", "correlation_draws"]


def block_bootstrap(
    n: int, rng: np.random.Generator, draws: int, block: float | None = None
) -> NDArray[np.intp]:
    """Return positions of stationary block resamples of a series.

    Parameters
    ----------
    n : int
        Length of the series, 1 or more.
    rng : numpy.random.Generator
        The result's own generator.
    draws : int
        Number of resamples.
    block : float, optional
        Mean length of a block in steps; default n^(1/3).

    Returns
    -------
    numpy.ndarray of int, shape (draws, n)
        Positions 0 … n − 1; blocks of geometric length run on circularly.

    Notes
    -----
    Politis & Romano (1994), *JASA* 89, 1303–1313.

    Examples
    --------
    >>> block_bootstrap(5, np.random.default_rng(1), draws=2).shape
    (2, 5)
    """
    length = max(1.0, n ** (1 / 3)) if block is None else max(1.0, block)
    fresh = rng.random((draws, n)) < 1 / length
    fresh[:, 0] = True
    starts = np.where(fresh, rng.integers(0, n, size=(draws, n)), 0)
    steps = np.arange(n)
    begun = np.maximum.accumulate(np.where(fresh, steps, 0), axis=1)
    return (np.take_along_axis(starts, begun, axis=1) + steps - begun) % n


def correlation_draws(
    x: ArrayLike, y: ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Return correlations of pairs of series in stationary block resamples.

    Parameters
    ----------
    x, y : array-like of float, shape (steps, pairs)
        Both sides of each pair, without gaps.
    rng : numpy.random.Generator
        The result's own generator; all pairs share its resamples.
    draws : int, default 2000
        Number of resamples.

    Returns
    -------
    numpy.ndarray, shape (draws, pairs)
        NaN where a resample does not vary.

    Examples
    --------
    >>> x = np.arange(30.0)[:, None]
    >>> correlation_draws(x, -x, np.random.default_rng(1), draws=3).round(6).ravel().tolist()
    [-1.0, -1.0, -1.0]
    """
    one, two = (np.asarray(side, dtype=float) for side in (x, y))
    one, two = one - one.mean(axis=0), two - two.mean(axis=0)
    n = len(one)
    places = block_bootstrap(n, rng, draws) + n * np.arange(draws)[:, None]
    share = np.bincount(places.ravel(), minlength=n * draws).reshape(draws, n) / n
    sums = (share @ part for part in (one, two, one * one, two * two, one * two))
    a, b, aa, bb, ab = sums
    spread = (aa - a * a) * (bb - b * b)
    still = spread <= 1e-20 * (one.var(axis=0) * two.var(axis=0))
    return np.clip((ab - a * b) / np.sqrt(np.where(still, np.nan, spread)), -1.0, 1.0)
