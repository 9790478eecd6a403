"""Cells of those who commented: on which topics, in which groups, with which objections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.comment_text import is_objection, language, objection_kinds
from lodestar.audit.model import Cell
from lodestar.audit.sets import Sets

__all__ = ["comment_counts"]

PEOPLE = "people who commented"


def comment_counts(results: Mapping[str, Any], sets: Sets) -> Iterator[Cell]:
    """Yield how many people, and how many comments, each topic, group and objection has.

    Parameters
    ----------
    results : mapping
        results.json of a run.
    sets : Sets
        Its people.
    """
    section = results.get("perspectives", {})
    told = _Comments(sets)
    if told.frame.empty:
        return
    yield from told.rows(section, results.get("data_quality", {}).get("tables", {}))
    yield told.cell("everybody", "/perspectives/topics", told.everybody, _counted(section))
    for i, row in enumerate(section.get("topics", [])):
        at = f"/perspectives/topics/{i}"
        yield told.cell(row["topic"], at, told.topic(row["topic"]), row.get("n") is not None)
    for i, row in enumerate(section.get("topic_groups", [])):
        group, at = sets.people.members(row["group"]), f"/perspectives/topic_groups/{i}"
        name, shown = f"{row['topic']} in {row['group']}", row.get("n") is not None
        yield told.cell(name, at, told.topic(row["topic"]) & group, shown)
        if row.get("asked") is not None:
            yield told.cell(row["group"], at, told.everybody & group, True)
    for i, row in enumerate(section.get("languages", [])):
        own, shown = told.speaking(row["language"]), row.get("n") is not None
        yield told.cell(row["language"], f"/perspectives/languages/{i}", own, shown)
    yield from _objections(section.get("objections", {}), told)


def _counted(section: Mapping[str, Any]) -> bool:
    """Tell whether any number is shown that tells how many people commented at all.

    Groups and ratios add up to everybody, and are given up together where topics alone would tell.
    """
    rows = [*section.get("topic_groups", []), *section.get("languages", [])]
    counts = [*rows, *section.get("found_topics", []), section.get("objections", {})]
    return any(row.get("n") is not None for row in counts)


def _objections(entry: Mapping[str, Any], told: _Comments) -> Iterator[Cell]:
    if not entry:
        return
    at, shown = "/perspectives/objections", entry.get("n") is not None
    yield told.cell("objections", at, told.objecting(None), shown)
    for i, row in enumerate(entry.get("kinds", [])):
        own = told.objecting(row["kind"])
        yield told.cell(row["kind"], f"{at}/kinds/{i}", own, row.get("n") is not None)


class _Comments:
    """The comments of one period and who gave them."""

    def __init__(self, sets: Sets) -> None:
        self._sets = sets
        self.frame = sets.people.frame("comments").reset_index(drop=True)
        self._least = sets.people.engagement.settings.confidentiality.comments

    def cell(self, name: str, at: str, who: NDArray[np.bool_], shown: bool) -> Cell:
        """Return how many people some are; of fewer than the threshold nothing is said at all."""
        few = int(self.everybody.sum()) < self._least
        return self._sets.count(PEOPLE, name, at, who, shown and not few, self._least)

    @cached_property
    def everybody(self) -> NDArray[np.bool_]:
        """Return who commented."""
        return self._who(self.frame)

    def topic(self, topic: str) -> NDArray[np.bool_]:
        """Return who commented on a topic."""
        return self._who(self.frame[self.frame["topic"] == topic])

    def objecting(self, kind: str | None) -> NDArray[np.bool_]:
        """Return who objected, in one way or in any."""
        pairs = zip(self.frame["topic"], self.frame["text"], strict=True)
        said = [(_text(topic), _text(text)) for topic, text in pairs]
        found = [
            is_objection(*pair) if kind is None else kind in objection_kinds(pair[1])
            for pair in said
        ]
        return self._who(self.frame[np.array(found, dtype=bool)])

    def speaking(self, name: str) -> NDArray[np.bool_]:
        """Return who wrote in a language."""
        usual = self._sets.people.engagement.settings.language
        texts = self.frame.dropna(subset=["text"])
        spoken = [language(str(text), usual) == name for text in texts["text"]]
        return self._who(texts[np.array(spoken, dtype=bool)])

    def rows(self, section: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[Cell]:
        """Yield how many comments each topic and the table have; each counts as a person."""
        for i, row in enumerate(section.get("topics", [])):
            own, at = self.frame[self.frame["topic"] == row["topic"]], f"/perspectives/topics/{i}"
            yield self._sets.comments(row["topic"], at, own, row.get("comments") is not None)
        at, shown = "/data_quality/tables/comments/rows", tables.get("comments", {}).get("rows")
        yield self._sets.comments("all comments", at, self.frame, shown is not None)

    def _who(self, rows: pd.DataFrame) -> NDArray[np.bool_]:
        return np.asarray(self._sets.people.ids.isin(rows["respondent"].astype(str)), dtype=bool)


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
