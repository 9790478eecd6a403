"""The summary's sentences are true of the numbers in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.assess.results import Results
from lodestar.findings import alignment, level
from lodestar.findings.model import Absent, Finding
from lodestar.findings.summary import answer, findings
from tests.support.builders import engagement

FUNCTIONS = ("sales", "service")


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    """Level and alignment of a small client: the market at 3, work from 1 to 3, customers at 3."""
    context = [
        {"factor": f"R{i}", "rater": f"r{j}", "score": 2.0 + j}
        for i in range(1, 12)
        for j in range(3)
    ]
    ratings = [
        {"capability": f"C0{c}", "function": f, "rater": f"{f}{j}", "level": 1 + (c + k) % 3}
        for c in range(1, 5)
        for k, f in enumerate(FUNCTIONS)
        for j in range(3)
    ]
    people = [{"respondent": f"c{i}", "group": "customer"} for i in range(8)]
    answers = [
        {"respondent": f"c{i}", "item": item, "value": 2.0 + i % 3}
        for i in range(8)
        for item in ("I01", "I02", "I03")
    ]
    tables = {"context": context, "ratings": ratings, "respondents": people, "responses": answers}
    known = Results(engagement(tables, chosen_level=4))
    return {name: known[name] for name in ("labels", "currency", "level", "alignment")}


@pytest.fixture
def results(measured: dict[str, Any]) -> dict[str, Any]:
    items = [
        {"kind": "customer", "a": "m1", "b": "o1", "severe": True, "severity": 0.1},
        {"kind": "structural", "a": "m1", "b": "m2", "severe": False, "severity": 0.01},
    ]
    repairs = {
        "changes": [{"metric": "m1", "change": "share", "cost": 2.0}],
        "before": {"severe": 1},
        "after": {"severe": 0},
    }
    drift = [{"from": "2026-Q2", "to": "2026-Q4", "value": 0.15}]
    return {
        **measured,
        "conflicts": {"items": items, "repairs": repairs},
        "purpose": {"focus_index": 0.7, "drift": drift},
        "roadmap": {"chosen": ["i1"], "index_before": 58.0, "index_after": 66.0},
    }


def by_id(made: list[Finding | Absent]) -> dict[str, Finding | Absent]:
    return {slot.id: slot for slot in made}


def test_the_answer_carries_the_numbers(results: dict[str, Any]) -> None:
    said = answer(results)
    market, work = (results["level"][name]["estimate"] for name in ("required", "present"))
    assert said[0].startswith(f"Your market asks for level {market:.0f}, you work at {work:.1f}")
    assert said[1] == f"{by_id(findings(results))['summary.misalignment'].headline}."
    assert said[2] == (
        "Start with one change to what people are paid for; they clear the one severe conflict."
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (14, 0, "they clear all 14 severe conflicts."),
        (14, 3, "they clear eleven of 14 severe conflicts."),
        (0, 0, "they give outcomes that nobody is paid for an owner."),
    ],
)
def test_what_repairs_clear_is_told_as_it_is(
    results: dict[str, Any], before: int, after: int, said: str
) -> None:
    repairs = {**results["conflicts"]["repairs"], "before": {"severe": before}}
    conflicts = {**results["conflicts"], "repairs": {**repairs, "after": {"severe": after}}}
    assert answer({**results, "conflicts": conflicts})[2].endswith(said)


def test_the_summary_says_what_02_and_04_say(results: dict[str, Any]) -> None:
    """Word for word, so that two pages of one run cannot contradict each other."""
    made = by_id(findings(results))
    theirs = {slot.id: slot for slot in [*level.findings(results), *alignment.findings(results)]}
    for own, other in (("levels", "level.four"), ("misalignment", "alignment.parts")):
        assert made[f"summary.{own}"].headline == theirs[other].headline
        assert made[f"summary.{own}"].workbook == "00_summary"


def test_without_material_every_slot_says_which_table_would_answer() -> None:
    known = Results(engagement(chosen_level=None))
    empty = {
        name: known[name] for name in ("labels", "currency", "level", "alignment", "conflicts")
    }
    empty |= {
        "purpose": {"focus_index": None, "focus_index_reason": "No activities.", "drift": []},
        "roadmap": {"chosen": [], "chosen_reason": "No investments.", "index_after": None},
    }
    made = findings(empty)
    assert all(isinstance(slot, Absent) and slot.reason and slot.tables for slot in made)
    assert answer(empty) == ["There is not enough material yet to say where you stand."]


def test_the_count_of_conflicts_that_reach_the_customer_is_right(results: dict[str, Any]) -> None:
    made = by_id(findings(results))["summary.conflicts"]
    assert isinstance(made, Finding)
    assert made.headline == (
        "One severe conflict between measures; one of them reaches the customer"
    )
