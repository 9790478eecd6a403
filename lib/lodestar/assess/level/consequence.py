"""What follows from the chosen level: its stance, what over-shooting costs, what is left undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from lodestar.assess.bands import SHARE
from lodestar.assess.level.required import Required
from lodestar.assess.level.rise import Targets
from lodestar.assess.level.steps import largest
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf
from lodestar.stats.draws import interval
from lodestar.stats.rounding import settle

__all__ = ["UNDECIDED", "consequence", "last_from", "stance"]

UNDECIDED = "No level has been chosen; set `chosen_level` in engagement.yml."
NOT_ASKED = "There is no required level."
NOT_ABOVE = "The chosen level is not above the required one."
NOT_BELOW = "The chosen level is not below the required one."
LOWEST = "Level 1 is where every organisation starts: there is no level to hold."
NO_CUSTOMER = "No customer recurs in the last four full quarters."

Stance = Literal["above", "within", "below"]


def consequence(
    weights: pd.Series,
    chosen: float | None,
    asked: Required,
    profile: Targets,
    revenue: Mapping[str, Any],
) -> dict[str, Any]:
    """Return where the chosen level stands against the required one, and what that costs.

    Parameters
    ----------
    weights : pandas.Series
        w_c of each capability, in the framework's order.
    chosen : float, optional
        The level leadership decided on, 1-5.
    asked : Required
        The required level with its draws; its estimate counts in tenths, as it is published.
    profile : Targets
        The target profile with weights and upkeep.
    revenue : mapping
        From `lodestar.assess.level.revenue.revenue_year`.

    Returns
    -------
    dict
        ``stance`` (above, within, below the 80 % range), ``share_below`` (of resamples in which
        the market asks for less), ``overshoot`` (cost a year beyond the required level),
        ``last_level`` (what holding the last level costs, and would have to return),
        ``undershoot`` (what the market asks for and is left undone; nobody costs that).
    """
    required = round(float(settle(asked.estimate)), 1)
    return {
        **_stance(chosen, asked),
        "overshoot": _overshoot(chosen, required, profile),
        "last_level": _last_level(chosen, required, profile, revenue),
        "undershoot": _undershoot(weights, chosen, required, profile),
    }


def stance(chosen: float, required: float, draws: np.ndarray | None) -> Stance:
    """Return where the chosen level stands against what the market asks for.

    Parameters
    ----------
    chosen, required : float
        Levels 1-5.
    draws : numpy.ndarray, optional
        Draws of the required level; without them half a level counts as apart.

    Returns
    -------
    {"above", "within", "below"}
        ``above`` or ``below`` the 80 % range of the required level, else ``within``.

    Examples
    --------
    >>> stance(4.0, 3.2, None), stance(3.0, 3.2, None)
    ('above', 'within')
    """
    if draws is None:
        low, high = required - 0.5, required + 0.5
    else:
        low, high = interval(draws, SHARE, required)
    if settle(chosen) > settle(high):
        return "above"
    return "below" if settle(chosen) < settle(low) else "within"


def last_from(chosen: float, required: float) -> float:
    """Return where the last level chosen begins.

    Parameters
    ----------
    chosen, required : float
        Levels 1-5; NaN when there is no required level.

    Returns
    -------
    float
        A level below the chosen one (half levels too: 3.5 begins at 2.5), at least 1; the required
        level where that lies nearer below, as the market asks for what is under it.

    Examples
    --------
    >>> last_from(4.0, 2.2), last_from(4.0, 3.6), last_from(3.5, 4.1), last_from(1.5, 3.0)
    (3.0, 3.6, 2.5, 1.0)
    """
    below = max(1.0, chosen - 1)
    return max(below, required) if required < chosen else below


def _stance(chosen: float | None, asked: Required) -> dict[str, Any]:
    drawn = asked.draws
    if chosen is None or drawn is None:
        return absent(["stance", "share_below"], UNDECIDED if chosen is None else NOT_ASKED)
    return {
        "stance": stance(chosen, asked.estimate, drawn),
        "share_below": float(np.mean(drawn < chosen)),
    }


def _why_not(chosen: float | None, required: float, otherwise: str) -> str:
    """Return why two levels cannot be compared, or what holds when they can."""
    if chosen is None:
        return UNDECIDED
    return otherwise if np.isfinite(required) else NOT_ASKED


def _overshoot(chosen: float | None, required: float, profile: Targets) -> dict[str, Any]:
    """Return what holding the chosen rather than the required profile costs a year."""
    if chosen is None or not chosen > required:
        return {**absent(["cost_year"], _why_not(chosen, required, NOT_ABOVE)), "cells": 0}
    return profile.holding(profile.rise(required, chosen))


def _last_level(
    chosen: float | None, required: float, profile: Targets, revenue: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what holding the last level chosen costs, by itself and against revenue."""
    if chosen is None or chosen <= 1:
        keys = ("from", "to", "cost_year", "share_of_revenue", "per_recurring_customer")
        return {**absent(keys, UNDECIDED if chosen is None else LOWEST), "cells": 0, "rising": 0}
    start = last_from(chosen, required)
    rise = profile.rise(start, chosen)
    held = profile.holding(rise)
    return {
        "from": start,
        "to": float(chosen),
        **held,
        "rising": int(np.count_nonzero(rise)),
        **_returning(held, revenue),
    }


def _returning(held: Mapping[str, Any], revenue: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cost as a share of the year's revenue and for each customer who recurs."""
    cost, year, customers = held["cost_year"], revenue["year"], revenue["recurring_customers"]
    if cost is None or year is None:
        reason = str(held["cost_year_reason"] if cost is None else revenue["year_reason"])
        return absent(["share_of_revenue", "per_recurring_customer"], reason)
    each = cost / customers if customers else None
    return {"share_of_revenue": cost / year, **leaf("per_recurring_customer", each, NO_CUSTOMER)}


def _undershoot(
    weights: pd.Series, chosen: float | None, required: float, profile: Targets
) -> dict[str, Any]:
    """Return what lies between the chosen and the required profile."""
    if chosen is None or not chosen < required:
        reason = _why_not(chosen, required, NOT_BELOW)
        return {**absent(["points", "cells"], reason), "top": [], "top_reason": reason}
    rise = profile.rise(chosen, required)
    cells = int(np.count_nonzero(rise))
    points = leaf("points", profile.mean(rise), "No capability applies in any function.")
    return {**points, "cells": cells, **largest(weights, profile, rise)}
