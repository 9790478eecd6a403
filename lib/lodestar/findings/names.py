"""Names of purposes, parties and months, short enough for a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import joined, level, named, plural

__all__ = ["headline", "months", "party_name", "purpose_name", "short", "waiting"]

LONG = 60


def headline(slot: Finding | Absent) -> str:
    """Return what a slot says in one sentence: its headline, or why there is none."""
    return slot.headline if isinstance(slot, Finding) else slot.reason


def short(text: str, limit: int = LONG) -> str:
    """Return a text cut at a word, with an ellipsis where anything is missing.

    Examples
    --------
    >>> short("Make energy simple for every household", 20)
    'Make energy simple…'
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole = cut if text[limit - 1].isspace() else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:–-") + "…"


def purpose_name(results: Mapping[str, Any], key: str, limit: int = LONG) -> str:
    """Return what effort serves, by its key: a declared purpose's text, or the words written."""
    declared = results["labels"]["purpose"]
    if key in declared:
        return short(declared[key], limit)
    written = {row["key"]: row["text"] for row in results["purpose"]["effort"]["by_key"]}
    return short(written.get(key) or key, limit)


def party_name(results: Mapping[str, Any], party: str) -> str:
    """Return the name of a stakeholder group (in small letters) or of a function."""
    labels = results["labels"]
    if party in labels["group"]:
        return str(labels["group"][party]).lower()
    return named(labels["function"], party)


def months(count: float) -> str:
    """Return a time in months as one would say it: years from two on.

    Examples
    --------
    >>> months(7.4), months(0.3), months(30.0)
    ('seven months', 'less than one month', '2.5 years')
    """
    if count < 0.5:
        return "less than one month"
    if count < 24:
        return plural(round(count), "month")
    return f"{level(count / 12)} years"


def waiting(slots: Sequence[Finding | Absent]) -> str:
    """Return which tables the slots without an answer wait for, in one sentence."""
    tables = [table for slot in slots if isinstance(slot, Absent) for table in slot.tables]
    return f"The rest of this page waits for: {joined(list(dict.fromkeys(tables)))}."
