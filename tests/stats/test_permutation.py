"""Permutation p and bootstrap of Cliff's delta, against exact enumeration."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from lodestar.stats.effects import cliffs_delta
from lodestar.stats.permutation import (
    bootstrap_delta,
    few_answers,
    permutation_p,
    permutation_p_alike,
    relabellings,
)


def exact_p(a: list[float], b: list[float]) -> float:
    """Return the share of all relabellings at least as far apart, by enumeration."""
    pool, observed = [*a, *b], abs(cliffs_delta(a, b))
    hits = []
    for chosen in combinations(range(len(pool)), len(a)):
        rest = [pool[i] for i in range(len(pool)) if i not in chosen]
        hits.append(abs(cliffs_delta([pool[i] for i in chosen], rest)) >= observed - 1e-12)
    return float(np.mean(hits))


@pytest.mark.parametrize(
    ("a", "b"),
    [([1, 2, 2, 3, 5], [3, 4, 4, 5, 5]), ([1, 1, 2], [4, 5, 5, 5, 4]), ([2, 4, 3], [3, 3, 3])],
)
def test_p_matches_the_exact_distribution(a: list[float], b: list[float]) -> None:
    """Oracle: every relabelling enumerated; tolerance four Monte-Carlo standard errors."""
    expected = exact_p(a, b)
    found = permutation_p(a, b, np.random.default_rng(1))
    assert found == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 10_000))


def test_p_is_hits_and_one_over_10001() -> None:
    """Oracle: with delta 0 every relabelling is a hit; p is never 0."""
    rng = np.random.default_rng(2)
    assert permutation_p([3, 3], [3, 3], rng) == 1.0
    smallest = permutation_p([1] * 20, [5] * 20, rng)
    assert smallest == pytest.approx(1 / 10_001)
    assert np.isnan(permutation_p([], [1], rng))


def test_more_relabellings_come_nearer_to_the_exact_distribution() -> None:
    """Oracle: 12 against 12 apart but for one: scipy's exact p (2·2/C(24, 12)), four errors."""
    a, b = np.arange(12.0), np.arange(11.5, 23.5)
    exact = mannwhitneyu(a, b, method="exact").pvalue
    assert exact < 1e-6
    found = [
        permutation_p(a, b, np.random.default_rng(1), 200_000),
        permutation_p_alike([(a, b)], *_draws(), permutations=200_000)[0],
    ]
    assert found == pytest.approx([1 / 200_001] * 2, abs=1.1e-5)
    near = [float(x) for x in range(12)], [x + 5.5 for x in range(12)]
    want = mannwhitneyu(*near, method="exact").pvalue
    told = permutation_p_alike([tuple(map(np.array, near))], *_draws(), permutations=200_000)[0]
    assert told == pytest.approx(want, abs=4 * np.sqrt(want / 200_000))


def _draws() -> tuple[np.random.Generator, list[np.random.Generator]]:
    return np.random.default_rng(1), [np.random.default_rng(2)]


def test_relabellings_choose_everybody_equally_often() -> None:
    """Oracle: each of 9 persons is chosen in 4/9 of 10,000 rows (±5 standard errors)."""
    labels = np.concatenate(list(relabellings(4, 5, np.random.default_rng(3))))
    assert labels.shape == (10_000, 9)
    assert (labels.sum(axis=1) == 4).all()
    assert labels.mean(axis=0) == pytest.approx(np.full(9, 4 / 9), abs=0.025)


def test_comparisons_share_relabellings_and_keep_their_own_draws() -> None:
    """A comparison's p does not depend on which others are tested beside it."""
    rng = np.random.default_rng(4)
    samples = [(rng.normal(size=12), rng.normal(0.5, size=15)) for _ in range(3)]
    own = [np.random.default_rng(i) for i in range(3)]
    together = permutation_p_alike(samples, np.random.default_rng(5), own)
    for i in range(3):
        shared, draw = np.random.default_rng(5), np.random.default_rng(i)
        alone = permutation_p_alike([samples[i]], shared, [draw])
        assert alone[0] == together[i]


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_to_relabel_agree_with_the_exact_distribution(seed: int) -> None:
    """Oracle: every relabelling enumerated (5 against 6 persons, ties)."""
    rng = np.random.default_rng(seed)
    a, b = rng.integers(1, 5, 5).astype(float), rng.integers(2, 6, 6).astype(float)
    expected = exact_p(a.tolist(), b.tolist())
    assert permutation_p_alike([(a, b)], rng, [rng])[0] == pytest.approx(expected, abs=0.02)
    assert permutation_p(a, b, rng) == pytest.approx(expected, abs=0.02)


def test_missing_answers_are_left_out() -> None:
    """Oracle: the answers alone, from the same generator."""
    alone = permutation_p([1, 2], [4, 5, 5], np.random.default_rng(6))
    assert permutation_p([1, np.nan, 2], [4, 5, 5, np.nan], np.random.default_rng(6)) == alone


def test_p_is_uniform_when_groups_do_not_differ() -> None:
    """Oracle: under the null a 5 % test rejects 5 % of 400 cases (±4 standard errors)."""
    rng = np.random.default_rng(8)
    samples = [(rng.normal(size=12), rng.normal(size=14)) for _ in range(400)]
    p = permutation_p_alike(samples, rng, [np.random.default_rng(i) for i in range(400)])
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 400))


def test_few_answers_in_large_groups_are_counted() -> None:
    """Oracle: scipy's normal approximation in a large sample with five different answers."""
    rng = np.random.default_rng(9)
    a, b = rng.integers(1, 6, 150).astype(float), rng.integers(1, 6, 250).astype(float)
    assert few_answers(a, b)
    expected = mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue
    assert permutation_p(a, b, rng) == pytest.approx(expected, abs=0.02)


def test_bootstrap_resamples_persons_of_each_group() -> None:
    """Oracle: the same picks replayed through Cliff's delta, draw by draw."""
    a, b = np.array([1.0, 2, 4, 4]), np.array([2.0, 3, 5])
    found = bootstrap_delta(a, b, np.random.default_rng(9), draws=40)
    rng = np.random.default_rng(9)
    picks_a = rng.integers(0, 4, size=(40, 4), dtype=np.uint16)
    picks_b = rng.integers(0, 3, size=(40, 3), dtype=np.uint16)
    expected = [cliffs_delta(a[i], b[j]) for i, j in zip(picks_a, picks_b, strict=True)]
    assert found == pytest.approx(expected)
    assert np.isnan(bootstrap_delta([], [1.0], rng, draws=2)).all()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=10),
    st.lists(st.integers(1, 5), min_size=1, max_size=10),
)
def test_bootstrap_is_bounded(a: list[int], b: list[int]) -> None:
    draws = bootstrap_delta(a, b, np.random.default_rng(10), draws=50)
    assert (np.abs(draws) <= 1).all()
