"""Press response and its determinacy, against published loop analyses and direct counting."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts.press import (
    community,
    determinant,
    permanent,
    press,
    response,
    settles,
)
from tests.support.conflicts import field_results, link, metric, node
from tests.support.registers import links

CASES = json.loads(
    (Path(__file__).parents[2] / "oracles" / "conflicts" / "loop_analysis.json").read_text()
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_published_webs(case):
    """Oracle: adjugate, feedback products and weighted predictions as published or derived."""
    size = range(len(case["A"]))
    found = [[response(case["A"], of=i, to=j) for j in size] for i in size]
    assert [[cell.feedback for cell in row] for row in found] == case["adj"]
    assert [[cell.total for cell in row] for row in found] == case["T"]
    for i in size:
        for j in size:
            assert found[i][j].determinacy == pytest.approx(float(Fraction(case["W"][i][j])))


@settings(max_examples=200)
@given(
    st.integers(0, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-2, 2), min_size=n, max_size=n), min_size=n, max_size=n
        )
    )
)
def test_determinant_and_permanent_are_sums_over_permutations(matrix):
    """Oracle: Leibniz' formula, with signs and without."""
    size = len(matrix)
    terms = [(p, prod(matrix[i][p[i]] for i in range(size))) for p in permutations(range(size))]
    odd = [sum(p[i] > p[j] for i in range(size) for j in range(i, size)) % 2 for p, _ in terms]
    assert permanent(matrix) == sum(value for _, value in terms)
    assert determinant(matrix) == sum(
        -value if turn else value for turn, (_, value) in zip(odd, terms, strict=True)
    )


def test_the_matrix_holds_what_acts_on_a_row():
    """A lowers b: row b, column a; every place damps itself."""
    found = links("ab", [("a", "b", -0.5)])
    assert community(found, (0, 1)) == [[-1, 0], [-1, -1]]
    assert press(found, (0, 1), 0, 1).sign == -1
    assert press(found, (0, 1), 1, 0).total == 0


def test_pressure_settles_unless_a_loop_feeds_itself():
    """Oracle: a loop of two gains settles when their product is below the damping, 1."""
    assert settles(links("ab", [("a", "b", 0.9), ("b", "a", 0.9)]), (0, 1))
    assert not settles(links("ab", [("a", "b", 1.0), ("b", "a", 1.0)]), (0, 1))


def test_a_contested_conflict_carries_its_press_response():
    """a→b −, a→x→b +: one product each way, so the answer is open; by hand."""
    tables = {
        "metrics": [metric("a", "sales"), metric("b", "service")],
        "nodes": [node("x")],
        "links": [link("a", "b", "-", 0.5), link("a", "x", "+", 0.9), link("x", "b", "+", 0.5)],
    }
    item = field_results(tables)["conflicts"]["items"][0]
    assert item["contested"]
    assert item["press"] == {"determinacy": 0.0, "sign": 0, "nodes": ["a", "b", "x"]}


def test_sixteen_places_are_too_many():
    ids = [f"n{i:02d}" for i in range(16)]
    middle = [link("a", i, "+", 0.2) for i in ids] + [link(i, "b", "+", 0.155) for i in ids]
    tables = {
        "metrics": [metric("a", "sales"), metric("b", "service")],
        "nodes": [node(i) for i in ids],
        "links": [link("a", "b", "-", 0.5), *middle],
    }
    item = field_results(tables)["conflicts"]["items"][0]
    assert item["contested"]
    assert item["press"] is None
    assert "More than 15 places" in item["press_reason"]


def test_plain_conflicts_need_no_press():
    items = field_results()["conflicts"]["items"]
    assert all(item["press"] is None and item["press_reason"] for item in items)


def test_fifteen_places_are_counted_in_whole_numbers():
    """Oracle: numpy's determinant of the same minor, rounded."""
    matrix = next(case["A"] for case in CASES if len(case["A"]) == 15)
    minor = np.delete(np.delete(-np.array(matrix), 4, axis=0), 7, axis=1)
    expected = round(float(np.linalg.det(minor))) * (-1) ** (7 + 4)
    assert response(matrix, of=7, to=4).feedback == expected
