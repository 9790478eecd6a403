"""Block resamples and correlations in them, against their definitions."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.stats.blocks import block_bootstrap, correlation_draws


def test_block_resamples_keep_neighbours_together() -> None:
    """Oracle: Politis & Romano: a step follows its neighbour with probability 1 − 1/b (+ 1/bn)."""
    draws = block_bootstrap(50, np.random.default_rng(7), draws=400, block=5)
    assert draws.shape == (400, 50)
    together = (np.diff(draws, axis=1) % 50 == 1).mean()
    assert together == pytest.approx(1 - 1 / 5 + 1 / 250, abs=0.01)
    assert np.bincount(draws.ravel(), minlength=50) == pytest.approx(np.full(50, 400), rel=0.25)


def test_correlations_of_resamples_are_those_of_the_resampled_series() -> None:
    """Oracle: numpy.corrcoef of each resample by itself; a side without movement has none."""
    rng = np.random.default_rng(8)
    x = 1e6 + rng.normal(size=(30, 3))
    y = 0.001 * (x - 1e6) + rng.normal(size=(30, 3))
    y[:, 2] = 4.0
    found = correlation_draws(x, y, np.random.default_rng(9), draws=50)
    places = block_bootstrap(30, np.random.default_rng(9), draws=50)
    for pair in (0, 1):
        alone = [np.corrcoef(x[rows, pair], y[rows, pair])[0, 1] for rows in places]
        assert found[:, pair] == pytest.approx(alone, abs=1e-6)
    assert np.isnan(found[:, 2]).all()


def test_the_interval_holds_a_known_correlation_about_as_often_as_it_says() -> None:
    """Oracle: 95 % of intervals of a known correlation (percentiles fall short by a few points)."""
    rng, true = np.random.default_rng(10), 0.5
    x = rng.normal(size=(48, 400))
    y = true * x + np.sqrt(1 - true**2) * rng.normal(size=x.shape)
    low, high = np.nanquantile(correlation_draws(x, y, rng, 500), [0.025, 0.975], axis=0)
    assert 0.87 <= np.mean((low <= true) & (true <= high)) <= 0.98
