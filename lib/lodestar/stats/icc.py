"""Intraclass correlations: groups of persons, and raters of the same targets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

__all__ = ["icc_groups", "icc_of", "icc_raters"]


def icc_groups(x: ArrayLike, groups: Any) -> tuple[float, float]:
    """Return how much group membership explains (ICC1) and how reliable group means are (ICC2).

    Parameters
    ----------
    x : array-like of float, shape (persons,)
        One score a person; NaN = no answer.
    groups : array-like, shape (persons,)
        Group of each person; a missing group leaves the person out.

    Returns
    -------
    tuple of float
        ICC(1), which may be negative, and ICC(2); NaN without two groups, a group of two, or
        any variance.

    Notes
    -----
    One-way analysis of variance: ICC(1) = (MSB − MSW) / (MSB + (k − 1)·MSW), ICC(2) =
    (MSB − MSW) / MSB, k = persons ÷ groups, as in R's ``multilevel`` (Bliese 2000).

    Examples
    --------
    >>> [round(v, 3) for v in icc_groups([1, 2, 4, 5], ["a", "a", "b", "b"])]
    [0.895, 0.944]
    """
    scores = np.asarray(x, dtype=float).ravel()
    codes, _ = pd.factorize(np.asarray(groups, dtype=object))
    kept = np.isfinite(scores) & (codes >= 0)
    own = codes[kept]
    icc1, icc2 = icc_of(scores[kept], own, (1, int(own.max(initial=0)) + 1))
    return float(icc1[0]), float(icc2[0])


def icc_of(
    scores: NDArray[np.float64], cells: NDArray[np.intp], shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ICC(1) and ICC(2) of many wholes at once, as :func:`icc_groups` of each alone.

    Parameters
    ----------
    scores : numpy.ndarray of float, shape (persons,)
        One score a person, none missing.
    cells : numpy.ndarray of int, shape (persons,)
        Whole × groups + group of each person.
    shape : tuple of int
        Number of wholes and of groups.

    Returns
    -------
    tuple of numpy.ndarray, shape (wholes,)
        NaN without two groups, a group of two, or any variance.

    Examples
    --------
    >>> scores, cells = np.array([1.0, 2, 4, 5, 3]), np.array([0, 0, 1, 1, 2])
    >>> icc_of(scores, cells, (2, 2))[0].round(3).tolist()
    [0.895, nan]
    """
    sizes = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    sums = np.bincount(cells, scores, minlength=sizes.size).reshape(shape)
    means = sums / np.maximum(sizes, 1)
    persons, count = sizes.sum(axis=1), (sizes > 0).sum(axis=1)
    grand = sums.sum(axis=1) / np.maximum(persons, 1)
    apart = (sizes * (means - grand[:, None]) ** 2).sum(axis=1)
    away = (scores - means.ravel()[cells]) ** 2
    within = np.bincount(cells, away, minlength=sizes.size).reshape(shape).sum(axis=1)
    enough = (count > 1) & (persons > count)
    between = np.where(enough, apart / np.maximum(count - 1, 1), np.nan)
    within = within / np.maximum(persons - count, 1)
    spread = between + (persons / np.maximum(count, 1) - 1) * within
    return _ratios(between - within, spread), _ratios(between - within, between)


def icc_raters(matrix: ArrayLike) -> dict[str, float]:
    """Return the six intraclass correlations of raters who judged the same targets.

    Parameters
    ----------
    matrix : array-like of float, shape (targets, raters)
        Judgements; a target with a missing judgement is left out.

    Returns
    -------
    dict of str to float
        ``ICC1``, ``ICC2``, ``ICC3`` for a single rater and ``ICC1k``, ``ICC2k``, ``ICC3k`` for
        the mean of all; NaN under two complete targets or two raters.

    Notes
    -----
    Shrout & Fleiss (1979), *Psychological Bulletin* 86, 420–428: one-way random, two-way random
    (absolute agreement), two-way mixed (consistency).

    Examples
    --------
    >>> round(icc_raters([[1, 2], [3, 4], [5, 6]])["ICC3"], 3)
    1.0
    """
    scores = np.asarray(matrix, dtype=float)
    scores = scores[np.isfinite(scores).all(axis=1)]
    n, k = scores.shape
    if n < 2 or k < 2:
        return dict.fromkeys(("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"), float("nan"))
    rows, columns = scores.mean(axis=1), scores.mean(axis=0)
    residual = scores - rows[:, None] - columns + scores.mean()
    targets = k * float(np.var(rows, ddof=1))
    raters = n * float(np.var(columns, ddof=1))
    error = float((residual**2).sum()) / ((n - 1) * (k - 1))
    within = float(((scores - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    bias = k * (raters - error) / n
    return {
        "ICC1": _ratio(targets - within, targets + (k - 1) * within),
        "ICC2": _ratio(targets - error, targets + (k - 1) * error + bias),
        "ICC3": _ratio(targets - error, targets + (k - 1) * error),
        "ICC1k": _ratio(targets - within, targets),
        "ICC2k": _ratio(targets - error, targets + bias / k),
        "ICC3k": _ratio(targets - error, targets),
    }


def _ratio(part: float, whole: float) -> float:
    """Return part ÷ whole; NaN when there is nothing to divide by."""
    return float(_ratios(np.asarray(part), np.asarray(whole)))


def _ratios(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return part ÷ whole, one by one; NaN where there is nothing to divide by."""
    some = np.abs(whole) > 1e-12
    return np.where(some, part / np.where(some, whole, 1.0), np.nan)
