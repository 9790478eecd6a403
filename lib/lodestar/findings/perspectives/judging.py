"""Sentences on whether several persons judge the same thing alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.perspectives.names import group_name
from lodestar.findings.words import between, count, named, start
from lodestar.schema.numerals import numeral

__all__ = ["alike", "coded"]

ALL = "all"
RELIABLE = 0.667
CHANCE = 0.1
MEANING = (
    "Krippendorff’s alpha: 1 = all judge alike, 0 = as alike as by chance; by convention "
    "judgements below {least} are a first reading, not a measurement."
)


def coded(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return who judged what, with names for people: ``what, who`` beside the figures."""
    labels = results["labels"]
    return [
        {**row, "what": WHAT[row["source"]], "who": _who(labels, row)}
        for row in results["perspectives"].get("coded", [])
    ]


def alike(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how far raters, and people asked for the priorities, agree, and what to do."""
    rows = [row for row in coded(results) if row["alpha"] is not None]
    if not rows:
        return ()
    whole = [row for row in rows if row["source"] == "ratings" and row["group"] == ALL]
    named_by = [row for row in rows if row["source"] == "recall"]
    told = [_rated(row, rows) for row in whole]
    if named_by:
        told.append(_named(max(named_by, key=lambda row: row["raters"])))
    return (*told, MEANING.format(least=numeral(0.67)))


def _rated(whole: Mapping[str, Any], rows: list[dict[str, Any]]) -> str:
    """Return how far raters of the same work agree, and where least."""
    text = start(
        f"{count(whole['raters'])} people rated the level of the same work in "
        f"{count(whole['units'])} places and agree to {_size(whole)}."
    )
    apart = [row for row in rows if row["source"] == "ratings" and row["group"] != ALL]
    parts = [row for row in apart if row["low"] is not None]
    least = min(parts, key=lambda row: (round(row["alpha"], 9), row["group"]), default=None)
    if least is None or round(least["alpha"], 9) >= RELIABLE:
        return text
    return (
        f"{text} They agree least on {least['who']}: {_size(least)}; look at evidence together "
        "there before its level is used."
    )


def _named(row: Mapping[str, Any]) -> str:
    """Return how far the largest group names the same priorities."""
    text = f"Asked to name the priorities, {count(row['raters'])} {row['who']} agree on them to"
    if round(row["alpha"], 9) >= CHANCE:
        return f"{text} {_size(row)}."
    return f"{text} {_size(row)}: hardly more than by chance. Say fewer priorities, more often."


def _size(row: Mapping[str, Any]) -> str:
    """Return alpha with its interval, where it has one."""
    bounds = f" ({between(row['low'], row['high'], 2)})" if row["low"] is not None else ""
    return f"{numeral(row['alpha'], '.2f')} of 1{bounds}"


def _who(labels: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return whose work was rated, or who was asked."""
    if row["source"] == "recall":
        return group_name(labels, row["group"])
    whole = row["group"] == ALL
    return "all functions" if whole else str(named(labels["function"], row["group"]))


WHAT = {"ratings": "Level of the same work", "recall": "Which priorities they name"}
