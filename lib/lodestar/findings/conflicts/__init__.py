"""Sentences of 03: which functions' measures pull against each other or against the customer?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.customer_words import customer
from lodestar.findings.conflicts.direction_words import direction
from lodestar.findings.conflicts.doubt_words import contested
from lodestar.findings.conflicts.duty_words import orphans
from lodestar.findings.conflicts.history_words import measured, moving
from lodestar.findings.conflicts.matrix_words import matrix
from lodestar.findings.conflicts.pairs_words import count_sentence, nothing, standing, worst
from lodestar.findings.conflicts.path_words import paths
from lodestar.findings.conflicts.promise_words import promises
from lodestar.findings.conflicts.repair_words import plan_sentence, repairs
from lodestar.findings.conflicts.told import told
from lodestar.findings.model import Absent, Finding

__all__ = ["answer", "findings"]


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    section = results["conflicts"]
    if nothing(section):
        return _without_pay(results)
    said = [f"{count_sentence(results)}."]
    shown = standing(section)
    if shown:
        said.append(f"The worst: {told(results, shown[0])}.")
    elif section["history"]["movements"]:
        said.append(f"{moving(results)}.")
    return [*said, f"{plan_sentence(section)}."]


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 03 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    slots = (
        *(worst, direction, matrix, paths, customer),
        *(promises, contested, orphans, measured, repairs),
    )
    return [slot(results) for slot in slots]


def _without_pay(results: Mapping[str, Any]) -> list[str]:
    """Words where the register names no pay or no links: history, then what is missing."""
    section = results["conflicts"]
    slot = measured(results)
    said = [f"{slot.headline}."] if isinstance(slot, Finding) else []
    if section["history"]["tested"] and section["history"]["movements"]:
        said.append(f"{moving(results)}.")
    return [
        *said,
        f"Conflicts cannot be read yet: {_lower(section['items_reason'])} Say what each function "
        "is paid for and what drives what.",
    ]


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
