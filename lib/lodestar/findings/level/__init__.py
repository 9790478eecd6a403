"""Sentences of 02: how customer-centric must you be, and how customer-centric are you?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.aim import aim_sentence, consequence
from lodestar.findings.level.customers import experienced
from lodestar.findings.level.informants import informants
from lodestar.findings.level.market import required
from lodestar.findings.level.offer import offer
from lodestar.findings.level.practice import present
from lodestar.findings.level.segments import segments
from lodestar.findings.level.standing import distance_sentence, four, levels_sentence
from lodestar.findings.level.steps import added
from lodestar.findings.level.trend import trend
from lodestar.findings.model import Absent, Finding

__all__ = ["answer", "findings"]

NOTHING = (
    "How customer-centric you need to be cannot be read yet: nobody scored the market.",
    "Score the market factors to see what level is asked for.",
    "Rate capabilities and ask customers to see where you stand.",
)

SLOTS = (
    four,
    trend,
    required,
    offer,
    present,
    informants,
    experienced,
    segments,
    consequence,
    added,
)
"""What fills the slots, in page order."""


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    tellers = (levels_sentence, distance_sentence, aim_sentence)
    said = [sentence for tell in tellers if (sentence := tell(results["level"]))]
    return said or list(NOTHING)


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 02 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    return [slot(results) for slot in SLOTS]
