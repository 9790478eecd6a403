"""Draws and their intervals, against numpy itself and hand-computed cases."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lodestar.stats.draws import DRAWS, generator, interval


def test_generator_is_the_pinned_construction() -> None:
    """Oracle: METHOD's own definition, default_rng([seed, crc32(key)])."""
    key = "perspectives.gaps/D1.level/customer/employee"
    expected = np.random.default_rng([2026, zlib.crc32(key.encode())]).random(5)
    assert generator(2026, key).random(5).tolist() == expected.tolist()
    assert generator(2027, key).random() != generator(2026, key).random()
    assert DRAWS == 2000


def test_interval_is_linear_percentiles_without_missing_draws() -> None:
    """Oracle: ranks by hand: 0…100 with two missing draws has its 10 % point at 10."""
    assert interval([*range(101), np.nan, np.inf], level=0.80) == pytest.approx((10, 90))
    assert interval([1.0, 2.0], level=0.5) == pytest.approx((1.25, 1.75))


def test_interval_without_draws_is_missing() -> None:
    assert all(np.isnan(bound) for bound in interval([np.nan], estimate=1.0))


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40),
    st.floats(-1e6, 1e6),
    st.floats(0.05, 0.99),
)
def test_interval_holds_its_estimate(draws: list[float], estimate: float, level: float) -> None:
    low, high = interval(draws, level, estimate)
    assert low <= estimate <= high
