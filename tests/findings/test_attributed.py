"""What a reader is told of why a number moved; figures in the sentences add up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.findings.attributed import how_split, partial, pointer_moved, unsplit
from lodestar.review.attribution import Split, rounded_parts

parts = st.lists(st.integers(-5000, 5000), min_size=3, max_size=3).map(
    lambda units: dict(zip(("data", "framework", "code"), (u / 1000 for u in units), strict=True))
)


@given(parts, st.integers(-9000, 9000), st.integers(0, 3))
def test_the_figures_read_back_from_the_sentence_add_up(exact, start, places):
    """Oracle: the printed text itself, read with a pattern."""
    total = sum(exact.values())
    ends = round(start / 1000, places), round(start / 1000 + total, places)
    split = Split(total, exact, (), True)
    shown = rounded_parts(split, places, round(ends[1] - ends[0], places))
    said = pointer_moved("/x", *ends, shown, places).replace("−", "-").replace(",", "")
    before, after, moved, *told = map(float, re.findall(r"(?<![\w/])[+-]?\d+(?:\.\d+)?", said))
    assert after - before == pytest.approx(moved, abs=1e-9)
    assert sum(told) == pytest.approx(moved, abs=1e-9)


@pytest.mark.parametrize(
    ("differing", "said"),
    [
        ((), "same on both sides"),
        (("data",), "Only the client's own facts differ"),
        (("framework",), "Only the framework differs"),
        (("code",), "Only the code"),
        (("data", "code"), "Data and code were exchanged"),
        (("data", "framework", "code"), "Data, framework and code were exchanged"),
    ],
)
def test_what_differs_is_named(differing, said):
    assert said in how_split(differing, 2 ** len(differing) - 2, 3.2)


def test_code_that_is_left_over_is_said_and_by_whose():
    told = how_split(("data", "code"), 1, 7.0, "2026-Q4 (run 0b7b35a3687e)")
    assert told.startswith("The code of 2026-Q4 (run 0b7b35a3687e) is not at hand")
    assert "one mixture" in told


def test_what_depends_on_an_order_or_has_no_split_says_why():
    assert partial([("data", "code"), ("code", "data")], "x.").endswith("code, then data: x.")
    assert unsplit("x") == "Not split: x."
