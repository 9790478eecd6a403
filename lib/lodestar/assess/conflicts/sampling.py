"""How far a correlation that history shows may be from what more months would show."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.pairtest import PairTests
from lodestar.stats.blocks import correlation_draws
from lodestar.stats.draws import generator, interval

__all__ = ["KEY", "aligned", "intervals"]

KEY = "conflicts.history"


def aligned(tests: PairTests, a: str, b: str, lag: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the whitened values of two series at one lag, where both are known.

    Parameters
    ----------
    tests : PairTests
        History's answers.
    a, b : str
        Ids; a leads.
    lag : int
        Months, 0 or more.
    """
    residuals = tests.whitened.residuals
    place = tests.series.columns.get_indexer(pd.Index([a, b]))
    x, y = residuals[: len(residuals) - lag, place[0]], residuals[lag:, place[1]]
    known = np.isfinite(x) & np.isfinite(y)
    return x[known], y[known]


def intervals(tests: PairTests, places: np.ndarray, seed: int) -> np.ndarray:
    """Return 95 % intervals of some tested pairs' correlations, at the lag that was found.

    Parameters
    ----------
    tests : PairTests
        History's answers.
    places : ndarray of int
        Rows of the pairs.
    seed : int
        Seed of the engagement.

    Returns
    -------
    ndarray, shape (pairs, 2)
        Low and high.

    Notes
    -----
    Percentiles of 2,000 stationary block resamples of months (Politis & Romano 1994) of the
    whitened series. Pairs with the same number of months share their resamples, drawn from a
    generator of that number, so that one pair more shifts no other.
    """
    both = [aligned(tests, t.a, t.b, t.lag) for t in (tests[int(place)] for place in places)]
    r, found = tests.frame["r"].to_numpy()[places], np.full((len(places), 2), np.nan)
    length = np.array([len(x) for x, _ in both], dtype=np.int64)
    for n in np.unique(length):
        rows = np.flatnonzero(length == n)
        x, y = (np.column_stack([both[row][side] for row in rows]) for side in (0, 1))
        drawn = correlation_draws(x, y, generator(seed, f"{KEY}/{n}"))
        for row, column in zip(rows, drawn.T, strict=True):
            found[row] = interval(column, estimate=r[row])
    return found
