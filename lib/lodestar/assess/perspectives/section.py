"""The perspectives section of results.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.camps import camps
from lodestar.assess.perspectives.cells import NO_SURVEY, cuts, scale_cells
from lodestar.assess.perspectives.coded import coded_answers
from lodestar.assess.perspectives.comments import comment_sections
from lodestar.assess.perspectives.comparison import reach
from lodestar.assess.perspectives.gaps import compare, comparisons
from lodestar.assess.perspectives.groups import Group, groups, pairs
from lodestar.assess.perspectives.insular import insular_views
from lodestar.assess.perspectives.merged import merged_cells
from lodestar.assess.perspectives.misunderstandings import misunderstandings
from lodestar.assess.perspectives.objection_facts import objection_facts
from lodestar.assess.perspectives.paired import paired_gaps
from lodestar.assess.perspectives.priorities import clarity, recall_by_group
from lodestar.assess.perspectives.scales import answer_matrix, scales, score
from lodestar.assess.perspectives.serving import serving_functions, serving_views
from lodestar.assess.perspectives.strategic import strategic_consensus
from lodestar.assess.perspectives.topics import comment_topics
from lodestar.assess.plain import listing, plain, records, shown_records
from lodestar.assess.recall import ASKED_FOR
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["Views", "assess", "views"]

NO_PAIRS = "No two groups of one kind answered the same scale."
NONE_APART = "No two groups that may be shown differ beyond chance on any subject."
NOBODY_SERVED = "Employees and customers did not answer on the same subject."
NOT_ASKED = "Not asked: no rating names the rater's own function (`rater_function`)."
ONE_SIDED = "No capability was rated both by its own function and by others."
NO_RECALL = "Nobody was asked to name the priorities; fill priorities and recall."
NO_COMMENTS = "There are no comments with a topic."
NO_IMPORTANCE = "No dimension has both importance and performance items answered."
NO_KNOWING = "No dimension has both know and do items answered."

WHY_NULL = {
    "rwg_single": "No item was meant for everybody in the group.",
    "rwg": "No item was meant for everybody in the group.",
    "ad_mean": "No item was meant for everybody in the group.",
    "icc1": "Needs two functions within the group; an employee function is one.",
    "icc2": "Needs two functions within the group whose means differ.",
    "alpha": "Needs two items and enough persons who answered all of them.",
    "omega": "Needs three items, ten complete answers and one common factor.",
}

CELL_COLUMNS = ["scale", "group", "kind", "n", "mean", "low", "high", *WHY_NULL, "suppressed"]


@dataclass(frozen=True)
class Views:
    """A survey as groups, every respondent's score by scale, the gated cells, and merged ones."""

    groups: Sequence[Group]
    answers: pd.DataFrame
    persons: Mapping[str, NDArray[np.float64]]
    cells: pd.DataFrame
    merged: pd.DataFrame


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return who sees what differently.

    Parameters
    ----------
    engagement : Engagement
        The client's material; uses respondents, responses, ratings, priorities, recall, comments,
        value_chain, nodes, activities, effects.
    results : mapping
        Earlier sections (none is used).

    Returns
    -------
    dict
        ``scales, gaps, importance_performance, know_do, insular, priorities, coded, topics``
        (lists, with a reason where empty); ``compared``, the number of comparisons that q corrects
        for; ``refined_permutations``, where there are more than 500; ``named_of``, how many
        priorities the hit rate counts against; ``consensus`` (``groups, pairs, map``), ``camps``,
        ``misunderstandings``, ``serving``; ``topic_groups, found_topics, objections, languages`` of
        comments, and ``objection_facts`` beside objections.
    """
    gate, seed = Gate.of(engagement.settings), engagement.settings.seed
    seen = views(engagement, gate)
    gaps = compare(comparisons(seen.persons, seen.cells, pairs(seen.groups)), seed)
    paired = _paired(seen, seed)
    return {
        **listing("scales", _all_rows(seen), NO_SURVEY),
        **listing("gaps", records(gaps), NO_PAIRS if len(seen.cells) else NO_SURVEY),
        **_compared(gaps),
        **paired,
        "consensus": strategic_consensus(seen.persons, seen.cells, seen.groups, gate, seed),
        "camps": camps(seen.persons, _every_cell(seen), seen.groups, gate, seed),
        **_misunderstandings(engagement, seen, gaps, paired["importance_performance"]),
        **_insular(engagement, seen.cells, gate),
        **_serving(engagement, seen, gaps, gate),
        **(named := _priorities(engagement, seen, gate)),
        **_coded(engagement, named["priorities"], gate),
        "named_of": min(len(engagement.table("priorities")), ASKED_FOR),
        **_comments(engagement, seen, gate),
    }


def views(engagement: Engagement, gate: Gate) -> Views:
    """Return groups, scores and gated cells of the current survey."""
    respondents, framework = gate.open(engagement.confidential("respondents")), engagement.framework
    answers = answer_matrix(framework, respondents, gate.open(engagement.confidential("responses")))
    found = groups(respondents)
    stakeholders = respondents["group"].astype("category")
    scored = [score(scale, answers, stakeholders) for scale in scales(framework)]
    answered = [one for one in scored if np.isfinite(one.person).any()]
    cut = cuts(found, respondents["function"])
    cells = [scale_cells(one, cut, gate) for one in answered]
    frame = (
        pd.concat(cells, ignore_index=True)
        if cells
        else pd.DataFrame(columns=[*CELL_COLUMNS, "asked", "coarsened"])
    )
    persons = {one.scale.id: one.person for one in answered}
    return Views(found, answers, persons, frame, merged_cells(answered, frame, cut, gate))


def _compared(gaps: pd.DataFrame) -> dict[str, int]:
    """Return how many comparisons q corrects for, and how many relabellings so many ask for."""
    shown = int((~gaps["suppressed"]).sum())
    more = {"refined_permutations": reach(shown)} if "p_refined" in gaps else {}
    return {"compared": shown, **more}


def _every_cell(seen: Views) -> pd.DataFrame:
    """Return every published cell, the merged groups' after the others."""
    return pd.concat([seen.cells, seen.merged]) if len(seen.merged) else seen.cells


