"""Sentences of 07: which investments should we make, when, and what do they do to alignment?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import waiting
from lodestar.findings.roadmap.choice import choice, choice_sentence
from lodestar.findings.roadmap.ground import blocked
from lodestar.findings.roadmap.harm import harm
from lodestar.findings.roadmap.money import frontier
from lodestar.findings.roadmap.past import returns
from lodestar.findings.roadmap.robust import robust
from lodestar.findings.roadmap.signs import milestones
from lodestar.findings.roadmap.stop import stop
from lodestar.findings.roadmap.time import path, plan, way_sentence

__all__ = ["answer", "findings"]

SENTENCES = 3
NOTHING = (
    "What to invest in cannot be told yet: no planned investment is known.",
    "List planned investments with their cost, and the effect each one promises.",
    "Add budgets and capacity to see what fits, and in which order.",
)


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    section, slots = results["roadmap"], findings(results)
    if all(isinstance(slot, Absent) for slot in slots):
        return list(NOTHING)
    said = [f"{choice_sentence(results)}."] if isinstance(slots[0], Finding) else []
    said += [f"{way_sentence(results)}."] if section["chosen"] else []
    spare = [slot for slot in (harm(results), returns(results)) if isinstance(slot, Finding)]
    said += [f"{slot.headline}." for slot in spare]
    rest = [waiting(slots)] if len(said) < SENTENCES and _waits(slots) else []
    return [*said[:SENTENCES], *rest]


def _waits(slots: list[Finding | Absent]) -> bool:
    """Tell whether any slot names tables that would fill it."""
    return any(isinstance(slot, Absent) and slot.tables for slot in slots)


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 07 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    slots = (choice, path, frontier, robust, harm, blocked, plan, milestones, stop, returns)
    return [slot(results) for slot in slots]
