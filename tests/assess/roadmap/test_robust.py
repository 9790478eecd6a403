"""The choice in every draw against trying every set, and draws that cannot matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lodestar.assess.roadmap import OUT, Problem, choose
from lodestar.assess.roadmap.robust import robust
from tests.support.portfolios import budget, every_plan, problem


def small(seed: int, spread: float) -> Problem:
    rng = np.random.default_rng(seed)
    size = 7
    effects = [(i, float(rng.uniform(0.3, 1)), rng.choice(6, 2, False)) for i in range(size)]
    of = problem(rng.uniform(-2, 0, 6), effects, size, 1, [budget(rng.integers(2, 9, size), [15])])
    change = of.effects.change
    low, high = change * (1 - spread), change * (1 + spread)
    return replace(of, effects=replace(of.effects, low=low, high=high))


def test_nearly_always_the_best_of_every_set() -> None:
    """Brute force over all subsets, draw by draw; only ratings differ. Never a forbidden set."""
    best = []
    for seed in range(8):
        of = small(seed, 0.0)
        plan = choose(of)
        assert plan is not None
        gaps = of.gap + np.random.default_rng(seed).normal(0, 0.4, (40, len(of.gap)))
        plans = every_plan(of)
        for gap, chosen in zip(gaps, robust(of, plan.starts, gaps, seed).chosen, strict=True):
            world, found = replace(of, gap=gap), np.where(chosen, 0, OUT)
            assert of.allows(found)
            least = min(world.misalignment(p) for p in plans)
            best.append(world.misalignment(found) <= least + 1e-9)
    assert np.mean(best) >= 0.97


def test_draws_that_change_nothing_choose_the_plan() -> None:
    of = small(3, 0.0)
    plan = choose(of)
    assert plan is not None
    made = robust(of, plan.starts, np.repeat(of.gap[None], 12, axis=0), 1)
    assert made.same.all()
    assert not made.behind.any()
    assert made.low == made.high == pytest.approx(100 * (1 - np.sqrt(plan.misalignment) / 4))


def test_same_seed_same_shares_and_the_plan_is_never_ahead() -> None:
    of = small(5, 0.5)
    plan = choose(of)
    assert plan is not None
    gaps = of.gap + np.random.default_rng(1).normal(0, 0.3, (30, len(of.gap)))
    one, two = (robust(of, plan.starts, gaps, 9) for _ in range(2))
    assert (one.chosen == two.chosen).all()
    assert (one.behind >= 0).all()
    assert one.low <= one.index.mean() <= one.high
