"""Sentences on decisions: who takes part in what affects them, and how decisions are taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.inclusion.advocacy import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import party_name
from lodestar.findings.words import joined, percent, plural, start

__all__ = ["decisions", "framework", "inclusion_sentence"]

MODE_WORDS = {
    "command": "command",
    "consult": "consultation",
    "consent": "consent",
    "shared": "shared decision",
}


def decisions(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how far those affected take part."""
    section = results["inclusion"]
    if section["inclusion_index"] is None:
        reason = section["inclusion_index_reason"]
        return Absent("inclusion.decisions", WORKBOOK, reason, ("decisions",))
    part = section["decisions"]
    left = f" {start(plural(part['later'], 'later decision'))} left out." if part["later"] else ""
    reading = (
        f"{start(plural(part['counted'], 'decision'))}, each counted once: share of the groups and "
        f"functions affected that took part.{left}"
    )
    return Finding(
        "inclusion.decisions",
        WORKBOOK,
        inclusion_sentence(results),
        _decisions_advice(results),
        ("/inclusion/inclusion_index", "/inclusion/command_share", "/inclusion/decisions/by_party"),
        reading,
    )


def inclusion_sentence(results: Mapping[str, Any]) -> str:
    """Return the inclusion index in words, with the party left out most."""
    section = results["inclusion"]
    share = percent(section["inclusion_index"])
    head = f"{share} of those affected by a decision take part in it, on average"
    worst = section["decisions"]["by_party"][0]
    if worst["inclusion"] >= 1:
        return f"{head}: nobody affected is left out"
    name = party_name(results, worst["party"])
    return f"{head}; {name} in {worst['included']} of {worst['affected']}, the least of all"


def framework(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how decisions are taken by kind, and how our synthesis would take them."""
    section = results["inclusion"]
    if not section["framework"]:
        reason = section["framework_reason"]
        return Absent("inclusion.framework", WORKBOOK, reason, ("decisions",))
    raised = [row for row in section["framework"] if row["mode_recommended"] != row["mode_today"]]
    reading = (
        "Dots: decisions by kind and mode today; square: recommended. Our synthesis, not a "
        "published rule."
    )
    return Finding(
        "inclusion.framework",
        WORKBOOK,
        _framework_headline(section, raised),
        _framework_advice(results, raised),
        ("/inclusion/framework", "/inclusion/command_share"),
        reading,
    )


def _decisions_advice(results: Mapping[str, Any]) -> str:
    """Return whom to include first."""
    out = [row for row in results["inclusion"]["decisions"]["by_party"] if row["inclusion"] < 0.5]
    if not out:
        return "Keep naming whom a decision affects before it is taken."
    names = joined([party_name(results, row["party"]) for row in out[:3]])
    each = "they" if len(out) == 1 else "each"
    return (
        f"Give {names} a seat in the next decision that affects them: {each} took part in less "
        "than half of those that did."
    )


def _framework_headline(section: Mapping[str, Any], raised: list[dict[str, Any]]) -> str:
    """Return the share taken by command, and which kinds ask for another mode."""
    if section["command_share"] is None:
        head = "No decision states how it was taken"
    else:
        head = f"{percent(section['command_share'])} of decisions were taken by command"
    if not raised:
        return f"{head}; every kind is taken in a mode that fits whom it affects"
    kinds = joined([row["kind"] for row in raised])
    return f"{head}; {kinds} decisions ask for more say"


def _framework_advice(results: Mapping[str, Any], raised: list[dict[str, Any]]) -> str:
    """Return the first change of mode or of who takes part, in words."""
    short_of = raised or [row for row in results["inclusion"]["framework"] if row["left_out"]]
    if not short_of:
        return "Write the framework down as your own, so that it holds when people change."
    first = short_of[0]
    who = joined([party_name(results, party) for party in first["left_out"]])
    steps = [f"bring in {who}"] if who else []
    if raised:
        today, next_mode = first["mode_today"], first["mode_recommended"]
        steps.insert(0, f"move from {MODE_WORDS[today]} to {MODE_WORDS[next_mode]}")
    return (
        f"Start with {first['kind']}: {joined(steps)}. Then write the framework down as your own."
    )
