"""Exhibits of comments by group and of objections with the figures that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import topic_shares
from lodestar.findings.model import Finding
from lodestar.findings.perspectives.names import first_name
from lodestar.findings.perspectives.objections import OBJECTIONS, answers
from lodestar.findings.perspectives.topic_groups import found_words, languages
from lodestar.findings.perspectives.topic_groups import topic_groups as topic_finding
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["objections", "topic_groups"]

Row = Mapping[str, Any]
MOST = 8
"""Topics drawn, those that most people raise; the table has all."""

LINES = ["label", "heading", "share", "low", "high", "others", "apart", "text"]
KEY = (
    "Mark = share of the group's people who commented; band = 95 % interval; upright line = share "
    "of everybody else. Filled: more or less often than others beyond chance; hollow: perhaps not."
)


def topic_groups(results: Mapping[str, Any]) -> Exhibit:
    """Return topics by group, those that may be shown: shares drawn topic by topic."""
    rows = results["perspectives"]["topic_groups"]
    shown = [row for row in rows if row["n"] is not None]
    labels = results["labels"]
    frame = pd.DataFrame(shown).assign(who=[first_name(labels, row["group"]) for row in shown])
    columns = [
        Column("topic", "Topic"),
        Column("who", "Group"),
        Column("n", "Persons", "integer"),
        Column("asked", "Of those who commented", "integer"),
        Column("share", "Share", "percent"),
        Column("low", "from", "percent"),
        Column("high", "to", "percent"),
        Column("ratio", "Times as often as others", "number"),
        Column("ratio_low", "from", "number"),
        Column("ratio_high", "to", "number"),
    ]
    drawn = pd.DataFrame(list(_lines(labels, shown)), columns=LINES)
    headline = topic_finding(results)
    said = f"{headline.headline}." if isinstance(headline, Finding) else ""
    notes = [KEY, found_words(results), languages(results)]
    if hidden := len(rows) - len(shown):
        notes.insert(1, f"Topics of a group with too few people, not shown: {hidden}.")
    return Exhibit(
        chart=topic_shares(drawn, said),
        table=table(frame, columns),
        notes=tuple(note for note in notes if note),
    )


def _lines(labels: Mapping[str, Any], shown: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield the lines of the chart: a heading for each topic, then who raises it most first."""
    for topic in list(dict.fromkeys(row["topic"] for row in shown))[:MOST]:
        nothing = dict.fromkeys(("share", "low", "high", "others"))
        yield {"label": topic, "heading": True, **nothing, "apart": False, "text": ""}
        own = [row for row in shown if row["topic"] == topic]
        for row in sorted(own, key=lambda row: (-row["share"], row["group"])):
            yield {
                "label": first_name(labels, row["group"]),
                "heading": False,
                **{key: row[key] for key in ("share", "low", "high")},
                "others": 0.0 if row["ratio"] is None else row["share"] / row["ratio"],
                "apart": row["ratio"] is None or not row["ratio_low"] <= 1 <= row["ratio_high"],
                "text": _beside(row),
            }


def _beside(row: Row) -> str:
    """Return how many raise a topic and how often that is against others."""
    people = f"{row['n']} of {row['asked']}"
    if row["ratio"] is None:
        return f"{people}, nobody else"
    return f"{people}, {numeral(row['ratio'], '.1f')} times others"


def objections(results: Mapping[str, Any]) -> Exhibit:
    """Return each usual objection with what the figures say to it."""
    told = answers(results)
    counts = {row["kind"]: row["n"] for row in results["perspectives"]["objections"]["kinds"]}
    frame = pd.DataFrame(
        [
            {
                "said": f"“{words}”",
                "n": counts.get(kind),
                "answer": told[kind].said,
                "suppressed": counts.get(kind) is None,
            }
            for kind, words in OBJECTIONS.items()
        ]
    )
    columns = [
        Column("said", "Objection"),
        Column("n", "Persons", "integer"),
        Column("answer", "What the figures say"),
    ]
    notes = ("A person may raise more than one; comments are read for usual phrases.",)
    return Exhibit(table=table(frame, columns), notes=notes)
