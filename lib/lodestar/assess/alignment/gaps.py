"""Gaps cell by cell: which carry the misalignment, and what is tied up above target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.assess.alignment.measure import index_of
from lodestar.assess.cells import Cells
from lodestar.stats.rounding import settle

__all__ = ["gap_frame", "over_shoot", "sides"]


def gap_frame(
    cells: Cells, target: np.ndarray, weights: np.ndarray, overshoot_weight: float = 1.0
) -> pd.DataFrame:
    """Return every applicable present cell with its gap, the heaviest first.

    Parameters
    ----------
    cells : Cells
        Levels with raters and bases.
    target, weights : numpy.ndarray
        t_cf and w_c v_f, shape (capabilities, functions).
    overshoot_weight : float
        What a squared gap above target counts, relative to one below.

    Returns
    -------
    pandas.DataFrame
        ``capability, function, present, target, gap`` (levels; below target is negative), ``n``
        (persons), ``basis``, ``share`` (of M, 0-1) and ``gain`` (index points that closing the
        cell alone would add), ordered by w·v·gap² descending, then ids.
    """
    frame = _long(cells, target, weights)
    frame["gap"] = frame["present"] - frame["target"]
    side = np.where(frame["gap"] > 0, overshoot_weight, 1.0)
    carried = frame["weight"] / frame["weight"].sum() * side * frame["gap"] ** 2
    m = float(np.sum(carried))
    frame["share"] = carried / m if m > 0 else 0.0
    frame["gain"] = index_of(np.maximum(0.0, m - carried)) - index_of(m)
    order = frame.assign(carried=-settle(frame["weight"] * frame["gap"] ** 2))
    order = order.sort_values(["carried", "capability", "function"], kind="stable")
    return order.drop(columns=["carried", "weight"]).reset_index(drop=True)


def _long(cells: Cells, target: np.ndarray, weights: np.ndarray) -> pd.DataFrame:
    """Return one row a present cell."""
    rows, columns = np.nonzero(cells.present.to_numpy())
    matrices = {
        "present": cells.x.to_numpy(),
        "target": target,
        "n": cells.raters.to_numpy(),
        "basis": cells.basis.to_numpy(),
        "weight": weights,
    }
    names = {"capability": cells.x.index[rows], "function": cells.x.columns[columns]}
    return pd.DataFrame({**names, **{k: m[rows, columns] for k, m in matrices.items()}})


def over_shoot(gaps: pd.DataFrame, upkeep: pd.DataFrame) -> pd.DataFrame:
    """Return the cells above target with what holding them there costs a year.

    Parameters
    ----------
    gaps : pandas.DataFrame
        From `gap_frame`.
    upkeep : pandas.DataFrame
        ``capability, function, cost_year_per_level``.

    Returns
    -------
    pandas.DataFrame
        ``capability, function, present, target, gap, share, cost_year`` (gap × cost a year of a
        level; NaN where `upkeep` has no row), dearest first, uncosted last by gap.
    """
    above = gaps[settle(gaps["gap"]) > 0]
    costed = above.merge(
        upkeep[["capability", "function", "cost_year_per_level"]],
        on=["capability", "function"],
        how="left",
    )
    costed["cost_year"] = costed["gap"] * costed["cost_year_per_level"]
    ordered = costed.sort_values(
        ["cost_year", "gap", "capability", "function"], ascending=[False, False, True, True]
    )
    shown = ["capability", "function", "present", "target", "gap", "share", "cost_year"]
    return ordered[shown].reset_index(drop=True)


def sides(gaps: pd.DataFrame, by: str, weights: pd.Series) -> pd.DataFrame:
    """Return how far each capability or function stands from its targets, on average.

    Parameters
    ----------
    gaps : pandas.DataFrame
        From `gap_frame`.
    by : {"capability", "function"}
        What to average over the other of.
    weights : pandas.Series
        w_c or v_f of the other, by id.

    Returns
    -------
    pandas.DataFrame
        ``<by>, gap`` (weighted mean, levels), ``share`` (of M), ``cells``; in order of id.
    """
    other = "function" if by == "capability" else "capability"
    weight = gaps[other].map(weights)
    sums = pd.DataFrame({by: gaps[by], "up": weight * gaps["gap"], "down": weight})
    grouped = sums.groupby(by)[["up", "down"]].sum()
    out = pd.DataFrame({"gap": grouped["up"] / grouped["down"]})
    out["share"] = gaps.groupby(by)["share"].sum()
    out["cells"] = gaps.groupby(by).size()
    return out.sort_index().reset_index()
