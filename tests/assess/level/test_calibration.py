"""Oracle: simulated organisations in which the level with unlimited raters is known.

The benchmark ``level_calibration`` counts 500 of them; a few suffice to tell a broken bootstrap.
"""

from __future__ import annotations

import numpy as np

from tests.benchmarks.level_calibration import KINDS, levels
from tests.support.organisations import as_cells, half_levels

ORGANISATIONS, DRAWS = 60, 200


def test_intervals_hold_the_level_of_unlimited_raters_about_as_often_as_they_say() -> None:
    """80 % intervals, 8 raters a function: 65–92 % of 60 organisations, by chance seldom less.

    Resampling ratings instead of persons forgets leniency and holds the level in about a third.
    """
    found = [levels(seed, (8,), DRAWS)[0] for seed in range(ORGANISATIONS)]
    held = dict(zip(KINDS, np.mean([level.held for level in found], axis=0), strict=True))
    assert all(0.65 <= share <= 0.92 for share in held.values()), held


def test_the_truth_is_what_many_raters_say() -> None:
    """Medians of 4,001 simulated raters are the rounded middles."""
    rng = np.random.default_rng(5)
    middle = np.array([[1.1, 2.4], [3.2, 4.6]])
    heard = half_levels(middle + 0.9 * rng.standard_normal((4001, 2, 2)))
    assert as_cells(heard).x.to_numpy().tolist() == half_levels(middle).tolist()


def test_every_interval_of_the_benchmark_can_be_judged() -> None:
    """Intervals rest on the same organisation, and a stretched one is never the narrower."""
    found = {level.interval: level for level in levels(1, (3,), 50, others=True)}
    widths = {name: level.width for name, level in found.items()}
    assert len(found) == 6
    for share in (share for level in found.values() for share in level.held):
        assert 0 <= share <= 1
    for ours, wider in zip(widths["the product's"], widths["widened √(n/(n−1))"], strict=True):
        assert wider >= ours * (1 - 1e-9)
