"""Sentences on needs: known from customers, or guessed, and how long ago."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.inclusion.advocacy import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import short
from lodestar.findings.words import level, percent, plural, start

__all__ = ["needs", "needs_sentence"]

GUESSED = {
    "past-experience": "known from past experience only",
    "intuition": "guessed",
    "anticipation": "anticipated, not asked",
}
"""What is said of a need by its basis, where no customer told or showed it."""


def needs(results: Mapping[str, Any]) -> Finding | Absent:
    """Return what the needs rest on."""
    part = results["inclusion"]["needs"]
    if part["direct_share"] is None:
        return Absent("inclusion.needs", WORKBOOK, part["direct_share_reason"], ("needs",))
    dated = f" {start(plural(part['undated'], 'need'))} known from customers without a day."
    reading = (
        f"{start(plural(part['count'], 'need'))} by what each rests on and months since it was "
        f"asked.{dated if part['undated'] else ''}"
    )
    return Finding(
        "inclusion.needs",
        WORKBOOK,
        needs_sentence(results),
        _advice(part),
        ("/inclusion/needs/direct_share", "/inclusion/needs/fresh_share"),
        reading,
    )


def needs_sentence(results: Mapping[str, Any]) -> str:
    """Return the share of needs known from customers, and known lately."""
    part = results["inclusion"]["needs"]
    direct, fresh = percent(part["direct_share"]), percent(part["fresh_share"])
    if part["direct_share"] <= 0:
        return "None of the needs you work for is known from customers themselves"
    return (
        f"{direct} of the needs you work for are known from customers themselves, "
        f"{fresh} from the last twelve months"
    )


def _advice(part: Mapping[str, Any]) -> str:
    """Return which need to ask about first."""
    stale = [row for row in part["items"] if not row["fresh"]]
    if not stale:
        return "Every need was asked for within the year; ask again before the year is over."
    first = max(stale, key=lambda row: (row["importance"], row["gap"], row["need"]))
    where = "not asked within the year" if first["direct"] else GUESSED[first["basis"]]
    return (
        f"Ask customers first about “{short(first['name'])}”: importance "
        f"{level(first['importance'])} of 5, and {where}."
    )
