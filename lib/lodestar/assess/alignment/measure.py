"""Misalignment from the target profile, its index, and the four parts that add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lodestar.assess.alignment.targets import target_at
from lodestar.stats.rounding import settle

__all__ = [
    "BUILT_FOR",
    "Parts",
    "built_for",
    "coverage",
    "index_of",
    "mean_gap",
    "misalignment",
    "parts",
]

WIDTH = 4.0
"""Width of the ladder in levels; it makes levels, periods and clients comparable."""

NEGLIGIBLE = 1e-9
"""Singular values at or below this are rounding: row and column effects share the mean."""

BUILT_FOR = np.arange(10, 51) / 10
"""Levels tried for *built for*."""


@dataclass(frozen=True)
class Parts:
    """The four parts of misalignment, in squared levels: floats, or arrays over draws.

    ``height``: all cells too high or too low alike. ``capabilities``, ``functions``: some
    capabilities, some functions off the common height. ``local``: what neither explains.
    """

    height: Any
    capabilities: Any
    functions: Any
    local: Any

    @property
    def total(self) -> Any:
        """Return their sum."""
        return self.height + self.capabilities + self.functions + self.local


def misalignment(
    x: np.ndarray, target: np.ndarray, weights: np.ndarray, overshoot_weight: float = 1.0
) -> Any:
    """Return M, the weighted mean squared gap between cells and their targets.

    Parameters
    ----------
    x : numpy.ndarray
        Levels, shape (..., capabilities, functions); NaN where missing, in the same cells of
        every leading entry.
    target : numpy.ndarray
        Target profile, shape (capabilities, functions).
    weights : numpy.ndarray
        w_c · v_f, shape (capabilities, functions); any positive scale.
    overshoot_weight : float, default 1
        What a squared gap above target counts, relative to one below.

    Returns
    -------
    float or numpy.ndarray
        Shape of the leading axes; NaN without a present cell.

    Notes
    -----
    M = Σ ω_cf g_cf², g = x − t, ω = w_c v_f / Σ over present cells (METHOD, *Alignment*).

    Examples
    --------
    >>> ones = np.ones((1, 2))
    >>> misalignment(np.array([[2.0, np.nan]]), 3 * ones, ones)
    1.0
    """
    levels = np.asarray(x, dtype=float)
    present = _present(levels)
    total = weights[present].sum()
    if not total > 0:
        return np.full(levels.shape[:-2], np.nan) if levels.ndim > 2 else float("nan")
    gaps = levels[..., present] - target[present]
    squares = np.square(gaps)
    if overshoot_weight != 1:
        squares = np.where(gaps > 0, overshoot_weight, 1.0) * squares
    out = squares @ (weights[present] / total)
    return out if levels.ndim > 2 else float(out)


def mean_gap(x: np.ndarray, target: np.ndarray, weights: np.ndarray) -> float:
    """Return ḡ = Σ ω g, the signed height: below 0 when cells stand below target on average."""
    present = _present(np.asarray(x, dtype=float))
    total = weights[present].sum()
    return float(weights[present] @ (x - target)[present] / total) if total > 0 else float("nan")


def index_of(m: Any) -> Any:
    """Return the alignment index, 0-100, of a misalignment.

    Notes
    -----
    Index = 100 · (1 − √M / 4), 4 being the ladder's width. Closeness to our target profile; our
    synthesis, no benchmark.

    Examples
    --------
    >>> index_of(0.0), index_of(1.0), index_of(16.0)
    (100.0, 75.0, 0.0)
    """
    index = 100 * (1 - np.sqrt(np.asarray(m, dtype=float)) / WIDTH)
    return index if index.ndim else float(index)


def parts(x: np.ndarray, target: np.ndarray, weights: np.ndarray) -> Parts:
    """Split misalignment exactly into height, capabilities, functions and local mismatch.

    Parameters
    ----------
    x, target, weights : numpy.ndarray
        As in `misalignment`.

    Returns
    -------
    Parts
        Floats, or arrays over the leading axes of `x`. They add up to M with overshoot weight 1;
        NaN without a present cell.

    Notes
    -----
    height = ḡ² with ḡ = Σ ω g. With SS(·) the ω-weighted sums of squares of ω-least-squares fits
    of g − ḡ: capabilities = ½[SS(A) + SS(A+B) − SS(B)], functions = ½[SS(B) + SS(A+B) − SS(A)],
    local = M − ḡ² − SS(A+B). In a complete matrix this is the weighted two-way split
    Σ w a_c², Σ v b_f², Σ ω e².
    """
    levels = np.asarray(x, dtype=float)
    present = _present(levels) & (weights > 0)
    if not present.any():
        return Parts(*(float("nan"),) * 4)
    omega = weights[present] / weights[present].sum()
    gaps = levels[..., present] - target[present]
    mean = gaps @ omega
    rest = (gaps - mean[..., None]) * np.sqrt(omega)
    one, other, both = (_squares(rest @ basis) for basis in _bases(present, np.sqrt(omega)))
    split = (mean**2, (one + both - other) / 2, (other + both - one) / 2, _squares(rest) - both)
    return Parts(*(_floored(part) for part in split))


def built_for(
    x: np.ndarray, points: np.ndarray, weights: np.ndarray, overshoot_weight: float = 1.0
) -> Any:
    """Return the level 1.0, 1.1 … 5.0 whose target profile lies nearest, lowest among ties.

    Parameters
    ----------
    x, weights : numpy.ndarray
        As in `misalignment`.
    points : numpy.ndarray
        Targets at the whole levels, shape (capabilities, functions, 5).

    Returns
    -------
    float or numpy.ndarray
        Shape of the leading axes of `x`; NaN without a present cell.
    """
    found = [misalignment(x, target_at(points, k), weights, overshoot_weight) for k in BUILT_FOR]
    least = settle(np.array(found))
    nearest = BUILT_FOR[np.argmin(least, axis=0)]
    level = np.where(np.isnan(least).any(axis=0), np.nan, nearest)
    return level if level.ndim else float(level)


def coverage(x: np.ndarray, applicable: np.ndarray, weights: np.ndarray) -> float:
    """Return Σ w_c v_f of present cells ÷ that of applicable cells; NaN when none applies."""
    whole = weights[applicable].sum()
    return float(weights[applicable & ~np.isnan(x)].sum() / whole) if whole > 0 else float("nan")


def _present(x: np.ndarray) -> np.ndarray:
    """Return the cells that hold a level, shape (capabilities, functions)."""
    return ~np.isnan(x.reshape(-1, *x.shape[-2:])[0])


def _bases(present: np.ndarray, root: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return orthonormal bases of row effects, column effects and both, in √ω-scaled cells."""
    rows, columns = (
        np.eye(size)[group] * root[:, None]
        for group, size in zip(np.nonzero(present), present.shape, strict=True)
    )
    both, strength, _ = np.linalg.svd(np.hstack([rows, columns]), full_matrices=False)
    return _unit(rows), _unit(columns), both[:, strength > NEGLIGIBLE]


def _unit(effects: np.ndarray) -> np.ndarray:
    """Return the columns that are not empty, each of length 1."""
    length = np.linalg.norm(effects, axis=0)
    return np.asarray(effects[:, length > 0] / length[length > 0])


def _squares(values: np.ndarray) -> np.ndarray:
    """Return the sum of squares over the last axis."""
    return np.square(values).sum(axis=-1)


def _floored(part: np.ndarray) -> Any:
    """Return a part without the float noise below 0; a float for a single matrix."""
    out = np.maximum(0.0, part)
    return out if out.ndim else float(out)
