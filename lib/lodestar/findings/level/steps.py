"""Sentences on the steps of the ladder: what the next one adds, and who must agree on it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, span, steps
from lodestar.findings.words import joined, level, money, named, percent, plural

__all__ = ["added"]

TABLES = ("ratings", "context")
NOWHERE = (
    "Nothing says yet which step is yours: rate capabilities, score the market, or choose a level."
)


def added(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.steps``: what the step ahead adds in capability and coordination."""
    levels = results["level"]
    if not levels["steps"]:
        return Absent("level.steps", WORKBOOK, str(levels["steps_reason"]), ("ratings",))
    ahead = _ahead(levels)
    if ahead is None:
        return Absent("level.steps", WORKBOOK, NOWHERE, TABLES)
    lead, number = ahead
    step = levels["steps"][number - 1]
    return Finding(
        "level.steps",
        WORKBOOK,
        f"The step from {step['from']} to {step['to']}, {lead}, {_adds(step)}"
        f"{_cost(step, str(results['currency']))}",
        f"{_together(step['coordination'])}{_today(levels, step)}",
        _evidence(levels, number),
        _reading(step, results["labels"]),
    )


def _ahead(levels: Mapping[str, Any]) -> tuple[str, int] | None:
    """Return why this is the step to look at, and the level it begins at.

    The one that ends at or holds the chosen level; without one, the next from the present level,
    else the one to the required level.
    """
    chosen, present = levels["chosen"], levels["present"]["estimate"]
    asked = levels["required"]["estimate"]
    if chosen is not None:
        return _aimed(chosen), max(1, ceil(chosen) - 1)
    if present is not None:
        return "the next from how you work", min(4, floor(round(present, 9)))
    if asked is not None:
        return "which leads to what your market asks for", max(1, ceil(round(asked, 1)) - 1)
    return None


def _aimed(chosen: float) -> str:
    """Return how a step lies to the chosen level: towards it, around it, or beyond the lowest."""
    if chosen <= 1:
        return "beyond the level you chose"
    if chosen == int(chosen):
        return "the level you chose"
    return f"which holds the level you chose, {level(chosen)}"


def _adds(step: Mapping[str, Any]) -> str:
    """Return how far the step raises targets, and how much of it is coordination."""
    cells = plural(step["applicable"], "target")
    said = f"raises {step['cells']} of {cells}, the whole profile by {steps(step['points'])}"
    share = step["coordination"]["share"]
    if share is None:
        return said
    return f"{said}; {percent(share)} of that ties functions together"


def _cost(step: Mapping[str, Any], currency: str) -> str:
    """Return what holding the step costs a year; empty when nobody said."""
    cost = step["cost_year"]
    return "" if cost is None else f", and holding it costs {money(cost, currency)} a year"


def _together(tied: Mapping[str, Any]) -> str:
    """Return who must agree before the step is funded; empty when no dimension ties functions."""
    if not tied["pairs"]:
        return ""
    shared = plural(tied["capabilities"], "shared capability", "shared capabilities")
    return (
        f"Before funding it, settle who decides: {plural(tied['functions'], 'function')}, "
        f"{plural(tied['pairs'], 'pair')} of them, must agree on {shared}. "
    )


def _today(levels: Mapping[str, Any], step: Mapping[str, Any]) -> str:
    """Return how many cells stand below the end of the step, and of the one before it."""
    if step["below"] is None:
        return "Rate your capabilities to see how much of it you have."
    rated = plural(step["rated"], "rated cell")
    present = levels["present"]
    stand = f"You work at {level(present['estimate'])}{span(present)}"
    if step["below"] == 0:
        return f"{stand}: none of {rated} stands below its end, so it asks for nothing new."
    said = f"{stand}: {step['below']} of {rated} stand below its end"
    if step["from"] == 1:
        return f"{said}."
    before = levels["steps"][step["from"] - 2]["below"]
    if not before:
        return f"{said}, and none below the step before."
    return f"{said}, {before} below the step before; take that one first."


def _evidence(levels: Mapping[str, Any], number: int) -> tuple[str, ...]:
    """Return pointers to the step, the one before it and the levels that are marked."""
    pointers = [f"/level/steps/{number - 1}"]
    pointers += [f"/level/steps/{number - 2}"] if number > 1 else []
    pointers += ["/level/present"] if levels["present"]["estimate"] is not None else []
    return (*pointers, "/level/chosen") if levels["chosen"] is not None else tuple(pointers)


def _reading(step: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return what bars and marks mean, and how much of the cost is known."""
    tied = step["coordination"]["dimensions"]
    names = joined([quoted(named(labels["dimension"], d)) for d in tied])
    said = ["Bar = how far a step raises the target profile, in levels, weighted."]
    if tied:
        said.append(
            f"Left part = in what ties functions together ({names}; "
            f"{percent(step['coordination']['weight'])} of the weight), right = in the rest."
        )
    if step["cost_year"] is not None:
        said.append(f"Upkeep is known for {step['costed']} of the {step['cells']} cells that rise.")
    said.append("What ties functions together is our own synthesis.")
    return " ".join(said if tied else said[:-1])
