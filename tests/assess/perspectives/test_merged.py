"""Small groups shown as one: the same persons pooled, told by name, and giving nobody away.

Oracles: means of the pooled persons; what is left of the employees' total; and row space by
elimination on whole numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.perspectives import assess, views
from lodestar.confidentiality import Gate
from lodestar.findings.perspectives.together import together
from tests.assess.perspectives.survey import crowd, survey
from tests.confidentiality.rowspace import atoms, few, follows

SCALE = "D1.level"


def staff(**sizes: int) -> list[dict[str, Any]]:
    """Return employees of some functions."""
    return [
        person
        for seed, (function, n) in enumerate(sizes.items())
        for person in crowd(n, 3, seed, group="employee", function=function)
    ]


def rows(people: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the published entries of a scale by group."""
    found = assess(survey(people), {})["scales"]
    return {row["group"]: row for row in found if row["scale"] == SCALE}


def test_two_small_functions_are_shown_as_one() -> None:
    """Oracle: the answers of the 3 and the 4 pooled; the total less those of the 20."""
    people = staff(sales=20, service=3, finance=4)
    found = rows(people)
    other = found["employee:other"]
    assert other["members"] == ["employee:finance", "employee:service"]
    assert (other["n"], other["kind"], other["suppressed"]) == (7, "function", False)
    scores = [np.mean([p["I01"], 6 - p["I02"]]) for p in people[20:]]
    assert other["mean"] == pytest.approx(np.mean(scores))
    whole, large = found["employee"], found["employee:sales"]
    left = (27 * whole["mean"] - 20 * large["mean"]) / 7
    assert other["mean"] == pytest.approx(left)
    assert found["employee:service"]["n"] is None


def test_too_few_together_stay_hidden() -> None:
    """Oracle: 1 and 2 are 3 persons; the next smallest function joins them, and then it may."""
    assert "employee:other" not in rows(staff(sales=1, service=2))
    found = rows(staff(sales=1, service=2, finance=9, product=20))
    assert found["employee:other"]["members"] == [
        "employee:finance",
        "employee:sales",
        "employee:service",
    ]


def test_all_alike_together_stay_hidden() -> None:
    people = staff(sales=20, service=3, finance=4)
    for person in people[20:]:
        person |= {"I01": 5.0, "I02": 1.0}
    assert "employee:other" not in rows(people)


def test_a_clients_own_function_of_that_name_is_not_taken_for_it() -> None:
    found = rows(staff(other=20, service=3, finance=4))
    assert found["employee:other"]["n"] == 20
    assert "members" not in found["employee:other"]


def test_small_seniorities_are_merged_unless_few_would_follow() -> None:
    """Oracle: with 3 partners beside, shown stakeholders less shown seniorities would leave 3."""
    people = crowd(9, 3, 1, group="employee", function="sales", seniority="1 to 2")
    people += crowd(3, 3, 2, group="employee", function="sales", seniority="3 to 5")
    people += crowd(4, 3, 3, group="employee", function="sales", seniority="over 5")
    assert rows(people)["seniority:other"]["n"] == 7
    beside = crowd(3, 3, 4, group="employee", function="sales")
    assert "seniority:other" not in rows(people + beside)


def test_the_sentence_names_who_is_in_it() -> None:
    people = staff(sales=20, service=3, finance=4)
    labels = {
        "group": {"employee": "Employees"},
        "function": {"finance": "Finance", "service": "Service"},
    }
    said = together({"labels": labels, "perspectives": assess(survey(people), {})})
    assert len(said) == 1
    assert said[0].startswith("Employees in other functions: Finance and Service taken together.")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 7), min_size=6, max_size=6),
    st.lists(st.sampled_from(["new", "old", None]), min_size=42, max_size=42),
)
def test_nobody_follows_from_merged_groups(sizes: list[int], years: list[str | None]) -> None:
    """Oracle: every set of fewer than five persons against everything that is shown."""
    names = ("sales", "service", "finance", "product", "it", None)
    people = [
        {"group": "employee", "function": name, "I01": 1.0 + place % 5, "I02": 2.0}
        for name, n in zip(names, sizes, strict=True)
        for place in range(n)
    ]
    people = [{**p, "seniority": year} for p, year in zip(people, years, strict=False)]
    seen = views(survey(people), Gate())
    members = {group.id: group.members for group in seen.groups}
    shown = seen.cells[~seen.cells["suppressed"].astype(bool)]["group"].tolist()
    cells = [members[group] for group in shown]
    cells += [np.any([members[m] for m in own], axis=0) for own in seen.merged.get("members", [])]
    if cells:
        by_atom, counts = atoms(np.vstack([np.array(cells), np.eye(len(people), dtype=bool)]))
        assert not follows(few(counts, 5), by_atom[: len(cells)]).any()
