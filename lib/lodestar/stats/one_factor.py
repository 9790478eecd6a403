"""The one-factor model of many correlation matrices at once, by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["one_factor"]

Matrix = NDArray[np.float64]

LEAST_UNIQUENESS = 0.005
FLOOR = float(np.log(LEAST_UNIQUENESS))
MOST_STEPS, MOST_HALVINGS = 200, 30
STILL = 1e-10


def one_factor(correlations: Matrix) -> tuple[Matrix, Matrix]:
    """Return loadings and uniquenesses of the one-factor model.

    Parameters
    ----------
    correlations : numpy.ndarray of float, shape (matrices, items, items)
        Correlation matrices of three items or more.

    Returns
    -------
    tuple of numpy.ndarray, shape (matrices, items)
        Loadings (their sum is not negative) and uniquenesses (0.005 to 1).

    Notes
    -----
    Jöreskog's (1967, *Psychometrika* 32, 443–482) Newton steps on log uniqueness, projected on
    the bounds and halved until the discrepancy falls. Each matrix takes its own steps.

    Examples
    --------
    >>> loadings, uniqueness = one_factor(np.full((1, 3, 3), 0.49) + 0.51 * np.eye(3))
    >>> loadings.round(4).tolist(), uniqueness.round(4).tolist()
    ([[0.7, 0.7, 0.7]], [[0.51, 0.51, 0.51]])
    """
    size = correlations.shape[-1]
    inverse = np.linalg.pinv(correlations, hermitian=True)
    start = (1 - 0.5 / size) / np.diagonal(inverse, axis1=1, axis2=2)
    logs = np.log(np.clip(start, LEAST_UNIQUENESS, 1))
    fit = _discrepancy(logs, correlations)
    active = np.arange(len(correlations))
    for _ in range(MOST_STEPS):
        moved = _newton_step(active, logs, fit, correlations)
        active = active[moved >= STILL]
        if not active.size:
            break
    common = np.sqrt(np.maximum(fit.values[:, -1:] - 1, 0.0))
    loadings = np.exp(logs / 2) * fit.vectors[:, :, -1] * common
    sign = np.where(loadings.sum(axis=1, keepdims=True) >= 0, 1.0, -1.0)
    return sign * loadings, np.exp(logs)


@dataclass
class _Fit:
    """Discrepancy of each matrix at given uniquenesses, and the decomposition it comes from."""

    discrepancy: Matrix
    values: Matrix
    vectors: Matrix

    def put(self, places: NDArray[np.intp], other: _Fit, chosen: NDArray[np.bool_]) -> None:
        """Take over what was chosen of another fit."""
        self.discrepancy[places] = other.discrepancy[chosen]
        self.values[places], self.vectors[places] = other.values[chosen], other.vectors[chosen]


def _discrepancy(logs: Matrix, correlations: Matrix) -> _Fit:
    """Return the discrepancy left after the best loadings at these log uniquenesses."""
    scale = np.exp(-logs / 2)
    values, vectors = np.linalg.eigh(correlations * (scale[:, :, None] * scale[:, None, :]))
    rest = np.maximum(values[:, :-1], 1e-12)
    return _Fit((rest - np.log(rest) - 1).sum(axis=1), values, vectors)


def _newton_step(active: NDArray[np.intp], logs: Matrix, fit: _Fit, correlations: Matrix) -> Matrix:
    """Move the uniquenesses of the active matrices by one step; return how far they moved."""
    step = _direction(logs[active], fit.values[active], fit.vectors[active])
    moved, left = np.zeros(len(active)), np.arange(len(active))
    for halving in range(MOST_HALVINGS):
        places = active[left]
        trial = np.clip(logs[places] - step[left] / 2**halving, FLOOR, 0)
        found = _discrepancy(trial, correlations[places])
        better = found.discrepancy <= fit.discrepancy[places]
        gained = places[better]
        moved[left[better]] = np.abs(trial[better] - logs[gained]).max(axis=1)
        logs[gained] = trial[better]
        fit.put(gained, found, better)
        left = left[~better]
        if not left.size:
            break
    return moved


def _direction(logs: Matrix, values: Matrix, vectors: Matrix) -> Matrix:
    """Return Newton's step of each matrix; a uniqueness at its bound stays there."""
    rest, others = values[:, :-1], vectors[:, :, :-1]
    gradient = (others**2 @ (1 - rest)[:, :, None])[:, :, 0]
    held = (logs <= FLOOR) & (gradient > 0) | (logs >= 0) & (gradient < 0)
    curvature = (others @ others.transpose(0, 2, 1)) ** 2
    curvature[held[:, :, None] | held[:, None, :]] = 0.0
    gradient[held] = 0.0
    return (np.linalg.pinv(curvature, hermitian=True) @ gradient[:, :, None])[:, :, 0]
