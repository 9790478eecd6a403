"""Insular functions: own work rated high where others, and customers, rate it low."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lodestar.assess.perspectives.scales import HIGHEST, LOWEST
from lodestar.confidentiality import Gate
from lodestar.confidentiality.gate import PROTECTED_BASIS
from lodestar.framework.model import Framework
from lodestar.stats.rounding import settle

__all__ = ["insular_views"]

LEAST_DISTANCE = 1.0
SIDES = ("own", "others")
CELL = ["capability", "function", "side"]


def insular_views(
    ratings: pd.DataFrame, framework: Framework, customers: Mapping[str, float], gate: Gate
) -> pd.DataFrame:
    """Return how each function and the others rate its work, dimension by dimension.

    Parameters
    ----------
    ratings : DataFrame
        Typed table; rows without ``rater_function`` or that do not apply are left out.
    framework : Framework
        Capabilities, their dimensions and weights.
    customers : mapping of str to float
        Customers' mean (1–5) by dimension where it may be shown.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        ``function, dimension, own, others, customers, distance, n_own, n_others, insular,
        suppressed``, the largest distance first.

    Notes
    -----
    Both sides: weighted mean, over the capabilities that both rated, of the medians of raters.
    Insular: own view at least one level above the others' and, where customers were asked, above
    theirs. Our synthesis; it rests on the finding that own reports run higher than others' (Sull,
    Homkes & Sull 2015). Sides of one to four survey raters hide the row, and sides all of whose
    votes on a capability stand at one end where survey raters are among them.
    """
    told = ratings[
        ratings["applies"] & ratings["level"].notna() & ratings["rater_function"].notna()
    ]
    told = told.assign(side=np.where(told["rater_function"] == told["function"], *SIDES))
    told["dimension"] = told["capability"].map({c.id: c.dimension for c in framework.capabilities})
    compared = _both_sides(told)
    if compared.empty:
        return pd.DataFrame(columns=_COLUMNS)
    kept, few = gate.protect_cells(compared, by=CELL)
    told_whole = few.index.union(compared.index[_alike(compared, gate)])
    hidden = set(
        zip(*compared.loc[told_whole, ["function", "dimension"]].to_numpy().T, strict=True)
    )
    views = _views(kept, framework.capability_shares()).reset_index()
    names = compared[["function", "dimension"]].drop_duplicates()
    views = names.merge(views, how="left", on=["function", "dimension"])
    views["suppressed"] = [pair in hidden for pair in zip(*names.to_numpy().T, strict=True)]
    views["customers"] = views["dimension"].map(customers).astype(float)
    views.loc[views["suppressed"], ["own", "others", "customers", "n_own", "n_others"]] = np.nan
    views["distance"] = views["own"] - views["others"]
    beyond = settle(views["own"] - views["customers"]) >= LEAST_DISTANCE
    views["insular"] = (settle(views["distance"]) >= LEAST_DISTANCE) & (
        beyond | views["customers"].isna()
    )
    order = views.assign(far=-views["distance"]).sort_values(["far", "function", "dimension"])
    return order[_COLUMNS].reset_index(drop=True)


_COLUMNS = [
    "function",
    "dimension",
    "own",
    "others",
    "customers",
    "distance",
    "n_own",
    "n_others",
    "insular",
    "suppressed",
]


def _both_sides(told: pd.DataFrame) -> pd.DataFrame:
    """Return the ratings of cells that the function itself and others rated."""
    if told.empty:
        return told
    sides = told.groupby(["capability", "function"])["side"].transform("nunique")
    return told[sides == len(SIDES)]


def _alike(told: pd.DataFrame, gate: Gate) -> pd.Series:
    """Tell which votes stand in a cell with survey raters where all votes are at one end."""
    ends = told[CELL].assign(low=told["level"] == LOWEST, high=told["level"] == HIGHEST)
    ends["survey"] = told["basis"] == PROTECTED_BASIS
    shares = ends.groupby(CELL)[["low", "high", "survey"]].transform("mean")
    alike = [gate.extreme(*row) is not None for row in shares[["low", "high"]].to_numpy()]
    return (shares["survey"] > 0) & pd.Series(alike, index=told.index)


def _views(told: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Return each side's weighted mean of medians and its raters, by function and dimension."""
    keys = ["function", "dimension"]
    cells = told.groupby([*keys, "capability", "side"])["level"].median().unstack("side")
    cells = cells.reindex(columns=list(SIDES)).dropna()
    weight = weights.reindex(cells.index.get_level_values("capability")).to_numpy()
    sums = cells.mul(weight, axis=0).assign(weight=weight).groupby(keys).sum()
    raters = told.groupby([*keys, "side"])["rater"].nunique().unstack("side")
    raters = raters.reindex(index=sums.index, columns=list(SIDES)).astype(float)
    views = {side: sums[side] / sums["weight"] for side in SIDES}
    return pd.DataFrame({**views, **{f"n_{side}": raters[side] for side in SIDES}})
