"""Misunderstandings, insular views and coded rows tell nothing beside what they rest on.

Oracles: each figure is one of the published cells or their sum, so that its row adds no rank to
theirs; sides of survey raters counted in plain loops; and what is planted is found.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.perspectives import assess
from lodestar.audit.cells import people_cells
from lodestar.audit.model import Cell
from lodestar.audit.people import People
from lodestar.audit.registry import DECLARED, kind_of, numbers
from tests.assess.perspectives.survey import crowd, survey
from tests.audit.organisation import found, run

SECTION = "/perspectives/misunderstandings"


def people(sizes: tuple[int, ...], seed: int) -> list[dict[str, Any]]:
    """Return customers and three functions, each with its own view."""
    names = ({"group": "customer"}, *({"group": "employee", "function": f} for f in "xyz"))
    views = (2.0, 3.6, 2.6, 4.4)
    return [
        person
        for place, (who, n, mean) in enumerate(zip(names, sizes, views, strict=True))
        for person in crowd(n, mean, seed + place, **who)
    ]


def indicator(cell: Cell, persons: int) -> np.ndarray:
    return np.isin(np.arange(persons), cell.persons).astype(float)


@settings(deadline=None, max_examples=25)
@given(st.tuples(*[st.integers(2, 14)] * 4), st.integers(0, 9))
def test_misunderstandings_add_nothing_to_the_views_they_rest_on(
    sizes: tuple[int, ...], seed: int
) -> None:
    """Oracle: matrix rank over persons, scale by scale, with and without their two means."""
    material = survey(people(sizes, seed))
    document = {"perspectives": assess(material, {})}
    shown = [c for c in people_cells(document, People(material, 5, {})) if c.shown]
    for scale in {cell.measure for cell in shown}:
        own = [cell for cell in shown if cell.measure == scale]
        rows = np.array([indicator(cell, sum(sizes)) for cell in own])
        base = [not cell.place.at.startswith(SECTION) for cell in own]
        assert np.linalg.matrix_rank(rows) == np.linalg.matrix_rank(rows[base])
    told = {(r["scale"], r["group"]): r for r in document["perspectives"]["scales"]}
    for row in document["perspectives"]["misunderstandings"]:
        sides = [told[row["scale"], row[side]] for side in ("higher", "lower")]
        assert not any(side["suppressed"] for side in sides)
        assert [row["mean_higher"], row["mean_lower"]] == [side["mean"] for side in sides]
        assert row["people"] == sum(side["n"] for side in sides)


def test_every_figure_of_these_sections_is_registered() -> None:
    """Oracle: the numbers of a survey that has all of them."""
    document = {"perspectives": assess(survey(people((9, 12, 8, 11), 1), **coded(8, 8)), {})}
    kept = ("misunderstandings", "serving", "insular", "coded")
    told = [at for at, _ in numbers(document) if at.split("/")[2] in kept]
    assert {at.split("/")[2] for at in told} == set(kept)
    assert {kind_of(at) for at in told} <= set(DECLARED.values())


def test_a_misunderstanding_with_a_hidden_group_is_found(tmp_path: Path) -> None:
    material = survey(people((9, 12, 3, 11), 1))
    document = {"threshold": 5, "labels": {}, "perspectives": assess(material, {})}
    assert found(material, run(tmp_path / "clean", document)) == []
    known = People(material, 5, {})
    mean = float(np.nanmean(known.scales["D1.level"][known.members("employee:y")]))
    first = {"scale": "D1.level", "higher": "employee:x", "lower": "employee:y"}
    document["perspectives"]["misunderstandings"] = [{**first, "mean_lower": mean}]
    leaks = found(material, run(tmp_path / "planted", document))
    assert ("shown", "a group of 3") in {(leak.kind, leak.who) for leak in leaks}


def vote(rater: str, by: str, level: float, basis: str = "survey") -> dict[str, Any]:
    told = {"capability": "C01", "function": "x", "rater": rater, "rater_function": by}
    return {**told, "level": level, "basis": basis}


def coded(own: int, others: int, alike: bool = False) -> dict[str, Any]:
    """Return ratings of x's work by its own people and by y's, and who named a priority."""
    levels = [5.0 if alike else 2.0 + i % 3 for i in range(own)]
    ratings = [vote(f"own{i}", "x", level) for i, level in enumerate(levels)]
    ratings += [vote(f"other{i}", "y", 1.0 + i % 3) for i in range(others)]
    recall = [{"respondent": f"r{i}", "position": 1, "priority": "p0"} for i in range(20)]
    return {
        "ratings": ratings,
        "recall": recall,
        "priorities": [{"id": f"p{i}", "text": "P", "kind": "k", "from": "b"} for i in range(3)],
    }


@pytest.mark.parametrize(
    ("own", "others", "alike", "hidden"),
    [(5, 5, False, False), (4, 9, False, True), (9, 3, False, True), (8, 8, True, True)],
)
def test_sides_of_few_or_of_all_at_one_end_hide_the_row(
    own: int, others: int, alike: bool, hidden: bool, tmp_path: Path
) -> None:
    """Oracle: raters of each side counted by hand; the row put back by hand is found."""
    material = survey(people((9, 12, 8, 11), 1), **coded(own, others, alike))
    document = {"threshold": 5, "labels": {}, "perspectives": assess(material, {})}
    (row,) = document["perspectives"]["insular"]
    assert (row["suppressed"], row["own"] is None, row["n_own"] is None) == (hidden,) * 3
    assert found(material, run(tmp_path / "clean", document)) == []
    if hidden:
        open_row = {**row, "own": 3.0, "others": 2.0, "suppressed": False}
        planted = copy.deepcopy(document)
        planted["perspectives"]["insular"] = [open_row]
        leaks = found(material, run(tmp_path / "planted", planted))
        assert any("Own and others' view" in leak.what for leak in leaks)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz"), st.integers(2, 10))))
def test_insular_rows_rest_on_enough_survey_raters_of_each_side(
    votes: list[tuple[str, str, int]],
) -> None:
    """Oracle: distinct survey raters of each side of each cell, in a plain loop."""
    ratings = [
        {**vote(f"{by}{i}", by, half / 2), "function": of, "capability": "C03"}
        for i, (of, by, half) in enumerate(votes)
    ]
    rows = assess(survey(people((6, 6, 6, 6), 2), ratings=ratings), {})["insular"]
    counts: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for one in ratings:
        counts[one["function"], one["rater_function"] == one["function"]].add(one["rater"])
    for row in rows:
        own, others = (len(counts[row["function"], side]) for side in (True, False))
        if not row["suppressed"]:
            assert min(own, others) >= 5
            assert (row["n_own"], row["n_others"]) == (own, others)


def test_coded_recall_counts_whom_priorities_count() -> None:
    """Oracle: as many persons as stand behind the hit rate that is published beside it."""
    section = assess(survey(people((9, 12, 8, 11), 1), **coded(8, 8)), {})
    named = {row["group"]: row["n_hit_rate"] for row in section["priorities"]}
    rows = [row for row in section["coded"] if row["source"] == "recall"]
    assert rows
    assert all(row["raters"] == named[row["group"]] >= 5 for row in rows)
