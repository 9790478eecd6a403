"""Nobody's answer can be read off: least counts and subtraction between overlapping groups.

Oracle: METHOD, "Null", and DESIGN, "Confidentiality": no protected aggregate of fewer persons than
the minimum, and none recoverable from what is shown. Recoverable means: the hidden group's row of
ones over persons lies in the row space of the shown groups' rows (rank by rank, per scale).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.results import Results
from lodestar.engagement.model import Engagement
from tests.independent.answers import Person, people
from tests.independent.conftest import CLIENTS
from tests.independent.plain import close, mean
from tests.independent.test_documents import entries
from tests.independent.test_scales_and_gaps import members, person_means

COUNT = re.compile(r"^(n|n_.*|comments|persons|respondents|left_out)$")
FACTS = (
    "/alignment/gaps",
    "/conflicts/functions_alignment",
    "/conflicts/history",
    "/data_quality/tables",
    "/inclusion/needs",
    "/inclusion/ripple",
    "/level/present",
    "/level/required",
    "/perspectives/insular",
    "/purpose",
    "/roadmap",
)
"""Registers, and ratings whose survey raters are looked at below."""
FEW_ITEMS = ("I01", "I02", "I03", "I04", "I05", "I13", "I14", "I15", "I71", "I72", "I79", "I80")
SAME = "D3"
"""A dimension whose items are the same on the page of levels and on the page of perspectives."""


@pytest.mark.parametrize("client", CLIENTS)
def test_no_protected_count_is_small(documents: dict[str, dict[str, Any]], client: str) -> None:
    document = documents[client]
    small = [
        f"{path}/{key}"
        for path, entry in entries(document)
        if not path.startswith(FACTS)
        for key, value in entry.items()
        if COUNT.match(key)
        and isinstance(value, (int, float))
        and 0 < value < document["threshold"]
    ]
    assert small == []


@pytest.mark.parametrize("client", CLIENTS)
def test_no_topic_has_fewer_comments_than_allowed(
    documents: dict[str, dict[str, Any]], client: str, demo: Engagement
) -> None:
    least = demo.settings.confidentiality.comments
    for row in documents[client]["perspectives"]["topics"]:
        assert row["suppressed"] or row["n"] >= least


def survey_raters(engagement: Engagement) -> dict[tuple[str, str], int]:
    frame = engagement.wave.tables["ratings"]
    survey = frame[frame["basis"] == "survey"]
    counts = survey.groupby(["capability", "function"])["rater"].nunique()
    return {cell: int(n) for cell, n in counts.items()}


def test_no_rated_cell_rests_on_few_answers_of_a_survey(
    demo: Engagement, published: dict[str, Any]
) -> None:
    few = {cell for cell, n in survey_raters(demo).items() if n < published["threshold"]}
    assert few
    for row in published["level"]["present"]["cells"]:
        if (row["capability"], row["function"]) in few:
            assert row["suppressed"]
    assert not few & {(r["capability"], r["function"]) for r in published["alignment"]["gaps"]}


def exposed(
    persons: list[Person],
    shown: set[str],
    hidden: set[str],
    more: tuple[list[float], ...] = (),
) -> set[str]:
    """Return the hidden groups whose row lies in the row space of the shown ones."""

    def row(group: str) -> list[float]:
        inside = {p.id for p in members(persons, group)}
        return [float(p.id in inside) for p in persons]

    if not shown:
        return set()
    rows = np.array([*(row(group) for group in sorted(shown)), *more])
    rank = np.linalg.matrix_rank(rows)
    return {g for g in hidden if np.linalg.matrix_rank(np.vstack([rows, row(g)])) == rank}


def called(row: dict[str, Any]) -> str:
    """Return an entry's group; of groups merged for being small all of them, joined by ``+``."""
    return "+".join(row.get("members", [row["group"]]))


def recoverable(engagement: Engagement, sections: dict[str, Any], least: int) -> list[str]:
    """Return the small groups of every scale that the published rows give away."""
    persons, found = people(engagement), []
    by: dict[str, dict[str, bool]] = {}
    for row in sections["scales"]:
        by.setdefault(row["scale"], {})[called(row)] = bool(row["suppressed"])
    for scale, groups in by.items():
        counted = [p for p in persons if person_means(engagement, [p], scale)]
        shown = {group for group, hidden in groups.items() if not hidden}
        assert all(len(members(counted, group)) >= least for group in shown), scale
        small = {
            group
            for group, hidden in groups.items()
            if hidden and 0 < len(members(counted, group)) < least
        }
        found += [f"{scale}: {group}" for group in sorted(exposed(counted, shown, small))]
    return found


