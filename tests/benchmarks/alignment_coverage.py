"""How often the 80 % intervals of the alignment index and its changes hold the truth."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context

import numpy as np

from lodestar.assess.alignment import correct, index_of, misalignment, parts
from lodestar.assess.alignment.noise import shifted
from lodestar.assess.cells import Cells, draw_cells
from lodestar.stats.draws import interval
from tests.benchmarks.harness import Row
from tests.support.organisations import (
    ANSWERED,
    LENIENCY,
    NOISE,
    Organisation,
    as_cells,
    half_levels,
    organisation,
)

ABOUT = "Intervals of the alignment index: how often they hold, by raters a function (a minute)."

ORGANISATIONS, DRAWS, SHARE = 300, 500, 0.80
RATERS = (2, 3, 5, 8)
PARTS = ("height", "capabilities", "functions", "local")
CHOSEN = 4.0
"""Level of every target; organisations stand between 2 and 3.8 on average."""


def run() -> list[Row]:
    """Simulate the organisations of every number of raters."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with get_context("spawn").Pool(2) as pool:
        found = {
            raters: pool.map(partial(judged, raters=raters), range(ORGANISATIONS), chunksize=10)
            for raters in RATERS
        }
    means = {raters: np.mean(rows, axis=0) for raters, rows in found.items()}
    return [_whole(raters, mean) for raters, mean in means.items()] + [
        _inside(raters, mean) for raters, mean in means.items()
    ]


def judged(seed: int, raters: int) -> list[float]:
    """Return what the intervals of one organisation say, each figure one that is averaged.

    Held by the corrected interval, by the plain one; width; error of the corrected index, of the
    plain one; held by each part's interval; moved beyond noise although a second panel rated the
    same organisation.
    """
    rng = np.random.default_rng([seed, raters])
    functions, capabilities = int(rng.integers(6, 13)), int(rng.integers(30, 41))
    made = organisation(rng, [raters] * functions, capabilities)
    target = np.full(made.truth.shape, CHOSEN)
    weights = np.outer(made.framework.capability_weights().to_numpy(), made.shares)
    truth = misalignment(made.truth, target, weights)
    drawn = _drawn(made.cells, seed)
    of = partial(misalignment, target=target, weights=weights)
    whole = correct(of(made.cells.x.to_numpy()), of(drawn))
    low, high = interval(of(drawn), SHARE, of(made.cells.x.to_numpy()))
    return [
        float(whole.low <= truth + 1e-9 and truth <= whole.high + 1e-9),
        float(low <= truth + 1e-9 and truth <= high + 1e-9),
        index_of(whole.low) - index_of(whole.high),
        index_of(whole.value) - index_of(truth),
        index_of(of(made.cells.x.to_numpy())) - index_of(truth),
        *_parts_held(made, drawn, target, weights),
        float(_moved(made, drawn, again(rng, made, raters), seed, of)),
    ]


def again(rng: np.random.Generator, made: Organisation, raters: int) -> Cells:
    """Return a second panel of as many other raters of the same organisation."""
    size = (raters, *made.truth.shape)
    errors = LENIENCY * rng.standard_normal((raters, 1, size[2]))
    heard = half_levels(made.truth + errors + NOISE * rng.standard_normal(size))
    heard[(rng.random(size) > ANSWERED) | np.isnan(np.broadcast_to(made.truth, size))] = np.nan
    return as_cells(heard)


def _drawn(cells: Cells, seed: int) -> np.ndarray:
    drawn = draw_cells(cells, seed, "alignment.corrected", DRAWS)
    assert drawn is not None
    return drawn


def _parts_held(
    made: Organisation, drawn: np.ndarray, target: np.ndarray, weights: np.ndarray
) -> list[float]:
    """Return whether the interval of each part holds its true size."""
    sides = [parts(x, target, weights) for x in (made.truth, made.cells.x.to_numpy(), drawn)]
    held = []
    for name in PARTS:
        true, observed, draws = (getattr(side, name) for side in sides)
        found = correct(observed, draws)
        held.append(float(found.low <= true + 1e-9 and true <= found.high + 1e-9))
    return held


def _moved(
    made: Organisation,
    drawn: np.ndarray,
    second: Cells,
    seed: int,
    of: Callable[[np.ndarray], np.ndarray],
) -> bool:
    """Tell whether the change between two panels of an unchanged organisation looks real."""
    sides = [
        shifted(float(of(cells.x.to_numpy())), of(draws))
        for cells, draws in ((made.cells, drawn), (second, _drawn(second, seed + 10**6)))
    ]
    change = index_of(sides[1][0]) - index_of(sides[0][0])
    low, high = interval(index_of(sides[1][1]) - index_of(sides[0][1]), SHARE, change)
    return low > 0 or high < 0


def _whole(raters: int, mean: np.ndarray) -> Row:
    return {
        "raters a function": str(raters),
        "corrected interval held (width)": f"{100 * mean[0]:.1f} % ({mean[2]:.1f} points)",
        "plain interval held": f"{100 * mean[1]:.1f} %",
        "bias corrected": f"{mean[3]:+.2f} points",
        "bias plain": f"{mean[4]:+.2f} points",
        "unchanged, yet beyond noise": f"{100 * mean[-1]:.1f} %",
    }


def _inside(raters: int, mean: np.ndarray) -> Row:
    held = {f"{name} held": f"{100 * x:.1f} %" for name, x in zip(PARTS, mean[5:9], strict=True)}
    return {"raters a function": str(raters), **held}
