"""The profile: how cells weigh in dimensions, functions and the level, missing cells left out."""

from __future__ import annotations

import numpy as np

from lodestar.framework.model import Framework

__all__ = ["by_dimension", "by_function", "by_square", "overall", "row_shares", "weigh"]


def by_dimension(framework: Framework, shares: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Return how much each cell weighs in each dimension.

    Parameters
    ----------
    framework : Framework
        Dimensions and capabilities with their weights.
    shares : numpy.ndarray
        v_f, shape (functions,).
    present : numpy.ndarray of bool
        Cells that have a level, shape (capabilities, functions).

    Returns
    -------
    numpy.ndarray
        Shape (dimensions, capabilities, functions); each dimension's weights add up to 1, or to 0
        when it has no present cell.

    Notes
    -----
    Missing cells leave the weights, renormalised over functions within a capability, then over
    capabilities within a dimension.
    """
    within = row_shares(present * shares)
    seen = framework.capability_shares().to_numpy() * (within.sum(axis=1) > 0)
    dimensions = np.array([d.id for d in framework.dimensions], dtype=object)
    owner = np.array([c.dimension for c in framework.capabilities], dtype=object)
    inside = row_shares((dimensions[:, None] == owner[None, :]) * seen)
    return inside[:, :, None] * within[None]


def overall(framework: Framework, dimension_weights: np.ndarray) -> np.ndarray:
    """Return how much each cell weighs in the continuous level, dimensions by weight share.

    Parameters
    ----------
    framework : Framework
        For the dimensions' weight shares.
    dimension_weights : numpy.ndarray
        From `by_dimension`; dimensions without a present cell leave the weights.

    Returns
    -------
    numpy.ndarray
        Shape (1, capabilities, functions).
    """
    seen = dimension_weights.sum(axis=(1, 2)) > 0
    share = row_shares((framework.dimension_shares().to_numpy() * seen)[None])
    return np.tensordot(share, dimension_weights, axes=1)


def by_square(framework: Framework, present: np.ndarray) -> np.ndarray:
    """Return how much each cell weighs in each dimension of each function.

    Returns
    -------
    numpy.ndarray
        Shape (functions, dimensions, capabilities, functions).
    """
    functions = present.shape[1]
    own = np.eye(functions, dtype=bool)
    every = np.ones(functions)
    return np.array([by_dimension(framework, every, present & own[f]) for f in range(functions)])


def by_function(framework: Framework, squares: np.ndarray) -> np.ndarray:
    """Return how much each cell weighs in each function, from `by_square`.

    Returns
    -------
    numpy.ndarray
        Shape (functions, capabilities, functions).
    """
    return np.concatenate([overall(framework, one) for one in squares])


def weigh(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return weighted means of cells.

    Parameters
    ----------
    x : numpy.ndarray
        Levels, shape (..., capabilities, functions); NaN where missing.
    weights : numpy.ndarray
        Shape (k, capabilities, functions), 0 on missing cells.

    Returns
    -------
    numpy.ndarray
        Shape (..., k); NaN where all weights are 0.
    """
    flat = np.nan_to_num(x).reshape(*x.shape[:-2], -1)
    means = flat @ weights.reshape(len(weights), -1).T
    return np.where(weights.sum(axis=(1, 2)) > 0, means, np.nan)


def row_shares(weights: np.ndarray) -> np.ndarray:
    """Return weights divided by their sum along the last axis; where that is 0 they stay 0."""
    total = weights.sum(axis=-1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights, dtype=float), where=total > 0)
