"""Sentences on what to settle first, who stands apart, and camps, true in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.model import Finding
from lodestar.findings.perspectives.camps import camps
from lodestar.findings.perspectives.consensus import consensus
from lodestar.findings.perspectives.misunderstandings import (
    QUESTIONS,
    misunderstandings,
    question,
)
from lodestar.findings.perspectives.serving import serving
from tests.support.perspectives_results import (
    LABELS,
    conversation,
    distance,
    results,
    served,
    split,
)

BLAME = ("why", "fault", "fail", "wrong", "blame", "mistake")


SLOTS = {
    "camps": camps,
    "consensus": consensus,
    "misunderstandings": misunderstandings,
    "serving": serving,
}


def told(name: str, **changes: Any) -> Finding:
    """Return a slot that must be a finding."""
    found = SLOTS[name](results(**changes))
    assert isinstance(found, Finding)
    assert found.id == f"perspectives.{name}"
    return found


def headline(name: str, **changes: Any) -> str:
    """Return a slot's headline."""
    return told(name, **changes).headline


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_questions_ask_for_a_case_and_blame_nobody(kind: str) -> None:
    said = question(LABELS, conversation(kind, "employee:sales", "employee:service"))
    assert "“Hand-offs”" in said
    assert said.endswith("?")
    assert "case" in said
    assert not any(word in said.lower().split() for word in BLAME)


def test_what_to_settle_first_names_both_views_and_the_question() -> None:
    found = told("misunderstandings")
    assert found.headline == (
        "Settle “Hand-offs” first: employees put it at 3.0 of 5, customers at 2.0 "
        "(delta 0.62, 0.52 to 0.72)"
    )
    assert question(LABELS, conversation("customer", "employee", "customer")) in found.so_what
    assert found.reading.endswith("Employees and customers differ on one further subject: Purpose.")
    alone = conversation("customer", "employee", "customer", subjects=["D6.level"])
    assert "differ on" not in told("misunderstandings", misunderstandings=[alone]).reading


def test_the_furthest_pair_that_holds_is_named_with_its_distance() -> None:
    """Oracle: 1.1 at q .01 is told, though a distance of 1.5 at q .2 is wider."""
    pairs = [distance("a", "b", 1.5, 0.2, 0.9), distance("customer", "employee", 1.1, 0.01, 0.2)]
    found = told("consensus", consensus={"pairs": pairs})
    assert found.headline == (
        "Customers and employees stand furthest apart: 1.1 points on the scale of 1 to 5, on "
        "average over four subjects (0.9 to 1.3)"
    )
    assert found.evidence == ("/perspectives/consensus/pairs/1",)
    assert "One of two pairs holds" in found.reading


@pytest.mark.parametrize(
    ("r", "words"),
    [(0.9, "much alike"), (0.5, "partly alike"), (0.1, "not order"), (None, "hear one case")],
)
def test_advice_follows_whether_both_order_alike(r: float | None, words: str) -> None:
    pairs = [distance("customer", "employee", 1.1, 0.01, r)]
    assert words in told("consensus", consensus={"pairs": pairs}).so_what


def test_nobody_apart_is_said_so() -> None:
    pairs = [distance("customer", "employee", 0.3, 0.4, 0.9)]
    found = told("consensus", consensus={"pairs": pairs})
    assert found.headline.startswith("No two groups stand apart beyond chance; the furthest are cu")
    assert "no divide" in found.so_what


def test_camps_are_told_by_what_parts_them_and_whence_they_come() -> None:
    """Oracle: 3.9 − 2.1 on Hand-offs is wider than 0.2 on Purpose."""
    assert headline("camps") == (
        "Employees fall into two camps of 30 and 20 people, most apart on “Hand-offs”: "
        "3.9 against 2.1 of 5"
    )
    assert "cut across functions" in told("camps").so_what
    along = split(association=0.6, association_p=0.01)
    assert "follow functions" in told("camps", camps=along).so_what
    unplaced = split(association=None, association_p=None)
    assert "do not ask who" in told("camps", camps=unplaced).so_what
    hidden = split(subjects=[{"scale": "D6.level", "camp": c, "mean": None} for c in (1, 2)])
    assert "cannot be shown" in headline("camps", camps=hidden)


def test_one_camp_says_by_which_test() -> None:
    one = {"items": [], "subjects": [], "p": 0.57}
    assert headline("camps", camps=one).endswith("than chance would (p 0.57)")
    assert headline("camps", camps=one | {"p": 0.02}).endswith("among resampled people")


def test_those_who_serve_are_told_where_they_see_more() -> None:
    """Oracle: one of two subjects leaves out 0; its evidence alone is given."""
    found = told("serving")
    assert found.headline == (
        "Those who serve rate one of two subjects higher than those they serve, most “Hand-offs”: "
        "employees 3.0 of 5, customers 2.0 (delta 0.62, 0.52 to 0.72)"
    )
    assert found.evidence == ("/perspectives/serving/0",)
    assert "different questions" in found.reading


def test_functions_that_serve_are_told_without_an_interval() -> None:
    """Oracle: levels of ratings have no delta; the same scale on both sides."""
    row = served("D6", 4.5, 2.0, None) | {"basis": "ratings", "blind": True, "same_items": True}
    found = told("serving", serving=[row | {"serving": "sales", "served": "service"}])
    assert found.headline.endswith("“Hand-offs”: Sales 4.5 of 5, Service 2.0")
    assert "different questions" not in found.reading


def test_no_blind_spot_along_the_chain_is_said_so() -> None:
    found = told("serving", serving=[served("D1", 3.1, 3.0, 0.02)])
    assert found.headline.startswith("Those who serve rate no subject higher beyond chance")
    assert "No difference shows beyond chance" in found.so_what


def test_those_served_who_see_more_are_not_said_to_see_the_same() -> None:
    """Oracle: an interval of delta that lies below 0 says that those served rate higher."""
    row = served("D1", 3.1, 4.3, -0.9) | {"low": -1.0, "high": -0.71, "blind": False}
    found = told("serving", serving=[row])
    assert found.so_what.startswith("Those served see more than those who serve on one subject")