def _all_rows(seen: Views) -> list[dict[str, Any]]:
    """Return every scale's cells, its merged groups after them with the groups they are made of."""
    rows = _scale_rows(seen.cells)
    if len(seen.merged):
        told = zip(_scale_rows(seen.merged), seen.merged["members"], strict=True)
        rows += [{**row, "members": members} for row, members in told]
    order = list(dict.fromkeys(row["scale"] for row in rows))
    return sorted(rows, key=lambda row: order.index(row["scale"]))


def _scale_rows(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """Return cells as entries; a null of a shown entry says why."""
    rows = shown_records(cells[CELL_COLUMNS], WHY_NULL)
    for row, word in zip(rows, cells["coarsened"], strict=True):
        if row["suppressed"] and plain(word):
            row["coarsened"] = word
    return rows


def _paired(seen: Views, seed: int) -> dict[str, Any]:
    """Return importance–performance and know–do gaps."""
    asked = {
        "importance_performance": (("importance", "performance"), NO_IMPORTANCE),
        "know_do": (("know", "do"), NO_KNOWING),
    }
    out: dict[str, Any] = {}
    for name, (families, reason) in asked.items():
        key = f"perspectives.{name}"
        found = paired_gaps(seen.persons, seen.cells, seen.groups, families, key, seed)
        out |= listing(name, records(found), reason if len(seen.cells) else NO_SURVEY)
    return out


def _comments(engagement: Engagement, seen: Views, gate: Gate) -> dict[str, Any]:
    """Return what comments are about, by code and by words, and who raises it."""
    comments = gate.open(engagement.confidential("comments"))
    people = gate.open(engagement.confidential("respondents"))
    topics, usual = comment_topics(comments, gate), engagement.settings.language
    told = comment_sections(comments, people, seen.groups, topics, usual, gate)
    return {
        **listing("topics", records(topics), NO_COMMENTS),
        **told,
        "objection_facts": objection_facts(engagement),
    }


def _coded(
    engagement: Engagement, named: Sequence[Mapping[str, Any]], gate: Gate
) -> dict[str, Any]:
    """Return how far raters of the same work, and people asked to name priorities, agree."""
    shown = [row["group"] for row in named if row["hit_rate"] is not None]
    return coded_answers(
        gate.open(engagement.confidential("ratings")),
        gate.open(engagement.confidential("recall")),
        engagement.table("priorities"),
        gate.open(engagement.confidential("respondents")),
        [group for group in shown if ":" not in group],
        gate,
    )


def _misunderstandings(
    engagement: Engagement, seen: Views, gaps: pd.DataFrame, important: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the differences of view to settle first."""
    asked = pd.DataFrame(important, columns=["dimension", "group", "importance"])
    found = misunderstandings(gaps, seen.cells, engagement.framework, asked)
    reason = NONE_APART if len(gaps) else NO_PAIRS if len(seen.cells) else NO_SURVEY
    return listing("misunderstandings", records(found), reason)


def _serving(engagement: Engagement, seen: Views, gaps: pd.DataFrame, gate: Gate) -> dict[str, Any]:
    """Return what those who serve see, and those whom they serve."""
    chain = serving_functions(engagement.table("value_chain"), engagement.table("nodes"))
    ratings = gate.open(engagement.confidential("ratings"))
    found = serving_views(gaps, seen.cells, ratings, chain, engagement.framework, gate)
    return listing("serving", records(found), NOBODY_SERVED if len(seen.cells) else NO_SURVEY)


def _insular(engagement: Engagement, cells: pd.DataFrame, gate: Gate) -> dict[str, Any]:
    """Return own views against others', or that it was not asked."""
    ratings = gate.open(engagement.confidential("ratings"))
    if not ratings["rater_function"].notna().any():
        return {"insular": [], "insular_reason": NOT_ASKED}
    shown = cells[(cells["group"] == "customer") & cells["scale"].str.endswith(".level")]
    means = dict(zip(shown["scale"].str.removesuffix(".level"), shown["mean"], strict=True))
    found = insular_views(ratings, engagement.framework, means, gate)
    why = {"customers": "Customers were not asked about it, or too few answered."}
    return listing("insular", records(found, why), ONE_SIDED)


def _priorities(engagement: Engagement, seen: Views, gate: Gate) -> dict[str, Any]:
    """Return stated clarity beside recall."""
    recall, official = gate.open(engagement.confidential("recall")), engagement.table("priorities")
    if recall.empty or official.empty:
        return {"priorities": [], "priorities_reason": NO_RECALL}
    stated = clarity(engagement.framework, seen.answers)
    found = recall_by_group(
        stated,
        gate.open(engagement.confidential("respondents")),
        recall,
        official,
        seen.groups,
        gate,
        engagement.settings.seed,
    )
    return listing("priorities", records(found), NO_RECALL)
