"""Sentences of 06: do employees and customers take part, and does it show?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.inclusion.advocacy import advocacy, advocacy_sentence
from lodestar.findings.inclusion.chain import leading, leading_sentence, ripple
from lodestar.findings.inclusion.decisions import decisions, framework, inclusion_sentence
from lodestar.findings.inclusion.needs import needs, needs_sentence
from lodestar.findings.inclusion.people import workforce, workforce_sentence
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import waiting

__all__ = ["answer", "findings"]

SENTENCES = 3
NOTHING = (
    "Who takes part cannot be read yet: there are neither answers nor decisions.",
    "Ask employees and customers whether they would recommend you.",
    "List your decisions with whom they affected and who took part.",
)


def answer(results: Mapping[str, Any]) -> list[str]:
    """Return the answer in up to three short sentences; the first leads.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    pairs = (
        (decisions, inclusion_sentence),
        (advocacy, advocacy_sentence),
        (needs, needs_sentence),
        (leading, leading_sentence),
        (workforce, workforce_sentence),
    )
    said = [tell(results) for slot, tell in pairs if isinstance(slot(results), Finding)]
    rest = [waiting(findings(results))] if 0 < len(said) < SENTENCES else []
    return [*(f"{sentence}." for sentence in said[:SENTENCES]), *rest] or list(NOTHING)


def findings(results: Mapping[str, Any]) -> list[Finding | Absent]:
    """Return the findings of 06 in page order.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    """
    slots = (advocacy, decisions, framework, needs, ripple, leading, workforce)
    return [slot(results) for slot in slots]
