"""Exhibits of comments by group and of objections with the figures that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.perspectives.names import first_name
from lodestar.findings.perspectives.objections import OBJECTIONS, answers
from lodestar.findings.perspectives.topic_groups import found_words, languages
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["objections", "topic_groups"]


def topic_groups(results: Mapping[str, Any]) -> Exhibit:
    """Return topics by group, those that may be shown."""
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
    notes = [found_words(results), languages(results)]
    if hidden := len(rows) - len(shown):
        notes.insert(0, f"Topics of a group with too few people, not shown: {hidden}.")
    return Exhibit(table=table(frame, columns), notes=tuple(note for note in notes if note))


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
