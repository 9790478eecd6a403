"""Do segments of customers differ by more than chance: the clearest pair of each column."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lodestar.stats.draws import DRAWS

__all__ = ["CERTAIN", "Contrast", "clearest"]

CERTAIN = 0.05
"""From which adjusted p on a difference may be chance."""

BATCH = 2_000_000
TIE = 1e-9


@dataclass(frozen=True)
class Contrast:
    """The two segments farthest apart for their size, by position, and the p of the column."""

    higher: int
    lower: int
    p: float


def clearest(
    levels: NDArray[np.float64],
    segment: NDArray[np.intp],
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> Contrast:
    """Return the pair of segments that stands out most, and how often chance does as well.

    Parameters
    ----------
    levels : numpy.ndarray, shape (persons, dimensions)
        Levels 1–5; NaN where a person has none.
    segment : numpy.ndarray of int, shape (persons,)
        Segment of each person, 0, 1, …; at least two segments, each with a level in every
        dimension.
    rng : numpy.random.Generator
        The result's own generator.
    draws : int
        Number of relabellings.

    Returns
    -------
    Contrast
        p = (hits + 1) / (draws + 1).

    Notes
    -----
    A segment's level is the mean over dimensions of the mean over persons. Statistic: the greatest
    |L_a − L_b| / √(1/n_a + 1/n_b) over all pairs; a hit is a random relabelling of persons whose
    greatest statistic is at least as great, so that p holds for the best of all pairs looked at
    (single-step maxT; Westfall & Young 1993, *Resampling-Based Multiple Testing*).

    Examples
    --------
    >>> apart = np.array([[1.0], [1.2], [1.1], [1.3], [4.0], [4.2], [4.1], [4.3]])
    >>> found = clearest(apart, np.repeat([0, 1], 4), np.random.default_rng(1))
    >>> found.higher, found.lower, found.p < 0.06
    (1, 0, True)
    """
    sizes = np.bincount(segment)
    pairs = np.array(list(combinations(range(len(sizes)), 2)))
    observed = _levels(levels, segment[None, :], len(sizes))
    apart = _statistics(observed, sizes, pairs)[0]
    best = int(np.argmax(apart))
    hits, step = 0, max(1, BATCH // len(segment))
    for first in range(0, draws, step):
        rows = min(step, draws - first)
        shuffled = rng.permuted(np.tile(segment.astype(np.uint8), (rows, 1)), axis=1)
        found = _statistics(_levels(levels, shuffled, len(sizes)), sizes, pairs).max(axis=1)
        hits += int((found >= apart[best] - TIE).sum())
    a, b = (int(place) for place in pairs[best])
    higher, lower = (a, b) if observed[0, a] >= observed[0, b] else (b, a)
    return Contrast(higher, lower, (hits + 1) / (draws + 1))


def _levels(
    levels: NDArray[np.float64], labels: NDArray[np.integer], segments: int
) -> NDArray[np.float64]:
    """Return each segment's level under each labelling, shape (labellings, segments)."""
    seen = np.isfinite(levels)
    both = np.hstack([np.where(seen, levels, 0.0), seen.astype(float)])
    overall = both.sum(axis=0)[: levels.shape[1]] / np.maximum(seen.sum(axis=0), 1)
    out = np.empty((len(labels), segments))
    for place in range(segments):
        total, votes = np.hsplit((labels == place).astype(float) @ both, 2)
        # A relabelled segment nobody of which answered a dimension says nothing of it.
        means = np.where(votes > 0, total / np.maximum(votes, 1), overall)
        out[:, place] = means.mean(axis=1)
    return out


def _statistics(
    found: NDArray[np.float64], sizes: NDArray[np.intp], pairs: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the standardised distance of each pair, shape (labellings, pairs)."""
    first, second = pairs.T
    spread = np.sqrt(1 / sizes[first] + 1 / sizes[second])
    return np.asarray(np.abs(found[:, first] - found[:, second]) / spread)
