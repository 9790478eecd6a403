"""Sentences of the what-if of 03, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.assess.conflicts.scenario import Excess, Scenario
from lodestar.findings.conflicts.what_if_words import (
    excess_words,
    grade_words,
    link_words,
    links_of_evidence,
    pay_words,
    remain_words,
    weak_links,
)
from tests.support.conflicts import LEVER, field_results, field_tables, link

TWO = Scenario(doubted=frozenset({("a", "b"), ("b", "c")}))


def with_severe(*names: str) -> dict[str, Any]:
    items = [{"a": n, "b": "z", "kind": "structural", "severe": n.islower()} for n in names]
    return {"conflicts": {"items": items}}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("abcde", "abc", "three of the five severe conflicts remain"),
        ("abcde", "abcde", "all five severe conflicts remain"),
        ("abcde", "abcdE", "four of the five severe conflicts remain"),
        ("abcde", "a", "one of the five severe conflicts remains"),
        ("abcde", "", "none of the five severe conflicts remains"),
        ("ab", "ax", "one of the two severe conflicts remains and one new one opens"),
        ("ab", "abxy", "both severe conflicts remain and two new ones open"),
        ("ab", "", "neither of the two severe conflicts remains"),
        ("a", "a", "your one severe conflict remains"),
        ("a", "", "your one severe conflict is gone"),
        ("", "", "no conflict is severe, as reviewed"),
        ("", "x", "one conflict becomes severe"),
        ("", "xy", "two conflicts become severe"),
    ],
)
def test_what_remains_and_what_opens(before, after, said):
    found = remain_words(with_severe(*before), with_severe(*after), TWO)
    assert found == [f"Without the two links you doubt, {said}."]


def test_a_conflict_whose_worse_direction_turned_is_the_same():
    turned = {"a": "z", "b": "a", "kind": "structural", "severe": True}
    now = {"conflicts": {"items": [turned]}}
    assert "remains" in remain_words(with_severe("a"), now, TWO)[0]


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario(doubted=frozenset({("a", "b")})), "Without the link you doubt"),
        (Scenario(length=1), "With direct effects only"),
        (Scenario(length=3), "With effects of at most three links only"),
        (Scenario(threshold=0.05), "With conflicts severe from 0.05"),
        (Scenario(incentives={"a": 0.1}), "With one measure paid otherwise"),
        (
            Scenario(0.05, 2, frozenset({("a", "b")}), {"a": 0.1, "b": 0.2}),
            "Without the link you doubt, with effects of at most two links only, with two measures "
            "paid otherwise and with conflicts severe from 0.05",
        ),
    ],
)
def test_premises_are_named(scenario, said):
    assert remain_words(with_severe("a"), with_severe("a"), scenario) == [
        f"{said}, your one severe conflict remains."
    ]


def test_nothing_is_said_where_nothing_is_changed():
    assert remain_words(with_severe("a"), with_severe("a"), Scenario()) == []


def test_the_weakest_links_of_told_paths_come_first():
    tables = field_tables()
    tables["links"][0] |= {"evidence": "assumed"}
    tables["links"].append(link("callbacks", "profit", "+", 0.1, "assumed"))
    results = field_results(tables)
    found = weak_links(results)
    assert found[0] == ("contracts_signed", "customised_promises")
    assert ("callbacks", "profit") not in found
    assert links_of_evidence(results, "assumed") == sorted(
        [("contracts_signed", "customised_promises"), ("callbacks", "profit")]
    )
    assert len(set(found)) == len(found) <= 12


def test_links_of_a_lever_are_offered_as_registered():
    results = field_results(LEVER)
    assert set(weak_links(results)) == {("depots", "a"), ("depots", "b")}


def test_links_are_told_with_their_sign_and_evidence():
    results = field_results()
    assert (
        link_words(results, ("logistics_cost", "deliveries_split"))
        == "Logistics cost ↑ → Deliveries split ↓ (observed)"
    )
    assert link_words(results, ("two_signatures", "first_contact_fix")) == (
        "The rule “Two signatures” → First contact fix ↓ (observed)"
    )
    assert grade_words("stated", 3) == "All three links that are stated by people"


def test_pay_and_its_limit_are_told():
    results = field_results()
    assert pay_words(results, "contracts_signed", 0.3, 0.5) == (
        "Contracts signed carries 30 % of the reward of Sales (reviewed 50 %)"
    )
    assert excess_words(results, Excess("sales", 1.15, ("contracts_signed", "visits"))) == (
        "Not solved: the shares of Sales add up to 115 %, more than the whole of its reward. "
        "Lower one of these first: “Contracts signed” and “Visits”."
    )
