"""Sentences on effort: what it serves, and whether it is about why or how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import purpose_name
from lodestar.findings.words import joined, percent, plural
from lodestar.schema.numerals import numeral

__all__ = ["WORKBOOK", "focus", "focus_sentence", "why_how"]

WORKBOOK = "01_purpose"


def focus(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how much effort is tied to the purpose, and what else it serves."""
    section = results["purpose"]
    if section["focus_index"] is None:
        reason = section["focus_index_reason"]
        tables = ("activities", "purpose in engagement.yml")
        return Absent("purpose.focus", WORKBOOK, reason, tables)
    rows = section["effort"]["by_key"]
    counted = sum(row["activities"] for row in rows)
    return Finding(
        "purpose.focus",
        WORKBOOK,
        focus_sentence(results),
        _focus_advice(results),
        ("/purpose/focus_index", "/purpose/evenness", "/purpose/effort/by_key"),
        f"Share of effort over {plural(counted, 'activity', 'activities')}, by what each serves "
        f"and by function.{_evenness(section)}",
    )


def focus_sentence(results: Mapping[str, Any]) -> str:
    """Return the focus index in words, with the largest other purpose."""
    section = results["purpose"]
    head = f"{percent(section['focus_index'])} of effort serves a purpose you declared"
    others = _others(section)
    if not others:
        return head if section["focus_index"] > 0 else "No effort serves a purpose you declared"
    name = purpose_name(results, others[0]["key"])
    return f"{head}; the largest other purpose, “{name}”, takes {percent(others[0]['share'])}"


def why_how(results: Mapping[str, Any]) -> Finding | Absent:
    """Return effort on the client's benefit against effort on internal method."""
    part = results["purpose"]["why_how"]
    if part["client_benefit"] is None:
        reason = part["client_benefit_reason"]
        return Absent("purpose.why_how", WORKBOOK, reason, ("activities",))
    why = part["client_benefit"]
    headline = (
        f"{percent(why)} of effort is about why (the client's benefit), "
        f"{percent(1 - why)} about how (internal method)"
    )
    if why >= 0.5:
        advice = "Keep asking of each new method which client it helps, and how you will see it."
    else:
        advice = (
            "Method is a means: before the next change of method, name the client's benefit "
            "it serves, or leave the effort with clients."
        )
    stated = part["stated"]
    missing = "" if stated >= 1 else f" {percent(1 - stated)} of effort states neither."
    reading = f"Share of the effort whose concern is stated, in all and by function.{missing}"
    return Finding("purpose.why_how", WORKBOOK, headline, advice, ("/purpose/why_how",), reading)


def _others(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return other purposes with effort, largest first."""
    return [row for row in section["effort"]["by_key"] if not row["purpose"] and row["effort"] > 0]


def _focus_advice(results: Mapping[str, Any]) -> str:
    """Return what to do: about purposes without effort, or about the other purposes."""
    section = results["purpose"]
    unserved = [f"“{purpose_name(results, key)}”" for key in section["effort"]["unserved"]]
    if unserved:
        nothing = "is" if len(unserved) == 1 else "are"
        return (
            f"{joined(unserved)} {nothing} declared and served by nothing: decide whether to work "
            "for it or to stop declaring it."
        )
    others = _others(section)
    if not others:
        return "All effort is tied to a purpose; ask once a quarter whether the ties are real."
    return (
        f"Ask about the {plural(len(others), 'other purpose')} openly: declare what you want to "
        "keep, and agree an end for the rest."
    )


def _evenness(section: Mapping[str, Any]) -> str:
    """Return how evenly effort spreads over the declared purposes, where that is defined."""
    if section["evenness"] is None:
        return ""
    return (
        f" Evenness over the declared purposes {numeral(section['evenness'], '.2f')} (1 = equal)."
    )
