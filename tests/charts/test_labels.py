"""Labels keep apart. Oracles: cases by hand; invariants of any arrangement."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.charts.labels import spread


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([0.2, 0.8], [0.2, 0.8]),
        ([0.5, 0.5], [0.45, 0.55]),
        ([0.5, 0.5, 0.5], [0.4, 0.5, 0.6]),
        ([0.0, 0.0], [0.0, 0.1]),
        ([1.0, 1.0], [0.9, 1.0]),
        ([0.9, 0.1], [0.9, 0.1]),
        ([], []),
    ],
)
def test_by_hand(positions: list[float], expected: list[float]) -> None:
    assert spread(positions, 0.1, 0.0, 1.0) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_labels_are_apart_in_order_and_inside(positions: list[float]) -> None:
    placed = spread(positions, 0.1, 0.0, 1.0)
    in_order = sorted(zip(positions, placed, strict=True))
    shown = sorted(placed)
    assert all(b - a >= 0.1 - 2e-6 for a, b in itertools.pairwise(shown))
    assert [p for _, p in in_order] == pytest.approx(shown)
    assert shown[0] >= -1e-6
    assert shown[-1] <= 1 + 1e-6


@given(st.lists(st.integers(0, 9), unique=True, min_size=1))
def test_what_is_apart_already_stays(places: list[int]) -> None:
    positions = [place / 10 for place in places]
    assert spread(positions, 0.1, 0.0, 1.0) == pytest.approx(positions, abs=1e-6)
