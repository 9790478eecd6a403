"""Sentences on the required level: its range and what drives it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.agreement import apart, disagreement
from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.level.studies import rests_on
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, span
from lodestar.findings.words import level, named, percent, plural
from lodestar.stats.rounding import to_level

__all__ = ["required"]

EVIDENCE = tuple(f"/level/required{part}" for part in ("", "/tornado", "/agreement", "/evidence"))
EDGE = 0.05
"""A change this small rounds to nothing: the level stands on an edge."""

TENTHS, EXACT = 10, 6
"""A score is told in tenths, taken from figures of six decimals."""


def required(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.required``: range, likely level, and what would change it."""
    asked = results["level"]["required"]
    if asked["estimate"] is None:
        reason = str(asked["estimate_reason"])
        return Absent("level.required", WORKBOOK, reason, ("context",))
    labels = results["labels"]
    told = (_nearest(asked, labels), disagreement(asked, labels) or _widest(asked, labels))
    return Finding(
        "level.required",
        WORKBOOK,
        f"Your market asks for level {level(asked['estimate'])}{span(asked)}{_likely(asked)}",
        " ".join(told).strip(),
        EVIDENCE,
        _reading(asked),
    )


def _likely(asked: Mapping[str, Any]) -> str:
    """Return the most frequent whole level with its share of resamples."""
    shares = asked["distribution"]
    if shares is None:
        return ""
    most = max(sorted(shares), key=lambda k: shares[k])
    return f"; level {most} in {percent(shares[most])} of resamples"


def _nearest(asked: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the smallest single change that would make it another level."""
    change = asked["smallest_change"]
    if change is None:
        return "No single factor, wherever between 1 and 5, would make it another level."
    name = quoted(named(labels["factor"], change["factor"]))
    if abs(change["change"]) < EDGE:
        return f"It stands on the edge of level {change['to_level']}: settle {name} first."
    now, to = to_level(asked["estimate"]), level(_beyond(change))
    return (
        f"If {name} were scored {to} rather than {level(change['score'])}, the level would be "
        f"{change['to_level']}, not {now}{_against_raters(asked, change)}."
    )


def _beyond(change: Mapping[str, Any]) -> float:
    """Return the changed score in tenths, never short of the edge."""
    tenths = round(change["to_score"] * TENTHS, EXACT)
    return (math.ceil if change["change"] > 0 else math.floor)(tenths) / TENTHS


def _against_raters(asked: Mapping[str, Any], change: Mapping[str, Any]) -> str:
    """Return how large the change is beside what raters differ by on that factor."""
    row = next(row for row in asked["factors"] if row["factor"] == change["factor"])
    if row["average_deviation"] is None:
        return ""
    moved, differ = round(abs(change["change"]), 1), round(row["average_deviation"], 1)
    if not differ:
        return ", and its raters score it alike"
    than = "about as much as" if moved == differ else "less than" if moved < differ else "more than"
    return f": {than} the {apart(differ)} by which its raters differ from their mean"


def _widest(asked: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the factor that moves the level most, where it moves it at all."""
    top, change = asked["tornado"][0], asked["smallest_change"]
    if top["swing"] < EDGE:
        return ""
    if change is not None and change["factor"] == top["factor"]:
        return "The same factor moves it most: make sure that its score is agreed."
    name = quoted(named(labels["factor"], top["factor"]))
    return f"{name} moves it most: make sure that its score is agreed."


def _reading(asked: Mapping[str, Any]) -> str:
    """Return how the range came about."""
    scored, every = sum(row["score"] is not None for row in asked["factors"]), len(asked["factors"])
    known = f"all {every} factors" if scored == every else f"{scored} of {every} factors"
    who = plural(asked["raters"], "rater")
    range_ = (
        "the range covers uncertain weights only"
        if asked["raters"] == 1
        else "80 % range under rater and weight uncertainty"
    )
    said = f"Level 1–5; {known} scored by {who}; {range_}. The formula is our own synthesis."
    return f"{said} {rests_on(asked)}".strip()
