"""The levels that could be chosen: where each stands, and what the dimensions would need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.assess.level.scenarios import Scenarios
from lodestar.controls.choices import Choice, Choices
from lodestar.controls.level_shown import STEPS, told
from lodestar.findings.level.way import way_sentence
from lodestar.findings.words import level, named
from lodestar.tables import Column, table

__all__ = ["choices"]

READING = (
    "Each level was worked out with this run; nothing is saved. What the market asks for, how you "
    "work and what customers experience stay as they are."
)
COLUMNS = [
    Column("label", "Dimension"),
    Column("estimate", "Present", "number"),
    Column("target", "Target", "number"),
    Column("way", "To go", "signed"),
]


def choices(scenarios: Scenarios, results: Mapping[str, Any]) -> Choices:
    """Return what follows from each level that could be chosen.

    Parameters
    ----------
    scenarios : Scenarios
        What is computed from at other figures.
    results : mapping
        The reviewed results.
    """
    reviewed = results["level"]
    chosen = None if reviewed["chosen"] is None else float(reviewed["chosen"])
    values = sorted({*STEPS, *([] if chosen is None else [chosen])})
    at = {x: reviewed if x == chosen else scenarios.at(x, {}, reviewed) for x in values}
    options = tuple(_choice(x, section, results) for x, section in at.items())
    return Choices("What if you chose another level?", "Chosen level", READING, options, chosen)


def _choice(value: float, section: Mapping[str, Any], results: Mapping[str, Any]) -> Choice:
    way = way_sentence(section, results["labels"]["dimension"])
    sentences = (*told(results, section), *([way] if way else []))
    return Choice(value, f"level {level(value)}", sentences, _targets(section, results))


def _targets(section: Mapping[str, Any], results: Mapping[str, Any]) -> str:
    """Return each dimension with its target, where both are known of some."""
    names = results["labels"]["dimension"]
    rows = [
        {
            "label": named(names, row["dimension"]),
            "estimate": row["estimate"],
            "target": row["target"],
            "way": row["target"] - row["estimate"],
        }
        for row in section["present"]["dimensions"]
        if row["target"] is not None and row["estimate"] is not None
    ]
    return table(pd.DataFrame(rows), COLUMNS).html() if rows else ""
