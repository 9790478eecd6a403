"""Simulated organisations whose present level with unlimited raters is known exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.assess.cells import Cells
from lodestar.framework.model import Capability, Dimension, Framework
from tests.support.builders import IDENTITY, small_framework

LENIENCY, NOISE = 0.5, 0.7
"""Standard deviations of a rater's general leniency and of a single rating, in levels."""
ASKED, ANSWERED = 0.9, 0.9
"""Share of cells that anybody is asked about, and of their raters who answer."""


@dataclass(frozen=True)
class Organisation:
    """Votes of a few raters, and what unlimited raters would have said.

    ``truth`` has the shape of the matrix and is missing where nobody was asked; ``shares`` are the
    functions' weight shares.
    """

    framework: Framework
    shares: np.ndarray
    truth: np.ndarray
    cells: Cells


def organisation(
    rng: np.random.Generator, raters: Sequence[int], capabilities: int
) -> Organisation:
    """Return an organisation; `raters` says how many persons rate each function, in half levels.

    A rating is capability + function + their own interaction + the rater's leniency + noise,
    rounded to half levels and cut off at 1 and 5. All noise is symmetric and rounding keeps order,
    so the median of unlimited raters is the rounded sum without leniency and noise.
    """
    functions, most = len(raters), max(raters)
    middle = _middle(rng, capabilities, functions)
    known = rng.random(middle.shape) < ASKED
    size = (most, capabilities, functions)
    errors = LENIENCY * rng.standard_normal((most, 1, functions))
    heard = half_levels(middle + errors + NOISE * rng.standard_normal(size))
    heard[~known[None] | (rng.random(size) > ANSWERED)] = np.nan
    absent = np.arange(most)[:, None, None] >= np.asarray(raters)
    heard[np.broadcast_to(absent, size)] = np.nan
    cells = as_cells(heard)
    shares = rng.uniform(0.5, 2.0, functions)
    truth = np.where(cells.present, half_levels(middle), np.nan)
    return Organisation(framework(capabilities), shares / shares.sum(), truth, cells)


def half_levels(values: np.ndarray) -> np.ndarray:
    """Return levels rounded to halves within 1 and 5."""
    return np.clip(np.round(2 * values) / 2, 1, 5)


def as_cells(heard: np.ndarray) -> Cells:
    """Return raters × capabilities × functions as the product's matrix; NaN was not rated.

    Raters of different functions are different persons.
    """
    person, row, column = np.nonzero(~np.isnan(heard))
    names = [
        np.array([f"{kind}{i:04d}" for i in range(size)])
        for kind, size in zip("pcf", heard.shape, strict=True)
    ]
    votes = pd.DataFrame(
        {
            "capability": names[1][row],
            "function": names[2][column],
            "level": heard[person, row, column],
            "stratum": names[2][column],
            "person": names[0][person],
        }
    )
    place = row * heard.shape[2] + column
    medians = votes["level"].groupby(place).median()
    x = np.full(heard.shape[1] * heard.shape[2], np.nan)
    x[medians.index] = medians.to_numpy()

    def frame(values: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(values.reshape(heard.shape[1:]), names[1], names[2])

    counts = np.bincount(place, minlength=x.size)
    return Cells(
        x=frame(x),
        applicable=frame(np.ones(x.size, dtype=bool)),
        hidden=frame(np.zeros(x.size, dtype=bool)),
        raters=frame(counts),
        basis=frame(np.where(counts > 0, "workshop", "")),
        votes=votes,
    )


def framework(capabilities: int, dimensions: int = 10) -> Framework:
    """Return a framework whose first four dimensions are key, capabilities dealt out in turn."""
    return small_framework(
        dimensions=tuple(
            Dimension(f"D{d}", f"Dimension {d}", key=d < 4) for d in range(dimensions)
        ),
        capabilities=tuple(
            Capability(f"c{c:04d}", f"D{c % dimensions}", f"Capability {c}", target=IDENTITY)
            for c in range(capabilities)
        ),
    )


def _middle(rng: np.random.Generator, capabilities: int, functions: int) -> np.ndarray:
    """Return the sums of effects, capabilities × functions."""
    return (
        rng.uniform(2.0, 3.8)
        + 0.5 * rng.standard_normal((capabilities, 1))
        + 0.3 * rng.standard_normal((1, functions))
        + 0.3 * rng.standard_normal((capabilities, functions))
    )
