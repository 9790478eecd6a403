"""What is published of comments beside topics: who raises them, found topics, objections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.comment_cells import Cell, Members, admitted
from lodestar.assess.perspectives.comment_text import (
    is_objection,
    language,
    objection_kinds,
    words,
)
from lodestar.assess.perspectives.found_topics import FoundTopic, found_topics
from lodestar.assess.perspectives.groups import Group
from lodestar.assess.perspectives.ratios import over_others
from lodestar.assess.plain import listing
from lodestar.confidentiality import Gate
from lodestar.schema.comment_words import KINDS

__all__ = ["comment_sections"]

CUT = ("stakeholder", "function")
NO_TEXT = "There are no comments."
NO_GROUPS = "No topic was raised by enough people of a group to be shown."
NO_FOUND = "Too few words are used by enough people each to find topics in them."
NO_OTHERS = "Nobody else raised it."


def comment_sections(
    comments: pd.DataFrame,
    respondents: pd.DataFrame,
    groups: Sequence[Group],
    topics: pd.DataFrame,
    usual: str,
    gate: Gate,
) -> dict[str, Any]:
    """Return topics by group, topics found in words, objections and languages.

    Parameters
    ----------
    comments, respondents : DataFrame
        Typed tables.
    groups : sequence of Group
        Stakeholders and functions are cut; others are left out.
    topics : DataFrame
        Coded topics as published (``comment_topics``).
    usual : str
        Language of the engagement.
    gate : Gate
        The threshold of comments holds for every count and every word.

    Returns
    -------
    dict
        ``topic_groups, found_topics, objections, languages``; no comment's words, only words that
        enough people use.
    """
    told = comments.dropna(subset=["text"])
    people = pd.Index(sorted(set(comments["respondent"])), name="respondent")
    spoken = [language(text, usual) for text in told["text"]]
    found = _words_topics(told, spoken, gate.comments)
    raised = _topics(comments, people, topics)
    cells = {
        **_groups(people, respondents, groups, raised),
        **_objections(comments, people),
        **{("found", *topic.words): people.isin(topic.persons) for topic in found},
        **_languages(told, spoken, people),
    }
    published = {("all",): np.ones(len(people), dtype=bool), **raised}
    shown = admitted(cells, published, gate.comments)
    grouped = _rows(cells, raised, shown, len(people))
    return {
        **listing("topic_groups", grouped, NO_GROUPS if len(people) else NO_TEXT),
        **listing("found_topics", _found_rows(found, shown), NO_FOUND),
        "objections": _objection_counts(cells, shown),
        **listing("languages", _counts("language", "language", cells, shown), NO_TEXT),
    }


def _words_topics(told: pd.DataFrame, spoken: Sequence[str], minimum: int) -> list[FoundTopic]:
    """Return topics in the words of each person's comments together."""
    said: dict[str, list[str]] = {}
    for who, text, name in zip(told["respondent"], told["text"], spoken, strict=True):
        said.setdefault(str(who), []).extend(words(text, name))
    return found_topics(said, minimum)


def _who(rows: pd.DataFrame, people: pd.Index) -> NDArray[np.bool_]:
    return np.asarray(people.isin(rows["respondent"]))


def _topics(
    comments: pd.DataFrame, people: pd.Index, topics: pd.DataFrame
) -> dict[Cell, NDArray[np.bool_]]:
    """Return the topics whose counts are published."""
    names = topics.loc[~topics["suppressed"].astype(bool), "topic"]
    return {("topic", t): _who(comments[comments["topic"] == t], people) for t in names}


def _groups(
    people: pd.Index,
    respondents: pd.DataFrame,
    groups: Sequence[Group],
    topics: Members,
) -> dict[Cell, NDArray[np.bool_]]:
    """Return each group, and each topic in each group."""
    out: dict[Cell, NDArray[np.bool_]] = {}
    for group in (group for group in groups if group.kind in CUT):
        who = _who(respondents[group.members], people)
        if who.any():
            out["group", group.id] = who
            out |= {(*topic, "group", group.id): who & raised for topic, raised in topics.items()}
    return out


def _objections(comments: pd.DataFrame, people: pd.Index) -> dict[Cell, NDArray[np.bool_]]:
    """Return who objects in any way, and who in each."""
    pairs = [
        (None if pd.isna(topic) else str(topic), None if pd.isna(text) else str(text))
        for topic, text in zip(comments["topic"], comments["text"], strict=True)
    ]
    any_way = np.array([is_objection(*pair) for pair in pairs], dtype=bool)
    kinds = [objection_kinds(text) for _, text in pairs]
    by_kind = {kind: np.array([kind in k for k in kinds], dtype=bool) for kind in KINDS}
    out: dict[Cell, NDArray[np.bool_]]
    out = {("objection", kind): _who(comments[rows], people) for kind, rows in by_kind.items()}
    return {("objections",): _who(comments[any_way], people), **out}


def _languages(
    told: pd.DataFrame, spoken: Sequence[str], people: pd.Index
) -> dict[Cell, NDArray[np.bool_]]:
    marks = np.array(spoken, dtype=object)
    return {("language", name): _who(told[marks == name], people) for name in sorted(set(spoken))}


def _rows(
    cells: Members,
    topics: Members,
    shown: set[Cell],
    everybody: int,
) -> list[dict[str, Any]]:
    """Return each published topic in each group, counted where all it is made of is shown."""
    rows = []
    for cell in (cell for cell in cells if cell[0] == "topic" and len(cell) == 4):
        topic, group = (cell[0], cell[1]), (cell[2], cell[3])
        row: dict[str, Any] = {"topic": cell[1], "group": cell[3]}
        if {group, cell} <= shown:
            raised, asked = int(cells[cell].sum()), int(cells[group].sum())
            others = int(topics[topic].sum()) - raised, everybody - asked
            row |= {"n": raised, "asked": asked, **over_others((raised, asked), others)}
            row |= {"ratio_reason": NO_OTHERS} if row["ratio"] is None else {}
            rows.append({**row, "suppressed": False})
        else:
            hidden = dict.fromkeys(("n", "asked", "share", "low", "high"))
            ratio = dict.fromkeys(("ratio", "ratio_low", "ratio_high"))
            rows.append({**row, **hidden, **ratio, "suppressed": True})
    return sorted(rows, key=lambda row: (row["suppressed"], -(row["n"] or 0)))


def _found_rows(found: Sequence[FoundTopic], shown: set[Cell]) -> list[dict[str, Any]]:
    rows = []
    for topic in found:
        kept = ("found", *topic.words) in shown
        n = len(topic.persons) if kept else None
        rows.append({"words": list(topic.words), "n": n, "suppressed": not kept})
    return sorted(rows, key=lambda row: (row["suppressed"], -(row["n"] or 0), row["words"]))


def _objection_counts(cells: Members, shown: set[Cell]) -> dict[str, Any]:
    kept = ("objections",) in shown
    n = int(cells["objections",].sum()) if kept else None
    return {"n": n, "suppressed": not kept, "kinds": _counts("objection", "kind", cells, shown)}


def _counts(what: str, name: str, cells: Members, shown: set[Cell]) -> list[dict[str, Any]]:
    """Return the counts of one kind of cell, those hidden with their name only."""
    return [
        {
            name: cell[1],
            "n": int(who.sum()) if cell in shown else None,
            "suppressed": cell not in shown,
        }
        for cell, who in cells.items()
        if cell[0] == what
    ]
