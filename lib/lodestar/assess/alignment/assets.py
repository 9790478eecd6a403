"""Distinctive capabilities: what others cannot copy, and whether the plan can build on it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.plain import listing
from lodestar.stats.rounding import settle

__all__ = ["assets"]

NONE = "The framework marks no capability that has a level as distinctive."


def assets(gaps: pd.DataFrame, distinctive: Collection[str], shares: pd.Series) -> dict[str, Any]:
    """Return where the distinctive capabilities stand.

    Parameters
    ----------
    gaps : pandas.DataFrame
        From `gap_frame`.
    distinctive : collection of str
        Ids of the capabilities that set a client apart.
    shares : pandas.Series
        v_f, the functions' weight shares, by id.

    Returns
    -------
    dict
        ``assets[]: {capability, present, target, gap, strong, functions[], cells, rank, of}``:
        weighted means over the ``cells`` rated; ``strong`` where the mean stands at or above
        target; ``functions`` those in which the cell does; ``rank`` 1 = the highest mean gap
        among ``of`` rated capabilities, ties alike. Highest gap first, then ids.
    """
    means = _means(gaps, shares)
    ranks = pd.Series(-settle(means["gap"].to_numpy()), means.index).rank(method="min")
    rows = []
    for capability in means.index[means.index.isin(list(distinctive))]:
        own = gaps[gaps["capability"] == capability]
        stands = sorted(own.loc[settle(own["gap"].to_numpy()) >= 0, "function"])
        rows.append(
            {
                "capability": str(capability),
                **{key: float(means.loc[capability, key]) for key in means.columns},
                "strong": bool(settle(float(means.loc[capability, "gap"])) >= 0),
                **listing("functions", stands, "It stands below target in every function rated."),
                "cells": len(own),
                "rank": int(ranks[capability]),
                "of": len(means),
            }
        )
    rows.sort(key=lambda row: (-settle(row["gap"]), row["capability"]))
    return listing("assets", rows, NONE)


def _means(gaps: pd.DataFrame, shares: pd.Series) -> pd.DataFrame:
    """Return each capability's mean level, target and gap over functions, weighed by v_f."""
    weight = gaps["function"].map(shares).astype(float)
    keys = ["present", "target", "gap"]
    up = gaps[keys].astype(float).mul(weight, axis=0).groupby(gaps["capability"]).sum()
    down = np.asarray(weight.groupby(gaps["capability"]).sum())
    return up.div(down, axis=0)
