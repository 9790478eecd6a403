"""The sentences of 02 are true of the numbers in every branch."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from lodestar.assess.labels import labels
from lodestar.assess.level import assess
from lodestar.findings.level import answer, findings
from lodestar.findings.level.rows import ladder_rows
from lodestar.findings.model import Absent, Finding
from tests.support.builders import engagement
from tests.support.findings import hold_together, pick, said

LEADING = ("four", "trend", "required", "offer", "present", "informants")
IDS = [f"level.{slot}" for slot in (*LEADING, "experienced", "segments", "consequence", "steps")]


def results(**changes: Any) -> dict[str, Any]:
    """A small client's section (market at 3, work at 2, customers at 3), parts of it replaced."""
    context = [
        {"factor": f"R{i}", "rater": f"r{j}", "score": 2.0 + j}
        for i in range(1, 12)
        for j in range(3)
    ]
    ratings = [
        {
            "capability": f"C0{c}",
            "function": f,
            "rater": f"{f}{j}",
            "level": 1.5 + j / 2,
            "rater_function": f if j < 2 else other,
        }
        for c in range(1, 5)
        for f, other in (("sales", "service"), ("service", "sales"))
        for j in range(3)
    ]
    answers = [
        {"respondent": f"c{i}", "item": item, "value": 2.0 + i % 3}
        for i in range(8)
        for item in ("I01", "I02", "I03")
    ]
    people = [{"respondent": f"c{i}", "group": "customer"} for i in range(8)]
    tables = {"context": context, "ratings": ratings, "respondents": people, "responses": answers}
    shown = engagement(tables, chosen_level=4)
    section = merged(assess(shown, {}), changes)
    return {"level": section, "labels": labels(shown), "currency": "EUR"}


def merged(section: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    out = copy.deepcopy(section)
    for key, value in changes.items():
        out[key] = merged(out.get(key) or {}, value) if isinstance(value, dict) else value
    return out


def distance(estimate: float | None, low: float | None, high: float | None) -> dict[str, Any]:
    return {"estimate": estimate, "low": low, "high": high}


def slot(given: dict[str, Any], name: str) -> Finding | Absent:
    return pick(findings(given), f"level.{name}")


def found(given: dict[str, Any], name: str) -> Finding:
    return said(slot(given, name))


def test_slots_come_in_page_order_with_evidence_that_resolves() -> None:
    given = results()
    made = findings(given)
    assert [f.id for f in made] == IDS
    for finding in made:
        if finding.id in ("level.segments", "level.trend"):
            continue
        hold_together(finding, "02_level", given)


def test_answer_carries_numbers_and_leads_with_the_levels() -> None:
    said = answer(results())
    assert len(said) == 3
    assert said[0].startswith("Your market asks for level 3, you chose 4, you work at 2 and")
    assert all(any(c.isdigit() for c in sentence) for sentence in said)


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (
            distance(1.2, 0.8, 1.6),
            "You work 1.2 levels below what your market asks for (0.8 to 1.6)",
        ),
        (
            distance(-0.4, -0.7, -0.1),
            "You work 0.4 of a level above what your market asks for (0.1 to 0.7)",
        ),
        (distance(0.3, -0.1, 0.7), "You work about where your market asks you to: 2"),
        (distance(0.04, 0.01, 0.07), "You work about where your market asks you to"),
        (distance(1.0, None, None), "You work 1 level below what your market asks for"),
    ],
)
def test_distance_to_the_market(apart: dict[str, Any], words: str) -> None:
    given = results(distances={"required_minus_present": apart})
    assert found(given, "four").headline.startswith(words)


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (distance(1.6, 1.5, 1.7), "is 1.6 levels (1.5 to 1.7) above how you work"),
        (distance(0.1, -0.1, 0.3), "You already work at the level you chose"),
        (
            distance(-0.5, -0.6, -0.4),
            "You work half a level (0.4 to 0.6) above the level you chose",
        ),
        (distance(None, None, None), "rate your capabilities"),
    ],
)
def test_advice_follows_the_chosen_level(apart: dict[str, Any], words: str) -> None:
    given = results(distances={"chosen_minus_present": apart})
    assert words in found(given, "four").so_what


def test_a_level_chosen_above_work_that_is_above_the_market_is_questioned_first() -> None:
    """Oracle: the market asks for less than how one works, the level chosen is above both."""
    given = results(
        distances={
            "chosen_minus_present": distance(0.4, 0.3, 0.5),
            "required_minus_present": distance(-0.3, -0.5, -0.1),
        }
    )
    assert found(given, "four").so_what.endswith("settle the level before lifting anything.")


