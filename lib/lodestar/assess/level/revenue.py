"""A year's revenue, against which the cost of a level is read."""

from __future__ import annotations

from typing import Any

from lodestar.assess.nulls import absent
from lodestar.assess.purpose.classes import QUARTERS, customer_classes
from lodestar.assess.purpose.quarters import full_quarters, quarter_name, quarter_of
from lodestar.engagement.model import Engagement

__all__ = ["revenue_year"]

NO_TRANSACTIONS = "The table `transactions` would say what a year brings in."
TOO_SHORT = "The transactions cover no four full quarters yet."
NO_REVENUE = "Refunds exceed purchases in the last four full quarters."


def revenue_year(engagement: Engagement) -> dict[str, Any]:
    """Return the net revenue of the last four full quarters, and how many customers recur.

    Parameters
    ----------
    engagement : Engagement
        Its table ``transactions`` and its day.

    Returns
    -------
    dict
        ``year`` (currency, refunds taken off, purchases without a named customer included),
        ``recurring_customers`` (as in the section ``purpose``), ``from`` and ``to`` (quarters).
        Nulls with the reason without transactions over those quarters, or net revenue above zero.
    """
    transactions, window = engagement.table("transactions"), full_quarters(engagement.period.as_of)
    keys = ["year", "recurring_customers", "from", "to"]
    if transactions.empty:
        return absent(keys, NO_TRANSACTIONS)
    if transactions["date"].min() > window[0].end_time:
        return absent(keys, TOO_SHORT)
    inside = quarter_of(transactions["date"]).isin(window)
    year = float(transactions.loc[inside, "amount"].sum())
    if year <= 0:
        return absent(keys, NO_REVENUE)
    classes = customer_classes(transactions, engagement.period.as_of)["class"]
    return {
        "year": year,
        "recurring_customers": int((classes == "recurring").sum()),
        "from": quarter_name(window[0]),
        "to": quarter_name(window[QUARTERS - 1]),
    }
