"""Sentences on what to lift first, because other gaps wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.alignment.whole import WORKBOOK, answering
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import few_of, quoted
from lodestar.findings.words import joined, named, plural, start

__all__ = ["gained", "needs"]

READING = (
    "A capability cannot hold above what it rests on. It waits where one it rests on stands below "
    "the lower of both targets in that function; which rests on which is our synthesis, set in "
    "framework.yml. Gains in points of the observed index, 0–100."
)


def needs(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.needs``: what to lift first, and what waits for it."""
    alignment, labels = results["alignment"], results["labels"]
    if not alignment["gaps"]:
        reason = str(alignment["gaps_reason"])
        return Absent("alignment.needs", WORKBOOK, reason, answering(alignment, "ratings"))
    if not alignment["needs"]:
        said = "No gap waits for another capability"
        advice = "Close gaps by what they gain; none has to come first."
        return Finding(
            "alignment.needs", WORKBOOK, said, advice, ("/alignment/needs_reason",), READING
        )
    first = alignment["needs"][0]
    name = quoted(named(labels["capability"], first["capability"]))
    waiting = start(plural(len(first["holds"]), "gap"))
    wait = "waits" if len(first["holds"]) == 1 else "wait"
    said = (
        f"{waiting} {wait} for {name}: lifting it to its target adds "
        f"{gained(first['gain'])}, and up to {gained(first['gain_joint'])} once what rests on it "
        "follows"
    )
    evidence = ("/alignment/needs/0", "/alignment/order")
    return Finding("alignment.needs", WORKBOOK, said, _advice(results, first), evidence, READING)


def gained(points: float) -> str:
    """Return index points gained, in words.

    Examples
    --------
    >>> gained(0.3), gained(1.2), gained(5.6)
    ('less than a point', '1 point', '6 points')
    """
    if points < 1:
        return "less than a point"
    return "1 point" if round(points) == 1 else f"{round(points)} points"


def _advice(results: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """Return where to lift it, and what comes next."""
    labels = results["labels"]
    every = len(first["functions"]) == len(labels["function"]) > 1
    where = "in every function"
    if not every:
        where = f"in {joined([named(labels['function'], f) for f in first['functions']])}"
    said = f"Lift it first, {where}: what rests on it would not hold before."
    free = [row for row in results["alignment"]["needs"][1:] if not row["blocked_by"]]
    if not free:
        return said
    names = few_of([quoted(named(labels["capability"], row["capability"])) for row in free])
    return f"{said} After it: {names}."
