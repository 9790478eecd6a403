"""Sentences of 01: do we still work for the reason we exist?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import waiting
from lodestar.findings.purpose.effort import focus, focus_sentence, why_how
from lodestar.findings.purpose.recall import recall
from lodestar.findings.purpose.revenue import (
    concentration,
    recurring_sentence,
    revenue,
    runway,
)
from lodestar.findings.purpose.time import drift, drift_sentence, lifetimes, revisited

__all__ = ["answer", "findings"]

SENTENCES = 3
NOTHING = (
    "What you work for cannot be read yet: there are neither activities nor transactions.",
    "List your activities with their effort and the purpose each serves.",
    "Add your transactions to see how much revenue comes back.",
)


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    section = results["purpose"]
    said = []
    if section["focus_index"] is not None:
        said.append(f"{focus_sentence(results)}.")
    if section["drift"]:
        said.append(f"{drift_sentence(results)}.")
    if section["recurring_share"] is not None:
        said.append(f"{recurring_sentence(results)}.")
    slots = (concentration(results), lifetimes(results))
    spare = [f"{slot.headline}." for slot in slots if isinstance(slot, Finding)]
    told = [*said, *spare][:SENTENCES]
    rest = [waiting(findings(results))] if 0 < len(told) < SENTENCES else []
    return [*told, *rest] or list(NOTHING)


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 01 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    slots = (focus, why_how, drift, lifetimes, revisited, recall, revenue, concentration, runway)
    return [slot(results) for slot in slots]
