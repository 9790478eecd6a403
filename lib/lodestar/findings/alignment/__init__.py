"""Sentences of 04: are your capabilities aligned at the chosen level?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.alignment.cells import gaps, overshoot, worst_sentence
from lodestar.findings.alignment.fit import built_for
from lodestar.findings.alignment.out_of_step import functions
from lodestar.findings.alignment.strengths import assets
from lodestar.findings.alignment.trend import trend
from lodestar.findings.alignment.waiting import needs
from lodestar.findings.alignment.whole import index, index_sentence, parts, parts_sentence
from lodestar.findings.model import Absent, Finding

__all__ = ["answer", "findings"]


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    tellers = (index_sentence, parts_sentence, worst_sentence)
    said = [sentence for tell in tellers if (sentence := tell(results))]
    if results["alignment"]["index"] is not None:
        return said
    reason = str(results["alignment"]["index_reason"])
    return [f"Whether you are aligned cannot be told yet. {reason}", *said]


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 04 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    slots = (index, built_for, trend, parts, gaps, needs, overshoot, assets, functions)
    return [slot(results) for slot in slots]
