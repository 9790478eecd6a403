"""Whitening of many series at once, against one series after the other."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.stats.whitening import whiten
from tests.support.series import inert, whitened_alone


@pytest.mark.parametrize("months", [20, 26, 37, 49, 60, 120])
def test_many_series_are_whitened_as_each_alone(months):
    """Oracle: least squares of season and past together, series by series and order by order."""
    rng = np.random.default_rng(months)
    panel = np.column_stack([inert(rng, months, 0.7) for _ in range(24)])
    panel *= 10.0 ** rng.integers(-4, 6, 24)
    panel[:, 8:16][rng.random((months, 8)) < 0.05] = np.nan
    panel[: months // 3, 16:20] = np.nan
    found = whiten(panel)
    for place, column in enumerate(panel.T):
        residuals, order = whitened_alone(column)
        scale = np.nanstd(residuals) if np.isfinite(residuals).any() else 1.0
        assert found.residuals[:, place] / scale == pytest.approx(
            residuals / scale, abs=1e-9, nan_ok=True
        )
        assert found.inertia_terms[place] == order


def test_whitening_removes_inertia_and_season() -> None:
    """Oracle: lag-1 and lag-12 autocorrelation of the residuals near 0 (±3/√n)."""
    residuals = whiten(inert(np.random.default_rng(6), 240, 0.8)).residuals
    kept = residuals[np.isfinite(residuals)]
    for lag in (1, 12):
        assert abs(np.corrcoef(kept[:-lag], kept[lag:])[0, 1]) < 3 / np.sqrt(len(kept))


def test_a_straight_line_has_no_movement_of_its_own() -> None:
    """Oracle: a trend and nothing else leaves rounding, at any size and in any unit."""
    line = 0.1 * np.arange(60)
    for scale in (1e-9, 1.0, 1e9):
        assert np.isnan(whiten(scale * (5 + line)).residuals).all()
