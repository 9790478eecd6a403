"""Whether series move together once season, trend and inertia are taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from lodestar.stats.whitening import Whitened, whiten

__all__ = [
    "LEAST_POINTS",
    "Association",
    "Associations",
    "associations",
    "lagged_association",
    "terms_spent",
    "weakest_found",
]

Vector = NDArray[np.float64]
Places = NDArray[np.int64]

LEAST_POINTS = 24
LEAST_FREEDOM = 4

STILL = 1e-20
"""Product of two sums of squares, of series of size 1, under which one of them does not move."""

BLOCK = 32
"""Series whose products with all others are held at once."""

NEAR = 0.02
"""Share by which the approximate order of two lags may be wrong."""


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


@dataclass(frozen=True, eq=False)
class Associations:
    """Strongest lagged correlations of many pairs, one an entry of every array.

    Parameters
    ----------
    r, p : ndarray of float
        Correlation −1 to 1, and two-sided p corrected for all that was tried; NaN under 24 points
        or without variation.
    lag : ndarray of int
        Steps by which the second follows the first, below 0 where the second leads.
    n : ndarray of int
        Points that both have after differencing.
    """

    r: Vector
    lag: Places
    p: Vector
    n: Places


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
        Correlation at the lag where it is strongest. Of many pairs: :func:`associations`.

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> x = rng.normal(size=60)
    >>> found = lagged_association(x, np.r_[0.0, 0.0, x[:-2]])
    >>> found.lag, found.p < 0.001
    (2, True)
    """
    both = np.column_stack([np.asarray(s, dtype=float).ravel() for s in (x, y)])
    found = associations(whiten(both), [0], [1], max_lag)
    known = bool(np.isfinite(found.r[0]))
    lag = int(found.lag[0]) if known else -1
    return Association(float(found.r[0]), lag, float(found.p[0]), int(found.n[0]))


def associations(
    whitened: Whitened,
    first: ArrayLike,
    second: ArrayLike,
    max_lag: int = 6,
    either: bool = False,
) -> Associations:
    """Return how strongly the second series of each pair follows the first.

    Parameters
    ----------
    whitened : Whitened
        All series over the same dates, as :func:`lodestar.stats.whitening.whiten` returns them.
    first, second : array-like of int
        Columns of each pair.
    max_lag : int, default 6
        Longest lag tried, in steps.
    either : bool, default False
        Whether the second may lead as well.

    Notes
    -----
    Pearson's r of the whitened series at each lag over the points both have; p from Student's t,
    its degrees of freedom less the seasonal terms and those of the longer of both memories, where
    it is smallest, times the number of lags tried (Bonferroni), and twice that where either may
    lead. Naive correlation of two unrelated monthly series with inertia 0.8 is "significant" in a
    third of cases; after whitening in 3 to 6 of 100 (Yule 1926; Box & Jenkins 1970, ch. 11; the
    figures are in ``tests/benchmarks``).
    """
    one, two = (np.asarray(side, dtype=np.int64).ravel() for side in (first, second))
    most = min(max_lag, len(whitened.changes) - 1)
    lags = np.array([*range(most + 1), *(range(-1, -most - 1, -1) if either else ())])
    sums, spent = _Sums(whitened), terms_spent(whitened, one, two)
    r, p = np.full(len(one), np.nan), np.full(len(one), np.nan)
    lag, n = np.zeros(len(one), dtype=np.int64), np.zeros(len(one), dtype=np.int64)
    order = np.argsort(one, kind="stable")
    for pairs in np.split(order, _cuts(one[order])):
        n[pairs], tried, points = sums.correlations(one[pairs], two[pairs], lags)
        freedom = points - 2 - spent[pairs]
        best, p[pairs] = _best(np.where(freedom >= LEAST_FREEDOM, tried, np.nan), freedom)
        r[pairs], lag[pairs] = tried[best, np.arange(len(pairs))], lags[best]
    p = np.minimum(1.0, p * (most + 1) * (2 if either else 1))
    p[n < LEAST_POINTS] = np.nan
    return Associations(np.where(np.isnan(p), np.nan, r), lag, p, n)


