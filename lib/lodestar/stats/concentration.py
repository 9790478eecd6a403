"""How much hangs on a few: Herfindahl–Hirschman index, effective number, top share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["effective_number", "hhi", "top_share"]


def hhi(amounts: ArrayLike) -> float:
    """Return the Herfindahl–Hirschman index.

    Parameters
    ----------
    amounts : array-like of float
        Amounts in any one unit; missing amounts and those ≤ 0 are left out.

    Returns
    -------
    float
        Above 0 to 10,000 (one holds all); NaN when no amount is positive.

    Notes
    -----
    Σ (share in per cent)² (US Department of Justice).

    Examples
    --------
    >>> round(hhi([30, 30, 20, 20]))
    2600
    """
    shares = _shares(amounts)
    return float(((100 * shares) ** 2).sum()) if shares.size else float("nan")


def effective_number(amounts: ArrayLike) -> float:
    """Return how many equal parts would be as concentrated: 10,000 ÷ HHI.

    Parameters
    ----------
    amounts : array-like of float
        Amounts in any one unit; missing amounts and those ≤ 0 are left out.

    Returns
    -------
    float
        1 to the number of amounts; NaN when no amount is positive.

    Examples
    --------
    >>> round(effective_number([5, 5, 5, 5]), 6)
    4.0
    """
    return 10_000 / hhi(amounts)


def top_share(amounts: ArrayLike, n: int) -> float:
    """Return the share that the n largest hold.

    Parameters
    ----------
    amounts : array-like of float
        Amounts in any one unit; missing amounts and those ≤ 0 are left out.
    n : int
        How many of the largest, 1 or more.

    Returns
    -------
    float
        Above 0 to 1; NaN when no amount is positive.

    Examples
    --------
    >>> round(top_share([60, 30, 10], 2), 6)
    0.9
    """
    shares = np.sort(_shares(amounts))[::-1]
    return float(shares[:n].sum()) if shares.size else float("nan")


def _shares(amounts: ArrayLike) -> NDArray[np.float64]:
    """Return the positive amounts as shares of their sum."""
    values = np.asarray(amounts, dtype=float).ravel()
    values = values[np.isfinite(values) & (values > 0)]
    return values / values.sum()
