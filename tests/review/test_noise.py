"""Verdicts on noise. Oracles: normal intervals in closed form; the run's own paired verdict."""

from __future__ import annotations

from math import hypot
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.review.noise import COUNTED, HALF, NOT_ASKED_AGAIN, from_halves, movement
from lodestar.review.sides import Side
from tests.support.review import side_of

Z = 1.2816
HALVES = st.floats(0.01, 5.0)
VALUES = st.floats(-50.0, 50.0)


def _ends(value: float, low: float, high: float) -> tuple[float, float, float]:
    return value, value - low, value + high


@given(VALUES, VALUES, HALVES, HALVES)
def test_normal_intervals_give_the_normal_interval_of_the_difference(
    a: float, b: float, s: float, t: float
) -> None:
    low, high = from_halves(_ends(a, Z * s, Z * s), _ends(b, Z * t, Z * t))
    assert low == pytest.approx(b - a - Z * hypot(s, t), abs=2e-6)
    assert high == pytest.approx(b - a + Z * hypot(s, t), abs=2e-6)


@given(VALUES, VALUES, HALVES, HALVES, HALVES, HALVES)
def test_the_other_way_round_the_ends_change_places_and_signs(
    a: float, b: float, p: float, q: float, r: float, s: float
) -> None:
    there, here = _ends(a, p, q), _ends(b, r, s)
    low, high = from_halves(there, here)
    assert from_halves(here, there) == pytest.approx((-high, -low), abs=2e-6)


def _side(folder: Path, period: str, changes: list[dict[str, Any]]) -> Side:
    files = {f"inputs/{period}/outcomes.csv": period}
    return side_of(folder / period, period, {"alignment": {"trend": {"changes": changes}}}, files)


OWN = {"from": "2026-Q2", "to": "2026-Q4", "change": 3.3, "low": 1.0, "high": 5.6}


@pytest.mark.parametrize("turned", [False, True])
def test_the_runs_own_verdict_is_taken_where_it_speaks_of_these_numbers(
    tmp_path: Path, turned: bool
) -> None:
    early = _side(tmp_path, "2026-Q2", [])
    late = _side(tmp_path, "2026-Q4", [{**OWN, "beyond_noise": True}])
    ends = (59.1, 57.4, 60.9), (62.4, 60.7, 64.1)
    if turned:
        found = movement("alignment.index", late, early, ends[1], ends[0])
        assert (found.change, found.low, found.high) == (-3.3, -5.6, -1.0)
    else:
        found = movement("alignment.index", early, late, *ends)
        assert (found.change, found.low, found.high) == (3.3, 1.0, 5.6)
    assert (found.basis, found.beyond_noise) == ("paired", True)


def test_another_number_than_the_runs_own_is_judged_by_the_two_intervals(tmp_path: Path) -> None:
    early = _side(tmp_path, "2026-Q2", [])
    late = _side(tmp_path, "2026-Q4", [{**OWN, "beyond_noise": True}])
    found = movement("alignment.index", early, late, (59.1, 57.4, 60.9), (61.2, 59.8, 63.0))
    assert (found.basis, found.beyond_noise) == ("intervals", False)


def test_without_an_interval_there_is_no_verdict_and_the_reason_is_told(tmp_path: Path) -> None:
    early, late = _side(tmp_path, "2026-Q2", []), _side(tmp_path, "2026-Q4", [])
    counted = movement("conflicts.severe", early, late, (14, None, None), (12, None, None))
    half = movement("inclusion.nps", early, late, (1.0, None, None), (2.0, 1.0, 3.0))
    assert (counted.beyond_noise, counted.reason) == (None, COUNTED)
    assert (half.beyond_noise, half.reason) == (None, HALF)


def test_the_same_answers_cannot_move_by_chance(tmp_path: Path) -> None:
    one = _side(tmp_path, "2026-Q4", [])
    found = movement("alignment.index", one, one, (59.1, 57.4, 60.9), (65.0, 64.0, 66.0))
    assert (found.beyond_noise, found.reason) == (None, NOT_ASKED_AGAIN)
