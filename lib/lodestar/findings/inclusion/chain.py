"""Sentences on the value chain: ripple, overlap of missions, leading indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.inclusion.advocacy import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import months, short
from lodestar.findings.words import joined, named, percent, plural, start
from lodestar.schema.numerals import written

__all__ = ["leading", "leading_sentence", "ripple"]

STATES = ("worse", "better")
TOLD = 2


def ripple(results: Mapping[str, Any]) -> Finding | Absent:
    """Return whether experience is followed by experience along the chain."""
    section = results["inclusion"]
    overlaps = [row for row in section["overlap"] if row["overlap"] is not None]
    if not section["ripple"] and not overlaps:
        reason = section.get("ripple_reason") or section.get("overlap_reason", "")
        tables = ("value_chain", "nodes", "indicators")
        return Absent("inclusion.ripple", WORKBOOK, reason, tables)
    tested = [row for row in section["ripple"] if row["verdict"] != "too short"]
    pointers = tuple(f"/inclusion/{k}" for k in ("ripple", "overlap") if section[k])
    reading = (
        f"{start(plural(len(tested), 'comparison'))} of neighbours' monthly indicators, both ways, "
        "lags 0–6 months, at 5 % after correction; overlap = themes in common ÷ themes of either."
    )
    return Finding(
        "inclusion.ripple",
        WORKBOOK,
        _ripple_headline(results, tested, overlaps),
        _ripple_advice(results, tested, overlaps),
        pointers,
        reading,
    )


def leading(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which leading indicators have changed for good or ill."""
    section = results["inclusion"]
    if not section["leading"]:
        reason = section["leading_reason"]
        return Absent("inclusion.leading", WORKBOOK, reason, ("indicators",))
    reading = (
        f"Points against natural limits (mean ± {written('2.66')} mean moving range, band). "
        "Triangles lie beyond "
        "usual variation: filled worse, hollow better. Limits restart at changes you declared."
    )
    return Finding(
        "inclusion.leading",
        WORKBOOK,
        leading_sentence(results),
        _leading_advice(results),
        ("/inclusion/leading", "/inclusion/lead_time"),
        reading,
    )


def leading_sentence(results: Mapping[str, Any]) -> str:
    """Return how many indicators signal a change, and which got worse."""
    rows, names = results["inclusion"]["leading"], results["labels"]["indicator"]
    total = plural(len(rows), "indicator")
    states = {s: [_quoted(names, r) for r in rows if r["state"] == s] for s in STATES}
    if not states["better"] and not states["worse"]:
        return f"None of your {total} signals a change beyond its usual variation"
    parts = [
        f"{joined(_first(shown))} {'has' if len(shown) == 1 else 'have'} turned {state}"
        for state, shown in states.items()
        if shown
    ]
    return f"Of {total}, {'; '.join(parts)}"


def _quoted(names: dict[str, str], row: Mapping[str, Any]) -> str:
    """Return an indicator's name in quotes."""
    return f"“{short(named(names, row['indicator']), 48)}”"


def _first(shown: list[str]) -> list[str]:
    """Return the first names, and how many more there are."""
    more = len(shown) - TOLD
    return shown if more < 1 else [*shown[:TOLD], plural(more, "other")]


def _ripple_headline(
    results: Mapping[str, Any], tested: list[dict[str, Any]], overlaps: list[dict[str, Any]]
) -> str:
    """Return what was found along the chain, else what the missions share."""
    found = [row for row in tested if row["verdict"] in ("together", "against")]
    names = results["labels"]["indicator"]
    if found:
        first = min(found, key=lambda row: (row["q"], row["leader"], row["follower"]))
        lead, follow = (f"“{named(names, first[end])}”" for end in ("leader", "follower"))
        how = "the same" if first["verdict"] == "together" else "the opposite"
        later = months(first["lag"]) + " later" if first["lag"] else "in the same month"
        more = f" (one of {len(found)} such links)" if len(found) > 1 else ""
        return f"When {lead} gets better or worse, {follow} does {how} {later}{more}"
    if tested:
        return "No ripple shows between neighbours on your value chain yet"
    if overlaps:
        return _overlap_headline(results, overlaps)
    return "Neighbours' indicators have too few months in common to show a ripple"


def _overlap_headline(results: Mapping[str, Any], overlaps: list[dict[str, Any]]) -> str:
    """Return the least overlap of missions on the chain."""
    nodes = results["labels"]["node"]
    least = min(overlaps, key=lambda row: (row["overlap"], row["source"], row["target"]))
    pair = f"{named(nodes, least['source'])} and {named(nodes, least['target'])}"
    return f"{pair} share {percent(least['overlap'])} of their missions, the least on your chain"


def _ripple_advice(
    results: Mapping[str, Any], tested: list[dict[str, Any]], overlaps: list[dict[str, Any]]
) -> str:
    """Return what to do with a ripple, or how to be able to see one."""
    ways = [row["verdict"] for row in tested]
    talk = "Where one gains as its neighbour loses, talk to both: a demand may be unreasonable."
    if "together" in ways:
        watch = "Watch the leading one: strain there reaches its neighbour after that time."
        return f"{watch} {talk}" if "against" in ways else watch
    if "against" in ways:
        return talk
    if overlaps:
        least = min(overlaps, key=lambda row: (row["overlap"], row["source"], row["target"]))
        ends = joined(
            [named(results["labels"]["node"], least[end]) for end in ("source", "target")]
        )
        return f"Bring {ends} to one table: what does each try to achieve, and what is shared?"
    return "Measure each neighbour monthly; two years of it are needed to see a ripple."


def _leading_advice(results: Mapping[str, Any]) -> str:
    """Return which indicator to act on, and how much time it gives."""
    rows, names = results["inclusion"]["leading"], results["labels"]["indicator"]
    worse = [row for row in rows if row["state"] == "worse"]
    timed = [row for row in worse or rows if row["lead_months"]]
    if worse and timed:
        first = min(timed, key=lambda row: (row["lead_months"], row["indicator"]))
        return (
            f"Look for the cause of {_quoted(names, first)} now: by your map it reaches "
            f"an outcome in {months(first['lead_months'])}."
        )
    if worse:
        return "Look for the cause now, and add to the map how long it takes to reach an outcome."
    if not timed:
        return "Add lags to the links of your map: they tell what leads, and by how much."
    return "Leave points inside the limits alone: explaining them costs time and changes nothing."
