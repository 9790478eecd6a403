"""Oracles: shares by nested loops over votes, hand figures."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.level import present
from lodestar.assess.level.publish import present_section
from tests.assess.level.test_present import CAPABILITIES, FUNCTIONS
from tests.support.builders import engagement

NAMES = {"A": "measured", "B": "documented", "C": "stated", None: "none"}
VOTES = st.lists(
    st.tuples(
        st.sampled_from(CAPABILITIES), st.sampled_from(FUNCTIONS), st.sampled_from(list(NAMES))
    ),
    min_size=1,
    max_size=20,
)


def client(votes: list[tuple[str, str, str | None]], **more: Any) -> Any:
    rows = [
        {"capability": c, "function": f, "rater": f"r{i}", "level": 3, "evidence_grade": grade}
        for i, (c, f, grade) in enumerate(votes)
    ]
    shown = engagement({"ratings": [{**row, **more} for row in rows]})
    return present_section(shown, present(shown))


@settings(max_examples=60, deadline=None)
@given(VOTES)
def test_shares_by_nested_loops(votes: list[tuple[str, str, str | None]]) -> None:
    """D1 holds C01 and C02, D2 C03, D3 C04; equal weights, absent cells renormalised."""
    told: dict[tuple[str, str], list[str | None]] = defaultdict(list)
    for c, f, grade in votes:
        told[c, f].append(grade)
    best = {cell: min(own, key=lambda g: g or "Z") for cell, own in told.items()}
    want: dict[str, dict[str, float]] = {}
    for dimension, inside in (("D1", ("C01", "C02")), ("D2", ("C03",)), ("D3", ("C04",))):
        rated = [[best[c, f] for f in FUNCTIONS if (c, f) in best] for c in inside]
        rated = [own for own in rated if own]
        if rated:
            shares = dict.fromkeys(NAMES.values(), 0.0)
            for own in rated:
                for grade in own:
                    shares[NAMES[grade]] += 1 / len(rated) / len(own)
            want[dimension] = shares
    found = client(votes)
    for row in found["dimensions"]:
        if row["dimension"] in want:
            assert row["evidence"] == pytest.approx(want[row["dimension"]])
        else:
            assert row["evidence"]["stated"] is None
            assert row["evidence"]["stated_reason"]
    overall = {n: sum(s[n] for s in want.values()) / len(want) for n in NAMES.values()}
    assert {n: found["evidence"][n] for n in overall} == pytest.approx(overall)
    assert sum(overall.values()) == pytest.approx(1)


def test_the_heaviest_cells_on_opinion_come_first() -> None:
    """C03 in sales alone holds all of D2, a third; C01 in both functions a sixth each."""
    votes: list[tuple[str, str, str | None]] = [
        ("C01", "sales", "C"),
        ("C01", "service", None),
        ("C03", "sales", "C"),
        ("C04", "sales", "A"),
    ]
    chosen = client(votes)["evidence"]["to_document"]
    assert [(row["capability"], row["function"]) for row in chosen] == [
        ("C03", "sales"),
        ("C01", "sales"),
    ]
    assert [row["weight"] for row in chosen] == pytest.approx([1 / 3, 1 / 6])


def test_nothing_on_opinion_or_nothing_at_all_says_so() -> None:
    founded = client([("C01", "sales", "B")])["evidence"]
    assert founded["to_document"] == []
    assert "documented or measured" in founded["to_document_reason"]
    shown = engagement()
    empty = present_section(shown, present(shown))["evidence"]
    assert empty["measured"] is None
    assert empty["measured_reason"]


def test_grades_of_withheld_cells_count_for_nothing() -> None:
    found = client([("C01", "sales", "A"), ("C03", "sales", "C")], basis="survey")
    assert found["evidence"]["measured"] is None
