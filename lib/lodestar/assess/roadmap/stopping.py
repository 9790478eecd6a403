"""What to stop: effort that serves no purpose, levels above target, and what stopping costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lodestar.assess.plain import leaf, listing
from lodestar.assess.purpose.focus import served
from lodestar.assess.roadmap.calendar import MONTH

__all__ = ["stopping"]

NO_PURPOSE = "No purpose is declared, so that nobody can say what serves none."
NO_ACTIVITY = "No activity is listed; fill the table `activities`."
NOTHING = "Every activity under way serves a declared purpose, and nothing is held above target."
NO_START = "Its start is not stated."
NO_EFFORT = "No effort is stated."
NOTHING_HELD = "No cost is stated of what stands above target."


def stopping(
    activities: pd.DataFrame,
    purposes: Sequence[str],
    overshoot: Mapping[str, Any] | None,
    as_of: date,
) -> dict[str, Any]:
    """Return what could be stopped to make room for the plan, and the price of stopping.

    Parameters
    ----------
    activities : DataFrame
        The table ``activities``.
    purposes : sequence of str
        Ids of declared purposes.
    overshoot : mapping, optional
        ``alignment.overshoot``: cells above target and what holding them costs a year.
    as_of : date
        "Today".

    Returns
    -------
    dict
        ``stop[]``: active activities that take effort and serve no declared purpose ``{kind:
        activity, activity, serves, function, effort, months}``, most effort first, then cells held
        above target ``{kind: upkeep, capability, function, levels, cost_year}``, dearest first;
        ``stopping: {effort, share, cost_year, started, abandoned, would_be}``: what that frees
        (share of all effort, currency a year), and how many of all started activities have been
        abandoned already and would be after.

    Notes
    -----
    Priority switching has a price: what is stopped was begun. ``abandoned`` counts the status of
    that name among activities with a stated start by `as_of`.
    """
    idle = _idle(activities, purposes) if purposes else activities.iloc[:0]
    held = [_cell(cell) for cell in (overshoot or {}).get("cells", ()) if cell["cost_year"]]
    rows = [_activity(row, as_of) for row in idle.to_dict("records")] + held
    total, freed = float(activities["effort"].sum()), float(idle["effort"].sum())
    known = activities[activities["started"] <= pd.Timestamp(as_of)]
    gone = int((known["status"] == "abandoned").sum())
    cost = sum(cell["cost_year"] for cell in held) if held else None
    return {
        **listing("stop", rows, _nothing(activities, purposes)),
        "stopping": {
            "effort": freed,
            **leaf("share", freed / total if total > 0 else None, NO_EFFORT),
            **leaf("cost_year", cost, NOTHING_HELD),
            "started": len(known),
            "abandoned": gone,
            "would_be": gone + int(idle["started"].notna().sum()),
        },
    }


def _nothing(activities: pd.DataFrame, purposes: Sequence[str]) -> str:
    """Return why nothing is named."""
    if activities.empty:
        return NO_ACTIVITY
    return NOTHING if purposes else NO_PURPOSE


def _idle(activities: pd.DataFrame, purposes: Sequence[str]) -> pd.DataFrame:
    """Return active activities that take effort and serve none of the purposes, largest first."""
    rows = served(activities, purposes)
    rows = rows[(rows["status"] == "active") & (rows["effort"] > 0) & ~rows["purpose"]]
    return rows.sort_values(["effort", "activity"], ascending=[False, True])


def _activity(row: Mapping[Any, Any], as_of: date) -> dict[str, Any]:
    """Return one activity, with the months it has run."""
    begun = row["started"]
    run = None if pd.isna(begun) else round((pd.Timestamp(as_of) - begun).days / MONTH, 1)
    return {
        "kind": "activity",
        "activity": str(row["activity"]),
        "serves": str(row["serves"]),
        "function": str(row["function"]),
        "effort": float(row["effort"]),
        **leaf("months", run, NO_START),
    }


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return one cell that is held above its target."""
    return {
        "kind": "upkeep",
        "capability": cell["capability"],
        "function": cell["function"],
        "levels": cell["gap"],
        "cost_year": cell["cost_year"],
    }
