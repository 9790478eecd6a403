"""The value chain in the results: ripple, mission overlap, leading indicators, lead time."""

from __future__ import annotations

from typing import Any

from lodestar.assess.inclusion.lead_time import lead_time
from lodestar.assess.inclusion.leading import indicator_points, indicator_states, lead_months
from lodestar.assess.inclusion.ripple import chain_nodes, mission_overlap, ripple
from lodestar.assess.plain import leaf, listing, records
from lodestar.engagement.model import Engagement

__all__ = ["chain_section"]

NO_CHAIN = "No value chain was given."
NO_INDICATORS = "No indicators were given."
NO_NODE = "No two neighbours on the value chain both have an indicator."
TOO_SHORT = "The two have fewer than 24 months in common, or one of them does not vary."
NO_THEMES = "One of the two has no themes recorded."
NO_LIMITS = "Limits need at least two points."
NO_TARGET = "No target is set."
NOT_PLACED = "The indicator is at no node of the map."
NO_PATH = "No path of at most five links leads from it to an outcome."
NO_LAG = "A lag on the way is not known."
NOTHING_FINISHED = "No activity with a start was finished."


def chain_section(engagement: Engagement) -> dict[str, Any]:
    """Return ripple, overlap, chain, leading and lead_time.

    Parameters
    ----------
    engagement : Engagement
        Its value chain, nodes, links, outcomes, indicators, changes, activities and decisions are
        used.
    """
    return {
        **_ripple(engagement),
        **_overlap(engagement),
        **_leading(engagement),
        **_lead(engagement),
    }


def _ripple(engagement: Engagement) -> dict[str, Any]:
    """Return lagged links between neighbours' indicators."""
    chain, indicators = engagement.table("value_chain"), engagement.table("indicators")
    found = ripple(chain, indicators, engagement.period.as_of)
    reason = NO_CHAIN if chain.empty else NO_INDICATORS if indicators.empty else NO_NODE
    why = dict.fromkeys(("r", "lag", "p", "q"), TOO_SHORT)
    return listing("ripple", records(found, why), reason)


def _overlap(engagement: Engagement) -> dict[str, Any]:
    """Return the overlap of neighbours' missions."""
    found = mission_overlap(engagement.table("value_chain"), engagement.table("nodes"))
    entries = records(found, {"overlap": NO_THEMES})
    for entry in entries:
        for side in ("common", "source_only", "target_only"):
            entry |= listing(side, entry[side], "There is none.")
    placed = chain_nodes(engagement.table("value_chain"), engagement.table("nodes"))
    return {
        **listing("overlap", entries, NO_CHAIN),
        **listing("chain", records(placed), NO_CHAIN),
    }


def _leading(engagement: Engagement) -> dict[str, Any]:
    """Return each indicator's state, points, and what it leads to."""
    indicators = engagement.table("indicators")
    points = indicator_points(indicators, engagement.table("changes"), engagement.period.as_of)
    states = indicator_states(indicators, points)
    limits = dict.fromkeys(("centre", "lower", "upper"), NO_LIMITS)
    why = {**limits, "node": NOT_PLACED, "target": NO_TARGET, "on_target": NO_TARGET}
    entries = records(states, {**why, "value": "Not measured."}) if len(states) else []
    for entry in entries:
        entry |= _leads(engagement, entry["node"])
        own = points[points["indicator"] == entry["indicator"]].drop(columns="indicator")
        entry["series"] = records(own, limits)
    return listing("leading", entries, NO_INDICATORS)


def _leads(engagement: Engagement, node: str | None) -> dict[str, Any]:
    """Return what an indicator leads to, and the least months by which."""
    if node is None:
        return {**leaf("lead_months", None, NOT_PLACED), **listing("leads_to", [], NOT_PLACED)}
    found = lead_months(engagement.table("links"), engagement.table("outcomes"), node)
    known = found["months"].dropna()
    least = float(known.min()) if len(known) else None
    return {
        **leaf("lead_months", least, NO_PATH if found.empty else NO_LAG),
        **listing("leads_to", records(found, {"months": NO_LAG}), NO_PATH),
    }


def _lead(engagement: Engagement) -> dict[str, Any]:
    """Return the lead time of finished work and customers' part in design."""
    activities, decisions = engagement.table("activities"), engagement.table("decisions")
    found = lead_time(activities, decisions, engagement.period.as_of)
    return {
        "lead_time": {
            **leaf("median", found.median, NOTHING_FINISHED),
            **leaf("longest", found.longest, NOTHING_FINISHED),
            "finished": found.finished,
            "design_affecting_customers": found.affecting,
            "design_including_customers": found.including,
        }
    }
