"""Gaps, functions, pairs and over-shoot as results hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment.behind import behind
from lodestar.assess.alignment.gaps import over_shoot, sides
from lodestar.assess.alignment.material import Inputs
from lodestar.assess.alignment.measure import index_of, misalignment
from lodestar.assess.alignment.noise import correct
from lodestar.assess.alignment.pairs import pair_frame
from lodestar.assess.alignment.waiting import (
    Standing,
    held_back,
    lifted_first,
    order_of_closing,
)
from lodestar.assess.nulls import absent
from lodestar.assess.plain import listing, plain

__all__ = ["NO_SPREAD", "function_section", "heaviest", "over_shoot_section", "pair_section"]

WORST = 10
NO_SPREAD = "No function was rated by two persons, so rater noise cannot be told."
ONE_FUNCTION = "No two functions have a capability in common."


def heaviest(material: Inputs, target: np.ndarray, gaps: pd.DataFrame) -> dict[str, Any]:
    """Return every gap, the heaviest first, what the first ten carry, and what waits for what."""
    carried = {"cells": min(WORST, len(gaps)), "share": float(gaps["share"][:WORST].sum())}
    levels, weights = material.cells.x, material.weights
    standing = Standing(levels, target, weights, material.overshoot_weight, material.rests)
    held = held_back(gaps, standing)
    known = behind(material.cells, material.grades)
    return {
        "gaps": [{**row, **known[row["capability"], row["function"]]} for row in held],
        "worst": carried,
        **order_of_closing(held),
        **lifted_first(held, standing),
    }


def over_shoot_section(material: Inputs, gaps: pd.DataFrame) -> dict[str, Any]:
    """Return the cells above target and what they cost to hold."""
    above = over_shoot(gaps, material.upkeep)
    costed = above["cost_year"].notna()
    known: dict[str, Any] = {"cost_year": float(above.loc[costed, "cost_year"].sum())}
    if len(above) and not costed.any():
        known = absent(["cost_year"], "The table `upkeep` would say what levels cost to hold.")
    return {
        **known,
        "costed": int(costed.sum()),
        "share": float(above["share"].sum()),
        "cells": [_costed(row) for row in above.to_dict("records")],
    }


def _costed(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a cell above target, its cost null with the reason where unknown."""
    cost = plain(row["cost_year"])
    why = {} if cost is not None else {"cost_year_reason": "`upkeep` has no row for this cell."}
    return {**row, "cost_year": cost, **why}


def function_section(
    material: Inputs, target: np.ndarray, gaps: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return each function's own index, its mean gap and its share of M."""
    rows = sides(gaps, "function", material.capability_weights).to_dict("records")
    places = {f: j for j, f in enumerate(material.cells.x.columns)}
    return [plain(row) | _own_index(material, target, places[row["function"]]) for row in rows]


def _own_index(material: Inputs, target: np.ndarray, j: int) -> dict[str, Any]:
    """Return the index of one column of the matrix, as observed and without rater noise."""
    rest = (target[:, [j]], material.weights[:, [j]], material.overshoot_weight)
    m = misalignment(material.cells.x.to_numpy()[:, [j]], *rest)
    if material.draws is None:
        none = absent(["index", "low", "high"], NO_SPREAD)
        return {"index": index_of(m), "corrected": none}
    found = correct(m, misalignment(material.draws[:, :, [j]], *rest))
    bounds = (found.value, found.high, found.low)
    corrected = {k: index_of(x) for k, x in zip(("index", "low", "high"), bounds, strict=True)}
    return {"index": index_of(m), "corrected": corrected}


def pair_section(material: Inputs, target: np.ndarray) -> dict[str, Any]:
    """Return how far apart function pairs stand, each from its own targets."""
    drawn = None if material.draws is None else material.draws - target
    frame = pair_frame(material.cells.x - target, material.capability_weights, drawn)
    rows = [_plain(row) for row in frame.to_dict("records")]
    return listing("pairs", rows, ONE_FUNCTION)


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a pair, its corrected figures null with the reason where they cannot be drawn."""
    if np.isfinite(row["corrected"]):
        return dict(row)
    return {**row, **absent(["corrected", "low", "high"], NO_SPREAD)}
