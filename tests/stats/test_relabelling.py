"""Relabelled means against a loop, and the normal limit against relabelling itself."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.stats import relabelling
from lodestar.stats.relabelling import relabelled_means


def answers(persons: int) -> np.ndarray:
    """Return answers to three subjects, some missing."""
    rng = np.random.default_rng(7)
    x = rng.integers(1, 6, (persons, 3)).astype(float) + rng.normal(0, 0.2, (persons, 1))
    x[rng.random(x.shape) < 0.1] = np.nan
    return x


def test_means_are_those_of_a_relabelling_of_the_same_persons() -> None:
    """Oracle: nanmean over the persons whom the same draw picks."""
    x = answers(30)
    first, second = relabelled_means(x, 12, np.random.default_rng(1), draws=5)
    picked = np.random.default_rng(1).random((5, 30)).argsort(axis=1) < 12
    for draw in range(5):
        np.testing.assert_allclose(first[draw], np.nanmean(x[picked[draw]], axis=0))
        np.testing.assert_allclose(second[draw], np.nanmean(x[~picked[draw]], axis=0))


def test_the_limit_spreads_as_relabelling_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oracle: covariance of the differences over 1,999 relabellings of 500 persons."""
    x = answers(500)
    monkeypatch.setattr(relabelling, "MANY", 500)
    a, b = relabelled_means(x, 200, np.random.default_rng(1))
    monkeypatch.setattr(relabelling, "MANY", 100)
    c, d = relabelled_means(x, 200, np.random.default_rng(2))
    np.testing.assert_allclose(np.cov((c - d).T), np.cov((a - b).T), atol=0.0015)
    np.testing.assert_allclose((c - d).mean(axis=0), 0, atol=0.02)
