"""Series without trend, season and inertia: what is left can be compared between series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["SEASON", "Whitened", "whiten"]

Matrix = NDArray[np.float64]

SEASON = 12
"""Steps of a year."""

NOISE = 1e-10
"""Residuals smaller than this share of a series' size are rounding, not movement."""


@dataclass(frozen=True, eq=False)
class Whitened:
    """Changes of some series over the same dates, and what these leave unexplained.

    Parameters
    ----------
    changes, residuals : ndarray, shape (steps, series)
        NaN where a value needed for them is missing; residuals of a series without movement of
        its own are all NaN.
    seasonal_terms : int
        Degrees of freedom that the season costs.
    inertia_terms : ndarray of int, shape (series,)
        Degrees of freedom that each series' own past costs.
    """

    changes: Matrix
    residuals: Matrix
    seasonal_terms: int
    inertia_terms: NDArray[np.int64]


def whiten(series: ArrayLike) -> Whitened:
    """Return month-to-month changes of some series without season and inertia.

    Parameters
    ----------
    series : array-like of float, shape (months, series) or (months,)
        Equally spaced, over the same dates; NaN = not measured.

    Returns
    -------
    Whitened
        One step fewer than months.

    Notes
    -----
    First differences (which take out a trend), regressed together on the season (calendar months
    where there are four years, else two harmonics of the year) and on their own past; as many
    steps back as the corrected AIC asks for, at most one a year of data and eight. Series that
    lack the same months are solved together: the season is projected out of changes and past
    once (Frisch & Waugh 1933, *Econometrica* 1, 387–401), what is left by least squares.
    """
    values = np.asarray(series, dtype=float)
    values = values[:, None] if values.ndim == 1 else values
    changes = np.diff(values, axis=0)
    size = np.nanmax(np.abs(np.where(np.isnan(values), 0.0, values)), axis=0, initial=0.0)
    season, residuals = _season(len(changes)), np.full(changes.shape, np.nan)
    inertia = np.zeros(changes.shape[1], dtype=np.int64)
    for columns in _alike(np.isfinite(changes)):
        residuals[:, columns], inertia[columns] = _best(changes[:, columns], season)
    still = ~(np.nanmax(np.abs(residuals), axis=0, initial=0.0) > NOISE * size)
    residuals[:, still] = np.nan
    return Whitened(changes, residuals, season.shape[1] - 1, inertia)


def _alike(known: NDArray[np.bool_]) -> Iterator[NDArray[np.intp]]:
    """Yield the columns that are known at the same steps."""
    packed = np.ascontiguousarray(np.packbits(known, axis=0).T)
    _, group = np.unique(packed, axis=0, return_inverse=True)
    order = np.argsort(group, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(group.ravel()[order])) + 1)


def _season(steps: int) -> Matrix:
    """Return a constant and the season: calendar months from four years on, else harmonics."""
    step = np.arange(steps)
    if steps >= 4 * SEASON - 1:
        return np.eye(SEASON)[step % SEASON]
    turns = [2 * np.pi * k * step / SEASON for k in (1, 2)]
    waves = [wave for turn in turns for wave in (np.cos(turn), np.sin(turn))]
    return np.stack([np.ones(steps), *waves], axis=1)


def _best(changes: Matrix, season: Matrix) -> tuple[Matrix, NDArray[np.int64]]:
    """Return each column's residuals at the number of steps back that AIC asks for, and that."""
    most = int(np.clip((len(changes) + 1) // SEASON, 1, 8))
    least = np.full(changes.shape[1], np.inf)
    best = np.full(changes.shape, np.nan)
    orders = np.zeros(changes.shape[1], dtype=np.int64)
    for order in range(most + 1):
        found, residuals = _of_order(changes, season, order, most)
        better = found < least
        least[better], best[:, better] = found[better], residuals[:, better]
        orders[better] = order
    return best, orders


def _of_order(changes: Matrix, season: Matrix, order: int, most: int) -> tuple[Matrix, Matrix]:
    """Return corrected AIC (over the steps every order has) and residuals, column by column."""
    past = np.full((order, *changes.shape), np.nan)
    for back in range(1, order + 1):
        past[back - 1, back:] = changes[:-back]
    usable = np.isfinite(changes[:, 0]) & np.isfinite(past[:, :, 0]).all(axis=0)
    compared = usable & (np.arange(len(changes)) >= most)
    points, terms = int(compared.sum()), season.shape[1] + order + 1
    if points <= terms + 1:
        return np.full(changes.shape[1], np.inf), np.full(changes.shape, np.nan)
    residuals = _unexplained(changes, past, season, usable, compared)
    variance = np.maximum(np.mean(residuals[compared] ** 2, axis=0), 1e-300)
    penalty = 2 * terms * points / (points - terms - 1)
    return points * np.log(variance) + penalty, residuals


def _unexplained(
    changes: Matrix,
    past: Matrix,
    season: Matrix,
    usable: NDArray[np.bool_],
    compared: NDArray[np.bool_],
) -> Matrix:
    """Regress on season and past over the compared steps; return residuals of the usable ones."""
    seasonal = season[usable] @ np.linalg.pinv(season[compared])
    rest = changes[usable] - seasonal @ changes[compared]
    if len(past):
        lags = past[:, usable] - seasonal @ past[:, compared]
        inside = compared[usable]
        fit = np.linalg.pinv(lags[:, inside].transpose(2, 1, 0))
        weights = fit @ rest[inside].T[:, :, None]
        rest = rest - np.einsum("ktc,ck->tc", lags, weights[:, :, 0])
    residuals = np.full(changes.shape, np.nan)
    residuals[usable] = rest
    return residuals
