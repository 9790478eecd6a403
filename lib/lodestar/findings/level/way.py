"""The sentence on the dimension that is furthest from what the chosen level needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.spans import quoted, steps
from lodestar.findings.words import level, named

__all__ = ["way_sentence"]

VISIBLE = 0.05
"""A way this short is written as 0.0 and is none."""


def way_sentence(levels: Mapping[str, Any], names: dict[str, str]) -> str:
    """Return which dimension is furthest below its target; empty where none can be compared.

    Parameters
    ----------
    levels : mapping
        Section ``level`` of the results.
    names : dict of str to str
        Names of the dimensions by id.
    """
    ways = {
        row["dimension"]: row["target"] - row["estimate"]
        for row in levels["present"]["dimensions"]
        if row["target"] is not None and row["estimate"] is not None
    }
    if levels["chosen"] is None or not ways:
        return ""
    furthest = min(ways, key=lambda dimension: (-ways[dimension], dimension))
    at = f"At level {level(levels['chosen'])}"
    if ways[furthest] < VISIBLE:
        return f"{at} no dimension is below its target."
    name = quoted(named(names, furthest))
    return f"{at} {name} is furthest below its target, by {steps(ways[furthest])}."
