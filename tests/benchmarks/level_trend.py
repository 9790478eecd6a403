"""How often the present level of an organisation that stood still looks as if it had moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lodestar.assess.bands import SHARE
from lodestar.assess.cells import Cells, draw_cells
from lodestar.assess.level.paired import draw_present
from lodestar.assess.level.profile import by_dimension, overall, weigh
from lodestar.stats.draws import interval
from tests.benchmarks.harness import Row
from tests.support.organisations import LENIENCY, NOISE, as_cells, framework, half_levels

ABOUT = "Changes beyond noise in organisations that did not change, two periods drawn together."

ORGANISATIONS, FUNCTIONS, CAPABILITIES = 150, 6, 20
RATERS = {"3": (3,) * 6, "5": (5,) * 6, "8": (8,) * 6, "5, and 2 in a third": (5, 5, 5, 5, 2, 2)}
"""Raters in each function."""
STAY = {"all": 1.0, "half": 0.5, "none": 0.0}
"""Who of them rates again in the second period."""


def run() -> list[Row]:
    """Count alarms for every number of raters and share that rates again."""
    return [_row(name, raters, again) for name, raters in RATERS.items() for again in STAY]


def _row(name: str, raters: Sequence[int], again: str) -> Row:
    rng = np.random.default_rng([2026, *raters, round(10 * STAY[again])])
    alarms = [_alarms(*two_periods(rng, raters, STAY[again])) for _ in range(ORGANISATIONS)]
    level, dimensions, apart = zip(*alarms, strict=True)
    return {
        "raters a function": name,
        "rate again": again,
        "the level looks moved": f"{np.mean(level):.0%}",
        "a dimension does": f"{np.mean(np.concatenate(dimensions)):.0%}",
        "the level, were periods drawn apart": f"{np.mean(apart):.0%}",
    }


def two_periods(
    rng: np.random.Generator, raters: Sequence[int], stay: float
) -> tuple[Cells, Cells]:
    """Return two waves of ratings of the same truth; who rates again is as lenient as before."""
    shape = CAPABILITIES, FUNCTIONS
    middle = rng.uniform(2.0, 3.8) + 0.5 * rng.standard_normal(shape)
    known, most = rng.random(shape) < 0.9, 2 * max(raters)
    leniency = LENIENCY * rng.standard_normal((most, 1, FUNCTIONS))

    def asked(again: bool) -> Cells:
        heard = half_levels(middle + leniency + NOISE * rng.standard_normal((most, *shape)))
        heard[~known[None] | (rng.random(heard.shape) > 0.9)] = np.nan
        for function, count in enumerate(raters):
            first = round((1 - stay) * count) if again else 0
            away = np.ones(most, dtype=bool)
            away[first : first + count] = False
            heard[away, :, function] = np.nan
        return as_cells(heard)

    return asked(False), asked(True)


def _alarms(before: Cells, after: Cells) -> tuple[bool, list[bool], bool]:
    """Tell whether level and dimensions look moved, and the level with periods drawn apart."""
    pair, shares = (before, after), np.full(FUNCTIONS, 1 / FUNCTIONS)
    drawn = draw_present(before, after, 1, "level.trend")
    alone = [draw_cells(one, 1, key) for one, key in zip(pair, ("before", "after"), strict=True)]
    assert drawn is not None
    whole = framework(CAPABILITIES)
    weights = [by_dimension(whole, shares, one.present.to_numpy()) for one in pair]
    levels = [overall(whole, one) for one in weights]
    x = [one.x.to_numpy() for one in pair]
    change = weigh(x[1], levels[1])[0] - weigh(x[0], levels[0])[0]
    together, apart = (
        (weigh(two[1], levels[1]) - weigh(two[0], levels[0]))[:, 0] for two in (drawn, alone)
    )
    both = by_dimension(whole, shares, (before.present & after.present).to_numpy())
    parts, moved = weigh(x[1] - x[0], both), weigh(drawn[1] - drawn[0], both)
    known = np.flatnonzero(np.isfinite(parts))
    dimensions = [_looks_moved(parts[i], moved[:, i]) for i in known]
    return _looks_moved(change, together), dimensions, _looks_moved(change, apart)


def _looks_moved(change: float, draws: np.ndarray) -> bool:
    low, high = interval(draws, SHARE, float(change))
    return low > 0 or high < 0
