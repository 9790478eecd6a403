"""Hiring and laying off in turn: does the workforce chase the figures?"""

from __future__ import annotations

from collections import deque
from datetime import date

import pandas as pd

__all__ = ["chase", "turnover", "workforce_until"]

CHASE_MONTHS = 12


def workforce_until(workforce: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the rows up to a day, by function and date."""
    rows = workforce[workforce["date"] <= pd.Timestamp(as_of)]
    return rows.sort_values(["function", "date"], ignore_index=True)


def turnover(workforce: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the movements of the last twelve months by function.

    Parameters
    ----------
    workforce : DataFrame
        Table ``workforce``: date, function, headcount, hired, left, laid_off, overtime_hours.
    as_of : date
        "Today".

    Returns
    -------
    DataFrame
        Columns function, headcount (mean, persons), hired, left, laid_off (persons), overtime
        (hours a head; NaN when not recorded), left_share, laid_off_share (of mean headcount).

    Notes
    -----
    ``left`` and ``laid_off`` are shown apart and never added: registers differ on whether the first
    holds the second.
    """
    today = pd.Timestamp(as_of)
    rows = workforce_until(workforce, as_of)
    grouped = rows[rows["date"] > today - pd.DateOffset(months=CHASE_MONTHS)].groupby("function")
    out = grouped[["hired", "left", "laid_off"]].sum()
    out.insert(0, "headcount", grouped["headcount"].mean())
    people = out["headcount"].where(out["headcount"] > 0)
    out["overtime"] = grouped["overtime_hours"].sum(min_count=1) / people
    out["left_share"] = out["left"] / people
    out["laid_off_share"] = out["laid_off"] / people
    return out.rename_axis("function").reset_index()


def chase(workforce: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return how many of those laid off were replaced within twelve months.

    Parameters
    ----------
    workforce : DataFrame
        Table ``workforce``; its whole history up to `as_of` counts.
    as_of : date
        "Today".

    Returns
    -------
    DataFrame
        One row a function that laid anybody off: function, laid_off, replaced (persons),
        replaced_share (0-1), open (laid off less than twelve months ago and not replaced yet).

    Notes
    -----
    A person hired after the day of a layoff, and at most twelve months after it, replaces one of
    those laid off, the longest ago first; nobody replaces two. A layoff followed by hiring in the
    same function chases a figure and leaves the work as it was.
    """
    rows = workforce_until(workforce, as_of)
    found = [_replaced(str(name), part, as_of) for name, part in rows.groupby("function")]
    columns = ["function", "laid_off", "replaced", "replaced_share", "open"]
    out = pd.DataFrame(found, columns=columns)
    return out[out["laid_off"] > 0].reset_index(drop=True)


def _replaced(function: str, rows: pd.DataFrame, as_of: date) -> dict[str, object]:
    """Match one function's hires to its earlier layoffs, oldest first."""
    waiting: deque[list] = deque()
    replaced = 0.0
    for day, hired, laid_off in rows[["date", "hired", "laid_off"]].itertuples(index=False):
        _expire(waiting, day)
        replaced += _fill(waiting, float(hired))
        if laid_off > 0:
            waiting.append([day, float(laid_off)])
    _expire(waiting, pd.Timestamp(as_of))
    total = float(rows["laid_off"].sum())
    return {
        "function": function,
        "laid_off": total,
        "replaced": replaced,
        "replaced_share": replaced / total if total > 0 else float("nan"),
        "open": sum(persons for _, persons in waiting),
    }


def _expire(waiting: deque[list], day: pd.Timestamp) -> None:
    """Drop layoffs more than twelve months before a day."""
    while waiting and waiting[0][0] + pd.DateOffset(months=CHASE_MONTHS) < day:
        waiting.popleft()


def _fill(waiting: deque[list], hired: float) -> float:
    """Fill waiting places with the people hired; return how many were filled."""
    filled = 0.0
    while waiting and hired > 0:
        taken = min(waiting[0][1], hired)
        waiting[0][1] -= taken
        hired -= taken
        filled += taken
        if waiting[0][1] <= 0:
            waiting.popleft()
    return filled
