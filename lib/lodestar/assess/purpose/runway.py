"""How long revenue stays above the floor when episodic customers are not replaced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.stats.draws import generator, interval
from lodestar.stats.resampling import person_counts

__all__ = ["HORIZON", "Runway", "monthly", "months_to_floor", "revenue_path", "runway"]

HORIZON = 120.0
"""Months beyond which the floor counts as not reached."""

WINDOW_MONTHS = 12
MONTHS_PER_QUARTER = 3
SHOWN_MONTHS = 24
NAMES = ("recurring", "episodic", "new")


@dataclass(frozen=True)
class Runway:
    """Months until revenue falls to the floor, with a 95 % band.

    ``months``, ``low`` and ``high`` are infinite where the floor is not reached within ten years;
    ``never`` is the share of draws in which it is not. ``stays`` and ``tapers`` are revenue a month
    today; ``path`` has columns month, revenue, low, high.
    """

    months: float
    low: float
    high: float
    never: float
    stays: float
    tapers: float
    path: pd.DataFrame


def monthly(net: np.ndarray, unnamed: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Return what stays and what tapers of the window's revenue, a month.

    Parameters
    ----------
    net : numpy.ndarray
        Net revenue of the four quarters, shape (..., 3): recurring, episodic, new.
    unnamed : float
        Revenue of the window without a customer's name.

    Notes
    -----
    New and unnamed revenue is split as recurring and episodic revenue is: nobody knows yet which it
    will be. Without any recurring or episodic revenue all of it tapers.

    Examples
    --------
    >>> stays, tapers = monthly(np.array([600.0, 200.0, 400.0]))
    >>> float(stays), float(tapers)
    (75.0, 25.0)
    """
    recurring, episodic, new = np.moveaxis(np.asarray(net, dtype=float), -1, 0)
    known = recurring + episodic
    share = np.clip(np.divide(recurring, known, out=np.zeros_like(known), where=known > 0), 0, 1)
    undecided = new + unnamed
    stays = recurring + share * undecided
    return stays / WINDOW_MONTHS, (known + undecided - stays) / WINDOW_MONTHS


def months_to_floor(
    stays: np.ndarray, tapers: np.ndarray, floor: float, taper: float
) -> np.ndarray:
    """Return the months until revenue falls to the floor.

    Parameters
    ----------
    stays, tapers : array-like of float
        Revenue a month that stays, and that tapers, today (currency).
    floor : float
        Revenue a month not to fall below.
    taper : float
        Share of the tapering revenue kept each quarter, 0-1.

    Returns
    -------
    numpy.ndarray
        0 when revenue is at the floor already; infinity when it is not reached in ten years.

    Notes
    -----
    stays + tapers · taper^(t/3) = floor, solved for t in months.

    Examples
    --------
    >>> float(months_to_floor(50.0, 100.0, 100.0, 0.5))
    3.0
    """
    stays, tapers = np.asarray(stays, dtype=float), np.asarray(tapers, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.log(taper) / MONTHS_PER_QUARTER
        months = np.log((floor - stays) / tapers) / rate
    reached = (stays < floor) & (months >= 0) & (months <= HORIZON)
    months = np.where(reached, months, np.inf)
    return np.where(stays + tapers <= floor, 0.0, months)


def revenue_path(stays: np.ndarray, tapers: np.ndarray, taper: float) -> np.ndarray:
    """Return revenue a month from today to 24 months later, shape (..., 25)."""
    kept = float(taper) ** (np.arange(SHOWN_MONTHS + 1) / MONTHS_PER_QUARTER)
    return np.asarray(stays)[..., None] + np.asarray(tapers)[..., None] * kept


def runway(
    customers: pd.DataFrame, unnamed: float, floor: float, taper: float, seed: int
) -> Runway:
    """Return the months to the floor with a 95 % band over which customers are there.

    Parameters
    ----------
    customers : DataFrame
        From :func:`lodestar.assess.purpose.classes.customer_classes`; one row or more.
    unnamed : float
        Revenue of the window without a customer's name; the same in every draw.
    floor, taper : float
        As in :func:`months_to_floor`.
    seed : int
        Seed of the engagement.

    Notes
    -----
    Band: 2,000 draws of as many customers with replacement, each with class and net revenue. A draw
    that does not reach the floor counts as later than any other.
    """
    net = _net_by_class(customers)
    stays, tapers = monthly(net.sum(axis=0), unnamed)
    counts = person_counts(len(net), generator(seed, "purpose.runway"))
    drawn = monthly(counts @ net, unnamed)
    months = float(months_to_floor(stays, tapers, floor, taper))
    times = months_to_floor(*drawn, floor, taper)
    low, high = interval(np.minimum(times, HORIZON), estimate=min(months, HORIZON))
    bounds = [bound if bound < HORIZON else float("inf") for bound in (low, high)]
    band = _band(revenue_path(stays, tapers, taper), revenue_path(*drawn, taper))
    never = float(np.mean(np.isinf(times)))
    return Runway(months, bounds[0], bounds[1], never, float(stays), float(tapers), band)


def _net_by_class(customers: pd.DataFrame) -> np.ndarray:
    """Return each customer's net revenue under its class, shape (customers, 3), by id."""
    ordered = customers.sort_values("customer", kind="stable")
    net = ordered["net"].to_numpy(dtype=float)
    return np.column_stack([np.where(ordered["class"] == name, net, 0.0) for name in NAMES])


def _band(revenue: np.ndarray, drawn: np.ndarray) -> pd.DataFrame:
    """Return the path of revenue with the 95 % band of the draws at each month."""
    bounds = [interval(drawn[:, t], estimate=revenue[t]) for t in range(revenue.size)]
    return pd.DataFrame(
        {
            "month": np.arange(revenue.size),
            "revenue": revenue,
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
        }
    )
