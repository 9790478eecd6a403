"""How long pieces of work live, how they end, and when the purpose was last revisited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lodestar.engagement.model import Purpose
from lodestar.stats.survival import aalen_johansen, kaplan_meier, median_survival

__all__ = ["Lifetimes", "incidence_steps", "last_revisited", "lifetimes", "lives", "survival_steps"]

DAYS_PER_MONTH = 365.2425 / 12
ENDINGS = ("finished", "abandoned")


@dataclass(frozen=True)
class Lifetimes:
    """How long work lives.

    ``median`` months with 95 % interval (NaN where not reached), ``finished`` and ``abandoned`` the
    cumulative incidence (0-1) at the longest life with an end seen; ``lives`` counted, of which
    ``ended``; ``left_out`` have no usable start or end.
    """

    median: float
    low: float
    high: float
    finished: float
    abandoned: float
    lives: int
    ended: int
    left_out: int
    curve: pd.DataFrame
    incidence: pd.DataFrame


def lives(activities: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return each activity's life so far.

    Parameters
    ----------
    activities : DataFrame
        Table ``activities``: started, ended, status.
    as_of : date
        "Today": what has not ended by then is censored.

    Returns
    -------
    DataFrame
        Columns activity, function, months (from start to end or to today), ending (finished,
        abandoned; missing while it runs). Absent: no start or one after today; an ending without a
        day, or before the start.

    Examples
    --------
    >>> rows = pd.DataFrame({"activity": ["a"], "function": ["sales"], "status": ["active"],
    ...     "started": pd.to_datetime(["2026-01-01"]), "ended": pd.to_datetime([None])})
    >>> round(float(lives(rows, date(2026, 12, 31))["months"].iloc[0]))
    12
    """
    today = pd.Timestamp(as_of)
    stopped = activities["status"].isin(ENDINGS)
    over = stopped & (activities["ended"] <= today)
    last = activities["ended"].where(over, today)
    usable = (activities["started"] <= last) & ~(stopped & activities["ended"].isna())
    out = pd.DataFrame(
        {
            "activity": activities["activity"],
            "function": activities["function"],
            "months": (last - activities["started"]).dt.days / DAYS_PER_MONTH,
            "ending": activities["status"].astype(object).where(over, None),
        }
    )
    return out[usable].reset_index(drop=True)


def lifetimes(activities: pd.DataFrame, as_of: date) -> Lifetimes:
    """Return survival of work and how it ended.

    Parameters
    ----------
    activities : DataFrame
        Table ``activities``.
    as_of : date
        "Today".

    Notes
    -----
    Kaplan-Meier with either ending as event; finished and abandoned as cumulative incidence
    (Aalen-Johansen). Work enters at ``started`` and is censored at ``as_of``. Interval of the
    median: where the 95 % band of the curve crosses one half (Brookmeyer & Crowley 1982).
    """
    found = lives(activities, as_of)
    ended = found["ending"].notna()
    curve = kaplan_meier(found["months"], ended)
    incidence = aalen_johansen(found["months"], found["ending"])
    last = incidence.iloc[-1] if len(incidence) else pd.Series(dtype=float)
    return Lifetimes(
        median=median_survival(curve),
        low=_crossing(curve, "low"),
        high=_crossing(curve, "high"),
        finished=float(last.get("finished", 0.0)),
        abandoned=float(last.get("abandoned", 0.0)),
        lives=len(found),
        ended=int(ended.sum()),
        left_out=len(activities) - len(found),
        curve=curve,
        incidence=incidence,
    )


def survival_steps(found: Lifetimes, longest: float) -> pd.DataFrame:
    """Return the survival curve as steps from 0 months to the longest life.

    Returns
    -------
    DataFrame
        Columns month, survival, low, high, at_risk; starts at (0, 1, 1, 1, all) and ends at
        `longest`, where nothing more was seen to end.
    """
    curve = found.curve.rename(columns={"time": "month"})
    curve = curve[["month", "survival", "low", "high", "at_risk"]]
    first = {"month": 0.0, "survival": 1.0, "low": 1.0, "high": 1.0, "at_risk": found.lives}
    steps = pd.concat([pd.DataFrame([first]), curve], ignore_index=True)
    end = steps.tail(1).assign(month=max(longest, float(steps["month"].iloc[-1])))
    return pd.concat([steps, end], ignore_index=True).drop_duplicates(ignore_index=True)


def incidence_steps(found: Lifetimes) -> pd.DataFrame:
    """Return cumulative incidence as steps: columns month, finished, abandoned (0-1)."""
    table = found.incidence.rename(columns={"time": "month"})
    steps = table.reindex(columns=["month", *ENDINGS], fill_value=0.0)
    first = pd.DataFrame([{"month": 0.0, "finished": 0.0, "abandoned": 0.0}])
    return pd.concat([first, steps], ignore_index=True)


def last_revisited(purposes: Sequence[Purpose], as_of: date) -> pd.DataFrame:
    """Return when each purpose was last revisited.

    Returns
    -------
    DataFrame
        Columns id, kind, date (ISO text; missing when unknown or after `as_of`), months (before
        `as_of`); in the order declared.
    """
    rows = []
    for purpose in purposes:
        day = purpose.last_revisited
        known = day is not None and day <= as_of
        months = (as_of - day).days / DAYS_PER_MONTH if known and day else float("nan")
        shown = day.isoformat() if known and day else None
        rows.append({"id": purpose.id, "kind": purpose.kind, "date": shown, "months": months})
    return pd.DataFrame(rows, columns=["id", "kind", "date", "months"])


def _crossing(curve: pd.DataFrame, column: str) -> float:
    """Return the first month at which a band is at or below one half, NaN if never."""
    reached = curve.loc[curve[column].round(9) <= 0.5, "time"]
    return float(reached.iloc[0]) if len(reached) else float("nan")
