"""How far people agree: within one group (rwg, average deviation), and between raters."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.stats.icc import icc_groups, icc_raters
from lodestar.stats.krippendorff import krippendorff_alpha, krippendorff_interval

__all__ = [
    "NULL_VARIANCE",
    "ad_mean",
    "icc_groups",
    "icc_raters",
    "krippendorff_alpha",
    "krippendorff_interval",
    "rwg",
    "rwg_j",
    "rwg_j_of",
]

NULL_VARIANCE = 2.0
"""Variance of answers at random over five steps, (5² − 1)/12."""


def rwg(x: ArrayLike, null_variance: float = NULL_VARIANCE) -> float | NDArray[np.float64]:
    """Return the within-group agreement on one item.

    Parameters
    ----------
    x : array-like of float, shape (persons,) or (persons, items)
        Answers of one group; NaN = no answer.
    null_variance : float, default 2.0
        Variance if everyone answered at random: (A² − 1)/12 for A steps; 2.0 for five steps.

    Returns
    -------
    float or numpy.ndarray
        0 (no agreement beyond chance) to 1 (all alike); one an item for a matrix.
        NaN with fewer than two answers.

    Notes
    -----
    1 − s²/σ², s² with n − 1 in the denominator, truncated to 0–1 (James, Demaree & Wolf 1984,
    *Journal of Applied Psychology* 69, 85–98).

    Examples
    --------
    >>> rwg([4, 4, 5, 4, 3])
    0.75
    """
    answers = np.asarray(x, dtype=float)
    variances = _variances(answers.reshape(len(answers), -1))
    agreement = np.clip(1 - variances / null_variance, 0, 1)
    return float(agreement[0]) if answers.ndim == 1 else agreement


def rwg_j(items: ArrayLike, null_variance: float = NULL_VARIANCE) -> float:
    """Return the within-group agreement on a scale of parallel items.

    Parameters
    ----------
    items : array-like of float, shape (persons, items)
        Answers of one group; NaN = no answer.
    null_variance : float, default 2.0
        Variance of one item if everyone answered at random.

    Returns
    -------
    float
        0 to 1; NaN when no item has two answers.

    Notes
    -----
    J(1 − v) / (J(1 − v) + v), v = mean item variance ÷ null variance, J the items with at least
    two answers; 0 when v ≥ 1 (James, Demaree & Wolf 1984).

    Examples
    --------
    >>> rwg_j([[4, 4], [4, 5], [5, 4]])
    0.9090909090909091
    """
    variances = _variances(_persons_by_items(items))
    return float(rwg_j_of(variances[:, None], null_variance)[0])


def rwg_j_of(
    variances: NDArray[np.float64], null_variance: float = NULL_VARIANCE
) -> NDArray[np.float64]:
    """Return :func:`rwg_j` of many groups from the variances of their items.

    Parameters
    ----------
    variances : numpy.ndarray of float, shape (items, groups)
        Variance (n − 1) of each item in each group; NaN under two answers.
    null_variance : float, default 2.0
        Variance of one item if everyone answered at random.

    Returns
    -------
    numpy.ndarray, shape (groups,)
        0 to 1; NaN when no item has two answers.

    Examples
    --------
    >>> rwg_j_of(np.array([[0.5, 4.0], [0.5, np.nan]])).round(3).tolist()
    [0.857, 0.0]
    """
    known = np.isfinite(variances)
    items = known.sum(axis=0)
    total = np.where(known, variances, 0.0).sum(axis=0)
    share = total / np.where(items > 0, items, np.nan) / null_variance
    agreed = items * (1 - share)
    beyond = np.where(share >= 1, 1.0, agreed + share)
    return np.where(share >= 1, 0.0, agreed / beyond)


def ad_mean(items: ArrayLike) -> float:
    """Return the average deviation from the group's mean, in steps of the answer scale.

    Parameters
    ----------
    items : array-like of float, shape (persons,) or (persons, items)
        Answers of one group; NaN = no answer.

    Returns
    -------
    float
        0 when all answer alike; NaN when no item has an answer.

    Notes
    -----
    Mean over items of the mean |answer − item mean| (Burke, Finkelstein & Dusig 1999,
    *Organizational Research Methods* 2, 49–68).

    Examples
    --------
    >>> ad_mean([1, 1, 5, 5])
    2.0
    """
    answers = _persons_by_items(items)
    answers = answers[:, np.isfinite(answers).any(axis=0)]
    if not answers.size:
        return float("nan")
    deviations = np.abs(answers - np.nanmean(answers, axis=0))
    return float(np.nanmean(deviations, axis=0).mean())


def _persons_by_items(items: ArrayLike) -> NDArray[np.float64]:
    """Return a float matrix, one column for a vector."""
    answers = np.asarray(items, dtype=float)
    return answers[:, None] if answers.ndim == 1 else answers


def _variances(answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each column's variance (n − 1) over the answers given; NaN under two answers."""
    given = np.isfinite(answers)
    count = given.sum(axis=0)
    filled = np.where(given, answers, 0.0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    squares = (np.where(given, answers - mean, 0.0) ** 2).sum(axis=0)
    return np.where(count > 1, squares / np.maximum(count - 1, 1), np.nan)
