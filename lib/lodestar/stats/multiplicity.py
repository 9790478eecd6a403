"""Many tests at once: p values adjusted for how many were looked at."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["adjust"]


def adjust(p: ArrayLike, method: str) -> NDArray[np.float64]:
    """Return p values adjusted for multiplicity.

    Parameters
    ----------
    p : array-like of float
        p values 0–1 of one family; NaN stays NaN and is not counted.
    method : {"holm", "bh", "by"}
        Holm (family-wise error), Benjamini–Hochberg or Benjamini–Yekutieli (false discoveries).

    Returns
    -------
    numpy.ndarray
        Adjusted values in the order given.

    Raises
    ------
    ValueError
        For an unknown method, or a p outside 0–1.

    Notes
    -----
    Holm 1979, *Scandinavian Journal of Statistics* 6, 65–70; Benjamini & Hochberg 1995, *Journal
    of the Royal Statistical Society B* 57, 289–300; Benjamini & Yekutieli 2001, *Annals of
    Statistics* 29, 1165–1188.

    Examples
    --------
    >>> adjust([0.01, float("nan"), 0.04], "holm").tolist()
    [0.02, nan, 0.04]
    """
    if method not in STEPS:
        raise ValueError(f"Unknown method {method!r}: use one of {', '.join(STEPS)}.")
    values = np.asarray(p, dtype=float).ravel()
    given = ~np.isnan(values)
    if ((values[given] < 0) | (values[given] > 1)).any():
        raise ValueError("A p value lies outside 0–1.")
    adjusted = np.full(values.shape, np.nan)
    if given.any():
        adjusted[given] = STEPS[method](values[given])
    return adjusted


def _holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Holm's step-down p values."""
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _unsort(stepped, order)


def _benjamini_hochberg(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Benjamini–Hochberg's step-up p values."""
    order = np.argsort(p, kind="stable")
    stepped = p[order] * len(p) / np.arange(1, len(p) + 1)
    return _unsort(np.minimum.accumulate(stepped[::-1])[::-1], order)


def _benjamini_yekutieli(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Benjamini–Yekutieli's step-up p values, valid under any dependence."""
    harmonic = (1 / np.arange(1, len(p) + 1)).sum()
    return np.minimum(_benjamini_hochberg(p) * harmonic, 1)


def _unsort(stepped: NDArray[np.float64], order: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return values in the order given, at most 1."""
    adjusted = np.empty_like(stepped)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted


STEPS: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "holm": _holm,
    "bh": _benjamini_hochberg,
    "by": _benjamini_yekutieli,
}
