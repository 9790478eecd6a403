"""The revenue part of the purpose section: recurring share, concentration, months to the floor."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, records
from lodestar.assess.purpose.classes import QUARTERS, customer_classes
from lodestar.assess.purpose.concentration import concentration, concentration_curve, largest
from lodestar.assess.purpose.quarters import full_quarters, quarter_name
from lodestar.assess.purpose.revenue import (
    class_totals,
    fit_by_class,
    left_out,
    recurring_share,
    recurring_trend,
    revenue_by_quarter,
)
from lodestar.assess.purpose.runway import Runway, runway
from lodestar.engagement.model import Engagement, Finance

__all__ = ["revenue_section"]

NO_TRANSACTIONS = "No transactions were given, so revenue cannot be split by customer."
NO_CUSTOMER = "No named customer has a transaction in the last four full quarters."
NO_SHARE = (
    "Recurring and episodic customers leave no revenue to split: they are new, or refunds exceed "
    "purchases in one of the classes."
)
NO_REVENUE = "No customer has net revenue above zero in the last four full quarters."
NO_FLOOR = "engagement.yml gives neither a revenue floor nor a fixed cost a month."
NOT_REACHED = "What stays lies above the floor for ten years or more."
TOO_SHORT = "The transactions cover no four full quarters yet."
NO_FIT = "No customer of these quarters has an ideal fit recorded."
NOT_RECORDED = "It is not recorded for any of them."


def revenue_section(engagement: Engagement) -> dict[str, Any]:
    """Return recurring share, concentration and runway with what they rest on.

    Parameters
    ----------
    engagement : Engagement
        Its tables ``transactions`` and ``customers``, finance settings, seed and day are used.
    """
    transactions, as_of = engagement.table("transactions"), engagement.period.as_of
    customers = customer_classes(transactions, as_of)
    missing = NO_TRANSACTIONS if transactions.empty else NO_CUSTOMER if customers.empty else ""
    return {
        **leaf("recurring_share", recurring_share(customers), missing or NO_SHARE),
        "revenue": _revenue(engagement, customers, missing),
        **_concentration(customers, missing or NO_REVENUE),
        "runway": _runway(engagement, customers, missing),
    }


def _revenue(engagement: Engagement, customers: pd.DataFrame, missing: str) -> dict[str, Any]:
    """Return the classes, the quarters, the trend, and what was left out."""
    transactions, as_of = engagement.table("transactions"), engagement.period.as_of
    window = full_quarters(as_of, QUARTERS)
    trend = recurring_trend(transactions, as_of)
    fit = fit_by_class(customers, engagement.table("customers"))
    apart = left_out(transactions, as_of)
    first = transactions["date"].min() if len(transactions) else None
    return {
        "window": {"from": quarter_name(window[0]), "to": quarter_name(window[-1])},
        "covered": bool(first is not None and first <= window[0].end_time),
        "customers": len(customers),
        "classes": records(class_totals(customers), {"share": NO_REVENUE}),
        **listing("quarters", records(revenue_by_quarter(transactions, as_of)), missing),
        **listing("trend", records(trend, {"recurring_share": NO_SHARE}), missing or TOO_SHORT),
        **listing("fit", records(fit, {"acquisition_effort": NOT_RECORDED}), missing or NO_FIT),
        "left_out": {
            "unnamed_rows": apart.unnamed_rows,
            "unnamed_amount": apart.unnamed_amount,
            "unnamed_window_amount": apart.unnamed_window_amount,
            "later_rows": apart.later_rows,
        },
    }


def _concentration(customers: pd.DataFrame, reason: str) -> dict[str, Any]:
    """Return HHI, effective customers and top share, with the largest customers and the curve."""
    found = concentration(customers)
    curve = concentration_curve(customers) if found.customers else customers.head(0)
    return {
        **leaf("hhi", found.hhi, reason),
        **leaf("effective_customers", found.effective, reason),
        **leaf("top_share", found.top_share, reason),
        "concentration": {
            **leaf("half", found.half, reason),
            "customers": found.customers,
            "left_out": found.left_out,
            **listing("largest", records(largest(customers)), reason),
            **listing("curve", records(curve), reason),
        },
    }


def _runway(engagement: Engagement, customers: pd.DataFrame, missing: str) -> dict[str, Any]:
    """Return the months to the floor with their band, or why there are none."""
    finance = engagement.settings.finance
    floor, kind = _floor(finance)
    known = {"floor": floor or None, "floor_kind": kind, "taper": finance.taper}
    reason = missing or ("" if floor > 0 else NO_FLOOR)
    if reason:
        keys = ["months", "low", "high", "stays", "tapers", "never"]
        known |= {} if floor > 0 else {"floor_reason": NO_FLOOR}
        return {**absent(keys, reason), **known, **listing("path", [], reason)}
    apart = left_out(engagement.table("transactions"), engagement.period.as_of)
    unnamed = apart.unnamed_window_amount
    found = runway(customers, unnamed, floor, finance.taper, engagement.settings.seed)
    return {**_months(found), **known, "path": records(found.path)}


def _months(found: Runway) -> dict[str, Any]:
    """Return months with their band, null where the floor is not reached in ten years."""
    return {
        **leaf("months", _finite(found.months), NOT_REACHED),
        **leaf("low", _finite(found.low), NOT_REACHED),
        **leaf("high", _finite(found.high), NOT_REACHED),
        "never": found.never,
        "stays": found.stays,
        "tapers": found.tapers,
    }


def _floor(finance: Finance) -> tuple[float, str]:
    """Return the revenue a month not to fall below, and what it is."""
    if finance.revenue_floor_month > 0:
        return finance.revenue_floor_month, "revenue floor"
    return finance.fixed_cost_month, "fixed cost"


def _finite(months: float) -> float | None:
    """Return months, None where infinite."""
    return months if math.isfinite(months) else None
