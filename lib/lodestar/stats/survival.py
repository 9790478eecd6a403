"""How long things last when some have not ended yet: Kaplan–Meier and Aalen–Johansen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

__all__ = ["aalen_johansen", "kaplan_meier", "median_survival"]

NORMAL_95 = 1.959963984540054


def kaplan_meier(durations: ArrayLike, ended: ArrayLike) -> pd.DataFrame:
    """Return the share still running after each duration.

    Parameters
    ----------
    durations : array-like of float
        Time from the start to the end or to the last look, 0 or more; NaN is left out.
    ended : array-like of bool
        True where the end was seen, False where the last look came first (censored).

    Returns
    -------
    pandas.DataFrame
        One row a distinct duration with an end, ascending: ``time``, ``at_risk``, ``events``,
        ``survival`` (0–1), ``low`` and ``high`` (95 %).

    Notes
    -----
    Product limit (Kaplan & Meier 1958, *JASA* 53, 457–481); who is censored at a duration counts
    as at risk there. Interval: Greenwood's variance on log(−log S); missing where S is 0 or 1.

    Examples
    --------
    >>> kaplan_meier([1, 2, 3], [True, False, True])["survival"].round(3).tolist()
    [0.667, 0.0]
    """
    table = _risk_table(durations, np.asarray(ended, dtype=bool).astype(object), [True])
    at_risk, events = table["at_risk"], table[True]
    survival = (1 - events / at_risk).cumprod()
    left = (at_risk - events).to_numpy(dtype=float)
    hazards = events / (at_risk * np.where(left > 0, left, np.nan))
    inner = survival.where((survival > 0) & (survival < 1))
    spread = NORMAL_95 * np.sqrt(hazards.cumsum()) / np.abs(np.log(inner))
    out = pd.DataFrame({"time": table["time"], "at_risk": at_risk, "events": events})
    out["survival"] = survival
    out["low"], out["high"] = inner ** np.exp(spread), inner ** np.exp(-spread)
    return out


def median_survival(curve: pd.DataFrame) -> float:
    """Return the first duration at which half or fewer still run; NaN if that was not seen.

    Parameters
    ----------
    curve : pandas.DataFrame
        As :func:`kaplan_meier` returns it.

    Examples
    --------
    >>> median_survival(kaplan_meier([1, 2, 3, 4], [True] * 4))
    2.0
    """
    reached = curve.loc[curve["survival"].round(9) <= 0.5, "time"]
    return float(reached.iloc[0]) if len(reached) else float("nan")


def aalen_johansen(durations: ArrayLike, causes: Any) -> pd.DataFrame:
    """Return the share that has ended by each duration, by cause of the end.

    Parameters
    ----------
    durations : array-like of float
        Time from the start to the end or to the last look, 0 or more; NaN is left out.
    causes : array-like
        Cause of the end; missing (None, NaN) where no end was seen (censored).

    Returns
    -------
    pandas.DataFrame
        One row a distinct duration with an end, ascending: ``time``, then a column of cumulative
        incidence (0–1) for each cause, sorted. With the Kaplan–Meier share they add to 1.

    Notes
    -----
    Aalen & Johansen (1978), *Scandinavian Journal of Statistics* 5, 141–150: Σ S(t−)·d_cause/n.

    Examples
    --------
    >>> aalen_johansen([1, 2, 3], ["done", "dropped", None]).round(3).to_numpy().tolist()
    [[1.0, 0.333, 0.0], [2.0, 0.333, 0.333]]
    """
    labels = pd.Series(np.asarray(causes, dtype=object))
    names = sorted(labels.dropna().unique(), key=str)
    table = _risk_table(durations, labels.to_numpy(), names)
    events = table[names].sum(axis=1)
    survival = (1 - events / table["at_risk"]).cumprod()
    before = survival.shift(1, fill_value=1.0)
    out = pd.DataFrame({"time": table["time"]})
    for name in names:
        out[name] = (before * table[name] / table["at_risk"]).cumsum()
    return out


def _risk_table(durations: ArrayLike, causes: Any, names: list[Any]) -> pd.DataFrame:
    """Return how many were at risk and how many ended of each cause, by duration with an end."""
    frame = pd.DataFrame({"time": np.asarray(durations, dtype=float), "cause": causes})
    frame = frame[frame["time"].notna()]
    if (frame["time"] < 0).any():
        raise ValueError("A duration is negative: an end lies before its start.")
    ended = frame[frame["cause"].isin(names)]
    times = np.sort(ended["time"].unique())
    ordered = np.sort(frame["time"].to_numpy())
    table = pd.DataFrame({"time": times})
    table["at_risk"] = len(ordered) - np.searchsorted(ordered, times, side="left")
    for name in names:
        own = np.sort(ended.loc[ended["cause"] == name, "time"].to_numpy())
        table[name] = np.searchsorted(own, times, "right") - np.searchsorted(own, times, "left")
    return table
