"""Whether two measures move together only because a third drives both."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.pairtest import PairTest
from lodestar.assess.conflicts.register import Register

__all__ = ["without_driver"]

LEAST = 12
"""Fewest months from which a correlation without the driver is told."""


def without_driver(register: Register, place: int) -> tuple[str, float] | None:
    """Return the common driver of a tested pair, and the pair's correlation without it.

    Parameters
    ----------
    register : Register
        With its tests.
    place : int
        Row of the pair among the tests.

    Returns
    -------
    (str, float) or None
        Id, and r at the pair's lag; None where the map has no measured driver of both.

    Notes
    -----
    A driver has a direct link to both ends and a series tested with both; of several, the one most
    closely tied to both. Both whitened series are cleared of it by least squares, each at the lag
    that was found for it, and what is left of the two is correlated.
    """
    pair = register.tests[place]
    told = _drivers(register, pair)
    if not told:
        return None
    to_a, to_b = max(told, key=lambda two: (abs(two[0].r * two[1].r), two[0].a))
    r = _partial(register, pair, to_a, to_b)
    return None if np.isnan(r) else (to_a.a, r)


def _drivers(register: Register, pair: PairTest) -> list[tuple[PairTest, PairTest]]:
    """Return the tests of each common driver with both ends."""
    links, tests = register.links, register.tests
    a, b = register.at(pair.a), register.at(pair.b)
    sources = [set(links.source[links.target == end].tolist()) for end in (a, b)]
    both = sorted((sources[0] & sources[1]) - {a, b})
    found = [(tests.find(z, a), tests.find(z, b)) for z in both]
    return [
        (to_a, to_b)
        for to_a, to_b in found
        if to_a is not None and to_b is not None and {to_a.status, to_b.status} == {"tested"}
    ]


def _partial(register: Register, pair: PairTest, to_a: PairTest, to_b: PairTest) -> float:
    """Correlate both ends, each cleared of the driver at its own lag."""
    tests = register.tests
    names = tests.series.columns.get_indexer(pd.Index([pair.a, pair.b, to_a.a]))
    x, y, z = tests.whitened.residuals[:, names].T
    columns = [x, _later(y, -pair.lag), _later(z, to_a.lag), _later(z, to_b.lag - pair.lag)]
    rows = np.column_stack(columns)
    rows = rows[np.isfinite(rows).all(axis=1)]
    if len(rows) < LEAST:
        return float("nan")
    rows = rows - rows.mean(axis=0)
    left = [_cleared(rows[:, 0], rows[:, 2]), _cleared(rows[:, 1], rows[:, 3])]
    size = np.sqrt((left[0] ** 2).sum() * (left[1] ** 2).sum())
    return float(np.clip(left[0] @ left[1] / size, -1, 1)) if size > 0 else float("nan")


def _later(values: np.ndarray, steps: int) -> np.ndarray:
    """Return a series shifted to later steps, or to earlier ones below 0; NaN where it has none."""
    moved = np.full(len(values), np.nan)
    keep = len(values) - abs(steps)
    moved[max(steps, 0) : max(steps, 0) + keep] = values[max(-steps, 0) : max(-steps, 0) + keep]
    return moved


def _cleared(values: np.ndarray, driver: np.ndarray) -> np.ndarray:
    """Return what a driver does not explain."""
    power = driver @ driver
    return values - driver * (values @ driver / power) if power > 0 else values
