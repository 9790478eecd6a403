"""Sentences on the experienced level: what customers say, and how far from your own view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, side, span, steps
from lodestar.findings.words import level, named
from lodestar.schema.numerals import numeral

__all__ = ["OWN_MAP", "experienced", "turned"]

OWN_MAP = "Satisfaction read as a level: the map is your own."
"""Said wherever a level rests on a map from answers to levels that the client made."""


def experienced(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.experienced``: the customers' view and its gap to your own."""
    levels, labels = results["level"], results["labels"]
    felt = levels["experienced"]
    if felt["estimate"] is None:
        reason = str(felt["estimate_reason"])
        return Absent("level.experienced", WORKBOOK, reason, ("respondents", "responses"))
    pointers = ["/level/experienced", "/level/experienced/dimensions"]
    pointers += ["/level/self_customer"] if levels["self_customer"] else []
    headline = f"Your customers experience level {level(felt['estimate'])}{span(felt)}"
    return Finding(
        "level.experienced",
        WORKBOOK,
        f"{headline}{_against(levels['distances']['present_minus_experienced'])}",
        _advice(levels["self_customer"], labels),
        tuple(pointers),
        _reading(felt, len(labels["dimension"])),
    )


def _against(apart: Mapping[str, Any]) -> str:
    """Return the customers' level against the client's own view of itself."""
    where = side(apart)
    if where is None:
        return ""
    if where == "level":
        return ", about what you say of yourselves"
    word = "below" if where == "above" else "above"
    return f", {steps(apart['estimate'])} {word} what you say of yourselves"


def turned(gap: Mapping[str, Any]) -> dict[str, Any]:
    """Return the interval of a gap seen from the other side.

    Examples
    --------
    >>> turned({"low": -1.0, "high": -0.5})
    {'low': 0.5, 'high': 1.0}
    """
    low, high = gap["low"], gap["high"]
    return {"low": None if high is None else -high, "high": None if low is None else -low}


def _advice(gaps: list[Mapping[str, Any]], labels: Mapping[str, Any]) -> str:
    """Return the dimension that the client over-rates most, or under-rates, beyond noise."""
    if not gaps:
        return "Rate your capabilities as well: only then can both views be compared."
    sides = {g["dimension"]: side({**g, "estimate": g["gap"]}) for g in gaps}
    over = [g for g in gaps if sides[g["dimension"]] == "above"]
    under = [g for g in gaps if sides[g["dimension"]] == "below"]
    if not over and not under:
        return "No dimension differs beyond noise, as far as these answers can tell."
    said = []
    if over:
        most = max(over, key=lambda g: (g["gap"], g["dimension"]))
        name = quoted(named(labels["dimension"], most["dimension"]))
        far = f"{steps(most['gap'])}{span(most)}"
        said.append(f"You see {name} {far} higher than they do: ask them why before you plan.")
    if under:
        least = min(under, key=lambda g: (g["gap"], g["dimension"]))
        name = quoted(named(labels["dimension"], least["dimension"]))
        far = f"{steps(least['gap'])}{span(turned(least))}"
        said.append(f"They see {name} {far} higher than you do: find out what they value.")
    return " ".join(said)


def _reading(felt: Mapping[str, Any], all_dimensions: int) -> str:
    """Return persons, coverage and what kind of map was used."""
    covered = sum(d["estimate"] is not None for d in felt["dimensions"])
    said = (
        f"{numeral(felt['n'], ',')} customers; mean over persons in {covered} of "
        f"{all_dimensions} dimensions; "
        "band = 80 % interval. Every customer counts once: survey weights are not used."
    )
    return f"{said} {OWN_MAP}" if felt["own_map"] else said