def terms_spent(whitened: Whitened, first: Places, second: Places) -> Places:
    """Return the degrees of freedom that whitening cost each pair: season, and longer memory."""
    memory = whitened.inertia_terms
    return whitened.seasonal_terms + np.maximum(memory[first], memory[second])


def weakest_found(n: int, spent: int, tried: int = 1, level: float = 0.05) -> float:
    """Return the correlation from which chance alone is told off.

    Parameters
    ----------
    n : int
        Points that both series have.
    spent : int
        Degrees of freedom that whitening cost.
    tried : int, default 1
        Lags tried.
    level : float, default 0.05
        Largest p that counts as found.

    Examples
    --------
    >>> round(weakest_found(60, 0), 2), round(weakest_found(24, 0), 2)
    (0.25, 0.4)
    """
    freedom = n - 2 - spent
    if freedom < LEAST_FREEDOM:
        return float("nan")
    t = stdtrit(freedom, 1 - level / tried / 2)
    return float(t / np.sqrt(freedom + t * t))


class _Sums:
    """Correlations of many series with many, over the points that both have."""

    def __init__(self, whitened: Whitened) -> None:
        self.changed = np.isfinite(whitened.changes).astype(float)
        known = np.isfinite(whitened.residuals).astype(float)
        filled = np.nan_to_num(whitened.residuals)
        mean = (filled**2).sum(axis=0) / np.maximum(known.sum(axis=0), 1.0)
        values = filled / np.sqrt(np.where(mean > 0, mean, 1.0))
        self.powers = (known, values, values**2)

    def correlations(
        self, first: Places, second: Places, lags: Places
    ) -> tuple[Places, Vector, Vector]:
        """Return common changes of some pairs, and r and its number of points lag by lag."""
        rows, row = np.unique(first, return_inverse=True)
        columns, column = np.unique(second, return_inverse=True)
        place = row * len(columns) + column
        n = (self.changed[:, rows].T @ self.changed[:, columns]).ravel()[place]
        tried = [self._at(rows, columns, place, int(lag)) for lag in lags]
        r, points = (np.stack([found[part] for found in tried]) for part in (0, 1))
        return np.rint(n).astype(np.int64), r, np.rint(points)

    def _at(self, rows: Places, columns: Places, place: Places, lag: int) -> tuple[Vector, Vector]:
        """Return r and its number of points at one lag."""
        steps, back, on = len(self.changed), max(-lag, 0), max(lag, 0)
        mine = [part[back : steps - on, rows].T for part in self.powers]
        theirs = [part[on : steps - back, columns] for part in self.powers]
        ways = [(0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (1, 1)]
        n, x, y, xx, yy, xy = ((mine[i] @ theirs[j]).ravel()[place] for i, j in ways)
        points = np.maximum(n, 1.0)
        spread = (xx - x * x / points) * (yy - y * y / points)
        r = (xy - x * y / points) / np.sqrt(np.where(spread > STILL, spread, np.nan))
        return np.clip(r, -1.0, 1.0), n


def _cuts(sources: Places) -> Places:
    """Return where to cut sorted sources so that each part has at most BLOCK of them."""
    rank = np.cumsum(np.r_[0, np.diff(sources) != 0]) if len(sources) else np.zeros(0, int)
    return np.flatnonzero(np.diff(rank // BLOCK)) + 1


def _best(r: Vector, freedom: Vector) -> tuple[Places, Vector]:
    """Return the place of the least p of each column, and that p.

    Exact p of every entry would take most of the time: the order comes from Wallace's (1959, Annals
    of Mathematical Statistics 30, 1121–1130) normal deviate, p from Student's t where it is least,
    and wherever another comes near.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.maximum(1 - r * r, 1e-15)
        size = -freedom * np.log(rest) * ((8 * freedom + 1) / (8 * freedom + 3)) ** 2
    size = np.where(np.isfinite(size), size, -np.inf)
    most = size.max(axis=0)
    near = (size >= most * (1 - NEAR)) & np.isfinite(size)
    p = np.full_like(r, np.inf)
    t = np.abs(r[near]) * np.sqrt(freedom[near] / rest[near])
    p[near] = 2 * stdtr(freedom[near], -t)
    least = p.min(axis=0)
    return p.argmin(axis=0), np.where(np.isfinite(least), least, np.nan)
