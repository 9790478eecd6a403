"""Concentration, against the competition authorities' own arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.concentration import effective_number, hhi, top_share
from tests.oracles.vectors import STATISTICS

amounts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30)


def test_hhi_matches_published_figures() -> None:
    """Oracle: US Department of Justice: 30, 30, 20, 20 % give 2,600; and the definition."""
    vector = STATISTICS["hhi_doj_30_30_20_20"]
    assert hhi(vector["input"]["shares_percent"]) == pytest.approx(vector["expected"]["hhi"])
    bounds = STATISTICS["hhi_monopoly_and_equal"]
    for shares, expected in zip(
        bounds["input"]["shares_percent"], bounds["expected"]["hhi"], strict=True
    ):
        assert hhi(shares) == pytest.approx(expected)


def test_amounts_at_or_below_zero_are_left_out() -> None:
    """Oracle: the positive amounts alone."""
    assert hhi([50, 50, 0, -30, np.nan]) == pytest.approx(5000)
    assert top_share([50, 30, 20, -99], 1) == pytest.approx(0.5)
    assert effective_number([1, 1, -1]) == pytest.approx(2)
    assert all(np.isnan(f) for f in (hhi([]), effective_number([-1]), top_share([0], 3)))


@given(amounts)
def test_concentration_is_bounded_and_free_of_units_and_order(values: list[float]) -> None:
    assert 10_000 / len(values) - 1e-6 <= hhi(values) <= 10_000 + 1e-6
    assert hhi([1000 * value for value in reversed(values)]) == pytest.approx(hhi(values))
    assert 1 - 1e-9 <= effective_number(values) <= len(values) + 1e-6
    assert top_share(values, len(values)) == pytest.approx(1)
    assert top_share(values, 1) <= top_share(values, 2) + 1e-12
