"""Sentences on outcomes nobody is paid for, unpaid duties and measures that lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import WORKBOOK
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, joined, named, percent
from lodestar.schema.numerals import written

__all__ = ["orphans"]


def orphans(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the outcomes that no rewarded measure helps, and who already helps them unpaid."""
    section = results["conflicts"]
    outcomes, measures = section["register"]["outcomes"], section["register"]["metrics"]
    if not outcomes or not measures:
        reason = "Outcomes and metrics are needed to see which outcome nobody is paid to help."
        return Absent("conflicts.orphans", WORKBOOK, reason, ("outcomes", "metrics", "links"))
    alone = section["orphans"]
    reading = (
        "Importance 0–1. A measure helps an outcome when pushing it as rewarded raises the outcome "
        f"by {written('0.05')} or more of its strength, determinacy {written('0.5')} or more."
    )
    return Finding(
        "conflicts.orphans",
        WORKBOOK,
        _headline(results, alone, outcomes),
        _advice(results),
        ("/conflicts/orphans", "/conflicts/duties", "/conflicts/untraceable"),
        reading,
    )


def _headline(results: Mapping[str, Any], alone: list[dict[str, Any]], outcomes: int) -> str:
    if not alone:
        every = "Your one outcome has" if outcomes == 1 else f"Each of your {outcomes} outcomes has"
        return f"{every} a rewarded measure that helps it"
    first = node(results, alone[0]["outcome"])
    if len(alone) == outcomes:
        return f"Nobody is paid to help any of your outcomes; the weightiest is “{first}”"
    if len(alone) == 1:
        return f"Nobody is paid to help “{first}”"
    counted = f"{count(len(alone))} of your {outcomes} outcomes"
    return f"Nobody is paid to help {counted}; the weightiest is “{first}”"


def _advice(results: Mapping[str, Any]) -> str:
    section = results["conflicts"]
    helping = [duty for duty in section["duties"] if duty["orphan"]]
    if not section["orphans"]:
        return _stray(results) or "Keep an owner for each as measures change."
    if not helping:
        return "No measure you have helps them: design one for the weightiest, with an owner."
    weight = {row["outcome"]: place for place, row in enumerate(section["orphans"])}
    duty = min(helping, key=lambda d: (weight[d["outcome"]], -round(d["effect"], 9), d["metric"]))
    function = named(results["labels"]["function"], duty["function"])
    return (
        f"“{node(results, duty['metric'])}” in {function} already helps "
        f"“{node(results, duty['outcome'])}” and nobody is paid for it: give it an owner."
    )


def _stray(results: Mapping[str, Any]) -> str:
    stray = results["conflicts"]["untraceable"]
    if not stray:
        return ""
    names = joined([f"“{node(results, key)}”" for key in stray[:2]])
    more = f" and {len(stray) - 2} more" if len(stray) > 2 else ""
    share = percent(len(stray) / results["conflicts"]["register"]["metrics"])
    leads = "leads" if len(stray) == 1 else "lead"
    return f"{names}{more} ({share} of measures) {leads} to no outcome: drop or connect."
