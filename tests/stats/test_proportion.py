"""Wilson's interval. Oracle: R's prop.test(37, 50, correct = FALSE); the equation it solves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.proportion import Z95, wilson


def test_r_prop_test() -> None:
    assert wilson(37, 50) == pytest.approx((0.6044684273515, 0.8412847250645), abs=1e-9)


def test_nobody_asked() -> None:
    assert all(math.isnan(bound) for bound in wilson(0, 0))


@given(st.integers(1, 400), st.floats(0, 1))
def test_bounds_are_where_the_score_test_is_just_significant(n: int, part: float) -> None:
    """Each bound p0 solves |p − p0| = z √(p0 (1 − p0)/n)."""
    successes = round(part * n)
    p = successes / n
    for bound in wilson(successes, n):
        assert 0 <= bound <= 1 + 1e-12
        if bound != p:
            assert abs(p - bound) == pytest.approx(
                Z95 * math.sqrt(bound * (1 - bound) / n), abs=1e-6
            )
