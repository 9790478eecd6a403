"""Sentences on the roof of measures: which one has a part in most collisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import TABLES, WORKBOOK, nothing
from lodestar.findings.conflicts.told import by_id, node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, joined, named, plural

__all__ = ["matrix"]

READING = (
    "− works against, + helps, ± the map holds paths both ways (never told as a plain conflict), "
    "? the way is not known, blank: nothing joins the two. Framed: severe. Rows with → are "
    "outcomes; rules are not in it."
)


def matrix(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which measure has a part in most severe pairs, else works against most others."""
    section = results["conflicts"]
    if nothing(section):
        return Absent("conflicts.matrix", WORKBOOK, section["items_reason"], TABLES)
    met = _met(section)
    burden = {row["metric"]: round(row["severity"], 9) for row in section["matrix"]["metrics"]}
    worst = min(met, key=lambda key: (-len(met[key]), -burden[key], key), default=None)
    pointers = ("/conflicts/matrix/cells", "/conflicts/matrix/metrics_total")
    if worst is None:
        headline = "No paid measure plainly works against another or against an outcome"
        advice = "Keep the map current: a new measure or link can open a conflict."
    else:
        headline = _headline(results, worst, len(met[worst]))
        advice = _advice(results, worst, met[worst])
    return Finding("conflicts.matrix", WORKBOOK, headline, advice, pointers, READING)


def _met(section: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each metric collides with: severely, else plainly; the most severe pair first."""
    cells = section["matrix"]["cells"]
    held = [c for c in cells if c["severe"]] or [c for c in cells if c["sign"] == "opposing"]
    metrics = {row["metric"] for row in section["matrix"]["metrics"]}
    met: dict[str, list[str]] = {}
    for cell in sorted(held, key=lambda c: (-round(c["severity"], 9), c["a"], c["b"])):
        for own, other in ((cell["a"], cell["b"]), (cell["b"], cell["a"])):
            if own in metrics:
                met.setdefault(own, []).append(other)
    return met


def _headline(results: Mapping[str, Any], worst: str, many: int) -> str:
    held = results["conflicts"]["matrix"]
    name = f"“{node(results, worst)}”"
    severe = sum(cell["severe"] for cell in held["cells"])
    if severe == 1:
        return f"{name} has a part in the one pair that collides severely"
    if severe:
        return (
            f"{name} has a part in {count(many)} of the {count(severe)} pairs that collide severely"
        )
    others = len(held["metrics"]) - 1 + len(held["outcomes"])
    outcomes = bool(held["outcomes"])
    if many == others:
        what = f"every other paid measure{' and outcome' if outcomes else ''}"
    else:
        what = f"{count(many)} of {count(others)} other paid measures"
        what += " and outcomes" if outcomes else ""
    return f"{name} pulls against {what}, not severely"


def _advice(results: Mapping[str, Any], worst: str, others: list[str]) -> str:
    ends = by_id(results)
    own = ends[worst]["function"]
    functions = [ends[other]["function"] for other in others]
    beside = [named(results["labels"]["function"], f) for f in _others(functions, own)]
    outcomes = functions.count(None)
    parts = [f"with {joined(beside[:3])}"] if beside else []
    parts += [f"beside the {plural(outcomes, 'outcome')} it works against"] if outcomes else []
    who = named(results["labels"]["function"], own) if own else "its owner"
    where = " and ".join(parts) or "again"
    return f"Before {who} gets a next target on it, read its row and column {where}."


def _others(functions: list[str | None], own: str | None) -> list[str]:
    return [f for f in dict.fromkeys(functions) if f is not None and f != own]
