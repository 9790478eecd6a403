"""Sentences on the present level: profile, stage, and who differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.grounds import few_raters, uncovered
from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import SAME, few_of, quoted, span, steps
from lodestar.findings.words import joined, level, named, percent, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["must_rise", "present"]

NEAR = 0.25
"""Levels from the lowest to the highest dimension within which intervals may hide their order."""


def present(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.present``: level and stage, and why they differ."""
    stands, labels = results["level"]["present"], results["labels"]
    if stands["estimate"] is None:
        reason = str(stands["estimate_reason"])
        return Absent("level.present", WORKBOOK, reason, ("ratings",))
    evidence = ("/level/present", "/level/present/dimensions", "/level/present/staged")
    headline = f"You work at level {level(stands['estimate'])}{span(stands)}"
    return Finding(
        "level.present",
        WORKBOOK,
        f"{headline}; {_stage(stands, labels)}",
        _advice(stands, labels),
        evidence,
        _reading(stands, labels),
    )


def _stage(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the staged level against the continuous one."""
    staged, differs = stands["staged"], stands["disagreement"]
    if staged is None:
        return "the stage cannot be told yet"
    if differs is None:
        return f"the strict reading agrees, stage {staged}"
    names = few_of([_dimension(rise, labels) for rise in differs["rises"]])
    if differs["kind"] == "held_back":
        return f"by the strict reading it is stage {staged}, held back by {names}"
    return f"stage {staged} holds only because one weak dimension, {names}, is excused"


def _dimension(rise: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    return quoted(named(labels["dimension"], rise["dimension"]))


def _advice(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return where to begin."""
    differs = stands["disagreement"]
    if differs is not None:
        return _why(differs, labels)
    known = [d for d in stands["dimensions"] if d["estimate"] is not None]
    low = min(known, key=lambda d: (d["estimate"], d["dimension"]))
    high = max(known, key=lambda d: (d["estimate"], d["dimension"]))
    if level(low["estimate"]) == level(high["estimate"]):
        return f"All dimensions stand at {level(low['estimate'])}; none holds the others back."
    if high["estimate"] - low["estimate"] < NEAR and _overlap(low, high):
        return (
            f"Dimensions stand from {level(low['estimate'])} to {level(high['estimate'])}, too "
            "close to be told apart: none holds the others back."
        )
    first, last = (quoted(named(labels["dimension"], d["dimension"])) for d in (low, high))
    return (
        f"{first} is lowest at {level(low['estimate'])}, {last} highest at "
        f"{level(high['estimate'])}: lift the first before the last."
    )


def _overlap(low: Mapping[str, Any], high: Mapping[str, Any]) -> bool:
    """Tell whether the interval of the lowest dimension reaches into that of the highest."""
    return low["high"] is not None and high["low"] is not None and low["high"] > high["low"]


def _why(differs: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return why the two readings differ, and which capability decides."""
    first, asked = differs["rises"][0], numeral(differs["threshold"], ".1f")
    short = f"{_short(first['needed'])} short of {asked}"
    if differs["kind"] == "excused":
        return (
            f"The average counts {_dimension(first, labels)} in full, {short}; a second dimension "
            f"as weak would cost you the stage. {start(_decides(first, labels))}"
        )
    many = len(differs["rises"])
    said = "In an average high dimensions make up for low ones, in a stage they do not"
    decides = _decides(first, labels)
    if many == 1:
        return f"{said}: {_dimension(first, labels)} is {short}; {decides}"
    return (
        f"{said}, and {plural(many, 'dimension')} must rise for stage {differs['stage']}: no "
        f"single capability lifts it. Begin with {_dimension(first, labels)}, {short}; {decides}"
    )


def must_rise(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return every dimension that must rise for the next stage; empty for fewer than two.

    Parameters
    ----------
    stands, labels : mapping
        ``level.present`` and the names of ids.
    """
    differs = stands["disagreement"]
    if differs is None or len(differs["rises"]) < 2:
        return ""
    told = [
        f"{_dimension(rise, labels)} by {_short(rise['needed'])} ({_by(rise, labels)})"
        for rise in differs["rises"]
    ]
    asked = {rise["dimension"] for rise in differs["rises"]}
    spared = [
        quoted(named(labels["dimension"], d)) for d in differs["dimensions"] if d not in asked
    ]
    rest = f" {joined(spared)} may stay low: one dimension that is not key is excused."
    said = f"Stage {differs['stage']} needs all of these to rise: {joined(told)}."
    return said + rest if spared else said


def _by(rise: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the capability that does it, from where to where."""
    if rise["capability"] is None:
        return "no capability alone"
    name = quoted(named(labels["capability"], rise["capability"]))
    at = rise["capability_level"]
    return f"{name} from {level(at)} to {level(at + rise['rise'])}"


def _decides(rise: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the capability whose smallest rise lifts its dimension enough."""
    if rise["capability"] is None:
        return "no capability of it can close that alone, so raise several."
    return f"raising {_by(rise, labels)} closes it."


def _short(needed: float) -> str:
    """Return how far a dimension must rise."""
    return steps(needed) if needed >= SAME else "less than 0.1 of a level"


def _reading(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return units, coverage and which functions had few raters."""
    said = [
        "Level 1–5; dot = level, band = 80 % interval, square = target at the chosen level; "
        f"ratings cover {percent(stands['coverage'])} of the cells by weight.",
        uncovered(stands, labels),
        str(stands["low_reason"]) if stands["low"] is None else few_raters(stands, labels),
    ]
    return " ".join(filter(None, said))
