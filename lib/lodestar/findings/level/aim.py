"""Sentences on the chosen level: does it over-shoot or under-shoot what the market asks for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import side, span, steps
from lodestar.findings.words import level, money, percent

__all__ = ["aim_sentence", "consequence"]


def aim_sentence(levels: Mapping[str, Any]) -> str:
    """Return where the chosen level stands against the required one; empty when unknown."""
    said = _headline(levels)
    return f"{said}." if said else ""


def consequence(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.consequence``: what follows from the level that was chosen."""
    levels = results["level"]
    if levels["consequence"]["stance"] is None:
        reason = str(levels["consequence"]["stance_reason"])
        tables = () if levels["chosen"] is None else ("context",)
        return Absent("level.consequence", WORKBOOK, reason, tables)
    evidence = ("/level/chosen", "/level/consequence", "/level/distances/chosen_minus_required")
    return Finding(
        "level.consequence",
        WORKBOOK,
        _headline(levels),
        _advice(levels, str(results["currency"])),
        evidence,
        "Square = target of the dimension at the chosen level, dot = where you stand; levels 1–5.",
    )


def _headline(levels: Mapping[str, Any]) -> str:
    """Return the stance as a sentence without a full stop."""
    stance, chosen = levels["consequence"]["stance"], levels["chosen"]
    if stance is None:
        return ""
    asked, range_ = level(levels["required"]["estimate"]), span(levels["required"])
    aim = f"The level you chose, {level(chosen)},"
    if stance == "within":
        return f"{aim} lies in the range your market asks for, {asked}{range_}"
    below = levels["consequence"]["share_below"]
    if stance == "above":
        share = f"{percent(below)} of resamples ask for less"
        return f"{aim} over-shoots the {asked} your market asks for{range_}; {share}"
    share = f"{percent(1 - below)} of resamples ask for more"
    return f"{aim} falls short of the {asked} your market asks for{range_}; {share}"


def _advice(levels: Mapping[str, Any], currency: str) -> str:
    """Return what to do about it, with what it costs where that is known."""
    stance = levels["consequence"]["stance"]
    asked, far = level(levels["required"]["estimate"]), levels["distances"]["chosen_minus_required"]
    if stance == "above":
        cost = levels["consequence"]["overshoot"]["cost_year"]
        held = (
            f"holding the difference costs {money(cost, currency)} a year"
            if cost
            else "the table `upkeep` would say what holding it costs"
        )
        return (
            f"Aim for about {asked}, or say what the extra {steps(far['estimate'])} must return: "
            f"{held}."
        )
    if stance == "below":
        return (
            f"Raise the aim towards {asked}, or name the customers you are ready to serve less "
            "well than they ask."
        )
    return f"Keep the level; {_remaining(levels['distances']['chosen_minus_present'])}"


def _remaining(apart: Mapping[str, Any]) -> str:
    """Return what lies between how you work and the chosen level."""
    where = side(apart)
    if where is None:
        return "rate your capabilities to see how far it is."
    if where == "level":
        return "you are there, so spend on evenness across functions."
    if where == "above":
        return f"what is left to do is {steps(apart['estimate'])}{span(apart)}."
    return f"you work {steps(apart['estimate'])} above it, so ask what that earns."
