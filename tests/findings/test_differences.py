"""Sentences on what moved. Oracles: arithmetic on the figures that a reader sees."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.findings.differences import decimals, figure, leading, moved

NUMBER = r"([−+]?[\d,]*\.?\d+)"
VALUES = st.floats(-99, 99).map(lambda x: round(x, 6) + 0.0)


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


@given(VALUES, VALUES, st.sampled_from(["level", "index", "score", "number", "count"]))
def test_the_figures_shown_add_up_and_can_be_told_apart(a: float, b: float, unit: str) -> None:
    if a == b:
        return
    said = moved("It", unit, a, b)
    match = re.fullmatch(rf"It (rose|fell) from {NUMBER} to {NUMBER} \({NUMBER}\)\.", said)
    assert match, said
    before, after, change = (_number(text) for text in match.groups()[1:])
    assert before != after
    assert after - before == pytest.approx(change, abs=1e-9)
    assert (match[1] == "rose") == (b > a)


@given(VALUES, st.floats(0.0001, 5), st.floats(0.0001, 5))
def test_an_interval_that_leaves_out_0_does_not_seem_to_hold_it(
    a: float, low: float, width: float
) -> None:
    ends = (low, low + width)
    places = decimals(a, a + low + width / 2, "index", ends)
    assert places >= 1
    if low >= 0.001:
        assert figure(low, "index", places) != figure(0.0, "index", places)


def test_a_movement_without_a_verdict_says_why() -> None:
    said = moved("Alignment index", "index", 61.0, 64.0, reason="Nobody was asked again.")
    assert said.endswith("(+3.0). No verdict on noise: Nobody was asked again.")


def test_the_whole_in_one_sentence_leaves_out_what_is_none() -> None:
    assert leading(2, 2, 0) == "Two headline numbers moved, two of them beyond noise."
    assert leading(0, 0, 1) == "No headline number moved; one result differs."
