"""Sentences on pairs that the map speaks for and against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import TABLES, WORKBOOK, nothing
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, plural, start
from lodestar.schema.numerals import numeral, written

__all__ = ["balanced", "contested", "lasting", "pressed"]


def lasting() -> str:
    """Return what the columns on a lasting rise mean."""
    return (
        "A lasting rise: where the second measure settles when the first is raised for good and "
        "every loop between them has run (press response of loop analysis, Levins 1974). Its "
        f"determinacy, 0–1, is the net of the feedbacks over all of them; below {numeral(0.5)} it "
        "is anybody's guess. Worked out for up to 15 places around a pair."
    )


def contested(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the pairs that paths of both signs join with like weight."""
    section = results["conflicts"]
    if nothing(section):
        return Absent("conflicts.contested", WORKBOOK, section["items_reason"], TABLES)
    many = section["contested"]
    decided = len(balanced(section))
    reading = (
        "Determinacy: net effect ÷ effect of all walks without their signs; contested < "
        f"{written('0.5')}. "
        f"{_decided(decided)}{_undecided(section)}"
    ).strip()
    if not many:
        headline = "No conflict is contested: no effect is outweighed by walks of the other sign"
        advice = "What is called severe here rests on effects that point one way."
        if decided:
            advice = "What is called severe here rests on effects that point one way on balance."
    else:
        pairs = "pair of measures is" if many == 1 else "pairs of measures are"
        headline = f"{start(count(many))} {pairs} contested: your map speaks for and against"
        advice = "Settle these by measuring the weaker link before you change any pay for them."
    pointers = ("/conflicts/contested", "/conflicts/items_total")
    return Finding("conflicts.contested", WORKBOOK, headline, advice, pointers, reading)


def balanced(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the conflicts with paths of both signs that one side outweighs, worst first."""
    mixed = [item for item in section["items"] if item["sign"] == "mixed"]
    return [item for item in mixed if not (item["contested"] or item["conditional"])]


def pressed(item: Mapping[str, Any]) -> str:
    """Return where the second measure settles after a lasting rise of the first; empty if unknown.

    Examples
    --------
    >>> pressed({"press": {"sign": -1, "determinacy": 0.2, "nodes": ["a", "b", "c"]}})
    'lower (determinacy 0.20)'
    >>> pressed({"press": None})
    ''
    """
    found = item["press"]
    if not found:
        return ""
    if not found["sign"]:
        return "where it stood: feedbacks cancel"
    way = "higher" if found["sign"] > 0 else "lower"
    return f"{way} (determinacy {numeral(found['determinacy'], '.2f')})"


def _decided(many: int) -> str:
    if not many:
        return ""
    pairs = plural(many, "more pair has", "more pairs have")
    told = "it is" if many == 1 else "they are"
    return f"{start(pairs)} paths both ways of which one outweighs: {told} told on balance. "


def _undecided(section: Mapping[str, Any]) -> str:
    """How many pairs the search of the map left open."""
    left = (section["classes"] or {}).get("undecided", 0)
    if not left:
        return ""
    was = plural(left, "ordered pair was", "ordered pairs were")
    return f"{start(was)} left undecided: the map is too tangled to search to the end."
