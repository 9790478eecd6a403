"""Alpha and omega, against closed forms and a second, independent maximum-likelihood fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from lodestar.stats.reliability import cronbach_alpha, omega_total
from tests.support.rankings import RANKS


def with_covariance(target: NDArray[np.float64], persons: int = 200) -> NDArray[np.float64]:
    """Return data whose sample covariance is exactly the target."""
    raw = np.random.default_rng(1).normal(size=(persons, len(target)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw, rowvar=False)).T)
    return white @ np.linalg.cholesky(target).T + 3


def direct_omega(items: NDArray[np.float64]) -> float:
    """Fit loadings and errors of the covariances together, with a general optimiser."""
    covariance = np.cov(items, rowvar=False)
    size = len(covariance)
    scale = np.sqrt(np.diag(covariance))

    def discrepancy(x: NDArray[np.float64]) -> float:
        loadings, errors = x[:size] * scale, x[size:] * scale**2
        implied = np.outer(loadings, loadings) + np.diag(errors)
        return float(np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, covariance)))

    bounds = [(-1.0, 1.0)] * size + [(0.005, 1.0)] * size
    fit = minimize(discrepancy, np.full(2 * size, 0.6), bounds=bounds, tol=1e-14)
    loadings, errors = fit.x[:size] * scale, fit.x[size:] * scale**2
    return float(loadings.sum() ** 2 / (loadings.sum() ** 2 + errors.sum()))


def test_alpha_of_rankings_gives_the_published_consensus() -> None:
    """Oracle: nine managers rank seven priorities; strategic consensus .5650, Kendall's W .319224.

    The ranks are those of Tarakci et al. (2014) as Heckmann (2016) prints them. With k raters who
    rank without ties Cronbach's alpha is k/(k − 1)·(1 − 1/(k·W)), and consensus is √W; of managers
    1–4 and 5–9 alone it is .874 and .723.
    """
    ranks = RANKS.T

    def consensus(columns: NDArray[np.int64]) -> float:
        k = columns.shape[1]
        return float(np.sqrt(1 / (k - (k - 1) * cronbach_alpha(columns))))

    assert consensus(ranks) ** 2 == pytest.approx(0.319224, abs=1e-6)
    assert consensus(ranks) == pytest.approx(0.5650, abs=5e-5)
    assert consensus(ranks[:, :4]) == pytest.approx(0.874, abs=5e-4)
    assert consensus(ranks[:, 4:]) == pytest.approx(0.723, abs=5e-4)


def test_alpha_of_equal_correlations_is_spearman_brown() -> None:
    """Oracle: k items correlating r: alpha = k·r / (1 + (k − 1)·r); 4 items at .5 give .8."""
    items = with_covariance(np.full((4, 4), 0.5) + 0.5 * np.eye(4))
    assert cronbach_alpha(items) == pytest.approx(0.8)


def test_alpha_uses_complete_cases() -> None:
    """Oracle: the complete rows alone; by hand 2·(1 − (1 + 1)/4) = 1 for two equal items."""
    items = np.array([[1, 1], [2, 2], [3, 3], [np.nan, 5]])
    assert cronbach_alpha(items) == pytest.approx(1.0)
    assert np.isnan(cronbach_alpha([[1], [2], [3]]))
    assert np.isnan(cronbach_alpha([[2, 2], [2, 2]]))


def test_omega_of_an_exact_one_factor_covariance() -> None:
    """Oracle: closed form (Σλ)² / ((Σλ)² + Σθ) where the model holds exactly, scales unequal."""
    loadings, errors = np.array([0.9, 0.6, 1.4, 0.5]), np.array([0.4, 0.5, 1.0, 0.8])
    items = with_covariance(np.outer(loadings, loadings) + np.diag(errors))
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + errors.sum())
    assert omega_total(items) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("seed", range(8))
def test_omega_matches_a_direct_fit(seed: int) -> None:
    """Oracle: all parameters fitted at once by a general optimiser, on rounded 1–5 answers."""
    rng = np.random.default_rng(seed)
    k = int(rng.integers(3, 7))
    common = rng.normal(size=(80, 1)) * rng.uniform(0.5, 1.0, k)
    items = np.clip(np.round(3 + common + rng.normal(scale=0.8, size=(80, k))), 1, 5)
    assert omega_total(items) == pytest.approx(direct_omega(items), abs=1e-4)


def test_omega_is_missing_where_it_would_mislead() -> None:
    """Oracle: the rules: under 3 items, under 10 cases, a constant item, a negative loading."""
    rng = np.random.default_rng(2)
    good = rng.normal(size=(40, 1)) + 0.7 * rng.normal(size=(40, 4))
    assert omega_total(good) > 0.7
    assert np.isnan(omega_total(good[:, :2]))
    assert np.isnan(omega_total(good[:9]))
    assert np.isnan(omega_total(np.column_stack([good[:, :3], np.full(40, 4.0)])))
    assert np.isnan(omega_total(np.column_stack([good[:, :3], -good[:, 3]])))


def test_omega_leaves_out_incomplete_persons() -> None:
    rng = np.random.default_rng(3)
    items = rng.normal(size=(30, 1)) + rng.normal(size=(30, 3))
    holes = np.vstack([items, [[1, np.nan, 2]]])
    assert omega_total(holes) == omega_total(items)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(3, 6), st.integers(10, 30))
def test_omega_is_bounded_and_knows_no_order(seed: int, k: int, persons: int) -> None:
    rng = np.random.default_rng(seed)
    items = rng.integers(1, 6, size=(persons, k)).astype(float)
    found = omega_total(items)
    moved = omega_total(items[rng.permutation(persons)][:, rng.permutation(k)])
    assert np.isnan(found) or 0 <= found <= 1
    assert moved == pytest.approx(found, nan_ok=True, abs=1e-5)
