"""Sentences of 03: true of the data in every branch, with evidence that resolves."""

from __future__ import annotations

import re

import pytest

from lodestar.findings.conflicts import answer, findings
from lodestar.findings.conflicts.repair_words import change_words
from lodestar.findings.conflicts.told import told
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import plural, start
from tests.support.conflicts import (
    CASES,
    HISTORY_ONLY,
    LEVER,
    TARGET,
    UNPAID,
    field_results,
    field_tables,
    resolve,
)

SLOTS = [
    "conflicts.worst",
    "conflicts.direction",
    "conflicts.matrix",
    "conflicts.paths",
    "conflicts.customer",
    "conflicts.promises",
    "conflicts.contested",
    "conflicts.orphans",
    "conflicts.measured",
    "conflicts.repairs",
]


def slots(name):
    return {slot.id: slot for slot in findings(field_results(CASES[name]))}


@pytest.mark.parametrize("name", CASES)
def test_every_slot_is_filled_or_says_why_not(name):
    results = field_results(CASES[name])
    found = findings(results)
    assert [slot.id for slot in found] == SLOTS
    for slot in found:
        if isinstance(slot, Absent):
            assert slot.reason.endswith(".")
            assert slot.tables
            continue
        assert slot.workbook == "03_metric_conflicts"
        assert slot.headline[0].isupper() or slot.headline[0] == "“"
        assert not slot.headline.endswith((".", "!"))
        assert slot.so_what.endswith(".")
        for pointer in slot.evidence:
            resolve(results, pointer)
        for text in (slot.headline, slot.so_what, slot.reading):
            assert not re.search(r"None\b(?! of)", text)
            assert "nan" not in text.split()


@pytest.mark.parametrize("name", CASES)
def test_the_answer_is_at_most_three_sentences(name):
    said = answer(field_results(CASES[name]))
    assert 1 <= len(said) <= 3
    assert all(sentence.endswith(".") for sentence in said)


def test_the_field_case_is_told_as_people_tell_it():
    results = field_results()
    told_of = {(i["a"], i["b"]): told(results, i) for i in results["conflicts"]["items"]}
    assert told_of["logistics_cost", "service_cost"] == (
        "Operations is paid for Logistics cost ↓ → Deliveries split ↑ → Contacts ↑ → Service cost "
        "↑, about one month later, which Service is paid to lower"
    )
    assert told_of["contracts_signed", "first_contact_fix"] == (
        "Sales is paid for Contracts signed ↑ → Customised promises ↑ → First contact fix ↓, about "
        "three months later, which Service is paid to raise"
    )
    assert told_of["two_signatures", "solved"] == (
        "The rule “Two signatures” → First contact fix ↓ → Solved ↓, a loss for customers"
    )


def test_other_kinds_are_told():
    lever = field_results(LEVER)
    assert told(lever, lever["conflicts"]["items"][0]) == (
        "More of Depots → A ↑, which Sales is paid to raise, and → B ↑, which Service is paid to "
        "lower"
    )
    target = field_results(TARGET)
    assert told(target, target["conflicts"]["items"][0]).startswith(
        "If Sales has to move A ↓ → B ↓"
    )
    alone = field_results(HISTORY_ONLY)
    assert told(alone, alone["conflicts"]["items"][0]) == (
        "When Logistics cost rises, Service cost falls three months later, which Service is paid "
        "to raise; no path in the map explains it"
    )


def test_headlines_follow_the_numbers():
    assert slots("calm")["conflicts.worst"].headline == (
        "None of your two rewarded measures pushes against another"
    )
    assert slots("small")["conflicts.worst"].headline == (
        "Your measures hold two conflicts; none is severe"
    )
    severe = field_results()["conflicts"]
    counted = f"{start(plural(severe['severe'], 'severe conflict'))} between your measures"
    assert slots("field")["conflicts.worst"].headline.startswith(counted)
    assert slots("lever")["conflicts.worst"].headline == (
        "One severe conflict between your measures; none of them reaches the customer"
    )


def test_doubt_is_never_called_severe():
    found = slots("doubt")
    assert found["conflicts.contested"].headline == (
        "One pair of measures is contested: your map speaks for and against"
    )
    assert "none is severe" in found["conflicts.worst"].headline
    assert "clear enough" in found["conflicts.paths"].headline


def test_history_speaks_for_against_and_alone():
    assert "agrees with one" in slots("history")["conflicts.measured"].headline
    assert "speaks against one" in slots("contradicted")["conflicts.measured"].headline
    assert isinstance(slots("short")["conflicts.measured"], Absent)
    assert "that your map does not hold" in slots("history only")["conflicts.measured"].headline


def test_without_pay_history_is_all_that_is_said():
    found = slots("unpaid")
    assert isinstance(found["conflicts.worst"], Absent)
    assert found["conflicts.measured"].headline.startswith("The one pair that could be")
    assert answer(field_results(UNPAID))[-1].startswith("Conflicts cannot be read yet: no metric")


def test_orphans_and_who_helps_them():
    slot = slots("field")["conflicts.orphans"]
    assert slot.headline == "Nobody is paid to help “Promises kept”"
    assert "“Callbacks” in Service already helps" in slot.so_what
    assert slots("calm")["conflicts.orphans"].headline == (
        "Your one outcome has a rewarded measure that helps it"
    )


def test_repairs_say_what_they_clear_and_what_is_left():
    slot = slots("field")["conflicts.repairs"]
    assert "all 4 severe conflicts" in slot.headline
    assert "proven to be the cheapest" in slot.reading
    assert slots("calm")["conflicts.repairs"].headline.startswith("Nothing needs a repair")
    barred = field_tables(
        repairs=[
            {"metric": m, "change": c, "cost": 1, "allowed": "no"}
            for m in ("contracts_signed", "logistics_cost", "service_cost", "first_contact_fix")
            for c in ("re-weight", "share", "guardrail", "replace")
        ]
        + [{"metric": "callbacks", "change": "assign-owner", "cost": 1, "allowed": "no"}]
    )
    left = {slot.id: slot for slot in findings(field_results(barred))}["conflicts.repairs"]
    assert left.headline == "No allowed change clears a severe conflict or an orphan outcome"


def test_changes_are_instructions():
    results = field_results()
    words = [change_words(results, c) for c in results["conflicts"]["repairs"]["changes"]]
    assert "Give Callbacks an owner, with a tenth of their reward on it" in words
    share = {
        "metric": "service_cost",
        "function": "service",
        "change": "share",
        "shared_with": "operations",
        "eases": [],
    }
    assert change_words(results, share) == (
        "Let Service and Operations answer for Service cost together"
    )


def test_names_are_data():
    """A name with markup stays as written; escaping is the card's work."""
    tables = field_tables()
    tables["metrics"][0]["name"] = "<b>Contracts</b>"
    slot = {s.id: s for s in findings(field_results(tables))}["conflicts.paths"]
    assert isinstance(slot, Finding)
