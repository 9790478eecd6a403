"""Resampling whole persons: how often each is picked in a draw, and the means that follow."""

from __future__ import annotations

import numpy as np

from lodestar.stats.draws import DRAWS

__all__ = ["person_counts", "picked_means"]

CHUNK = 4_000_000
"""Picks held in memory at once; the stream of picks does not depend on it."""


def person_counts(
    persons: int, rng: np.random.Generator, draws: int = DRAWS, chunk: int = CHUNK
) -> np.ndarray:
    """Return how often each person is picked when as many persons are drawn with replacement.

    Parameters
    ----------
    persons : int
        Number of persons in the stratum, 1 or more.
    rng : numpy.random.Generator
        Generator of the result (``lodestar.stats.draws.generator``); its stream moves on.
    draws : int, default 2000
        Number of resamples.
    chunk : int
        Upper bound of picks held at once; changes memory, never a number.

    Returns
    -------
    numpy.ndarray of float32
        Shape (draws, persons); every row adds up to `persons`.

    Notes
    -----
    The picks of draw b are row b of ``rng.integers(0, persons, (draws, persons), dtype=int32)``.

    Examples
    --------
    >>> person_counts(1, np.random.default_rng(1), draws=2).tolist()
    [[1.0], [1.0]]
    """
    out = np.empty((draws, persons), dtype=np.float32)
    step = max(1, chunk // persons)
    for first in range(0, draws, step):
        rows = min(step, draws - first)
        picks = rng.integers(0, persons, size=(rows, persons), dtype=np.int32)
        places = picks + (persons * np.arange(rows, dtype=np.int64))[:, None]
        counts = np.bincount(places.ravel(), minlength=rows * persons)
        out[first : first + rows] = counts.reshape(rows, persons)
    return out


def picked_means(values: np.ndarray, counts: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """Return column means over resampled persons.

    Parameters
    ----------
    values : numpy.ndarray
        Shape (persons, columns); NaN where a person said nothing.
    counts : numpy.ndarray
        How often each person is picked, shape (draws, persons), from `person_counts`.
    observed : numpy.ndarray
        Shape (columns,): what a column keeps in a draw that picks nobody who said anything.

    Returns
    -------
    numpy.ndarray
        Shape (draws, columns).

    Examples
    --------
    >>> values = np.array([[1.0, np.nan], [3.0, 2.0]])
    >>> picked_means(values, np.array([[2, 0], [1, 1]]), np.array([2.0, 2.0])).tolist()
    [[1.0, 2.0], [2.0, 2.0]]
    """
    counts, seen = counts.astype(float), ~np.isnan(values)
    total, votes = counts @ np.where(seen, values, 0.0), counts @ seen
    return np.where(votes > 0, total / np.maximum(votes, 1), observed)
