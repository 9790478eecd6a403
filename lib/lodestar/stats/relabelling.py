"""Means of two groups whose members change places at random, on many subjects at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lodestar.stats.means import influence

__all__ = ["relabelled_means"]

DRAWS = 1999
MANY = 300
"""Persons above which the normal limit stands in for relabelling."""

Means = tuple[NDArray[np.float64], NDArray[np.float64]]


def relabelled_means(
    x: NDArray[np.float64], first: int, rng: np.random.Generator, draws: int = DRAWS
) -> Means:
    """Return both groups' means, subject by subject, in every random relabelling.

    Parameters
    ----------
    x : numpy.ndarray, shape (persons, subjects)
        Both groups' answers; NaN = no answer.
    first : int
        Persons in the first group, 1 or more and fewer than all.
    rng : numpy.random.Generator
        The result's own generator.
    draws : int
        Relabellings.

    Returns
    -------
    tuple of numpy.ndarray, each of shape (draws, subjects)
        NaN where nobody of a group answered. Above 300 persons: draws from the normal limit of
        the same relabelling, whose means add up to the pooled mean.

    Examples
    --------
    >>> a, b = relabelled_means(np.array([[1.0], [3.0]]), 1, np.random.default_rng(1), draws=9)
    >>> sorted({float(value) for value in a.ravel()}), set((a + b).ravel().tolist())
    ([1.0, 3.0], {4.0})
    """
    return _limit(x, first, rng, draws) if len(x) > MANY else _exact(x, first, rng, draws)


def _exact(x: NDArray[np.float64], first: int, rng: np.random.Generator, draws: int) -> Means:
    """Return the means of groups picked person by person."""
    picked = (rng.random((draws, len(x))).argsort(axis=1) < first).astype(float)
    given, values = np.isfinite(x).astype(float), np.nan_to_num(x)
    count, total = picked @ given, picked @ values
    with np.errstate(invalid="ignore", divide="ignore"):
        return total / count, (values.sum(axis=0) - total) / (given.sum(axis=0) - count)


def _limit(x: NDArray[np.float64], first: int, rng: np.random.Generator, draws: int) -> Means:
    """Return means drawn from the normal that relabelling approaches."""
    persons, second = len(x), len(x) - first
    mean, moved = np.nanmean(x, axis=0), influence(x)
    size = np.sqrt(persons / (first * second))
    values, vectors = np.linalg.eigh(moved.T @ moved / persons)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    apart = size * rng.standard_normal((draws, x.shape[1])) @ root.T
    return mean + apart * second / persons, mean - apart * first / persons
