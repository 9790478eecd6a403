"""Reliability of a scale: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["cronbach_alpha", "omega_total"]

Matrix = NDArray[np.float64]

LEAST_UNIQUENESS = 0.005
FLOOR = float(np.log(LEAST_UNIQUENESS))
MOST_STEPS = 200


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
    answers = _complete(items)
    persons, k = answers.shape
    if k < 2 or persons < 2:
        return float("nan")
    total = float(answers.sum(axis=1).var(ddof=1))
    if total <= 1e-12:
        return float("nan")
    return k / (k - 1) * (1 - float(answers.var(axis=0, ddof=1).sum()) / total)


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
    answers = _complete(items)
    if answers.shape[1] < 3 or answers.shape[0] < 10:
        return float("nan")
    deviations = answers.std(axis=0, ddof=1)
    if (deviations <= 1e-12).any():
        return float("nan")
    loadings, uniqueness = _one_factor(np.asarray(np.corrcoef(answers, rowvar=False)))
    if (loadings < -1e-6).any():
        return float("nan")
    common = float((loadings * deviations).sum()) ** 2
    return common / (common + float((uniqueness * deviations**2).sum()))


def _one_factor(correlations: Matrix) -> tuple[Matrix, Matrix]:
    """Return loadings and uniquenesses of the one-factor model, by maximum likelihood.

    Jöreskog's (1967, *Psychometrika* 32, 443–482) Newton steps on log uniqueness, projected on
    the bounds and halved until the discrepancy falls.
    """
    size = len(correlations)
    start = (1 - 0.5 / size) / np.diag(np.linalg.pinv(correlations))
    logs = np.log(np.clip(start, LEAST_UNIQUENESS, 1))
    fit = _discrepancy(logs, correlations)
    for _ in range(MOST_STEPS):
        logs, fit, moved = _newton_step(logs, fit, correlations)
        if moved < 1e-10:
            break
    values, vectors = fit.values[-1], fit.vectors[:, -1]
    loadings = np.exp(logs / 2) * vectors * np.sqrt(max(float(values) - 1, 0.0))
    return (loadings if loadings.sum() >= 0 else -loadings), np.exp(logs)


@dataclass(frozen=True)
class _Fit:
    """Discrepancy at given uniquenesses, and the eigen-decomposition it comes from."""

    discrepancy: float
    values: Matrix
    vectors: Matrix


def _discrepancy(logs: Matrix, correlations: Matrix) -> _Fit:
    """Return the discrepancy left after the best loadings at these log uniquenesses."""
    scale = np.exp(-logs / 2)
    values, vectors = np.linalg.eigh(correlations * np.outer(scale, scale))
    rest = np.maximum(values[:-1], 1e-12)
    return _Fit(float((rest - np.log(rest) - 1).sum()), values, vectors)


def _newton_step(logs: Matrix, fit: _Fit, correlations: Matrix) -> tuple[Matrix, _Fit, float]:
    """Return the uniquenesses after one step, their fit, and how far they moved."""
    rest, vectors = fit.values[:-1], fit.vectors[:, :-1]
    gradient = vectors**2 @ (1 - rest)
    curvature = (vectors @ vectors.T) ** 2
    free = ~((logs <= FLOOR) & (gradient > 0) | (logs >= 0) & (gradient < 0))
    step = np.zeros_like(logs)
    if free.any():
        step[free] = np.linalg.lstsq(curvature[np.ix_(free, free)], gradient[free], rcond=None)[0]
    for halving in range(30):
        trial = np.clip(logs - step / 2**halving, FLOOR, 0)
        found = _discrepancy(trial, correlations)
        if found.discrepancy <= fit.discrepancy:
            return trial, found, float(np.abs(trial - logs).max())
    return logs, fit, 0.0


def _complete(items: ArrayLike) -> Matrix:
    """Return the persons who answered every item."""
    answers = np.asarray(items, dtype=float)
    answers = answers[:, None] if answers.ndim == 1 else answers
    return answers[np.isfinite(answers).all(axis=1)]
