"""Rounding to levels, against hand-computed cases."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.stats.rounding import distribution, settle, to_level


def test_settled_values_compare_as_written() -> None:
    """Oracle: decimal arithmetic (0.1 + 0.2 is 0.3; 3 × 1.1 − 0.8 is 2.5)."""
    assert settle(0.1 + 0.2) == 0.3
    assert settle(3 * 1.1 - 0.8) >= 2.5
    assert np.signbit(settle(-1e-12)) == np.False_


@pytest.mark.parametrize(
    ("x", "level"),
    [(0.2, 1), (1.49, 1), (1.5, 2), (2.4999999999, 3), (2.4999, 2), (4.5, 5), (9, 5)],
)
def test_to_level_rounds_half_up_within_the_ladder(x: float, level: int) -> None:
    """Oracle: floor(x + 0.5) by hand, clipped to 1–5, on values settled to 9 decimals."""
    assert to_level(x) == level
    assert to_level([x, x]).tolist() == [level, level]


def test_missing_level_stays_missing() -> None:
    assert np.isnan(to_level(float("nan")))
    assert np.isnan(to_level([np.nan, 2.0])[0])


def test_distribution_counts_draws_by_level() -> None:
    """Oracle: counted by hand; missing draws leave the denominator."""
    shares = distribution([1, 2, 2, np.nan, 5])
    assert shares == {"1": 0.25, "2": 0.5, "3": 0.0, "4": 0.0, "5": 0.25}
    assert set(distribution([]).values()) == {0.0}
