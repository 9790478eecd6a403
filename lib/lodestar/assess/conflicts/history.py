"""What history says of pairs of measures: how strongly they move together, and how each moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.pairtest import STATUSES, PairTests
from lodestar.assess.conflicts.register import Register
from lodestar.stats.multiplicity import adjust
from lodestar.stats.series import LEAST_POINTS, associations

__all__ = ["LONGEST_LAG", "ask", "monthly", "movements"]

YEAR = 12

LONGEST_LAG = 6
"""Months that an effect is searched over; a longer declared lag widens the search."""


def monthly(history: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return history as one column a node on an unbroken grid of months.

    Parameters
    ----------
    history : DataFrame
        Columns node, date, value.
    as_of : date
        "Today": later values are not looked at.

    Notes
    -----
    Several values of a month are averaged; a month without one is NaN.
    """
    past = history[(history["date"] <= pd.Timestamp(as_of)) & history["value"].notna()]
    if past.empty:
        return pd.DataFrame()
    month = past["date"].dt.to_period("M").rename("month")
    table = past.groupby([month, "node"])["value"].mean().unstack("node").sort_index()
    grid = pd.period_range(table.index.min(), table.index.max(), freq="M", name="month")
    return table.reindex(grid).sort_index(axis=1)


def ask(family: pd.DataFrame, ids: tuple[str, ...], series: pd.DataFrame) -> PairTests:
    """Return history's answers.

    Parameters
    ----------
    family : DataFrame
        Pairs, as `lodestar.assess.conflicts.family.family` gives them; q counts those that could
        be tested.
    ids : tuple of str
        The id at each place.
    series : DataFrame
        Monthly values, one column a node, as :func:`monthly` gives them.

    Notes
    -----
    Each series is differenced and whitened, lags 0–6 months (or the declared lag) are searched,
    and p is corrected for the lags tried and, where either may lead, for both directions; q is
    Benjamini–Hochberg over the family.
    """
    shown = series[[name for name in series.columns if name in set(ids)]]
    blank = family.assign(status=0, r=np.nan, lag=-1, n=0, p=np.nan, q=np.nan)
    tests = PairTests(blank.reset_index(drop=True), ids, shown)
    column = shown.columns.get_indexer(pd.Index(ids))
    first, second = (column[family[end].to_numpy()] for end in ("a", "b"))
    both = (first >= 0) & (second >= 0)
    lags = np.maximum(LONGEST_LAG, np.ceil(family["declared"].to_numpy())).astype(int)
    directed = family["directed"].to_numpy()
    for lag, way in sorted(set(zip(lags[both].tolist(), directed[both].tolist(), strict=True))):
        rows = np.flatnonzero(both & (lags == lag) & (directed == way))
        found = associations(tests.whitened, first[rows], second[rows], lag, either=not way)
        _enter(tests.frame, rows, {"r": found.r, "lag": found.lag, "n": found.n, "p": found.p})
    tests.frame["q"] = adjust(tests.frame["p"].to_numpy(), "bh")
    return tests


def _enter(frame: pd.DataFrame, rows: np.ndarray, found: dict[str, np.ndarray]) -> None:
    """Write answers into their rows; where b was found to lead, the ends change places."""
    tested = np.isfinite(found["p"]) & (found["n"] >= LEAST_POINTS)
    status = np.where(tested, STATUSES.index("tested"), STATUSES.index("too_short"))
    turned = rows[tested & (found["lag"] < 0)]
    lag = np.where(tested, np.abs(found["lag"]), -1)
    values = found | {"lag": lag, "status": status}
    for name in ("r", "p"):
        values[name] = np.where(tested, found[name], np.nan)
    for name, entered in values.items():
        column = frame[name].to_numpy(copy=True)
        column[rows] = entered
        frame[name] = column
    ends = frame[["a", "b"]].to_numpy(copy=True)
    ends[turned] = ends[turned, ::-1]
    frame[["a", "b"]] = ends


def movements(
    register: Register,
    history: pd.DataFrame,
    as_of: date,
    targets: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return how each measured id moved over the year.

    Parameters
    ----------
    register : Register
        For the direction in which a metric is rewarded.
    history : DataFrame
        Columns node, date, value.
    as_of : date
        "Today".
    targets : mapping, optional
        Target by metric; NaN where it has none.

    Returns
    -------
    DataFrame
        node; last month; last_12 and before_12, means of the last twelve months and the twelve
        before; change, as a share of the latter; wanted, whether it moved as rewarded (None where
        nothing is wanted of it); on_target, whether the last twelve months meet its target (None
        without one). Only ids with all 24 months, and a mean other than 0 before.

    Notes
    -----
    Whole years are compared, so that season does not tell.
    """
    series = monthly(history, as_of).dropna(how="all")
    rows = []
    for node in (name for name in series.columns if name in register.links.position):
        values = series[node].loc[: series[node].last_valid_index()]
        if len(values) < 2 * YEAR or values[-2 * YEAR :].isna().any():
            continue
        last, before = values[-YEAR:].mean(), values[-2 * YEAR : -YEAR].mean()
        if before:
            moved = _movement(register, str(node), values.index[-1], last, before)
            rows.append((*moved, _on_target(register, str(node), last, targets or {})))
    columns = ["node", "month", "last_12", "before_12", "change", "wanted", "on_target"]
    return pd.DataFrame(rows, columns=columns)


def _movement(
    register: Register, node: str, month: pd.Period, last: float, before: float
) -> tuple[str, str, float, float, float, bool | None]:
    change = (last - before) / abs(before)
    way = register.wanted[register.at(node)] * change
    has_wish = register.group[register.at(node)] != "node" and isfinite(way) and way != 0
    wanted = bool(way > 0) if has_wish else None
    return node, str(month), float(last), float(before), float(change), wanted


def _on_target(
    register: Register, node: str, last: float, targets: Mapping[str, float]
) -> bool | None:
    """Tell whether a metric is at its target or beyond, the way it is rewarded."""
    way, target = register.direction[register.at(node)], targets.get(node, float("nan"))
    if not isfinite(way) or not isfinite(target):
        return None
    return bool(way * (last - target) >= 0)
