"""Hiring and laying off in turn: does the workforce chase the figures?"""

from __future__ import annotations

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
    """Return how many of the places cut by layoffs were filled again within twelve months.

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
    replaced = Σ over layoffs of min(laid off, largest headcount of the twelve months after −
    headcount then), floored at 0: hiring that only makes up for those who left fills no cut place.
    A layoff followed by filling the same places chases a figure and leaves the work as it was.

    Examples
    --------
    >>> rows = pd.DataFrame({"function": "sales", "laid_off": [4.0, 0.0], "headcount": [20.0, 23.0],
    ...     "date": pd.to_datetime(["2026-03-31", "2026-06-30"])})
    >>> chase(rows, date(2026, 12, 31))["replaced"].tolist()
    [3.0]
    """
    rows = workforce_until(workforce, as_of)
    found = [_replaced(str(name), part, as_of) for name, part in rows.groupby("function")]
    columns = ["function", "laid_off", "replaced", "replaced_share", "open"]
    out = pd.DataFrame(found, columns=columns)
    return out[out["laid_off"] > 0].reset_index(drop=True)


def _replaced(function: str, rows: pd.DataFrame, as_of: date) -> dict[str, object]:
    """Return one function's layoffs and the places filled again."""
    total = replaced = waiting = 0.0
    for layoff in rows[rows["laid_off"] > 0].to_dict("records"):
        end = layoff["date"] + pd.DateOffset(months=CHASE_MONTHS)
        after = rows[(rows["date"] > layoff["date"]) & (rows["date"] <= end)]["headcount"]
        growth = float(after.max()) - layoff["headcount"] if len(after) else 0.0
        filled = min(layoff["laid_off"], max(growth, 0.0))
        total, replaced = total + layoff["laid_off"], replaced + filled
        waiting += layoff["laid_off"] - filled if end > pd.Timestamp(as_of) else 0.0
    share = replaced / total if total > 0 else float("nan")
    return {
        "function": function,
        "laid_off": total,
        "replaced": replaced,
        "replaced_share": share,
        "open": waiting,
    }
