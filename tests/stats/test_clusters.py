"""Clusters of persons against a package, and against what was planted."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from lodestar.stats.clusters import find_clusters, silhouette


def test_silhouette_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    x, member = rng.normal(size=(40, 3)), rng.integers(0, 3, 40)
    d = np.linalg.norm(x[:, None] - x[None], axis=2)
    assert silhouette(d, member) == pytest.approx(silhouette_score(x, member))


def test_planted_camps_are_found_and_a_leaning_is_none() -> None:
    """Oracle: 25 and 20 persons planted apart; a cloud that only leans to high or low marks."""
    rng = np.random.default_rng(4)
    camps = rng.normal(0, 0.5, (45, 5))
    camps[:25, :2] += 2.5
    found = find_clusters(camps, 5, np.random.default_rng(1))
    assert found is not None
    assert found.member.tolist() == [0] * 25 + [1] * 20
    assert found.p == 0.01
    assert (found.stability > 0.9).all()
    leaning = rng.normal(0, 1, (45, 1)) + rng.normal(0, 0.3, (45, 5))
    one = find_clusters(leaning, 5, np.random.default_rng(1))
    assert one is None or one.p > 0.05


def test_no_cut_with_enough_in_each_is_none() -> None:
    """Oracle: nine persons cannot make two clusters of five."""
    rng = np.random.default_rng(5)
    assert find_clusters(rng.normal(size=(9, 3)), 5, rng) is None
