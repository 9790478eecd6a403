"""What studies say on the required level, contradictions included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.spans import quoted
from lodestar.findings.words import joined, named, percent, plural
from lodestar.schema.numerals import numeral

__all__ = ["DISPUTED", "INDUSTRY", "disputes", "pays", "rests_on"]

INDUSTRY = (
    "No factor is an industry: one meta-analysis finds the tie with performance closer in "
    "manufacturing (Kirca 2005), another in services (Cano 2004), so we do not weight by industry."
)
DISPUTED = "studies disagree"
KINDS = {
    "practitioner": "practitioners’ experience",
    "conceptual": "reasoning alone",
    "not stated": "evidence of unstated strength",
}


def disputes(asked: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return which factors rest on studies that contradict each other; empty without any.

    Parameters
    ----------
    asked : mapping
        ``level.required`` of the results.
    labels : mapping
        Names by id.
    """
    told = [
        f"{quoted(named(labels['factor'], row['factor']))}: {row['disputed']}"
        for row in asked["factors"]
        if row["disputed"]
    ]
    if not told:
        return ""
    return f"Studies disagree on {plural(len(told), 'factor')}. {' '.join(told)}"


def rests_on(asked: Mapping[str, Any]) -> str:
    """Return on what evidence the shift rests, by weight; empty when nothing shifts the level."""
    parts = [
        f"{percent(row['share'])} on {KINDS.get(row['strength'], row['strength'] + ' evidence')}"
        for row in asked["evidence"]
    ]
    if not parts:
        return ""
    return f"The weight that shifts the base rests {joined(parts)}."


def pays() -> str:
    """Return what studies say on where a higher level pays, in one sentence."""
    return (
        "Studies disagree on where a higher level pays: the mean correlation with performance is "
        f"about {numeral(0.33)} over seven meta-analyses (Vieira 2010), yet customer orientation "
        "lowered return on assets where competition was weak (Sørensen 2009), and coordination "
        "cost rises (Lee 2015)."
    )
