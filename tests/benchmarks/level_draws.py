"""Draws of the present level beside the obvious loop over draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from lodestar.assess.cells import Cells, draw_cells
from lodestar.assess.level.profile import by_dimension, overall, weigh
from tests.benchmarks.harness import Row, megabytes, seconds
from tests.support.organisations import as_cells, framework, half_levels

ABOUT = "2,000 draws of the present level from 5,000 raters, beside a loop of group medians."

DRAWS, LOOPED = 2000, 20
CAPABILITIES, FUNCTIONS, RATERS = 40, 12, 5000
KEY = "level.present"


def everybody(per_function: int = RATERS // FUNCTIONS, steps: int = 2) -> Cells:
    """Return raters who rate all capabilities of their own function, in halves or whole levels."""
    return as_cells(_heard(per_function, steps))


def sparse(rated: int = 10) -> Cells:
    """Return raters who rate a few capabilities of their own function."""
    heard = _heard(RATERS // FUNCTIONS, 2)
    heard[np.random.default_rng(2).random(heard.shape) > rated / CAPABILITIES] = np.nan
    return as_cells(heard)


def across() -> Cells:
    """Return raters who rate all capabilities of every function, resampled by their own."""
    cells = as_cells(_heard(RATERS, 2))
    own = cells.votes["person"].str[1:].astype(int) % FUNCTIONS
    return Cells(**{**vars(cells), "votes": cells.votes.assign(stratum=own.astype(str))})


SHAPES: dict[str, Callable[[], Cells]] = {
    "all 40 of their own function, half levels": everybody,
    "the same, whole levels": partial(everybody, steps=1),
    "10 of the 40": sparse,
    "60 raters in all, 5 a function": partial(everybody, 5),
    "all 480 cells": across,
}
"""What each rater rates, and the cells."""


def run() -> list[Row]:
    """Time both on every shape."""
    return [_row(name, make) for name, make in SHAPES.items()]


def _row(name: str, make: Callable[[], Cells]) -> Row:
    cells = make()
    ours = seconds(lambda: levels(cells), times=5)
    loop = seconds(lambda: looped(cells)) * DRAWS / LOOPED
    return {
        "each rater rates": name,
        "ratings": f"{len(cells.votes):,}",
        "draws and weighing, median of 5": f"{ours:.2f} s",
        "memory, ratings included": f"{megabytes(partial(_made, make)):.0f} MB",
        f"loop, {DRAWS:,} draws from {LOOPED} timed": f"{loop:,.0f} s",
        "ratio": f"{loop / ours:,.0f}",
    }


def levels(cells: Cells) -> np.ndarray:
    """Return draws of the dimensions and of the level, as the product does."""
    drawn = draw_cells(cells, 1, KEY, DRAWS)
    assert drawn is not None
    weights = _weights(cells)
    return np.hstack([weigh(drawn, weights), weigh(drawn, _level(weights))])


def looped(cells: Cells, draws: int = LOOPED) -> np.ndarray:
    """Return draws of the level by picking raters and taking group medians, one draw at a time."""
    rng, votes = np.random.default_rng(1), cells.votes
    rows = dict(tuple(votes.groupby("stratum")))
    level = _level(_weights(cells))
    out = []
    for _ in range(draws):
        picked = pd.concat([_picked(own, rng) for own in rows.values()])
        medians = picked.groupby(["capability", "function"])["level"].median().unstack()
        x = medians.reindex(index=cells.x.index, columns=cells.x.columns).fillna(cells.x)
        out.append(weigh(x.to_numpy(), level)[0])
    return np.array(out)


def _picked(votes: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    people = votes["person"].unique()
    picks = pd.DataFrame({"person": rng.choice(people, len(people))})
    return picks.merge(votes, on="person")


def _weights(cells: Cells) -> np.ndarray:
    shares = np.full(FUNCTIONS, 1 / FUNCTIONS)
    return by_dimension(framework(CAPABILITIES), shares, cells.present.to_numpy())


def _level(weights: np.ndarray) -> np.ndarray:
    return overall(framework(CAPABILITIES), weights)


def _made(make: Callable[[], Cells]) -> None:
    levels(make())


def _heard(raters: int, steps: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    levels = rng.normal(3, 1, (raters, CAPABILITIES, FUNCTIONS))
    return half_levels(levels) if steps == 2 else np.clip(np.round(levels), 1, 5)
