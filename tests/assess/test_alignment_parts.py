"""Oracles: the two-way split by textbook sums, statsmodels-free least squares, and properties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lodestar.assess.alignment import (
    built_for,
    correct,
    coverage,
    index_of,
    misalignment,
    parts,
    target_at,
    target_points,
)
from lodestar.framework.model import Capability
from tests.support.builders import small_framework

HALVES = st.integers(2, 10).map(lambda k: k / 2)


@st.composite
def matrices(draw: Any, missing: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Levels with holes, whole-level targets, product weights."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    shape = (rows, columns)
    cell = st.one_of(HALVES, st.just(np.nan)) if missing else HALVES
    x = np.array(draw(st.lists(cell, min_size=rows * columns, max_size=rows * columns)))
    target = draw(st.lists(st.integers(1, 5), min_size=rows, max_size=rows))
    weight = st.floats(0.1, 3)
    w = draw(st.lists(weight, min_size=rows, max_size=rows))
    v = draw(st.lists(weight, min_size=columns, max_size=columns))
    whole = np.repeat(np.array(target, dtype=float)[:, None], columns, axis=1)
    return x.reshape(shape), whole, np.outer(w, v) / (sum(w) * sum(v))


def test_misalignment_index_and_parts_by_hand() -> None:
    """Gaps [[-1, -2], [0, 1]], equal weights: M = 6/4 = 1.5, ḡ = -0.5.

    Row effects -1, 1 → 1; column effects 0, 0 → 0; residuals ±0.5 → 0.25; height 0.25.
    """
    x = np.array([[2.0, 1.0], [3.0, 4.0]])
    target, weights = np.full((2, 2), 3.0), np.full((2, 2), 0.25)
    m = misalignment(x, target, weights)
    split = parts(x, target, weights)
    assert m == 1.5
    assert index_of(m) == pytest.approx(100 * (1 - 1.5**0.5 / 4))
    assert (split.height, split.capabilities, split.functions, split.local) == pytest.approx(
        (0.25, 1.0, 0.0, 0.25)
    )


def test_index_spans_the_ladder() -> None:
    assert index_of(0) == 100
    assert index_of(16) == 0


def test_weights_are_renormalised_over_present_cells() -> None:
    """Weights 1, 2, 3 of three present cells with gaps -1, 0, 2: M = (1 + 0 + 12) / 6."""
    x = np.array([[2.0, 3.0], [5.0, np.nan]])
    weights = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert misalignment(x, np.full((2, 2), 3.0), weights) == pytest.approx(13 / 6)


def test_overshoot_weight_counts_gaps_above_target_only() -> None:
    x, target = np.array([[2.0, 4.0]]), np.full((1, 2), 3.0)
    assert misalignment(x, target, np.ones((1, 2)), 0.5) == pytest.approx(0.75)


@settings(max_examples=150, deadline=None)
@given(matrices())
def test_parts_add_up_to_m_with_missing_cells(case: tuple[np.ndarray, ...]) -> None:
    x, target, weights = case
    assume(not np.isnan(x).all())
    split = parts(x, target, weights)
    assert split.total == pytest.approx(misalignment(x, target, weights), abs=1e-9)
    assert min(split.height, split.capabilities, split.functions, split.local) >= 0


@settings(max_examples=80, deadline=None)
@given(matrices(missing=False))
def test_complete_matrix_has_the_textbook_two_way_split(case: tuple[np.ndarray, ...]) -> None:
    """Weighted main effects, from their definition."""
    x, target, weights = case
    w, v = weights.sum(axis=1), weights.sum(axis=0)
    gaps = x - target
    mean = w @ gaps @ v
    a, b = gaps @ v - mean, w @ gaps - mean
    rest = gaps - mean - a[:, None] - b[None, :]
    want = (mean**2, w @ a**2, v @ b**2, (weights * rest**2).sum())
    split = parts(x, target, weights)
    got = (split.height, split.capabilities, split.functions, split.local)
    assert got == pytest.approx(want, abs=1e-9)


def test_missing_cells_split_by_independent_least_squares() -> None:
    """SS of each fit from the normal equations with a pseudo-inverse."""
    rng = np.random.default_rng(5)
    x = rng.integers(2, 11, (6, 4)) / 2
    x[[0, 1, 4, 5], [1, 3, 0, 2]] = np.nan
    target, weights = rng.integers(1, 6, (6, 4)).astype(float), rng.uniform(0.5, 2, (6, 4))
    seen = ~np.isnan(x)
    omega = weights[seen] / weights[seen].sum()
    gaps = (x - target)[seen]
    rest = gaps - omega @ gaps
    rows, columns = (np.eye(n)[i] for n, i in zip((6, 4), np.nonzero(seen), strict=True))

    def explained(design: np.ndarray) -> float:
        root = np.diag(omega)
        beta = np.linalg.pinv(design.T @ root @ design) @ design.T @ root @ rest
        return float(omega @ (design @ beta) ** 2)

    one, other, both = map(explained, (rows, columns, np.hstack([rows, columns])))
    split = parts(x, target, weights)
    assert split.capabilities == pytest.approx((one + both - other) / 2, abs=1e-9)
    assert split.functions == pytest.approx((other + both - one) / 2, abs=1e-9)
    assert split.local == pytest.approx(omega @ rest**2 - both, abs=1e-9)


def test_parts_of_draws_are_the_parts_of_each_draw() -> None:
    rng = np.random.default_rng(1)
    draws = rng.integers(2, 11, (7, 3, 4)) / 2
    draws[:, 1, 2] = np.nan
    target, weights = np.full((3, 4), 3.0), rng.uniform(1, 2, (3, 4))
    many = parts(draws, target, weights)
    for i, draw in enumerate(draws):
        one = parts(draw, target, weights)
        assert many.functions[i] == pytest.approx(one.functions)
        assert many.local[i] == pytest.approx(one.local)
    assert misalignment(draws, target, weights) == pytest.approx(many.total)


@settings(max_examples=60, deadline=None)
@given(matrices(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_changes_nothing(case: Any, random: Any) -> None:
    x, target, weights = case
    assume(not np.isnan(x).all())
    rows, columns = list(range(x.shape[0])), list(range(x.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    turned = [matrix[np.ix_(rows, columns)] for matrix in (x, target, weights)]
    assert misalignment(*turned) == pytest.approx(misalignment(x, target, weights), abs=1e-12)
    one, two = parts(x, target, weights), parts(*turned)
    assert (one.height, one.functions) == pytest.approx((two.height, two.functions), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(matrices())
def test_a_perfect_client_scores_100_and_closing_a_gap_never_lowers_the_index(case: Any) -> None:
    x, target, weights = case
    assume(not np.isnan(x).all())
    seen = ~np.isnan(x)
    perfect = np.where(seen, target, np.nan)
    assert index_of(misalignment(perfect, target, weights)) == 100
    before = index_of(misalignment(x, target, weights))
    for row, column in zip(*np.nonzero(seen), strict=True):
        closer = x.copy()
        closer[row, column] = target[row, column]
        assert index_of(misalignment(closer, target, weights)) >= before - 1e-12


def test_targets_are_linear_between_levels_and_fall_back_by_level() -> None:
    own = Capability(
        "C01", "D1", "x", target={1: 1, 2: 2, 3: 3, 4: 4, 5: 5}, target_by_function={"b": {4: 3}}
    )
    points = target_points(small_framework(capabilities=(own,)), ["a", "b"])
    assert target_at(points, 3.5)[0].tolist() == [3.5, 3.0]
    assert target_at(points, 4)[0].tolist() == [4, 3]
    assert target_at(points, 5)[0].tolist() == [5, 5]
    assert target_at(points, 1)[0].tolist() == [1, 1]
    framework = small_framework()
    by_cell = [
        [framework.target(c.id, f, 4.3) for f in ("sales", "service")]
        for c in framework.capabilities
    ]
    every = target_points(framework, ["sales", "service"])
    assert target_at(every, 4.3) == pytest.approx(np.array(by_cell))


def test_built_for_is_the_lowest_of_the_nearest_levels() -> None:
    """Targets flat at 3 from level 3 on: levels 3.0 to 5.0 tie, 3.0 is built for."""
    points = np.array([[[1.0, 2.0, 3.0, 3.0, 3.0]]])
    assert built_for(np.array([[3.5]]), points, np.ones((1, 1))) == 3.0
    identity = np.array([[[1.0, 2.0, 3.0, 4.0, 5.0]]])
    assert built_for(np.array([[2.25]]), identity, np.ones((1, 1))) == 2.2
    draws = np.array([[[1.0]], [[4.4]]])
    assert built_for(draws, identity, np.ones((1, 1))).tolist() == [1.0, 4.4]


def test_coverage_counts_weights_of_applicable_cells_only() -> None:
    x = np.array([[3.0, np.nan], [np.nan, np.nan]])
    applicable = np.array([[True, True], [True, False]])
    weights = np.array([[3.0, 1.0], [1.0, 9.0]])
    assert coverage(x, applicable, weights) == pytest.approx(0.6)


def test_correction_takes_noise_off_once_and_shifts_draws_twice() -> None:
    """Draws of mean 1.5 over an observed 1.0: N = 0.5, corrected 0.5, draws shifted by -1."""
    draws = np.linspace(1.0, 2.0, 101)
    found = correct(1.0, draws)
    assert (found.noise, found.value) == pytest.approx((0.5, 0.5))
    assert (found.low, found.high) == pytest.approx((0.1, 0.9))
    assert correct(0.1, draws).value == 0.0
    assert correct(0.1, draws).low == 0.0
