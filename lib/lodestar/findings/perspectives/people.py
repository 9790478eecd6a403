"""Sentences on priorities that people can name, and on what comments are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, group_name
from lodestar.findings.words import between, percent, plural
from lodestar.schema.numerals import numeral

__all__ = ["known_priorities", "priorities", "topics"]

PRIORITIES, TOPICS = "perspectives.priorities", "perspectives.topics"
TABLES = ("priorities", "recall", "respondents")


def known_priorities(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the groups whose recall may be shown, each with its place, in results' order."""
    rows = results["perspectives"]["priorities"]
    return [{**row, "place": i} for i, row in enumerate(rows) if row["hit_rate"] is not None]


def priorities(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many say they know the priorities, and how many they can name."""
    section = results["perspectives"]
    rows = [row for row in known_priorities(results) if ":" not in row["group"]]
    if not rows:
        reason = section.get("priorities_reason") or (
            "No group is large enough to show what people recall."
        )
        return Absent(PRIORITIES, WORKBOOK, reason, TABLES)
    row = max(rows, key=lambda one: (one["n_hit_rate"], -one["place"]))
    reading = (
        "Stated = share who agree that they know the priorities; named = share of leadership's "
        f"{plural(section['named_of'], 'priority', 'priorities')} that a person names unprompted; "
        "bands = 95 % intervals."
    )
    pointer = f"/perspectives/priorities/{row['place']}"
    return Finding(PRIORITIES, WORKBOOK, _recalled(results, row), _tell(row), (pointer,), reading)


def _recalled(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return stated clarity against recall of the largest group."""
    total = results["perspectives"]["named_of"]
    count = between(row["hit_rate_low"] * total, row["hit_rate_high"] * total)
    who = group_name(results["labels"], row["group"])
    named = f"{numeral(row['hit_rate'] * total, '.1f')} of {total}"
    if row["stated"] is None:
        return f"Unprompted, {who} name {named} priorities on average ({count})"
    say = f"{percent(row['stated'])} of {who} say they know the priorities"
    return f"{say}; unprompted they name {named} on average ({count})"


def _tell(row: Mapping[str, Any]) -> str:
    """Return what to do, by how far recall falls behind what is stated."""
    if row["stated"] is not None and row["hit_rate"] < row["stated"]:
        return (
            "Asking whether the priorities are clear does not show whether they are. Say fewer, "
            "say them with a case, and ask for them again in three months."
        )
    return "People can name what they say they know; keep the list as short as it is."


def topics(results: Mapping[str, Any]) -> Finding | Absent:
    """Return what most comments are about."""
    section = results["perspectives"]
    shown = [(i, row) for i, row in enumerate(section["topics"]) if row["n"] is not None]
    if not shown:
        reason = section.get("topics_reason") or (
            "No topic was raised by enough people to be shown without giving anybody away."
        )
        return Absent(TOPICS, WORKBOOK, reason, ("comments",))
    place, first = shown[0]
    people = plural(int(first["n"]), "person", "people")
    rest = len(section["topics"]) - len(shown)
    reading = "Number of different people who commented; no words are shown."
    if rest:
        verb = "is" if rest == 1 else "are"
        reading += f" {plural(rest, 'topic').capitalize()} of fewer people {verb} not shown."
    return Finding(
        TOPICS,
        WORKBOOK,
        f"Comments are most about “{first['topic']}”: {people}",
        "Read the comments yourself before the meeting; bring the theme, never the words.",
        (f"/perspectives/topics/{place}",),
        reading,
    )
