"""What the level rests on: every sentence against the numbers it is made of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.findings.level.grounds import few_raters, opinion, resamples, rests_on, uncovered
from lodestar.findings.level.practice import must_rise

LABELS = {
    "function": {"sales": "Sales", "service": "Service"},
    "dimension": {"D1": "Purpose", "D2": "Insight", "D3": "Flow"},
    "capability": {"C01": "Listen", "C02": "Share"},
}
CELLS = [{"capability": "C01", "function": "sales", "weight": 0.25}]
COUNTS = st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any)


@given(COUNTS)
def test_shares_of_evidence_are_said_as_they_are(counts: list[int]) -> None:
    shares = [k / sum(counts) for k in counts]
    names = ("measured", "documented", "stated", "none")
    evidence = dict(zip(names, shares, strict=True))
    stands = {"evidence": {**evidence, "to_document": CELLS if counts[2] or counts[3] else []}}
    said = rests_on(stands, LABELS)
    alone = opinion(evidence)
    assert alone == pytest.approx(shares[2] + shares[3])
    if not (counts[2] or counts[3]):
        assert said.startswith("None of the level rests on opinion alone")
        return
    assert said.startswith(f"{round(100 * alone)} % of the level by weight rests on opinion alone")
    assert "“Listen” in Sales" in said
    assert "25 %" in said
    for name, share in list(evidence.items())[:2]:
        assert (f"{round(100 * share)} % {name}" in said) is bool(share)


def test_nothing_rated_says_nothing() -> None:
    shares = dict.fromkeys(("measured", "documented", "stated", "none"))
    assert rests_on({"evidence": {**shares, "to_document": []}}, LABELS) == ""
    assert opinion(shares) is None


def row(function: str, n: int, estimate: float | None = 3.0) -> dict[str, Any]:
    return {"function": function, "n": n, "estimate": estimate}


@given(st.integers(1, 12), st.integers(1, 12))
def test_functions_with_few_raters_are_named_with_their_number(a: int, b: int) -> None:
    few = {name: n for name, n in (("sales", a), ("service", b)) if n < 3}
    said = few_raters(
        {"few_raters": few, "functions": [row("sales", a), row("service", b)]}, LABELS
    )
    least, _, some = said.partition("Few raters in")
    for name, n in (("Sales", a), ("Service", b)):
        assert (f"{name} (" in least) is (n < 3)
        assert (f"{name} (" in some) is (3 <= n <= 5)


def test_what_is_not_covered_is_named() -> None:
    full = {"estimate": 2.0}
    stands = {
        "dimensions": [{"dimension": "D1", "estimate": None}, {"dimension": "D2", **full}],
        "functions": [{"function": "sales", "estimate": None}, {"function": "service", **full}],
        "cells": [],
    }
    assert uncovered(stands, LABELS) == "Not covered by any rating: “Purpose” and Sales."
    stands["dimensions"], stands["functions"] = stands["dimensions"][1:], stands["functions"][1:]
    assert uncovered(stands, LABELS) == "Every cell that applies has a level."
    stands["cells"] = [
        {"function": "sales", "applies": True, "level": None},
        {"function": "service", "applies": False, "level": None},
        {"function": "service", "applies": True, "level": 3.0},
    ]
    said = uncovered(stands, LABELS)
    assert said.endswith("one cell that applies has no level, in Sales.")


@given(COUNTS, COUNTS)
def test_resamples_leave_out_only_what_rounds_to_nothing(a: list[int], b: list[int]) -> None:
    given_ = [{str(k + 1): n / sum(own) for k, n in enumerate(own)} for own in (a, b)]
    said = resamples({"distribution": given_[0], "staged_distribution": given_[1]})
    parts = said.split("; ")
    assert len(parts) == 2
    for part, shares in zip(parts, given_, strict=True):
        told = {k: int(p) for p, k in re.findall(r"(\d+) % [a-z ]*(\d)", part)}
        assert told == {k: round(100 * s) for k, s in shares.items() if round(100 * s)}
    assert resamples({"distribution": None, "staged_distribution": None}) == ""


def rise(dimension: str, needed: float, capability: str | None = "C01") -> dict[str, Any]:
    at = None if capability is None else 2.0
    return {
        "dimension": dimension,
        "level": 2.5 - needed,
        "needed": needed,
        "capability": capability,
        "capability_level": at,
        "rise": None if at is None else 2 * needed,
    }


def test_all_that_must_rise_and_what_may_stay_low() -> None:
    rises = [rise("D1", 0.25), rise("D2", 0.02, None)]
    differs = {"kind": "held_back", "stage": 3, "threshold": 2.5, "rises": rises}
    said = must_rise({"disagreement": {**differs, "dimensions": ["D3", "D1", "D2"]}}, LABELS)
    assert said == (
        "Stage 3 needs all of these to rise: “Purpose” by 0.2 of a level (“Listen” from 2 to 2.5) "
        "and “Insight” by less than 0.1 of a level (no capability alone). “Flow” may stay low: one "
        "dimension that is not key is excused."
    )
    one = {"disagreement": {**differs, "dimensions": ["D1"], "rises": rises[:1]}}
    assert must_rise(one, LABELS) == ""
    assert must_rise({"disagreement": None}, LABELS) == ""
