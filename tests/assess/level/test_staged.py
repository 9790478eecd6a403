"""Oracles: the stage by brute force, TRACC's published worked example."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.level import disagreement, gated, shares_reaching, staged_level
from lodestar.stats.rounding import to_level

KEY = np.array([True, True, False, False])
TENTHS = st.integers(10, 50).map(lambda k: k / 10)


def brute(dimensions: list[float], key: np.ndarray) -> int:
    """The rule in the words of the method, one level at a time."""
    best = 1
    for k in (1, 2, 3, 4, 5):
        keys = [v for v, is_key in zip(dimensions, key, strict=True) if is_key]
        others = [v for v, is_key in zip(dimensions, key, strict=True) if not is_key]
        if k == 1 or (all(v >= k - 0.5 for v in keys) and sum(v < k - 0.5 for v in others) <= 1):
            best = k
    return best


def test_stage_by_brute_force_over_a_grid() -> None:
    steps = (1.0, 1.5, 2.4, 2.5, 3.5, 4.4, 4.5, 5.0)
    every = [list(values) for values in itertools.product(steps, repeat=4)]
    got = staged_level(np.array(every), KEY)
    assert got.tolist() == [brute(values, KEY) for values in every]


def test_thresholds_compare_settled_values() -> None:
    """0.1 + 0.2 + 2.2 is 2.5000000000000004 and 2.4999999999 stays below."""
    assert staged_level(np.array([2.5 - 1e-12, 2.5, 2.5, 2.5]), KEY) == 3
    assert staged_level(np.array([2.5 - 1e-8, 2.5, 2.5, 2.5]), KEY) == 2


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ([np.nan, 3, 3, 3], KEY),
        ([3, 3, np.nan, np.nan], KEY),
        ([3, 3, 3, 3], np.zeros(4, dtype=bool)),
    ],
)
def test_stage_is_null_where_it_cannot_be_told(values: list[float], key: np.ndarray) -> None:
    assert np.isnan(staged_level(np.array(values, dtype=float), key))


def test_one_other_dimension_may_be_missing() -> None:
    assert staged_level(np.array([3.0, 3.0, np.nan, 3.0]), KEY) == 3


@settings(max_examples=150, deadline=None)
@given(st.lists(TENTHS, min_size=4, max_size=4))
def test_disagreement_follows_the_two_rules(values: list[float]) -> None:
    dimensions = np.array(values)
    continuous = float(dimensions.mean())
    staged, rounded = brute(values, KEY), to_level(continuous)
    found = disagreement(dimensions, KEY, continuous)
    if staged <= rounded - 1:
        assert found is not None
        assert found.kind == "held_back"
        assert all(dimensions[i] < staged + 0.5 for i in found.dimensions)
    elif staged > rounded:
        assert found is not None
        assert found.kind == "excused"
        assert len(found.dimensions) == 1
        assert not KEY[found.dimensions[0]]
    else:
        assert found is None


def test_held_back_names_what_stops_the_next_stage_lowest_first() -> None:
    found = disagreement(np.array([2.2, 4.0, 1.9, 4.0]), KEY, 3.025)
    assert found is not None
    assert found.dimensions == (0,)
    both = disagreement(np.array([4.0, 4.0, 2.4, 1.9]), KEY, 3.075)
    assert both is not None
    assert both.dimensions == (3, 2)


def test_one_weak_dimension_excused() -> None:
    found = disagreement(np.array([3.5, 3.5, 1.0, 3.5]), KEY, 2.875)
    assert found is not None
    assert (found.kind, found.dimensions) == ("excused", (2,))


def test_gated_level_of_traccs_worked_example() -> None:
    """Shares .75, .5, .5, .25 give 2.359375; overall = mean(2.36, 1.94, 1.33 four times) = 1.60."""
    theme = gated(np.array([0.75, 0.5, 0.5, 0.25]))
    assert theme == 2.359375
    second = gated(np.array([0.75, 0.25, 0.0, 0.0]))
    rest = gated(np.array([1 / 3, 0.0, 1.0, 1.0]))
    themes = [round(level, 2) for level in (theme, second, *[rest] * 4)]
    assert themes == [2.36, 1.94, 1.33, 1.33, 1.33, 1.33]
    assert round(float(np.mean(themes)), 2) == 1.60


def test_shares_reaching_counts_weights_of_present_cells() -> None:
    x = np.array([[2.0, 3.5], [np.nan, 5.0]])
    weights = np.array([[1.0, 2.0], [7.0, 1.0]])
    assert shares_reaching(x, weights).tolist() == [1.0, 0.75, 0.25, 0.25]


def test_four_cells_that_reach_traccs_shares() -> None:
    """Cells at 1, 2, 4 and 5 of equal weight reach .75, .5, .5, .25: 2.359375 from end to end."""
    shares = shares_reaching(np.array([[1.0, 2.0], [4.0, 5.0]]), np.ones((2, 2)))
    assert shares.tolist() == [0.75, 0.5, 0.5, 0.25]
    assert gated(shares) == 2.359375
