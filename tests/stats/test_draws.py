"""Draws and their intervals, against numpy itself and hand-computed cases."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.draws import DRAWS, generator, interval, intervals
from tests.oracles.vectors import STATISTICS


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


def test_percentiles_of_a_known_bootstrap() -> None:
    """Oracle: R's boot on Davison & Hinkley's city data: 1.2484 to 2.1235 (Monte-Carlo spread)."""
    vector = STATISTICS["bootstrap_city_ratio"]
    cities = np.array([[city["u"], city["x"]] for city in vector["input"]["data"]], dtype=float)
    picks = generator(1, "city").integers(0, len(cities), size=(9999, len(cities)))
    sums = cities[picks].sum(axis=1)
    low, high = interval(sums[:, 1] / sums[:, 0])
    estimate = cities[:, 1].sum() / cities[:, 0].sum()
    assert estimate == pytest.approx(vector["expected"]["t0"])
    assert low == pytest.approx(vector["expected"]["perc"][0], abs=0.02)
    assert high == pytest.approx(vector["expected"]["perc"][1], abs=0.10)


def test_intervals_of_many_are_those_of_each() -> None:
    """Oracle: ``interval`` of each quantity alone."""
    rng = np.random.default_rng(1)
    draws, estimates = rng.normal(size=(5, 40)), 3 * rng.normal(size=5)
    expected = [interval(own, 0.8, one) for own, one in zip(draws, estimates, strict=True)]
    assert intervals(draws, estimates, 0.8).tolist() == [list(bounds) for bounds in expected]
