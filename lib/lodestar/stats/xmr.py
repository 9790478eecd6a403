"""XmR chart: which changes of an indicator are more than its usual variation."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lodestar.stats.rounding import settle

__all__ = ["xmr"]

LIMIT = 2.66
RUN = 8


def xmr(values: ArrayLike, changes: Iterable[int] = ()) -> pd.DataFrame:
    """Return natural process limits of a series and the points that signal a change.

    Parameters
    ----------
    values : array-like of float
        The series in order of time; NaN = not measured (skipped, never a signal).
    changes : iterable of int, optional
        Positions (0 is the first point) at which a declared change starts a new baseline.

    Returns
    -------
    pandas.DataFrame
        One row a point: ``value``, ``baseline`` (0, 1, … between declared changes), ``centre``,
        ``lower``, ``upper``, ``moving_range`` and the signals ``outside``, ``run``, ``near``,
        with ``signal`` where any of them holds. Limits are NaN under two points.

    Notes
    -----
    centre ± 2.66 · mean moving range, by baseline. Signals: one point outside the limits; eight
    in a row on one side of the centre; three of four in a row nearer to the same limit than to
    the centre (Wheeler 2000, *Understanding Variation*).

    Examples
    --------
    >>> xmr([10, 11, 10, 11, 10, 30])["outside"].tolist()
    [False, False, False, False, False, True]
    """
    series = np.asarray(values, dtype=float).ravel()
    starts = sorted({int(position) for position in changes})
    baseline = np.searchsorted(np.asarray(starts), np.arange(len(series)), side="right")
    baseline = baseline - (baseline.min() if len(series) else 0)
    parts = [_limits(series[baseline == part]) for part in np.unique(baseline)]
    columns = ["value", "centre", "lower", "upper", "moving_range", "outside", "run", "near"]
    chart = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    chart.insert(1, "baseline", baseline)
    chart["signal"] = chart[["outside", "run", "near"]].any(axis=1)
    return chart


def _limits(values: NDArray[np.float64]) -> pd.DataFrame:
    """Return limits and signals of one baseline."""
    given = np.isfinite(values)
    points = values[given]
    ranges = np.abs(np.diff(points))
    centre = float(points.mean()) if len(points) > 1 else np.nan
    width = LIMIT * float(ranges.mean()) if len(points) > 1 else np.nan
    part = pd.DataFrame({"value": values, "centre": centre})
    part["lower"], part["upper"] = centre - width, centre + width
    part["moving_range"] = _spread(np.r_[np.nan, ranges][: len(points)], given, np.nan)
    offset = np.atleast_1d(settle(points - centre))
    marks = {"outside": np.abs(offset) > settle(width), "run": _runs(np.sign(offset))}
    marks["near"] = _near(offset, settle(width / 2))
    for name, mark in marks.items():
        part[name] = _spread(mark, given, False)
    return part


def _spread(found: NDArray, given: NDArray[np.bool_], missing: float | bool) -> NDArray:
    """Return values of measured points at their places, ``missing`` elsewhere."""
    out = np.full(len(given), missing)
    out[given] = found
    return out


def _runs(side: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark points in a run of at least eight on one side; a point on the centre breaks it."""
    edges = np.flatnonzero(np.diff(side)) + 1
    marked = np.zeros(len(side), dtype=bool)
    for start, stop in zip(np.r_[0, edges], np.r_[edges, len(side)], strict=True):
        if stop - start >= RUN and np.abs(side[start]) == 1:
            marked[start:stop] = True
    return marked


def _near(offset: NDArray[np.float64], half: float) -> NDArray[np.bool_]:
    """Mark points beyond half-way to one limit where three of four in a row are."""
    marked = np.zeros(len(offset), dtype=bool)
    for sign in (1, -1):
        beyond = sign * offset > half
        for start in range(len(offset) - 3):
            if beyond[start : start + 4].sum() >= 3:
                marked[start : start + 4] |= beyond[start : start + 4]
    return marked
