"""The sentences of 06 are true of the numbers in every branch."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from lodestar.assess.results import Results
from lodestar.findings.inclusion import answer, findings
from lodestar.findings.model import Absent, Finding
from tests.support.builders import engagement
from tests.support.pointers import resolve
from tests.support.purpose_inclusion import example, tables

IDS = [
    "inclusion.advocacy",
    "inclusion.decisions",
    "inclusion.framework",
    "inclusion.needs",
    "inclusion.ripple",
    "inclusion.leading",
    "inclusion.workforce",
]


def results(source: Any = None) -> dict[str, Any]:
    known = Results(source if source is not None else example())
    return {name: copy.deepcopy(known[name]) for name in ("labels", "currency", "inclusion")}


@pytest.fixture(scope="module")
def full() -> dict[str, Any]:
    return results()


@pytest.fixture
def given(full: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(full)


def slot(given: Mapping[str, Any], name: str) -> Finding:
    found = {item.id: item for item in findings(given)}[name]
    assert isinstance(found, Finding)
    return found


def test_slots_stand_in_page_order_with_evidence_that_resolves(given: dict[str, Any]) -> None:
    found = findings(given)
    assert [item.id for item in found] == IDS
    for item in found:
        assert isinstance(item, Finding), item
        assert item.evidence
        assert all(resolve(given, pointer) is not None for pointer in item.evidence)
        assert not item.headline.endswith(".")
        assert item.so_what.endswith((".", "?"))
        assert "None" not in f"{item.headline}{item.so_what}{item.reading}"


def test_without_tables_every_slot_says_what_would_fill_it() -> None:
    empty = results(engagement({}))
    for item in findings(empty):
        assert isinstance(item, Absent)
        assert item.reason.endswith(".")
        assert item.tables
    assert "cannot be read yet" in answer(empty)[0]


def test_customers_answers_alone_still_answer() -> None:
    people = tables()["respondents"].tail(30)
    only = results(engagement({"respondents": people, "responses": tables()["responses"]}))
    said = answer(only)
    assert said[0].startswith("Net promoter score: customers on the offer ")
    assert said[1].startswith("The rest of this page waits for: decisions, needs")
    found = slot(only, "inclusion.advocacy")
    assert "Ask employees the same question" in found.so_what
    assert found.evidence == ("/inclusion/nps",)


def score(value: float, half: float = 10.0) -> dict[str, Any]:
    return {
        "score": value,
        "low": value - half,
        "high": value + half,
        "n": 40,
        "suppressed": False,
    }


@pytest.mark.parametrize(
    ("gap", "said", "advice"),
    [
        ((30.0, 10.0, 50.0), "more than customers do: +20", "live a customer's day"),
        ((-30.0, -50.0, -10.0), "less than customers do", "what they know"),
        ((5.0, -10.0, 20.0), "about as much as customers do", "one thing that would change"),
        ((-58.0, -110.0, 5.0), "neither clearly more nor clearly less than", "would change"),
    ],
)
def test_the_gap_decides_the_sentence(
    given: dict[str, Any], gap: tuple[float, float, float], said: str, advice: str
) -> None:
    section = given["inclusion"]
    section["nps"], section["referral"] = score(20 - gap[0]), score(20.0)
    section["referral_gap"] = dict(zip(("value", "low", "high"), gap, strict=True))
    found = slot(given, "inclusion.advocacy")
    assert said in found.headline
    assert advice in found.so_what


def test_scores_held_back_are_told_as_such(given: dict[str, Any]) -> None:
    given["inclusion"]["enps"] = {"score": None, "suppressed": True, "score_reason": "Too few."}
    assert (
        "Not shown, to protect answers: employees on you"
        in slot(given, "inclusion.advocacy").reading
    )


def test_decisions_name_who_is_left_out(given: dict[str, Any]) -> None:
    found = slot(given, "inclusion.decisions")
    assert found.headline.startswith("58 % of those affected by a decision take part")
    assert "employees in 0 of 1, the least of all" in found.headline
    assert found.so_what.startswith("Give employees and customers a seat")
    for row in given["inclusion"]["decisions"]["by_party"]:
        row["inclusion"] = 1.0
    found = slot(given, "inclusion.decisions")
    assert found.headline.endswith("nobody affected is left out")
    assert found.so_what.startswith("Keep naming")


def test_framework_starts_with_the_first_kind_that_asks_for_more(given: dict[str, Any]) -> None:
    found = slot(given, "inclusion.framework")
    assert (
        found.headline
        == "50 % of decisions were taken by command; strategy and design decisions ask for more say"
    )
    assert found.so_what.startswith(
        "Start with strategy: move from command to consent and bring in"
    )
    for row in given["inclusion"]["framework"]:
        row["mode_recommended"] = row["mode_today"]
    assert slot(given, "inclusion.framework").so_what.startswith("Start with strategy: bring in")
    for row in given["inclusion"]["framework"]:
        row["left_out"] = []
    found = slot(given, "inclusion.framework")
    assert "fits whom it affects" in found.headline
    assert found.so_what.startswith("Write the framework down")


def test_needs_tell_the_most_important_stale_one(given: dict[str, Any]) -> None:
    found = slot(given, "inclusion.needs")
    assert found.headline.startswith("67 % of the needs")
    assert "33 % from the last twelve months" in found.headline
    assert "“w2”: importance 4 of 5, and guessed" in found.so_what
    part = given["inclusion"]["needs"]
    for row in part["items"]:
        row["importance"], row["basis"] = 4.5, "past-experience"
    asked = slot(given, "inclusion.needs").so_what
    assert "importance 4.5 of 5, and known from past experience only" in asked
    for row in part["items"]:
        row["fresh"] = True
    assert slot(given, "inclusion.needs").so_what.startswith("Every need was asked")
    part["direct_share"] = 0.0
    assert slot(given, "inclusion.needs").headline.startswith("None of the needs")


def test_a_ripple_is_told_with_its_delay(given: dict[str, Any]) -> None:
    found = slot(given, "inclusion.ripple")
    assert found.headline == (
        "When “Indicator i1” gets better or worse, “Indicator i2” does the same two months later"
    )
    for row in given["inclusion"]["ripple"]:
        if row["verdict"] == "together":
            row.update(verdict="against", lag=0.0)
    found = slot(given, "inclusion.ripple")
    assert "does the opposite in the same month" in found.headline
    assert "unreasonable" in found.so_what


def test_no_ripple_and_too_short_are_different_answers(given: dict[str, Any]) -> None:
    for row in given["inclusion"]["ripple"]:
        row["verdict"] = "not found"
    assert slot(given, "inclusion.ripple").headline.startswith("No ripple shows")
    for row in given["inclusion"]["ripple"]:
        row.update(verdict="too short", r=None, q=None)
    found = slot(given, "inclusion.ripple")
    assert found.headline == "Us and They share 33 % of their missions, the least on your chain"
    for row in given["inclusion"]["overlap"]:
        row["overlap"] = None
    assert "too few months" in slot(given, "inclusion.ripple").headline


def test_indicators_tell_what_turned(given: dict[str, Any]) -> None:
    found = slot(given, "inclusion.leading")
    assert found.headline == "Of three indicators, “Indicator i3” has turned worse"
    assert "reaches an outcome in three months" in found.so_what
    rows = given["inclusion"]["leading"]
    for row in rows:
        row["state"] = "worse"
    assert "and one other have turned worse" in slot(given, "inclusion.leading").headline
    for row in rows:
        row["lead_months"] = None
    assert "add to the map" in slot(given, "inclusion.leading").so_what
    for row in rows:
        row["state"] = "steady"
    found = slot(given, "inclusion.leading")
    assert found.headline.startswith("None of your three indicators")
    assert found.so_what.startswith("Add lags")


@pytest.mark.parametrize(
    ("part", "headline", "advice"),
    [
        ({}, "Five places were cut by layoffs, and 3 (60 %) filled again", "Ask in Service"),
        ({"replaced": 0.0, "chase": []}, "none was filled again", "Say what work stopped"),
        ({"laid_off": 0.0, "chase": []}, "Nobody was laid off", "Keep it so"),
    ],
)
def test_workforce_in_words(
    given: dict[str, Any], part: dict[str, Any], headline: str, advice: str
) -> None:
    given["inclusion"]["workforce"].update(part)
    found = slot(given, "inclusion.workforce")
    assert headline in found.headline
    assert found.so_what.startswith(advice)


def test_the_answer_leads_with_who_takes_part(given: dict[str, Any]) -> None:
    said = answer(given)
    assert len(said) == 3
    assert said[0].startswith("58 % of those affected")
    assert all(sentence.endswith(".") for sentence in said)
