"""Cliff's delta, against a published example and counting pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.effects import cliffs_delta, magnitude
from tests.oracles.vectors import STATISTICS

scores = st.lists(st.integers(1, 5), min_size=1, max_size=15)


def test_delta_matches_the_published_example() -> None:
    """Oracle: the example of the ``cliffs-delta`` package, −0.25, "small"."""
    vector = STATISTICS["cliffs_delta_readme"]
    found = cliffs_delta(vector["input"]["a"], vector["input"]["b"])
    assert isinstance(found, float)
    assert found == pytest.approx(vector["expected"]["delta"], abs=1e-12)
    assert magnitude(found) == vector["expected"]["label"]


@given(scores, scores)
def test_delta_counts_pairs(a: list[int], b: list[int]) -> None:
    """Oracle: every pair of one person from each group, counted one by one."""
    pairs = [(x > y) - (x < y) for x in a for y in b]
    assert cliffs_delta(a, b) == pytest.approx(sum(pairs) / len(pairs))
    assert cliffs_delta(b, a) == pytest.approx(-cliffs_delta(a, b))
    assert cliffs_delta(sorted(a), b[::-1]) == cliffs_delta(a, b)


def test_missing_answers_are_left_out() -> None:
    assert cliffs_delta([5, np.nan], [1, 2, np.nan]) == 1.0
    assert np.isnan(cliffs_delta([], [1]))
    assert np.isnan(cliffs_delta([np.nan], [1]))


@pytest.mark.parametrize(
    ("delta", "word"),
    [(0.1469, "negligible"), (0.147, "small"), (-0.33, "medium"), (0.474, "large"), (1, "large")],
)
def test_magnitudes_are_the_conventional_ones(delta: float, word: str) -> None:
    """Oracle: thresholds .147, .33, .474 (Romano et al. 2006)."""
    assert magnitude(delta) == word
