"""Reliability of a scale: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.stats.one_factor import one_factor

__all__ = ["alpha_of", "cronbach_alpha", "omega_of", "omega_total"]

Matrix = NDArray[np.float64]

LEAST_VARIANCE = 1e-12
LEAST_ITEMS, LEAST_CASES = 3, 10


def cronbach_alpha(items: ArrayLike) -> float:
    """Return Cronbach's alpha of a scale.

    Parameters
    ----------
    items : array-like of float, shape (persons, items)
        Answers, reverse items turned; persons with a missing answer are left out.

    Returns
    -------
    float
        At most 1; NaN under two items, two complete cases or without variance.

    Notes
    -----
    k/(k − 1) · (1 − Σ item variances ÷ variance of the sum) (Cronbach 1951, *Psychometrika* 16,
    297–334).

    Examples
    --------
    >>> round(cronbach_alpha([[1, 2], [2, 3], [3, 4]]), 6)
    1.0
    """
    covariances, every, complete = _alone(items)
    return float(np.where(complete > 1, alpha_of(covariances, every), np.nan)[0])


def alpha_of(covariances: Matrix, used: NDArray[np.bool_]) -> Matrix:
    """Return Cronbach's alpha of many groups at once.

    Parameters
    ----------
    covariances : numpy.ndarray of float, shape (groups, items, items)
        Covariances (n − 1) of the complete cases; 0 for items that a group was not asked.
    used : numpy.ndarray of bool, shape (groups, items)
        Which items each group was asked.

    Returns
    -------
    numpy.ndarray, shape (groups,)
        As :func:`cronbach_alpha` of each group alone.

    Examples
    --------
    >>> alpha_of(np.array([[[1.0, 0.5], [0.5, 1.0]]]), np.array([[True, True]])).round(3).tolist()
    [0.667]
    """
    items, total = used.sum(axis=1), covariances.sum(axis=(1, 2))
    known = (items > 1) & (total > LEAST_VARIANCE)
    own = np.trace(covariances, axis1=1, axis2=2) / np.where(known, total, np.nan)
    return items / np.maximum(items - 1, 1) * (1 - own)


def omega_total(items: ArrayLike) -> float:
    """Return McDonald's omega: the share of the sum's variance that one factor explains.

    Parameters
    ----------
    items : array-like of float, shape (persons, items)
        Answers, reverse items turned; persons with a missing answer are left out.

    Returns
    -------
    float
        0 to 1; NaN under 3 items, under 10 complete cases, for an item that everyone answered
        alike, or with a negative loading (then one factor does not describe the scale).

    Notes
    -----
    (Σλ)² / ((Σλ)² + Σθ) of a one-factor model fitted by maximum likelihood to the covariances
    (McDonald 1999, *Test Theory*, ch. 6).

    Examples
    --------
    >>> omega_total([[1, 2], [2, 3], [3, 4]])
    nan
    """
    return float(omega_of(*_alone(items))[0])


def omega_of(covariances: Matrix, used: NDArray[np.bool_], complete: Matrix) -> Matrix:
    """Return McDonald's omega of many groups at once.

    Parameters
    ----------
    covariances, used : numpy.ndarray
        As :func:`alpha_of` takes them.
    complete : numpy.ndarray of float, shape (groups,)
        Number of complete cases of each group.

    Returns
    -------
    numpy.ndarray, shape (groups,)
        As :func:`omega_total` of each group alone.

    Examples
    --------
    >>> equal = np.full((1, 3, 3), 0.5) + 0.5 * np.eye(3)
    >>> omega_of(equal, np.ones((1, 3), dtype=bool), np.array([20.0])).round(3).tolist()
    [0.75]
    """
    out = np.full(len(covariances), np.nan)
    deviations = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    varied = (deviations > LEAST_VARIANCE) | ~used
    fit = (used.sum(axis=1) >= LEAST_ITEMS) & (complete >= LEAST_CASES) & varied.all(axis=1)
    for items in np.unique(used[fit], axis=0):
        own = np.flatnonzero(fit & (used == items).all(axis=1))
        kept = np.flatnonzero(items)
        out[own] = _omega(covariances[np.ix_(own, kept, kept)], deviations[np.ix_(own, kept)])
    return out


def _omega(covariances: Matrix, deviations: Matrix) -> Matrix:
    """Return omega of groups that were all asked the same items."""
    scale = deviations[:, :, None] * deviations[:, None, :]
    loadings, uniqueness = one_factor(covariances / scale)
    common = (loadings * deviations).sum(axis=1) ** 2
    omega = common / (common + (uniqueness * deviations**2).sum(axis=1))
    return np.where((loadings < -1e-6).any(axis=1), np.nan, omega)


def _alone(items: ArrayLike) -> tuple[Matrix, NDArray[np.bool_], Matrix]:
    """Return covariances, items and number of complete cases of one group."""
    answers = np.asarray(items, dtype=float)
    answers = answers[:, None] if answers.ndim == 1 else answers
    answers = answers[np.isfinite(answers).all(axis=1)]
    away = answers - answers.mean(axis=0) if len(answers) else answers
    covariances = away.T @ away / max(len(answers) - 1, 1)
    every = np.ones((1, answers.shape[1]), dtype=bool)
    return covariances[None], every, np.array([float(len(answers))])
