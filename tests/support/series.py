"""Monthly series with known properties, and what slow, plain code says of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Vector = NDArray[np.float64]


def inert(rng: np.random.Generator, steps: int, inertia: float) -> Vector:
    """Return a first-order autoregressive series with season and trend."""
    noise = rng.normal(size=steps + 50)
    series = np.zeros(steps + 50)
    for t in range(1, steps + 50):
        series[t] = inertia * series[t - 1] + noise[t]
    months = np.arange(steps)
    return series[50:] + 2 * np.sin(2 * np.pi * months / 12) + 0.1 * months


def whitened_alone(series: Vector) -> tuple[Vector, int]:
    """Return residuals of one series' changes on season and past, and how many steps back."""
    changes = np.diff(series)
    most = int(np.clip((len(changes) + 1) // 12, 1, 8))
    found = [_order(changes, order, most) for order in range(most + 1)]
    order = int(np.argmin([criterion for criterion, _ in found]))
    residuals = found[order][1]
    rounding = 1e-10 * np.nanmax(np.abs(series))
    if not (np.abs(residuals[np.isfinite(residuals)]) > rounding).any():
        residuals = np.full(len(changes), np.nan)
    return residuals, order


def pair_by_pair(x: Vector, y: Vector, most: int, either: bool) -> tuple[float, int, float, int]:
    """Return r, lag, corrected p and common changes of two series, lag by lag."""
    (one, memory), (two, other) = whitened_alone(x), whitened_alone(y)
    n = int(np.isfinite(np.diff(x) + np.diff(y)).sum())
    spent = len(_season(len(one)).T) - 1 + max(memory, other)
    most = min(most, len(one) - 1)
    ways = [(lag, one, two) for lag in range(most + 1)]
    ways += [(-lag, two, one) for lag in range(1, most + 1)] if either else []
    found = [(*_correlated(a, b, abs(lag), spent), lag) for lag, a, b in ways]
    known = [one for one in found if np.isfinite(one[1])]
    if n < 24 or not known:
        return np.nan, 0, np.nan, n
    r, p, lag = min(known, key=lambda one: one[1])
    return r, lag, min(1.0, p * (most + 1) * (2 if either else 1)), n


def _correlated(x: Vector, y: Vector, lag: int, spent: int) -> tuple[float, float]:
    x, y = x[: len(x) - lag], y[lag:]
    both = np.isfinite(x) & np.isfinite(y)
    freedom = both.sum() - 2 - spent
    if freedom < 4:
        return np.nan, np.nan
    r = float(np.corrcoef(x[both], y[both])[0, 1])
    t = abs(r) * np.sqrt(freedom / max(1 - r * r, 1e-15))
    return r, float(2 * stats.t.sf(t, freedom))


def _season(steps: int) -> Vector:
    step = np.arange(steps)
    if steps >= 47:
        return (step[:, None] % 12 == np.arange(12)).astype(float)
    waves = [f(2 * np.pi * k * step / 12) for k in (1, 2) for f in (np.cos, np.sin)]
    return np.column_stack([np.ones(steps), *waves])


def _order(changes: Vector, order: int, most: int) -> tuple[float, Vector]:
    steps = len(changes)
    past = [np.r_[np.full(k, np.nan), changes[: steps - k]] for k in range(1, order + 1)]
    design = np.column_stack([_season(steps), *past])
    usable = np.isfinite(changes) & np.isfinite(design).all(axis=1)
    compared = usable & (np.arange(steps) >= most)
    points, terms = int(compared.sum()), design.shape[1] + 1
    if points <= terms + 1:
        return np.inf, np.full(steps, np.nan)
    weights, *_ = np.linalg.lstsq(design[compared], changes[compared], rcond=None)
    residuals = np.where(usable, changes - np.nan_to_num(design) @ weights, np.nan)
    variance = max(float(np.mean(residuals[compared] ** 2)), 1e-300)
    penalty = 2 * terms * points / (points - terms - 1)
    return points * float(np.log(variance)) + penalty, residuals
