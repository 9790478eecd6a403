"""How often the 80 % interval of the experienced level holds the mean of unlimited customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from lodestar.assess.level.experienced import measure
from lodestar.assess.level.survey import GroupAnswers
from lodestar.confidentiality import Gate
from lodestar.stats.draws import interval
from tests.benchmarks.harness import Row

ABOUT = "Interval of the experienced level: how often it holds, by number of customers."

CLIENTS, DRAWS, CUSTOMERS = 500, 500, (20, 50, 200)
DIMENSIONS, ITEMS = 6, 2
MOOD, NOISE = 0.6, 0.8
"""Standard deviations of a customer's general mood and of a single answer, in levels."""


def run() -> list[Row]:
    """Simulate the clients of every number of customers."""
    rows = []
    for customers in CUSTOMERS:
        held, width = np.mean([one(seed, customers) for seed in range(CLIENTS)], axis=0)
        rows.append(
            {
                "customers": str(customers),
                "level held": f"{100 * held:.1f} %",
                "mean width": f"{width:.2f}",
            }
        )
    return rows


def one(seed: int, customers: int) -> tuple[bool, float]:
    """Return whether one client's interval holds the truth, and its width."""
    rng = np.random.default_rng([seed, customers])
    middle = rng.uniform(2, 4) + 0.4 * rng.standard_normal(DIMENSIONS)
    found = measure(_answers(rng, middle, customers), pd.Series({"": 1.0}), Gate(), rng, DRAWS)
    low, high = interval(found.draws, 0.80, found.estimate)
    return low <= expected(middle).mean() <= high, high - low


def expected(middle: np.ndarray) -> np.ndarray:
    """Return the mean of rounded answers of unlimited customers."""
    edges = np.array([1.5, 2.5, 3.5, 4.5])
    return 1 + stats.norm.sf(edges[:, None], middle, np.hypot(MOOD, NOISE)).sum(axis=0)


def _answers(rng: np.random.Generator, middle: np.ndarray, customers: int) -> GroupAnswers:
    mood = MOOD * rng.standard_normal((customers, 1, 1))
    size = (customers, DIMENSIONS, ITEMS)
    felt = middle[:, None] + mood + NOISE * rng.standard_normal(size)
    levels = np.clip(np.round(felt), 1, 5).mean(axis=2)
    levels[rng.random(levels.shape) < 0.1] = np.nan
    names = [f"D{d}" for d in range(DIMENSIONS)]
    frame = pd.DataFrame(levels, columns=names)
    strata = pd.Series("", index=frame.index)
    items = dict.fromkeys(names, ITEMS)
    return GroupAnswers("customer", frame, strata, items, 0, pd.Series(0, index=names))
