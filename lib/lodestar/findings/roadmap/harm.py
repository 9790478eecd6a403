"""The sentence on harm: which planned investments hurt, and by which path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import short
from lodestar.findings.roadmap.told import WORKBOOK, by_id, quoted
from lodestar.findings.words import count, joined, named, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["harm", "harming", "path_words", "way_words"]

NAMED, STEP = 3, 44

SLIGHT = 0.01
"""Harm below this much misalignment, severity or outcome is told apart as too little to matter."""


def harm(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which planned investments do harm."""
    section = results["roadmap"]
    if not section["investments"] and not section["harmful"]:
        reason = str(section.get("harmful_reason") or section["investments_reason"])
        return Absent("roadmap.harm", WORKBOOK, reason, ("investments", "effects"))
    return Finding(
        "roadmap.harm",
        WORKBOOK,
        _sentence(results),
        _advice(results),
        ("/roadmap/harmful",),
        "Harm: misalignment larger, a severe conflict opened, or an outcome lowered. A path reads "
        "from what the investment changes to what it harms; contested where paths disagree.",
    )


def harming(section: Mapping[str, Any]) -> list[str]:
    """Return ids of investments that harm beyond dispute, the largest single harm first."""
    worst: dict[str, float] = {}
    for row in section["harmful"]:
        if not row["contested"]:
            worst[row["investment"]] = max(row["size"], worst.get(row["investment"], 0.0))
    return sorted(worst, key=lambda name: (-worst[name], name))


def path_words(results: Mapping[str, Any], path: list[str]) -> str:
    """Return a path of measures, outcomes or capabilities by their names."""
    return " → ".join(_node(results, step) for step in path)


def way_words(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return one way in which an investment harms, in words."""
    contested = " (contested)" if row["contested"] else ""
    if row["kind"] == "misalignment":
        where = named(results["labels"]["function"], row["b"])
        return f"Misalignment grows, most in {where}: {_node(results, row['a'])}"
    if row["kind"] == "conflict":
        pair = f"{_node(results, row['a'])} and {_node(results, row['b'])}"
        return f"A severe conflict opens between {pair}{contested}"
    return f"{_node(results, row['b'])} falls{contested}"


def _node(results: Mapping[str, Any], key: str) -> str:
    labels = results["labels"]
    return short(named({**labels["capability"], **labels["node"]}, key), STEP)


def _sentence(results: Mapping[str, Any]) -> str:
    """Return who harms, and whether the plan takes it."""
    section = results["roadmap"]
    names, total = harming(section), len(section["investments"])
    doubts = _disputed(section, names)
    if not names:
        return f"{_no_harm(total)}{doubts}"
    grave = _grave(section, names)
    many = start(plural(len(grave), "planned investment"))
    head = f"{many} {'does' if len(grave) == 1 else 'do'} harm: {joined(_few(results, grave))}"
    return f"{head}{_within(section, grave) if section['chosen'] else ''}{doubts}"


def _few(results: Mapping[str, Any], names: list[str]) -> list[str]:
    """Return the first names in quotation marks, and how many others there are."""
    rest = len(names) - NAMED
    more = [plural(rest, "other")] if rest > 0 else []
    return [*(quoted(results, name) for name in names[:NAMED]), *more]


def _no_harm(total: int) -> str:
    """Return that nothing harms, in numbers."""
    if not total:
        return "No planned investment is known to harm"
    if total == 1:
        return "The one planned investment is not found to harm"
    return f"None of the {count(total)} planned investments is found to harm"


def _disputed(section: Mapping[str, Any], names: list[str]) -> str:
    """Return how many more harm only where paths disagree."""
    rest = {row["investment"] for row in section["harmful"]} - set(names)
    if not rest:
        return ""
    more = plural(len(rest), "other") if names else count(len(rest))
    return f"; {more} may, as paths disagree"


def _within(section: Mapping[str, Any], names: list[str]) -> str:
    """Return how many of the harmful ones the plan takes."""
    inside = len(set(names) & set(section["chosen"]))
    if not inside:
        return "; the plan does without " + ("it" if len(names) == 1 else "them")
    if inside == len(names):
        return "; the plan takes " + ("it all the same" if inside == 1 else "them all the same")
    return f"; the plan takes {count(inside)} of them"


def _advice(results: Mapping[str, Any]) -> str:
    """Return what to do about harm inside or outside the plan."""
    section = results["roadmap"]
    names, rows = harming(section), by_id(section)
    if not names:
        return "Ask again whenever a promise or a measure changes: harm travels along the links."
    inside = [name for name in names if name in section["chosen"]]
    slight = _slight(results, names)
    if not inside:
        first = quoted(results, names[0])
        return f"Before anyone argues for {first} again, break the path by which it harms.{slight}"
    told = joined(_few(results, inside))
    them = "it" if len(inside) == 1 else "them"
    forced = any(rows[name]["choice"] == "must" for name in inside)
    why = "a rule asks for it" if forced else "alignment is closer with it than without"
    return (
        f"Break the path of harm of {told} before the start; the plan takes {them} because {why}."
        f"{slight}"
    )


def _grave(section: Mapping[str, Any], names: list[str]) -> list[str]:
    """Return those whose harm is large enough to decide by; all of them when none is."""
    rows = [row for row in section["harmful"] if row["size"] >= SLIGHT and not row["contested"]]
    large = {row["investment"] for row in rows}
    return [name for name in names if name in large] or names


def _slight(results: Mapping[str, Any], names: list[str]) -> str:
    """Return which of those that harm do so too little to decide by; empty when none or all."""
    grave = _grave(results["roadmap"], names)
    small = [name for name in names if name not in grave]
    if not small:
        return ""
    harms = "harms" if len(small) == 1 else "harm"
    return (
        f" {joined(_few(results, small))} {harms} by less than {numeral(SLIGHT)}, too "
        "little to decide by."
    )
