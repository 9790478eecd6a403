"""Sentences on the present level: profile, stage, and who differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import few_of, quoted, span
from lodestar.findings.words import joined, level, named, percent

__all__ = ["present"]


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
    names = few_of([quoted(named(labels["dimension"], d)) for d in differs["dimensions"]])
    if differs["kind"] == "held_back":
        return f"by the strict reading it is stage {staged}, held back by {names}"
    return f"stage {staged} holds only because one weak dimension, {names}, is excused"


def _advice(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return where to begin."""
    differs = stands["disagreement"]
    if differs is not None:
        dimension = quoted(named(labels["dimension"], differs["dimensions"][0]))
        capability = quoted(named(labels["capability"], differs["capability"]))
        at = level(differs["capability_level"])
        begin = f"Begin with {dimension}: its lowest capability, {capability}, stands at {at}."
        rest = "Raising what is already high does not lift the stage."
        if differs["kind"] == "excused":
            rest = "A second dimension as weak would cost you the stage."
        return f"{begin} {rest}"
    known = [d for d in stands["dimensions"] if d["estimate"] is not None]
    low = min(known, key=lambda d: (d["estimate"], d["dimension"]))
    high = max(known, key=lambda d: (d["estimate"], d["dimension"]))
    if level(low["estimate"]) == level(high["estimate"]):
        return f"All dimensions stand at {level(low['estimate'])}; none holds the others back."
    first, last = (quoted(named(labels["dimension"], d["dimension"])) for d in (low, high))
    return (
        f"{first} is lowest at {level(low['estimate'])}, {last} highest at "
        f"{level(high['estimate'])}: lift the first before the last."
    )


def _reading(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return units, coverage and which functions had few raters."""
    said = [
        "Level 1–5; dot = level, band = 80 % interval, square = target at the chosen level; "
        f"ratings cover {percent(stands['coverage'])} of the cells by weight."
    ]
    if stands["low"] is None:
        said.append(str(stands["low_reason"]))
    elif stands["few_raters"]:
        names = joined([named(labels["function"], f) for f in sorted(stands["few_raters"])])
        said.append(f"Fewer than three raters in {names}: read those intervals as rough.")
    return " ".join(said)
