"""The staged level, its disagreement with the continuous one, and the gated sensitivity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lodestar.stats.rounding import settle, to_level

__all__ = ["Disagreement", "disagreement", "gated", "shares_reaching", "staged_level"]


@dataclass(frozen=True)
class Disagreement:
    """Why staged and continuous level differ: ``held_back`` by dimensions, or one ``excused``."""

    kind: Literal["held_back", "excused"]
    dimensions: tuple[int, ...]


def staged_level(dimensions: np.ndarray, key: np.ndarray) -> Any:
    """Return the highest stage whose conditions hold.

    Parameters
    ----------
    dimensions : numpy.ndarray
        Dimension profile, shape (..., dimensions), levels 1-5; NaN where missing.
    key : numpy.ndarray of bool
        Which dimensions gate the stage.

    Returns
    -------
    float or numpy.ndarray
        1-5; NaN if a key dimension is missing, none is key, or more than one other is missing.

    Notes
    -----
    Highest k with every key dimension ≥ k − 0.5 and at most one other below k − 0.5; k = 1 always
    holds. A single missing other dimension is not counted as below.

    Examples
    --------
    >>> staged_level(np.array([2.5, 3.4, 1.0]), np.array([True, True, False]))
    3.0
    """
    values = settle(np.asarray(dimensions, dtype=float))
    stage = np.ones(values.shape[:-1])
    for k in range(2, 6):
        below = values < k - 0.5
        holds = ~below[..., key].any(axis=-1) & (below[..., ~key].sum(axis=-1) <= 1)
        stage = np.where(holds, k, stage)
    missing = np.isnan(values)
    unknown = missing[..., key].any(axis=-1) | (missing[..., ~key].sum(axis=-1) > 1)
    stage = np.where(unknown | (not key.any()), np.nan, stage)
    return stage if stage.ndim else float(stage)


def disagreement(dimensions: np.ndarray, key: np.ndarray, continuous: float) -> Disagreement | None:
    """Return why the staged level differs from the rounded continuous one.

    Parameters
    ----------
    dimensions, key : numpy.ndarray
        As in `staged_level`, shape (dimensions,).
    continuous : float
        Continuous level.

    Returns
    -------
    Disagreement or None
        ``held_back``: staged ≤ floor(continuous + 0.5) − 1; positions of the dimensions that stop
        the next stage, lowest first. ``excused``: staged above; the one weak dimension. None when
        they agree or one is missing.
    """
    staged = staged_level(dimensions, key)
    if not np.isfinite(staged) or not np.isfinite(continuous):
        return None
    values, rounded = settle(dimensions), to_level(continuous)
    if staged > rounded:
        return Disagreement("excused", _below(values, ~key, staged))
    if staged > rounded - 1:
        return None
    others = _below(values, ~key, staged + 1)
    stopping = _below(values, key, staged + 1) + (others if len(others) > 1 else ())
    return Disagreement("held_back", tuple(sorted(stopping, key=lambda i: (values[i], i))))


def shares_reaching(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return s_2 … s_5, the weighted share of cells at or above each level.

    Parameters
    ----------
    x : numpy.ndarray
        Levels, shape (capabilities, functions); NaN where missing.
    weights : numpy.ndarray
        w_c · v_f; renormalised over present cells.
    """
    present = ~np.isnan(x)
    omega = weights[present] / weights[present].sum()
    return np.array([omega @ (settle(x[present]) >= k) for k in range(2, 6)])


def gated(shares: np.ndarray) -> float:
    """Return the gated level: a high stage earns nothing without the lower one.

    Parameters
    ----------
    shares : numpy.ndarray
        s_2 … s_5, shares 0-1.

    Notes
    -----
    1 + s2 + s2·s3 + s2·s3·s4 + s2·s3·s4·s5, after TRACC, whose worked example is below.

    Examples
    --------
    >>> gated(np.array([0.75, 0.5, 0.5, 0.25]))
    2.359375
    """
    return float(1 + np.cumprod(shares).sum())


def _below(values: np.ndarray, which: np.ndarray, stage: float) -> tuple[int, ...]:
    """Return the positions of dimensions below the stage's threshold."""
    return tuple(int(i) for i in np.flatnonzero(which & (values < stage - 0.5)))
