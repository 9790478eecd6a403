"""Severities from which a conflict could count: how many count then, and what would clear them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.assess.conflicts.scenario import Scenario
from lodestar.assess.conflicts.scenarios import Scenarios
from lodestar.controls.choices import Choice, Choices
from lodestar.controls.conflicts_shown import counts, plan_table
from lodestar.findings.conflicts.pairs_words import nothing
from lodestar.schema.numerals import numeral

__all__ = ["THRESHOLDS", "choices"]

THRESHOLDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
"""Severities to try beside the reviewed one: a few conflicts more or fewer each."""

READING = (
    "A conflict counts as severe from a severity on, 0–1. Each was solved again with this run; "
    "nothing is saved."
)


def choices(scenarios: Scenarios, results: Mapping[str, Any]) -> Choices:
    """Return what follows from each severity; no option where there is nothing to solve.

    Parameters
    ----------
    scenarios : Scenarios
        The map of measures.
    results : mapping
        The reviewed results.
    """
    section = results["conflicts"]
    title = "What if more, or fewer, conflicts counted as severe?"
    if nothing(section) or not section["register"]["rewarded"]:
        return Choices(title, "Severe from", READING, ())
    reviewed = float(section["threshold"])
    at = {x: _solved(scenarios, x, results) for x in sorted({*THRESHOLDS, reviewed})}
    options = tuple(_choice(x, now) for x, now in at.items())
    return Choices(title, "Severe from", READING, options, reviewed)


def _solved(scenarios: Scenarios, value: float, results: Mapping[str, Any]) -> Mapping[str, Any]:
    if value == results["conflicts"]["threshold"]:
        return results
    return {"labels": results["labels"], "conflicts": scenarios.at(Scenario(threshold=value))}


def _choice(value: float, now: Mapping[str, Any]) -> Choice:
    return Choice(value, f"severity {numeral(value, 'g')}", tuple(counts(now)), plan_table(now))