def thinned(engagement: Engagement, keep: dict[tuple[str, str], int]) -> Engagement:
    """Return the client with only the first so many persons of some employees' groups."""
    people_ = engagement.wave.tables["respondents"]
    gone: set[str] = set()
    for (column, value), count in keep.items():
        inside = people_[people_[column].eq(value) & people_["group"].isin(["employee", value])]
        gone |= set(inside["respondent"].iloc[count:])
    kept = people_[~people_["respondent"].isin(gone)].reset_index(drop=True)
    said = engagement.wave.tables["responses"]
    said = said[said["item"].isin(FEW_ITEMS) & ~said["respondent"].isin(gone)]
    return engagement.with_tables(
        respondents=kept,
        responses=said.reset_index(drop=True),
        comments=pd.DataFrame(columns=engagement.wave.tables["comments"].columns),
        recall=engagement.wave.tables["recall"].iloc[:0],
    )


SMALL = [
    {("function", "product"): 3},
    {("function", "product"): 3, ("function", "marketing"): 2},
    {("group", "executive"): 2},
    {("function", "finance"): 4, ("group", "executive"): 3},
    {("function", f): 1 for f in ("sales", "marketing", "operations", "finance", "product")},
]


def employees_row(engagement: Engagement, persons: list[Person], estimate: float) -> list[float]:
    """Return the weights that the employees' level gives each person: the functions it used."""
    own: dict[str, list[float]] = {}
    for p in persons:
        if p.group == "employee" and p.function:
            own.setdefault(p.function, []).extend(person_means(engagement, [p], f"{SAME}.level"))
    used = next(
        subset
        for k in range(len(own), 0, -1)
        for subset in combinations(sorted(own), k)
        if close(mean(mean(own[f]) for f in subset), estimate)
    )
    inside = [p.group == "employee" and p.function in used for p in persons]
    return [
        1 / len(own[p.function]) if here and p.function else 0.0
        for p, here in zip(persons, inside, strict=True)
    ]


def across_pages(engagement: Engagement, results: Results, least: int) -> set[str]:
    """Return the small groups that pages 02 and 05 give away together."""
    persons = [p for p in people(engagement) if person_means(engagement, [p], f"{SAME}.level")]
    rows = [r for r in results["perspectives"]["scales"] if r["scale"] == f"{SAME}.level"]
    shown = {called(row) for row in rows if not row["suppressed"]}
    more: list[list[float]] = []
    for group in results["level"]["groups"]:
        for row in group["dimensions"]:
            if row["dimension"] == SAME and row["estimate"] is not None:
                if group["group"] == "employee":
                    more.append(employees_row(engagement, persons, row["estimate"]))
                else:
                    shown.add(group["group"])
    small = {called(r) for r in rows if 0 < len(members(persons, called(r))) < least}
    nowhere = {p.id for p in persons if p.group == "employee" and not p.function}
    assert not small & shown
    found = exposed(persons, shown, small, tuple(more))
    if 0 < len(nowhere) < least:
        placeless = [replace(p, group="nowhere" if p.id in nowhere else p.group) for p in persons]
        everyone = [float(p.group == "employee") for p in persons]
        found |= exposed(placeless, shown - {"employee"}, {"nowhere"}, (*more, everyone))
    return found


@pytest.mark.parametrize("keep", SMALL)
def test_small_groups_cannot_be_found_by_subtraction(
    demo: Engagement, keep: dict[tuple[str, str], int]
) -> None:
    client = thinned(demo, keep)
    sections = Results(client)["perspectives"]
    assert any(row["suppressed"] for row in sections["scales"])
    assert recoverable(client, sections, demo.settings.confidentiality.minimum) == []


@pytest.mark.parametrize("keep", SMALL)
def test_two_pages_together_give_nobody_away(
    demo: Engagement, keep: dict[tuple[str, str], int]
) -> None:
    client = thinned(demo, keep)
    assert across_pages(client, Results(client), demo.settings.confidentiality.minimum) == set()


def test_employees_without_a_function_do_not_follow(demo: Engagement) -> None:
    people_ = demo.wave.tables["respondents"].copy()
    placeless = people_.index[people_["group"] == "employee"][:3]
    people_.loc[placeless, "function"] = np.nan
    client = thinned(demo.with_tables(respondents=people_), {})
    assert across_pages(client, Results(client), demo.settings.confidentiality.minimum) == set()


def test_nothing_is_recoverable_in_the_shipped_client(
    demo: Engagement, published: dict[str, Any]
) -> None:
    least = demo.settings.confidentiality.minimum
    assert recoverable(demo, published["perspectives"], least) == []


def test_the_check_itself_finds_a_remainder(demo: Engagement) -> None:
    persons = [p for p in people(demo) if p.group == "employee"]
    functions = {f"employee:{f.id}" for f in demo.settings.functions}
    hidden = {"employee:product"}
    assert exposed(persons, (functions - hidden) | {"employee"}, hidden) == hidden
    assert exposed(persons, functions - hidden, hidden) == set()
