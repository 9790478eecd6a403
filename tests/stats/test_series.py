"""Lagged association under inertia, season and trend, against simulation and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lodestar.stats.series import (
    block_bootstrap,
    lagged_association,
    whiten,
    whitened_association,
)


def inert(rng: np.random.Generator, steps: int, inertia: float) -> NDArray[np.float64]:
    """Return a first-order autoregressive series with season and trend."""
    noise = rng.normal(size=steps + 50)
    series = np.zeros(steps + 50)
    for t in range(1, steps + 50):
        series[t] = inertia * series[t - 1] + noise[t]
    months = np.arange(steps)
    return series[50:] + 2 * np.sin(2 * np.pi * months / 12) + 0.1 * months


@pytest.mark.parametrize(("steps", "inertia"), [(26, 0.0), (36, 0.8), (60, 0.95), (60, 1.0)])
def test_unrelated_series_are_rarely_called_related(steps: int, inertia: float) -> None:
    """Oracle: at 5 %, at most 10 % of 250 unrelated pairs (naive correlation: 34 % to 58 %)."""
    rng = np.random.default_rng(1)
    p = [
        lagged_association(inert(rng, steps, inertia), inert(rng, steps, inertia)).p
        for _ in range(250)
    ]
    assert np.mean(np.array(p) <= 0.05) <= 0.10


def test_a_planted_lag_is_found_with_its_sign() -> None:
    """Oracle: planted: the second falls two months after the first rises; 60 months, 40 pairs."""
    rng = np.random.default_rng(2)
    found = []
    for _ in range(40):
        x, y = inert(rng, 60, 0.8), inert(rng, 60, 0.8)
        y[2:] -= 0.9 * x[:-2]
        found.append(lagged_association(x, y))
    assert np.mean([one.lag == 2 and one.p <= 0.05 and one.r < 0 for one in found]) > 0.9


def test_short_or_flat_series_are_refused() -> None:
    """Oracle: 24 points after differencing need 25 months."""
    rng = np.random.default_rng(3)
    assert np.isnan(lagged_association(rng.normal(size=24), rng.normal(size=24)).p)
    assert lagged_association(rng.normal(size=24), rng.normal(size=24)).n == 23
    assert np.isfinite(lagged_association(rng.normal(size=25), rng.normal(size=25)).p)
    assert np.isnan(lagged_association(np.ones(40), rng.normal(size=40)).p)


def test_missing_months_cost_their_neighbours_only() -> None:
    """Oracle: one hole costs two changes."""
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=60), rng.normal(size=60)
    x[30] = np.nan
    assert lagged_association(x, y).n == 57


def test_units_and_offsets_do_not_matter() -> None:
    rng = np.random.default_rng(5)
    x, y = inert(rng, 48, 0.5), inert(rng, 48, 0.5)
    plain, scaled = lagged_association(x, y), lagged_association(1000 * x + 7, 0.01 * y - 3)
    assert (plain.lag, plain.n) == (scaled.lag, scaled.n)
    assert (plain.r, plain.p) == pytest.approx((scaled.r, scaled.p))
    assert lagged_association(x, -y).r == pytest.approx(-plain.r)
    assert whitened_association(whiten(x), whiten(y)) == plain


def test_whitening_removes_inertia_and_season() -> None:
    """Oracle: lag-1 and lag-12 autocorrelation of the residuals near 0 (±3/√n)."""
    residuals = whiten(inert(np.random.default_rng(6), 240, 0.8)).residuals
    kept = residuals[np.isfinite(residuals)]
    for lag in (1, 12):
        assert abs(np.corrcoef(kept[:-lag], kept[lag:])[0, 1]) < 3 / np.sqrt(len(kept))


def test_block_resamples_keep_neighbours_together() -> None:
    """Oracle: Politis & Romano: a step follows its neighbour with probability 1 − 1/b (+ 1/bn)."""
    draws = block_bootstrap(50, np.random.default_rng(7), draws=400, block=5)
    assert draws.shape == (400, 50)
    together = (np.diff(draws, axis=1) % 50 == 1).mean()
    assert together == pytest.approx(1 - 1 / 5 + 1 / 250, abs=0.01)
    assert np.bincount(draws.ravel(), minlength=50) == pytest.approx(np.full(50, 400), rel=0.25)
