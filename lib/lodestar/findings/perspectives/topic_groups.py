"""Sentences on who raises which topic, and on topics found in the words of comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, group_name
from lodestar.findings.words import between, joined, percent, plural
from lodestar.schema.numerals import numeral

__all__ = ["found_words", "languages", "topic_groups"]

ID = "perspectives.topic_groups"
LANGUAGES = {"en": "English", "fr": "French"}
READING = (
    "Share = of the group's people who commented, those who raise the topic; ratio = that share "
    "against everybody else's (1 = as often); bands = 95 % intervals."
)


def topic_groups(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which group raises which topic most beyond the others."""
    rows = results["perspectives"]["topic_groups"]
    shown = [(i, row) for i, row in enumerate(rows) if row["n"] is not None]
    if not shown:
        if rows:
            reason = (
                "No topic can be told by group without giving somebody away. More comments, or "
                "fewer and broader topics, would show who raises what."
            )
            return Absent(ID, WORKBOOK, reason)
        reason = results["perspectives"]["topic_groups_reason"]
        return Absent(ID, WORKBOOK, reason, ("comments", "respondents"))
    place, row = max(shown, key=lambda one: (_over(one[1]), one[1]["n"], -one[0]))
    return Finding(
        ID,
        WORKBOOK,
        _sentence(results["labels"], row),
        "Ask this group first: it lives with the matter. A topic that others do not raise is not "
        "settled by asking everybody the same question.",
        (f"/perspectives/topic_groups/{place}",),
        READING,
    )


def found_words(results: Mapping[str, Any]) -> str:
    """Return the topics found in words in a line, or why there are none."""
    section = results["perspectives"]
    if not section["found_topics"]:
        return f"Topics in the words themselves: none. {section['found_topics_reason']}"
    said = [", ".join(f"“{word}”" for word in row["words"]) for row in section["found_topics"]]
    return f"Words that people use together, each used by enough people: {'; '.join(said)}."


def languages(results: Mapping[str, Any]) -> str:
    """Return in which languages people wrote, where it is more than one; else nothing."""
    rows = results["perspectives"]["languages"]
    if len(rows) < 2:
        return ""
    said = [
        f"{LANGUAGES[row['language']]} ({'too few to show' if row['n'] is None else row['n']})"
        for row in rows
    ]
    return f"People wrote in {joined(said)}; the language is told by its most common words."


def _over(row: Mapping[str, Any]) -> float:
    """Return how surely a group raises a topic more often; nobody else raising it is surest."""
    return float("inf") if row["ratio"] is None else float(row["ratio_low"])


def _sentence(labels: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    people = f"{plural(row['n'], 'person', 'people')} of {row['asked']}"
    share = f"{people} ({percent(row['share'])}, {percent(row['low'])} to {percent(row['high'])})"
    lead = f"“{row['topic']}” is raised by {share} among {group_name(labels, row['group'])}"
    if row["ratio"] is None:
        return f"{lead}, and by nobody else"
    span = between(row["ratio_low"], row["ratio_high"])
    return f"{lead}, {numeral(row['ratio'], '.1f')} times as often as by others ({span})"
