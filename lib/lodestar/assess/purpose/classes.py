"""Customers by how they buy: recurring, new, or episodic, in the last four full quarters."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lodestar.assess.purpose.quarters import full_quarters, quarter_of

__all__ = ["CLASSES", "QUARTERS", "customer_classes", "purchases_until"]

CLASSES = ("recurring", "episodic", "new")
QUARTERS = 4
REGULAR = 3
RECENT = 2


def purchases_until(transactions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the transactions of named customers up to a day, with their quarter.

    Parameters
    ----------
    transactions : DataFrame
        Table ``transactions``; rows without a customer belong to no customer measure.
    as_of : date
        "Today"; later rows are not known yet.
    """
    known = transactions["customer"].notna() & (transactions["date"] <= pd.Timestamp(as_of))
    rows = transactions[known]
    return rows.assign(quarter=quarter_of(rows["date"]))


def customer_classes(transactions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return every customer with a transaction in the last four full quarters, classed.

    Parameters
    ----------
    transactions : DataFrame
        Table ``transactions``: customer, date, amount (refunds negative), contract.
    as_of : date
        "Today"; the window is the last four calendar quarters ending on or before it.

    Returns
    -------
    DataFrame
        One row a customer, ordered by id: customer, class, net (revenue in the window, currency),
        quarters (of the window with a positive purchase, 0-4), contract (bool), first (quarter of
        the first positive purchase ever; NaT without one).

    Notes
    -----
    Recurring: the contract says so within the window, else positive purchases in at least three of
    the four quarters. New: not recurring, and first bought inside the last two. Others: episodic.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "customer": ["a", "a", "a", "b", "c"],
    ...     "date": pd.to_datetime(
    ...         ["2026-01-05", "2026-04-05", "2026-07-05", "2026-08-01", "2026-03-01"]),
    ...     "amount": [5.0, 5.0, 5.0, 9.0, 2.0], "contract": [None] * 5})
    >>> customer_classes(rows, date(2026, 12, 31))["class"].tolist()
    ['recurring', 'new', 'episodic']
    """
    window = full_quarters(as_of, QUARTERS)
    rows = purchases_until(transactions, as_of)
    inside = rows[rows["quarter"].isin(window)]
    bought = inside[inside["amount"] > 0]
    by_customer = inside.groupby("customer", sort=True)
    out = pd.DataFrame({"net": by_customer["amount"].sum()})
    quarters = bought.groupby("customer")["quarter"].nunique()
    out["quarters"] = quarters.reindex(out.index).fillna(0).astype(int)
    contracted = inside.loc[inside["contract"] == "recurring", "customer"]
    out["contract"] = out.index.isin(contracted.unique())
    out["first"] = rows[rows["amount"] > 0].groupby("customer")["quarter"].min().reindex(out.index)
    out["class"] = _classes(out, window)
    columns = ["customer", "class", "net", "quarters", "contract", "first"]
    return out.rename_axis("customer").reset_index()[columns]


def _classes(customers: pd.DataFrame, window: pd.PeriodIndex) -> pd.Series:
    """Return the class of each customer."""
    recurring = customers["contract"] | (customers["quarters"] >= REGULAR)
    new = ~recurring & customers["first"].isin(window[-RECENT:])
    names = pd.Series("episodic", index=customers.index, dtype="str")
    return names.mask(new, "new").mask(recurring, "recurring")
