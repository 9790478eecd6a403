"""The purpose section of the results: effort, drift, lives; with revenue from its own module."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, records
from lodestar.assess.purpose.drift import drift
from lodestar.assess.purpose.focus import concern_shares, effort_by_function, effort_shares, focus
from lodestar.assess.purpose.lifetimes import (
    incidence_steps,
    last_revisited,
    lifetimes,
    lives,
    survival_steps,
)
from lodestar.assess.purpose.revenue_section import revenue_section
from lodestar.engagement.model import Engagement, Wave

__all__ = ["assess"]

NO_ACTIVITIES = "No activities were given, so nobody knows where effort goes."
NO_PURPOSE = "No mission, vision or values are declared in engagement.yml."
NO_EFFORT = "The activities carry no effort."
ONE_PURPOSE = "Fewer than two purposes receive effort."
NO_LIVES = "No activity has a start, and an end where it has ended."
NEVER_HALF = "Fewer than half of the activities have ended in the time seen."
ONE_PERIOD = "Drift compares two periods, and there is only one with activities."
ALL_SERVED = "Every declared purpose receives effort."
NO_MOVES = "No activity changed its effort or what it serves."
SHARES = ("share", "share_of_function")
BEGUN, GONE = "The activity had not begun.", "The activity is not in the later period."
MOVED = {"key_from": BEGUN, "effort_from": BEGUN, "key_to": GONE, "effort_to": GONE}
NO_CONCERN = "No activity says whether it is about the client's benefit or the internal method."


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return the purpose section of the results.

    Parameters
    ----------
    engagement : Engagement
        The client's material of a period and the earlier ones.
    results : mapping
        Sections computed before; none is needed.

    Returns
    -------
    dict
        focus_index, evenness, effort, why_how, drift, lifetimes, last_revisited, recurring_share,
        revenue, hhi, effective_customers, top_share, concentration, runway.
    """
    return {
        **_focus(engagement),
        "why_how": _why_how(engagement),
        **_drifts(engagement),
        "lifetimes": _lifetimes(engagement),
        **_revisited(engagement),
        **revenue_section(engagement),
    }


def _focus(engagement: Engagement) -> dict[str, Any]:
    """Return the focus index, evenness, and effort by what it serves."""
    activities = engagement.table("activities")
    ids = [purpose.id for purpose in engagement.settings.purpose]
    found, shares = focus(activities, ids), effort_shares(activities, ids)
    parts = effort_by_function(activities, ids)
    reason = NO_ACTIVITIES if activities.empty else NO_EFFORT if ids else NO_PURPOSE
    index = found.index if ids else None
    return {
        **leaf("focus_index", index, reason),
        **leaf("evenness", found.evenness if ids else None, ONE_PURPOSE if ids else NO_PURPOSE),
        "effort": {
            "total": found.effort,
            **listing("unserved", found.unserved, ALL_SERVED),
            **listing("by_key", records(shares, {"share": NO_EFFORT}), reason),
            **listing("by_function", records(parts, dict.fromkeys(SHARES, NO_EFFORT)), reason),
        },
    }


def _why_how(engagement: Engagement) -> dict[str, Any]:
    """Return effort on the client's benefit against effort on internal method."""
    activities = engagement.table("activities")
    total = concern_shares(activities).set_index("concern")["effort"]
    why, how = (float(total.get(name, 0.0)) for name in ("client-benefit", "internal-method"))
    stated = why + how
    effort = float(total.sum())
    reason = NO_ACTIVITIES if activities.empty else NO_CONCERN
    parts = concern_shares(activities, ["function"])
    return {
        **leaf("client_benefit", why / stated if stated > 0 else None, reason),
        **leaf("stated", stated / effort if effort > 0 else None, reason),
        **listing("by_function", records(parts, {"share": NO_EFFORT}), reason),
    }


def _drifts(engagement: Engagement) -> dict[str, Any]:
    """Return drift between each pair of neighbouring periods that have activities."""
    ids = [purpose.id for purpose in engagement.settings.purpose]
    pairs = [_drift(a, b, ids) for a, b in pairwise(engagement.waves) if _both(a, b)]
    reason = ONE_PERIOD if engagement.has("activities") else NO_ACTIVITIES
    return listing("drift", pairs, reason)


def _both(before: Wave, after: Wave) -> bool:
    """Tell whether both periods have activities with effort."""
    return all(_activities(wave)["effort"].sum() > 0 for wave in (before, after))


def _activities(wave: Wave) -> pd.DataFrame:
    """Return a period's activities; a frame without effort when it has none."""
    return wave.tables.get("activities", pd.DataFrame({"effort": []}))


def _drift(before: Wave, after: Wave, ids: list[str]) -> dict[str, Any]:
    """Return one entry of the drift list."""
    found = drift(_activities(before), _activities(after), ids)
    return {
        "from": before.period.id,
        "to": after.period.id,
        "value": found.value,
        **listing("activities", found.moves["activity"].tolist(), NO_MOVES),
        "shares": records(found.shares),
        **listing("moves", records(found.moves, MOVED), NO_MOVES),
    }


def _lifetimes(engagement: Engagement) -> dict[str, Any]:
    """Return how long work lives and how it ends."""
    activities, as_of = engagement.table("activities"), engagement.period.as_of
    found = lifetimes(activities, as_of)
    counts = {"lives": found.lives, "ended": found.ended, "left_out": found.left_out}
    if not found.lives:
        reason = NO_ACTIVITIES if activities.empty else NO_LIVES
        keys = ["median", "low", "high", "finished", "abandoned"]
        empty = {**listing("curve", [], reason), **listing("incidence", [], reason)}
        return {**absent(keys, reason), **counts, **empty}
    longest = float(lives(activities, as_of)["months"].max())
    steps = survival_steps(found, longest)
    band = dict.fromkeys(("low", "high"), "The band is not defined where all or none still run.")
    return {
        **leaf("median", found.median, NEVER_HALF),
        **leaf("low", found.low, NEVER_HALF),
        **leaf("high", found.high, NEVER_HALF),
        "finished": found.finished,
        "abandoned": found.abandoned,
        **counts,
        "curve": records(steps, band),
        "incidence": records(incidence_steps(found)),
    }


def _revisited(engagement: Engagement) -> dict[str, Any]:
    """Return when each purpose was last revisited."""
    rows = last_revisited(engagement.settings.purpose, engagement.period.as_of)
    unknown = "engagement.yml gives no day on which it was revisited."
    entries = records(rows, {"date": unknown, "months": unknown})
    return listing("last_revisited", entries, NO_PURPOSE)
