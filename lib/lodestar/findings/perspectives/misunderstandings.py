"""Sentences on misunderstandings to settle first, each with a question for the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import (
    WORKBOOK,
    first_name,
    group_name,
    mark,
    scale_name,
)
from lodestar.findings.spans import few_of, quoted
from lodestar.findings.words import between, plural
from lodestar.schema.numerals import numeral

__all__ = ["misunderstandings", "question"]

SLOT = "perspectives.misunderstandings"
QUESTIONS = {
    "customer": (
        "Take the last case that touched {subject}: what did you do, what reached the other side, "
        "and where do your two accounts of that one case part?"
    ),
    "function": (
        "Take the last case that passed between you and touched {subject}: what did each of you "
        "need from the other, when did it come, and what would have helped?"
    ),
    "rank": (
        "When did each of you last see {subject} with your own eyes: which case was it, what "
        "happened, and what could you not see from where you stood?"
    ),
    "seniority": (
        "Take one recent case that you both know and that touched {subject}: how did it go, and "
        "what did each of you know that the other did not?"
    ),
}


def question(labels: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the question that opens the conversation: about a case, about nobody's fault.

    Parameters
    ----------
    labels : mapping
        Names by kind and id.
    row : mapping
        One of ``perspectives.misunderstandings``; uses ``kind`` and ``scale``.

    Examples
    --------
    >>> labels = {"dimension": {"D6": "Hand-offs"}}
    >>> question(labels, {"kind": "seniority", "scale": "D6.level"})[:61]
    'Take one recent case that you both know and that touched “Han'
    """
    return QUESTIONS[row["kind"]].format(subject=quoted(scale_name(labels, row["scale"])))


def misunderstandings(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the misunderstanding to settle first, with its question."""
    rows = results["perspectives"]["misunderstandings"]
    if not rows:
        reason = results["perspectives"]["misunderstandings_reason"]
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses"))
    labels, first = results["labels"], rows[0]
    pointers = tuple(f"/perspectives/misunderstandings/{place}" for place in range(len(rows)))
    return Finding(
        SLOT,
        WORKBOOK,
        _headline(labels, first),
        f"Begin with one question to both: {question(labels, first)}",
        pointers,
        _reading(labels, rows),
    )


def _headline(labels: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return who sees what, by how much, and how many people it concerns."""
    return (
        f"Settle {quoted(scale_name(labels, row['scale']))} first: "
        f"{group_name(labels, row['higher'])} put it at {mark(row['mean_higher'])} of 5, "
        f"{group_name(labels, row['lower'])} at {mark(row['mean_lower'])} "
        f"(delta {numeral(row['delta'], '.2f')}, {between(row['low'], row['high'], 2)})"
    )


def _reading(labels: Mapping[str, Any], rows: list[dict[str, Any]]) -> str:
    """Return how the order comes about, and on what else the first pair differs."""
    first = rows[0]
    order = (
        "Order: how far apart two groups are beyond chance × how important the subject is "
        "(framework's weight and customers' importance) × how many people answered. An order for "
        "your diary, no measure."
    )
    others = [scale_name(labels, scale) for scale in first["subjects"][1:]]
    if not others:
        return order
    who = f"{first_name(labels, first['higher'])} and {group_name(labels, first['lower'])}"
    more = plural(len(others), "further subject")
    return f"{order} {who} differ on {more}: {few_of(others, 3)}."
