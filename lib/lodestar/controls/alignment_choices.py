"""The levels that could be chosen: how aligned each would find the client, and what comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.assess.alignment.scenarios import Scenarios
from lodestar.controls.alignment_shown import gaps_table, parts_table
from lodestar.controls.choices import Choice, Choices
from lodestar.findings.alignment import answer
from lodestar.findings.words import level

__all__ = ["choices"]

READING = (
    "Each level was worked out with this run; nothing is saved. Your capabilities stay as they "
    "are: only what they are held against moves."
)


def choices(scenarios: Scenarios, results: Mapping[str, Any]) -> Choices:
    """Return what follows from each level that could be chosen; no option without ratings.

    Parameters
    ----------
    scenarios : Scenarios
        Alignment at each level.
    results : mapping
        The reviewed results.
    """
    reviewed = results["alignment"]
    chosen = None if reviewed["chosen"] is None else float(reviewed["chosen"])
    at: dict[float, Mapping[str, Any]] = dict(scenarios.sections)
    if at and chosen is not None:
        at[chosen] = reviewed
    options = tuple(_choice(x, at[x], results) for x in sorted(at))
    title = "How aligned would you be at another level?"
    return Choices(title, "Chosen level", READING, options, chosen if at else None)


def _choice(value: float, section: Mapping[str, Any], results: Mapping[str, Any]) -> Choice:
    sentences = tuple(answer({"alignment": section, "labels": results["labels"]}))
    shown = parts_table(section) + gaps_table(results["labels"], section)
    return Choice(value, f"level {level(value)}", sentences, shown)
