"""How much revenue hangs on a few customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.stats.concentration import effective_number, hhi, top_share

__all__ = ["TOP", "Concentration", "concentration", "concentration_curve", "largest"]

TOP = 10
CURVE_POINTS = 40


@dataclass(frozen=True)
class Concentration:
    """Concentration of net revenue over customers.

    ``hhi`` 0-10,000, ``effective`` customers, ``top_share`` 0-1, ``half`` = how many of the largest
    hold half of it; all NaN without positive revenue. ``customers`` are counted in, ``left_out``
    had net revenue of zero or less.
    """

    hhi: float
    effective: float
    top_share: float
    half: float
    customers: int
    left_out: int


def concentration(customers: pd.DataFrame) -> Concentration:
    """Return the concentration of customers' net revenue in the window.

    Parameters
    ----------
    customers : DataFrame
        From :func:`lodestar.assess.purpose.classes.customer_classes`.

    Notes
    -----
    HHI = Σ (share in per cent)² over customers with net revenue above zero; effective number =
    10,000 / HHI, the number of equal customers that would be as concentrated.

    Examples
    --------
    >>> concentration(pd.DataFrame({"net": [50.0, 25.0, 25.0, -4.0]})).hhi
    3750.0
    """
    net = customers["net"].to_numpy(dtype=float)
    amounts = np.sort(net[net > 0])[::-1]
    half = float("nan")
    if amounts.size:
        half = float(np.searchsorted(np.cumsum(amounts), amounts.sum() / 2) + 1)
    return Concentration(
        hhi(amounts),
        effective_number(amounts),
        top_share(amounts, TOP),
        half,
        int(amounts.size),
        int((net <= 0).sum()),
    )


def largest(customers: pd.DataFrame, count: int = TOP) -> pd.DataFrame:
    """Return the largest customers by net revenue.

    Returns
    -------
    DataFrame
        Columns rank, customer, class, net, share (of all positive net revenue), cumulative.
    """
    paying = _ranked(customers)
    paying["share"] = paying["net"] / paying["net"].sum()
    paying["cumulative"] = paying["share"].cumsum()
    paying["rank"] = range(1, len(paying) + 1)
    return paying.head(count)[["rank", "customer", "class", "net", "share", "cumulative"]]


def concentration_curve(customers: pd.DataFrame, points: int = CURVE_POINTS) -> pd.DataFrame:
    """Return the share of revenue that the largest customers hold, by their share of customers.

    Returns
    -------
    DataFrame
        Columns customers (count from the largest), customer_share, revenue_share; from (0, 0, 0) to
        all, at most `points` steps between, every one a whole number of customers.
    """
    net = _ranked(customers)["net"].to_numpy(dtype=float)
    held = np.concatenate([[0.0], np.cumsum(net)])
    steps = np.unique(np.round(np.geomspace(1, max(net.size, 1), points)).astype(int))
    counts = np.concatenate([[0], steps[steps <= net.size]])
    total = held[-1] if net.size else 1.0
    return pd.DataFrame(
        {
            "customers": counts,
            "customer_share": counts / max(net.size, 1),
            "revenue_share": held[counts] / total,
        }
    )


def _ranked(customers: pd.DataFrame) -> pd.DataFrame:
    """Return customers with positive net revenue, largest first, ties by id."""
    paying = customers[customers["net"] > 0]
    ordered = paying.sort_values(["net", "customer"], ascending=[False, True], kind="stable")
    return ordered.reset_index(drop=True)