def test_only_customers_known() -> None:
    none = distance(None, None, None)
    given = results(
        required={"estimate": None, "estimate_reason": "No context."},
        present={"estimate": None, "estimate_reason": "No ratings."},
        chosen=None,
        distances=dict.fromkeys(
            ("required_minus_present", "chosen_minus_present", "chosen_minus_required"), none
        ),
        consequence={"stance": None, "stance_reason": "No level has been chosen."},
        experienced={"estimate": 3.04},
    )
    four = found(given, "four")
    assert "the required and present level cannot be told yet" in four.headline
    assert isinstance(slot(given, "required"), Absent)
    assert slot(given, "required").tables == ("context",)
    assert slot(given, "present").tables == ("ratings",)
    assert slot(given, "consequence").tables == ()
    assert answer(given) == ["Your customers experience level 3."]


def test_nothing_known_says_what_would_answer() -> None:
    empty = engagement(chosen_level=None)
    given = {"level": assess(empty, {}), "labels": labels(empty), "currency": "EUR"}
    assert all(isinstance(f, Absent) for f in findings(given))
    assert slot(given, "four").tables == ("context", "ratings", "respondents", "responses")
    assert len(answer(given)) == 3
    assert ladder_rows(given["level"]).empty


def test_required_headline_and_reading() -> None:
    given = results(
        required={
            "estimate": 3.6,
            "low": 3.2,
            "high": 4.0,
            "distribution": {"1": 0, "2": 0, "3": 0.38, "4": 0.62, "5": 0},
            "raters": 1,
        }
    )
    finding = found(given, "required")
    assert finding.headline == (
        "Your market asks for level 3.6 (3.2 to 4.0); level 4 in 62 % of resamples"
    )
    assert "uncertain weights only" in finding.reading
    assert "all 11 factors scored by one rater" in finding.reading


def rise(dimension: str, **change: Any) -> dict[str, Any]:
    """A dimension half a level short, which one capability closes by rising a level."""
    capability = {"capability": "C01", "capability_level": 1.5, "rise": 1.0}
    return {"dimension": dimension, "level": 1.0, "needed": 0.5, **capability, **change}


@pytest.mark.parametrize(
    ("differs", "staged", "words", "advice"),
    [
        (None, 2, "the strict reading agrees, stage 2", "All dimensions stand at 2"),
        (None, None, "the stage cannot be told yet", "All dimensions"),
        (
            "held_back",
            1,
            "it is stage 1, held back by “Purpose” and “Insight”",
            "Begin with “Purpose”, half a level short of 1.5; raising “Tell the purpose” from "
            "1.5 to 2.5 closes it.",
        ),
        (
            "excused",
            3,
            "holds only because one weak dimension, “Purpose”",
            "a second dimension as weak",
        ),
    ],
)
def test_stage_against_level(
    differs: str | None, staged: int | None, words: str, advice: str
) -> None:
    dimensions = ["D1", "D3"] if differs == "held_back" else ["D1"]
    rises = [rise(dimension) for dimension in dimensions]
    why = {"kind": differs, "dimensions": dimensions, "stage": 2, "threshold": 1.5, "rises": rises}
    given = results(present={"staged": staged})
    given["level"]["present"]["disagreement"] = None if differs is None else why
    finding = found(given, "present")
    assert words in finding.headline
    assert advice in finding.so_what


def test_one_dimension_to_raise_names_the_capability_that_decides() -> None:
    given = results(present={"staged": 1})
    why = {"kind": "held_back", "dimensions": ["D1"], "stage": 2, "threshold": 1.5}
    given["level"]["present"]["disagreement"] = {**why, "rises": [rise("D1", needed=0.04)]}
    said = found(given, "present").so_what
    assert "“Purpose” is less than 0.1 of a level short of 1.5" in said
    assert "raising “Tell the purpose” from 1.5 to 2.5 closes it." in said
    none = rise("D1", capability=None, capability_level=None, rise=None)
    given["level"]["present"]["disagreement"] = {**why, "rises": [none]}
    assert "no capability of it can close that alone" in found(given, "present").so_what


def test_present_names_lowest_and_highest_dimension_and_few_raters() -> None:
    given = results(present={"few_raters": {"service": 2}})
    dimensions = given["level"]["present"]["dimensions"]
    dimensions[0]["estimate"], dimensions[1]["estimate"] = 1.5, 3.5
    finding = found(given, "present")
    assert "“Purpose” is lowest at 1.5, “Understanding” highest at 3.5" in finding.so_what
    for row, estimate in zip(dimensions, (2.8, 2.9), strict=False):
        row.update(estimate=estimate, low=estimate - 0.1, high=estimate + 0.1)
    given["level"]["present"]["dimensions"] = dimensions[:2]
    assert "from 2.8 to 2.9, too close to be told apart" in found(given, "present").so_what
    assert "Fewer than three raters in Service" in finding.reading
    none = results(present={"low": None, "low_reason": "Nothing tells how far raters differ."})
    assert "Nothing tells" in found(none, "present").reading
