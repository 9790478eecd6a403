"""The target profile as a matrix: what each capability needs in each function at a level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lodestar.framework.model import Framework

__all__ = ["cell_weights", "target_at", "target_points"]


def target_points(framework: Framework, functions: Sequence[str]) -> np.ndarray:
    """Return every target of the framework at the five whole levels.

    Parameters
    ----------
    framework : Framework
        Capabilities with ``target`` and ``target_by_function``.
    functions : sequence of str
        Function ids, in the order of the matrix.

    Returns
    -------
    numpy.ndarray
        Shape (capabilities, functions, 5); a level that ``target_by_function`` does not give falls
        back to ``target``.
    """
    return np.array(
        [
            [
                [c.target_by_function.get(f, {}).get(k, c.target[k]) for k in range(1, 6)]
                for f in functions
            ]
            for c in framework.capabilities
        ],
        dtype=float,
    ).reshape(len(framework.capabilities), len(functions), 5)


def target_at(points: np.ndarray, level: float) -> np.ndarray:
    """Return the target matrix at a level, linear between whole levels.

    Parameters
    ----------
    points : numpy.ndarray
        Shape (..., 5), from `target_points`.
    level : float
        Chosen level 1-5.

    Examples
    --------
    >>> target_at(np.array([1.0, 2.0, 3.0, 4.0, 4.0]), 4.5).item()
    4.0
    """
    below = min(int(np.floor(level)), 4) - 1
    rest = level - 1 - below
    return np.asarray(points[..., below] * (1 - rest) + points[..., below + 1] * rest)


def cell_weights(framework: Framework, shares: np.ndarray) -> np.ndarray:
    """Return w_c · v_f, shape (capabilities, functions), from the functions' weight shares."""
    return np.outer(framework.capability_weights().to_numpy(), shares)
