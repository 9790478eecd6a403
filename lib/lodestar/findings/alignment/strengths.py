"""Sentences on distinctive capabilities: what the plan should build on, not cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.alignment.whole import WORKBOOK, answering
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import few_of, quoted, steps
from lodestar.findings.words import joined, level, named, plural, start

__all__ = ["assets"]

READING = (
    "Capabilities that the framework marks as distinctive: others cannot buy or copy them soon. "
    "Mean over functions, levels 1–5, against the targets of the chosen level."
)


def assets(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.assets``: which distinctive capabilities carry the plan."""
    alignment, labels = results["alignment"], results["labels"]
    if not alignment["assets"]:
        reason = str(alignment["assets_reason"])
        tables = () if alignment["gaps"] else answering(alignment, "ratings")
        return Absent("alignment.assets", WORKBOOK, reason, tables)
    rows = alignment["assets"]
    strong = [row for row in rows if row["strong"]]
    said, advice = _strong(strong, rows, labels) if strong else _weak(rows, labels)
    return Finding("alignment.assets", WORKBOOK, said, advice, ("/alignment/assets",), READING)


def _strong(
    strong: list[Mapping[str, Any]], rows: list[Mapping[str, Any]], labels: Mapping[str, Any]
) -> tuple[str, str]:
    """Return what stands at its target, and that the plan should build on it."""
    names = few_of([quoted(named(labels["capability"], row["capability"])) for row in strong])
    stand = "stands" if len(strong) == 1 else "stand"
    of = plural(len(rows), "distinctive capability", "distinctive capabilities")
    said = f"Of your {of} rated, {names} {stand} at or above target"
    it = "it" if len(strong) == 1 else "them"
    return (
        said,
        f"Build the plan on {it}, and keep {it} out of any cut of what stands above target.",
    )


def _weak(rows: list[Mapping[str, Any]], labels: Mapping[str, Any]) -> tuple[str, str]:
    """Return that nothing distinctive stands at its target, and which is nearest."""
    first = rows[0]
    name = quoted(named(labels["capability"], first["capability"]))
    none = "None of your" if len(rows) > 1 else "Your one"
    what = "distinctive capabilities" if len(rows) > 1 else "distinctive capability"
    verb = "stands at its target" if len(rows) > 1 else "stands below its target"
    said = (
        f"{none} {what} {verb}: nearest is {name} at level {level(first['present'])}, "
        f"{steps(first['gap'])} below"
    )
    choose = "Choose one to bring to its target first" if len(rows) > 1 else "Bring it there first"
    return start(said), f"{choose}; {_holds_up(rows, labels)}"


def _holds_up(rows: list[Mapping[str, Any]], labels: Mapping[str, Any]) -> str:
    """Return what can already be built on."""
    places = [
        f"{quoted(named(labels['capability'], row['capability']))} in "
        f"{joined([named(labels['function'], f) for f in row['functions']])}"
        for row in rows
        if row["functions"]
    ]
    if not places:
        return "in no function rated does any of what should set you apart stand at its target."
    verb = "stands" if len(places) == 1 else "stand"
    return f"today only {few_of(places)} {verb} there."
