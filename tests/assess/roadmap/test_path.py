"""The band of the path: what draws may do, and one case whose distribution is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from lodestar.assess.roadmap import OUT, index_path
from lodestar.assess.roadmap.path import drawn_sizes
from tests.support.portfolios import effects_of, problem


def test_band_holds_the_index_and_starts_at_today() -> None:
    of = problem([-2.0, -1.0], [(0, 1.0, [0]), (1, 0.5, [0, 1])], 2)
    of = replace(of, effects=replace(of.effects, chance=np.array([0.6, 0.4])))
    path = index_path(of, np.array([0, 0]), seed=7)
    assert (path["low"] <= path["index"] + 1e-9).all()
    assert (path["index"] <= path["high"] + 1e-9).all()
    assert path.loc[0, "low"] == path.loc[0, "high"]
    again = index_path(of, np.array([0, 0]), seed=7)
    assert path.equals(again)


def test_sizes_are_triangular_and_come_with_their_chance() -> None:
    """Oracle: scipy's triangular distribution; Kolmogorov–Smirnov on 20,000 draws."""
    effects = replace(
        effects_of([(0, 1.0, [0])], 1), low=np.array([0.2]), high=np.array([2.2]),
        chance=np.array([0.7]),
    )  # fmt: skip
    drawn = drawn_sizes(effects, 1, seed=3, draws=20_000)[:, 0]
    come = drawn[drawn > 0]
    assert len(come) / len(drawn) == pytest.approx(0.7, abs=0.01)
    known = stats.triang(c=0.4, loc=0.2, scale=2.0)
    assert stats.kstest(come, known.cdf).pvalue > 0.01


def test_effects_of_one_investment_come_together() -> None:
    effects = effects_of([(0, 1.0, [0]), (0, 2.0, [1]), (1, 1.0, [0])], 2)
    effects = replace(effects, chance=np.full(3, 0.5))
    came = drawn_sizes(effects, 2, seed=1, draws=500) > 0
    assert (came[:, 0] == came[:, 1]).all()
    assert not (came[:, 0] == came[:, 2]).all()


def test_without_a_plan_the_index_stands_still() -> None:
    of = problem([-2.0], [(0, 1.0, [0])], 1)
    path = index_path(of, np.array([OUT]), seed=7)
    assert path["index"].nunique() == 1
    assert path["low"].equals(path["high"])
