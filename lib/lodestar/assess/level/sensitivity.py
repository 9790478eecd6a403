"""What moves the required level: each factor alone, and the smallest change that changes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.assess.level.formula import Market, required_level
from lodestar.stats.rounding import settle, to_level

__all__ = ["SmallestChange", "smallest_change", "tornado", "with_score"]

STEP = 1 / 256
"""Scores are scanned in steps this fine, then the edge is found by halving."""


@dataclass(frozen=True)
class SmallestChange:
    """One factor's score moved just enough to change the whole level."""

    factor: str
    score: float
    to_score: float
    to_level: int

    @property
    def change(self) -> float:
        """Return how far the score moves."""
        return self.to_score - self.score


def tornado(x: np.ndarray, market: Market, step: float = 1.0) -> pd.DataFrame:
    """Return the level when one factor moves a step down or up, the others held.

    Parameters
    ----------
    x : numpy.ndarray
        Factor scores, shape (factors,).
    market : Market
        The formula.
    step : float, default 1
        How far the score moves; it stays within 1-5.

    Returns
    -------
    pandas.DataFrame
        ``factor, score, below, above`` (scores tried), ``at_below, at_above`` (levels),
        ``swing`` (their distance); widest swing first, then ids.
    """
    rows = []
    for i, factor in enumerate(market.factors):
        below, above = np.clip([x[i] - step, x[i] + step], 1, 5)
        at_below, at_above = with_score(x, i, np.array([below, above]), market)
        rows.append((factor, x[i], below, above, at_below, at_above, abs(at_above - at_below)))
    names = ["factor", "score", "below", "above", "at_below", "at_above", "swing"]
    frame = pd.DataFrame(rows, columns=names)
    order = frame.assign(rank=-settle(frame["swing"].to_numpy())).sort_values(["rank", "factor"])
    return order.drop(columns="rank").reset_index(drop=True)


def smallest_change(x: np.ndarray, market: Market) -> SmallestChange | None:
    """Return the least change of one factor within 1-5 that changes the whole level.

    Parameters
    ----------
    x : numpy.ndarray
        Factor scores, shape (factors,).
    market : Market
        The formula with all its rules.

    Returns
    -------
    SmallestChange or None
        Ties go to the smaller id; None when no single factor can change floor(R + 0.5).

    Notes
    -----
    The level need not rise or fall steadily in a factor (R7 lowers it until parity lifts it), so
    scores are scanned from the present one outwards and the first edge is refined by halving.
    """
    found = [
        edge
        for i in range(len(market.factors))
        for up in (False, True)
        if (edge := _edge(x, i, 5.0 if up else 1.0, market))
    ]
    order = sorted(found, key=lambda edge: (settle(abs(edge.change)), edge.factor))
    return order[0] if order else None


def _edge(x: np.ndarray, i: int, end: float, market: Market) -> SmallestChange | None:
    """Return the first score from x towards `end` at which the whole level differs."""
    now = to_level(float(required_level(x, market)))
    scores = np.linspace(x[i], end, max(2, int(abs(end - x[i]) / STEP) + 1))
    other = np.flatnonzero(to_level(with_score(x, i, scores, market)) != now)
    if not other.size:
        return None
    same, differs = scores[other[0] - 1], scores[other[0]]
    while abs(differs - same) > 1e-10:
        middle = (same + differs) / 2
        changed = to_level(with_score(x, i, np.array([middle]), market))[0] != now
        same, differs = (same, middle) if changed else (middle, differs)
    level = int(to_level(with_score(x, i, np.array([differs]), market))[0])
    return SmallestChange(market.factors[i], float(x[i]), float(differs), level)


def with_score(x: np.ndarray, i: int, scores: np.ndarray, market: Market) -> np.ndarray:
    """Return the level with one factor at each of some scores, the others held.

    Parameters
    ----------
    x : numpy.ndarray
        Factor scores, shape (factors,).
    i : int
        Position of the factor.
    scores : numpy.ndarray
        Scores 1-5 to try, shape (tried,).
    market : Market
        The formula.

    Returns
    -------
    numpy.ndarray
        R, shape (tried,).
    """
    grid = np.repeat(x[None], len(scores), axis=0)
    grid[:, i] = scores
    return required_level(grid, market)
