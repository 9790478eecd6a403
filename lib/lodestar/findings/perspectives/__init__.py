"""Sentences of 05: who sees what differently?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.agreement import agreement
from lodestar.findings.perspectives.blind_spots import blind_spots
from lodestar.findings.perspectives.camps import camps
from lodestar.findings.perspectives.consensus import consensus
from lodestar.findings.perspectives.gaps import gap
from lodestar.findings.perspectives.misunderstandings import misunderstandings
from lodestar.findings.perspectives.objections import objections
from lodestar.findings.perspectives.pairs import importance, know_do
from lodestar.findings.perspectives.people import priorities, topics
from lodestar.findings.perspectives.serving import serving
from lodestar.findings.perspectives.topic_groups import topic_groups
from lodestar.findings.perspectives.views import seen

__all__ = ["answer", "findings"]

SLOTS = (
    misunderstandings,
    seen,
    gap,
    consensus,
    agreement,
    camps,
    blind_spots,
    serving,
    importance,
    know_do,
    priorities,
    topics,
    topic_groups,
    objections,
)
TOLD = (gap, importance, priorities, know_do, blind_spots, seen, agreement, topics)
NOTHING = (
    "Who sees what differently cannot be read yet: there are no answers to compare.",
    "Ask employees, managers and executives the same questions, and customers theirs.",
    "Invite enough people of every group: what a few say cannot be shown.",
)


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    told = [slot for tell in TOLD if isinstance(slot := tell(results), Finding)]
    return [f"{slot.headline}." for slot in told[:3]] or list(NOTHING)


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 05 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    return [slot(results) for slot in SLOTS]
