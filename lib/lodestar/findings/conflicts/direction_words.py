"""Sentences on where each function’s pay points, beside what the outcomes are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import WORKBOOK
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, joined, named, signed

__all__ = ["aimed", "direction"]

TABLES = ("metrics", "outcomes", "links")
NONE = "No pay of any function touches an outcome, so it points nowhere yet."
SIDE = 0.005
"""A cosine that rounds to 0.00 points neither way."""


def direction(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which function's incentives point most away from what the outcomes are worth."""
    section = results["conflicts"]
    shown = aimed(section)
    if not shown:
        return Absent("conflicts.direction", WORKBOOK, NONE, TABLES)
    worst = shown[0]
    place = section["functions_alignment"].index(worst)
    reading = (
        "−1: pay pushes straight against what your outcomes are worth; 0: past it; 1: straight at "
        "it. The cosine of the angle between the two, over all outcomes by importance; effects "
        f"over walks of up to five links.{_alone(section)}"
    )
    return Finding(
        "conflicts.direction",
        WORKBOOK,
        _headline(results, shown),
        _advice(results, worst),
        (f"/conflicts/functions_alignment/{place}/cosine", "/conflicts/functions_alignment"),
        reading,
    )


def aimed(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the functions whose pay points anywhere, furthest against the outcomes first."""
    known = [row for row in section["functions_alignment"] if row["cosine"] is not None]
    return sorted(known, key=lambda row: (round(row["cosine"], 9), row["function"]))


def _alone(section: Mapping[str, Any]) -> str:
    """One outcome alone leaves no angle between."""
    one = section["register"]["outcomes"] == 1
    return " With one outcome it can be −1 or 1 only." if one else ""


def _headline(results: Mapping[str, Any], shown: list[dict[str, Any]]) -> str:
    worst = shown[0]
    name = named(results["labels"]["function"], worst["function"])
    value = signed(worst["cosine"], 2)
    against = sum(row["cosine"] <= -SIDE for row in shown)
    if len(shown) == 1:
        way = "against" if against else "toward" if worst["cosine"] >= SIDE else "past"
        return f"Pay in {name} points {way} what your outcomes are worth ({value})"
    if worst["cosine"] >= 1 - SIDE:
        return f"Pay in all {count(len(shown))} functions points straight at what you value"
    if not against:
        return (
            "Pay in no function points against what your outcomes are worth; "
            f"{name} is furthest off ({value} of at most 1)"
        )
    rest = f"; it does so in {count(against)} of {count(len(shown))} functions"
    most = "most against" if against > 1 else "against"
    more = rest if against > 1 else ", as in no other function"
    return f"Pay in {name} points {most} what your outcomes are worth ({value}){more}"


def _advice(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    worth = {
        entry["id"]: entry["importance"]
        for entry in results["conflicts"]["register"]["nodes"]
        if entry["group"] == "outcome"
    }
    pushes = [(push["push"] * worth[push["outcome"]], push["outcome"]) for push in row["pushes"]]
    lowered = sorted((round(value, 9), outcome) for value, outcome in pushes if value < 0)
    if not lowered:
        return "Keep it so: ask of each new measure which outcome it lifts before it is paid for."
    outcome = lowered[0][1]
    helpers = [
        f"“{node(results, duty['metric'])}”"
        for duty in results["conflicts"]["duties"]
        if (duty["function"], duty["outcome"]) == (row["function"], outcome)
    ]
    if not helpers:
        return (
            f"It lowers “{node(results, outcome)}” most: move part of the reward to a measure that "
            "lifts it."
        )
    verb = "lifts" if len(helpers[:2]) == 1 else "lift"
    return (
        f"It lowers “{node(results, outcome)}” most: move part of the reward to "
        f"{joined(helpers[:2])}, which {verb} it and nobody is paid for."
    )
