"""Sentences on the level whose target profile lies nearest, and how sharply it stands out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lodestar.findings.alignment.whole import FAR, WORKBOOK, answering
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import span, steps
from lodestar.findings.words import level

__all__ = ["built_for", "least_distance"]

READING = (
    "Distance in levels (root mean square gap) from each level’s target profile, as observed: "
    "rater noise adds about as much at every level. Interval 80 %."
)


def built_for(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.built_for``: which level today's work fits, and how sharply."""
    alignment = results["alignment"]
    if alignment["built_for"] is None:
        reason = str(alignment["built_for_reason"])
        return Absent("alignment.built_for", WORKBOOK, reason, answering(alignment, "ratings"))
    built, chosen = alignment["built_for"], alignment["chosen"]
    found = f"level {level(built)}{span(alignment['built_for_range'])}"
    said = f"How you work today fits {found}: cells stand {steps(least_distance(alignment))} off"
    if abs(chosen - built) < 0.05:
        headline = f"{said} its profile, and that is the level you chose"
    else:
        off = steps(alignment["distance"])
        headline = f"{said} its profile, against {off} off that of level {level(chosen)}"
    advice = f"{_sharpness(alignment)} {_next(built, chosen)}".strip()
    evidence = ("/alignment/built_for_curve", "/alignment/built_for_nearly", "/alignment/distance")
    return Finding("alignment.built_for", WORKBOOK, headline, advice, evidence, READING)


def least_distance(alignment: Mapping[str, Any]) -> float:
    """Return the distance in levels from the nearest profile."""
    return min(float(row["distance"]) for row in alignment["built_for_curve"])


def _sharpness(alignment: Mapping[str, Any]) -> str:
    """Return which other profiles fit nearly as well."""
    near = alignment["built_for_nearly"]
    low, high = level(near["low"]), level(near["high"])
    if low == high:
        return "No other profile fits nearly as well."
    return f"Profiles from {low} to {high} fit nearly as well: take it for a range, not a point."


def _next(built: float, chosen: float) -> str:
    """Return which whole level to make hold on the way to a higher aim."""
    if abs(chosen - built) < FAR:
        return "Work on evenness; the height is there."
    if chosen < built:
        return "Nothing has to rise to reach the level you chose; ask what the rest earns."
    first = math.floor(built + 1e-9) + 1
    if first >= chosen:
        return f"Level {level(chosen)} is the next step: plan it as one."
    return f"Make level {first} hold before you spend on level {level(chosen)}."
