"""Revenue that comes back against revenue that may not, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lodestar.assess.purpose.classes import CLASSES, QUARTERS, customer_classes, purchases_until
from lodestar.assess.purpose.quarters import full_quarters, quarter_name, quarter_of

__all__ = [
    "LeftOut",
    "class_totals",
    "fit_by_class",
    "left_out",
    "recurring_share",
    "recurring_trend",
    "revenue_by_quarter",
]

GONE, UNNAMED = "gone", "unnamed"
SHOWN_QUARTERS = 8


@dataclass(frozen=True)
class LeftOut:
    """Transactions that no customer measure holds: rows and amount, by reason."""

    unnamed_rows: int
    unnamed_amount: float
    unnamed_window_amount: float
    later_rows: int


def left_out(transactions: pd.DataFrame, as_of: date) -> LeftOut:
    """Count the transactions without a customer, and those after `as_of`."""
    today = transactions["date"] <= pd.Timestamp(as_of)
    unnamed = transactions[transactions["customer"].isna() & today]
    inside = quarter_of(unnamed["date"]).isin(full_quarters(as_of, QUARTERS))
    return LeftOut(
        len(unnamed),
        float(unnamed["amount"].sum()),
        float(unnamed.loc[inside, "amount"].sum()),
        int((~today).sum()),
    )


def recurring_share(customers: pd.DataFrame) -> float:
    """Return net revenue of recurring customers over that of recurring and episodic ones.

    Parameters
    ----------
    customers : DataFrame
        From :func:`customer_classes`.

    Returns
    -------
    float
        Share 0-1; NaN where it is not a share: no classed revenue, or refunds beyond purchases in
        one of the two classes.

    Notes
    -----
    New customers stand apart, in neither numerator nor denominator: nobody knows yet what they are.
    """
    net = customers.groupby("class")["net"].sum()
    recurring, episodic = (float(net.get(name, 0.0)) for name in ("recurring", "episodic"))
    if recurring < 0 or episodic < 0 or recurring + episodic <= 0:
        return float("nan")
    return recurring / (recurring + episodic)


def class_totals(customers: pd.DataFrame) -> pd.DataFrame:
    """Return customers and net revenue of each class.

    Returns
    -------
    DataFrame
        Columns class, customers, net, share (of the net revenue of all three; NaN unless positive).
    """
    grouped = customers.groupby("class")["net"]
    out = pd.DataFrame({"customers": grouped.size(), "net": grouped.sum()}).reindex(list(CLASSES))
    out = out.fillna(0.0)
    total = out["net"].sum()
    out["share"] = out["net"] / total if total > 0 else float("nan")
    return out.rename_axis("class").reset_index().astype({"customers": int})


def revenue_by_quarter(transactions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return net revenue of up to eight full quarters by what its customers are today.

    Returns
    -------
    DataFrame
        Columns quarter (``2026-Q1``), class, net. Besides the three classes: ``gone`` (bought
        before the last four full quarters and not in them) and ``unnamed`` (no customer given).
    """
    shown = full_quarters(as_of, SHOWN_QUARTERS)
    rows = transactions.assign(quarter=quarter_of(transactions["date"]))
    rows = rows[rows["quarter"].isin(shown)]
    names = customer_classes(transactions, as_of).set_index("customer")["class"]
    classes = rows["customer"].map(names).fillna(GONE).mask(rows["customer"].isna(), UNNAMED)
    out = rows.assign(**{"class": classes}).groupby(["quarter", "class"], sort=True)["amount"].sum()
    frame = out.rename("net").reset_index()
    return frame.assign(quarter=frame["quarter"].map(quarter_name).astype("str"))


def recurring_trend(transactions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the recurring share as it stood at the end of each full quarter.

    Returns
    -------
    DataFrame
        Columns quarter (``2026-Q4``), recurring_share; only quarters whose four-quarter window the
        transactions cover from its first day's quarter on, oldest first.
    """
    rows = purchases_until(transactions, as_of)
    first = rows["quarter"].min() if len(rows) else None
    shown = full_quarters(as_of, SHOWN_QUARTERS)
    ends = [q for q in shown if first is not None and q - (QUARTERS - 1) >= first]
    shares = [recurring_share(customer_classes(transactions, q.end_time.date())) for q in ends]
    return pd.DataFrame(
        {"quarter": [quarter_name(q) for q in ends], "recurring_share": shares}
    ).astype({"quarter": "str", "recurring_share": float})


def fit_by_class(classes: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return how close each class is to the ideal customer, and what winning one took.

    Parameters
    ----------
    classes : DataFrame
        From :func:`customer_classes`.
    customers : DataFrame
        Table ``customers``.

    Returns
    -------
    DataFrame
        Columns class, customers (with a known fit), ideal_fit (mean, 0-1), acquisition_effort
        (mean, in the register's unit); classes without any known fit are absent.
    """
    joined = classes.merge(customers, on="customer", how="inner")
    joined = joined[joined["ideal_fit"].notna()]
    grouped = joined.groupby("class", sort=False)
    out = pd.DataFrame(
        {
            "customers": grouped.size(),
            "ideal_fit": grouped["ideal_fit"].mean(),
            "acquisition_effort": grouped["acquisition_effort"].mean(),
        }
    )
    return out.reindex([c for c in CLASSES if c in out.index]).rename_axis("class").reset_index()
