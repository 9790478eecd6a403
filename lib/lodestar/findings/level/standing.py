"""Sentences on the four levels and the distances between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import side, span, steps
from lodestar.findings.words import joined, level, start

__all__ = ["WORKBOOK", "distance_sentence", "four", "levels_sentence"]

WORKBOOK = "02_level"
MEASURED = ("required", "present", "experienced")
TABLES = ("context", "ratings", "respondents", "responses")
READING = (
    "Level 1–5. Mark = estimate, band = 80 % interval: it covers who was asked, not a bias they "
    "share. The chosen level is a decision and has none. Distances are taken before rounding."
)


def levels_sentence(levels: Mapping[str, Any]) -> str:
    """Return the levels that are known, in one sentence; empty when none is."""
    said = {
        "required": "your market asks for",
        "chosen": "you chose",
        "present": "you work at",
        "experienced": "your customers experience",
    }
    parts = [f"{words} {level(x)}" for name, words in said.items() if (x := value(levels, name))]
    if all(levels[name]["estimate"] is None for name in MEASURED):
        return ""
    first, _, figure = parts[0].rpartition(" ")
    return f"{start(joined([f'{first} level {figure}', *parts[1:]]))}."


def distance_sentence(levels: Mapping[str, Any]) -> str:
    """Return how far how you work is from what the market asks for; empty when unknown."""
    said = _distance(levels)
    return f"{said}." if said else ""


def value(levels: Mapping[str, Any], name: str) -> float | None:
    """Return one of the four levels, or None."""
    found = levels[name] if name == "chosen" else levels[name]["estimate"]
    return None if found is None else float(found)


def four(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.four``: the four numbers, never merged, and their distances."""
    levels = results["level"]
    known = [name for name in MEASURED if levels[name]["estimate"] is not None]
    if not known:
        reason = "None of the levels can be computed yet."
        return Absent("level.four", WORKBOOK, reason, TABLES)
    pointers = [f"/level/{name}" for name in known]
    pointers += ["/level/chosen"] if levels["chosen"] is not None else []
    headline = _distance(levels) or _partly(levels, known)
    evidence = (*pointers, "/level/distances")
    return Finding("level.four", WORKBOOK, headline, _advice(levels), evidence, READING)


def _distance(levels: Mapping[str, Any]) -> str:
    """Return required against present as a sentence without a full stop."""
    apart = levels["distances"]["required_minus_present"]
    where = side(apart)
    if where is None:
        return ""
    if where == "level":
        stand, asked = (
            f"{level(levels[name]['estimate'])}{span(levels[name])}"
            for name in ("present", "required")
        )
        return f"You work about where your market asks you to: {stand} against {asked}"
    word = "below" if where == "above" else "above"
    far = steps(apart["estimate"])
    return f"You work {far} {word} what your market asks for{_mirrored(apart, where)}"


def _mirrored(apart: Mapping[str, Any], where: str) -> str:
    """Return the interval of a distance without its sign."""
    if where == "above" or apart["low"] is None:
        return span(apart)
    return span({"low": -apart["high"], "high": -apart["low"]})


def _partly(levels: Mapping[str, Any], known: list[str]) -> str:
    """Return what is known where required and present cannot be compared."""
    said = {
        "required": "your market asks for level",
        "present": "you work at level",
        "experienced": "your customers experience level",
    }
    told = [f"{said[k]} {level(levels[k]['estimate'])}{span(levels[k])}" for k in known]
    missing = joined([f"{name}" for name in MEASURED if name not in known])
    return f"{start(joined(told))}; the {missing} level cannot be told yet"


def _advice(levels: Mapping[str, Any]) -> str:
    """Return what to do, from the chosen level against how the client works."""
    if levels["chosen"] is None and levels["present"]["estimate"] is None:
        return "Score the market and rate your capabilities: only the distances say what to do."
    if levels["chosen"] is None:
        return "Choose a level: until then nobody can say whether capabilities are aligned."
    apart, chosen = levels["distances"]["chosen_minus_present"], level(levels["chosen"])
    where = side(apart)
    if where is None:
        return f"You chose {chosen}; rate your capabilities to see how far that is."
    if where == "level":
        return f"You already work at the level you chose, {chosen}; 04 shows how evenly."
    far = f"{steps(apart['estimate'])}{_mirrored(apart, where)}"
    if where == "above" and side(levels["distances"]["required_minus_present"]) == "below":
        return (
            f"The level you chose, {chosen}, is {far} above how you work, though your market asks "
            "for less than that already: settle the level before lifting anything."
        )
    if where == "above":
        return f"The level you chose, {chosen}, is {far} above how you work; 04 shows where."
    return f"You work {far} above the level you chose; ask what that earns before adding to it."
