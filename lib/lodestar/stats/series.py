"""Whether two series move together once season, trend and inertia are taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr

__all__ = [
    "LEAST_POINTS",
    "Association",
    "Whitened",
    "block_bootstrap",
    "lagged_association",
    "whiten",
    "whitened_association",
]

Vector = NDArray[np.float64]

LEAST_POINTS = 24
SEASON = 12


@dataclass(frozen=True)
class Association:
    """Strongest lagged correlation of two series.

    ``r`` is −1 to 1; ``lag`` how many steps the second follows the first; ``p`` two-sided and
    corrected for the lags tried; ``n`` points after differencing. All but ``n`` are missing
    (NaN, lag −1) under 24 points or without variation.
    """

    r: float
    lag: int
    p: float
    n: int


@dataclass(frozen=True)
class Whitened:
    """A series' changes, their residuals, and how many seasonal terms these cost."""

    changes: Vector
    residuals: Vector
    seasonal_terms: int


def lagged_association(x: ArrayLike, y: ArrayLike, max_lag: int = 6) -> Association:
    """Return how strongly one series follows another, with error control under inertia.

    Parameters
    ----------
    x, y : array-like of float
        Two equally spaced series over the same dates (months); NaN = not measured.
    max_lag : int, default 6
        Longest lag tried, in steps; x leads y.

    Returns
    -------
    Association
        Correlation at the lag where it is strongest.

    Notes
    -----
    Each series is whitened (:func:`whiten`), then correlated at lags 0 to ``max_lag``; p from
    Student's t (less the seasonal terms) where it is smallest, times the number of lags tried
    (Bonferroni). Naive correlation of two unrelated monthly series with inertia 0.8 is
    "significant" in a third of cases; after whitening in 3 to 7 of 100 (simulated at 26 to 120
    months; Yule 1926; Box & Jenkins 1970, ch. 11).

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> x = rng.normal(size=60)
    >>> found = lagged_association(x, np.r_[0.0, 0.0, x[:-2]])
    >>> found.lag, found.p < 0.001
    (2, True)
    """
    return whitened_association(whiten(x), whiten(y), max_lag)


def whitened_association(first: Whitened, second: Whitened, max_lag: int = 6) -> Association:
    """Return :func:`lagged_association` of series already whitened, for many pairs of a few.

    Parameters
    ----------
    first, second : Whitened
        Two series over the same dates, as :func:`whiten` returns them.
    max_lag : int, default 6
        Longest lag tried, in steps; the first leads.
    """
    steps = len(first.changes)
    n = int(np.isfinite(first.changes + second.changes).sum())
    if n < LEAST_POINTS:
        return Association(float("nan"), -1, float("nan"), n)
    x, y, spent = first.residuals, second.residuals, first.seasonal_terms
    lags = range(min(max_lag, steps - 1) + 1)
    tried = [_correlation(x[: steps - lag], y[lag:], spent) for lag in lags]
    if not any(np.isfinite(p) for _, p in tried):
        return Association(float("nan"), -1, float("nan"), n)
    lag = int(np.nanargmin([p for _, p in tried]))
    r, p = tried[lag]
    return Association(r, lag, min(1.0, p * len(tried)), n)


def whiten(x: ArrayLike) -> Whitened:
    """Return month-to-month changes of a series without season and inertia.

    Parameters
    ----------
    x : array-like of float, shape (steps,)
        Equally spaced series; NaN = not measured.

    Returns
    -------
    Whitened
        Changes and residuals, NaN where a neighbour needed for them is missing.

    Notes
    -----
    First differences (which take out a trend), regressed together on the season (calendar months
    where there are four years, else two harmonics of the year) and on their own past; as many
    steps back as the corrected AIC asks for, at most one a year of data and eight.
    """
    changes = np.diff(np.asarray(x, dtype=float).ravel())
    season = _season(len(changes))
    most = int(np.clip((len(changes) + 1) // SEASON, 1, 8))
    candidates = [_residuals(changes, season, order, most) for order in range(most + 1)]
    residuals = min(candidates, key=lambda found: found[0])[1]
    return Whitened(changes, residuals, season.shape[1] - 1)


def block_bootstrap(
    n: int, rng: np.random.Generator, draws: int, block: float | None = None
) -> NDArray[np.intp]:
    """Return positions of stationary block resamples of a series.

    Parameters
    ----------
    n : int
        Length of the series, 1 or more.
    rng : numpy.random.Generator
        The result's own generator.
    draws : int
        Number of resamples.
    block : float, optional
        Mean length of a block in steps; default n^(1/3).

    Returns
    -------
    numpy.ndarray of int, shape (draws, n)
        Positions 0 … n − 1; blocks of geometric length run on circularly.

    Notes
    -----
    Politis & Romano (1994), *JASA* 89, 1303–1313.

    Examples
    --------
    >>> block_bootstrap(5, np.random.default_rng(1), draws=2).shape
    (2, 5)
    """
    length = max(1.0, n ** (1 / 3)) if block is None else max(1.0, block)
    fresh = rng.random((draws, n)) < 1 / length
    fresh[:, 0] = True
    starts = np.where(fresh, rng.integers(0, n, size=(draws, n)), 0)
    steps = np.arange(n)
    begun = np.maximum.accumulate(np.where(fresh, steps, 0), axis=1)
    return (np.take_along_axis(starts, begun, axis=1) + steps - begun) % n


def _season(n: int) -> NDArray[np.float64]:
    """Return a constant and the season: calendar months from four years on, else harmonics."""
    steps = np.arange(n)
    if n >= 4 * SEASON - 1:
        return np.eye(SEASON)[steps % SEASON]
    turns = [2 * np.pi * k * steps / SEASON for k in (1, 2)]
    waves = [wave for turn in turns for wave in (np.cos(turn), np.sin(turn))]
    return np.stack([np.ones(n), *waves], axis=1)


def _residuals(
    changes: Vector, season: NDArray[np.float64], order: int, most: int
) -> tuple[float, Vector]:
    """Return corrected AIC (over the points every order has) and residuals of one order."""
    past = [np.r_[np.full(k, np.nan), changes[: len(changes) - k]] for k in range(1, order + 1)]
    design = np.column_stack([season, *past])
    usable = np.isfinite(changes) & np.isfinite(design).all(axis=1)
    compared = usable & (np.arange(len(changes)) >= most)
    points, terms = int(compared.sum()), design.shape[1] + 1
    if points <= terms + 1:
        return np.inf, np.full(len(changes), np.nan)
    weights, *_ = np.linalg.lstsq(design[compared], changes[compared], rcond=None)
    residuals = np.where(usable, changes - np.nan_to_num(design) @ weights, np.nan)
    variance = max(float(np.mean(residuals[compared] ** 2)), 1e-300)
    penalty = 2 * terms * points / (points - terms - 1)
    return points * float(np.log(variance)) + penalty, residuals


def _correlation(x: Vector, y: Vector, spent: int) -> tuple[float, float]:
    """Return Pearson's r over the points both have, and its p with the season's terms spent."""
    both = np.isfinite(x) & np.isfinite(y)
    freedom = int(both.sum()) - 2 - spent
    if freedom < 4:
        return float("nan"), float("nan")
    a, b = x[both] - x[both].mean(), y[both] - y[both].mean()
    scale = float(np.sqrt((a**2).sum() * (b**2).sum()))
    if scale <= 1e-12:
        return float("nan"), float("nan")
    r = float(np.clip((a * b).sum() / scale, -1, 1))
    t = r * np.sqrt(freedom / max(1 - r * r, 1e-15))
    return r, float(2 * stdtr(freedom, -abs(t)))
