"""Calendar quarters that are over."""

from __future__ import annotations

from datetime import date

import pandas as pd

__all__ = ["full_quarters", "quarter_name", "quarter_of"]


def full_quarters(as_of: date, count: int = 4) -> pd.PeriodIndex:
    """Return the last calendar quarters that end on or before a day.

    Parameters
    ----------
    as_of : date
        "Today" of the assessment.
    count : int
        How many quarters, 1 or more.

    Examples
    --------
    >>> full_quarters(date(2026, 12, 31)).astype("str").tolist()
    ['2026Q1', '2026Q2', '2026Q3', '2026Q4']
    >>> full_quarters(date(2026, 12, 30), 1).astype("str").tolist()
    ['2026Q3']
    """
    last = pd.Period(pd.Timestamp(as_of), freq="Q")
    if last.end_time.date() > as_of:
        last -= 1
    return pd.period_range(end=last, periods=count, freq="Q")


def quarter_of(dates: pd.Series) -> pd.Series:
    """Return the calendar quarter that each date falls in."""
    return dates.dt.to_period("Q")


def quarter_name(quarter: pd.Period) -> str:
    """Return a quarter as the tables write it.

    Examples
    --------
    >>> quarter_name(pd.Period("2026-05-01", freq="Q"))
    '2026-Q2'
    """
    return f"{quarter.year}-Q{quarter.quarter}"
