"""Present and experienced level as results hold them: plain values, nulls with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.bands import band, level_with_band
from lodestar.assess.cells import FEWEST, Cells, few_raters, rater_spread
from lodestar.assess.level.experienced import GroupLevel
from lodestar.assess.level.grounds import best_grades, evidence_shares, grounds
from lodestar.assess.level.present import Present, dimension_targets
from lodestar.assess.level.publish_informants import informants_section
from lodestar.assess.level.publish_stage import stage_section
from lodestar.assess.level.survey import level_items, own_map
from lodestar.assess.plain import leaf
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["aimed", "group_section", "present_section", "self_customer"]

NO_RATINGS = "No capability has a level; the table `ratings` would answer it."
NO_SPREAD = (
    f"A function has fewer than {FEWEST} raters and no function has two, so that nothing tells "
    "how far raters differ."
)
NO_TARGET = "No level has been chosen, or nothing applies."
NOT_RATED = "Nobody rated it."
DOES_NOT_APPLY = "It does not apply in this function."
TOO_FEW = "Too few persons answered, or all stand at one extreme."


def present_section(engagement: Engagement, found: Present) -> dict[str, Any]:
    """Return ``level.present``.

    Parameters
    ----------
    engagement : Engagement
        For ids of dimensions, capabilities and functions.
    found : Present
        The level with its profile and draws.
    """
    reason = NO_SPREAD if np.isfinite(found.estimate) else NO_RATINGS
    grades = best_grades(engagement, found.cells)
    section = {
        **level_with_band(found.estimate, found.drawn, reason),
        **stage_section(engagement, found, NO_SPREAD),
        **leaf("gated", found.gated, NO_RATINGS),
        **leaf("coverage", found.coverage, NO_RATINGS),
        "dimensions": list(_dimensions(engagement, found, grades, reason)),
        "functions": list(_functions(engagement, found, reason)),
        "capabilities": [
            {"capability": c.id, "dimension": c.dimension, **leaf("level", level, NO_RATINGS)}
            for c, level in zip(engagement.framework.capabilities, found.capabilities, strict=True)
        ],
        "cells": list(_cells(found.cells)),
        "few_raters": few_raters(found.cells),
        **leaf("rater_spread", rater_spread(found.cells), NO_SPREAD),
        **informants_section(engagement, found),
        "evidence": grounds(grades, found.shares, found.cells),
    }
    return _with_targets(engagement, found, section)


def _with_targets(
    engagement: Engagement, found: Present, section: Mapping[str, Any]
) -> dict[str, Any]:
    """Return ``level.present`` with the target of each dimension at the chosen level."""
    return aimed(section, dimension_targets(engagement, found)[found.staging])


def aimed(section: Mapping[str, Any], targets: np.ndarray) -> dict[str, Any]:
    """Return ``level.present`` with these targets, one a dimension; NaN gives null."""
    rows = zip(section["dimensions"], targets, strict=True)
    plain_rows = [
        {k: v for k, v in row.items() if k != "target_reason"} | leaf("target", target, NO_TARGET)
        for row, target in rows
    ]
    return {**section, "dimensions": plain_rows}


def _dimensions(
    engagement: Engagement, found: Present, grades: np.ndarray, reason: str
) -> Iterator[dict[str, Any]]:
    """Yield the profile: each dimension, and each function within it."""
    functions = [f.id for f in engagement.settings.functions]
    for i in found.staging:
        dimension = engagement.framework.dimensions[i]
        drawn = None if found.drawn_dimensions is None else found.drawn_dimensions[:, i]
        why = reason if np.isfinite(found.dimensions[i]) else "No capability of it has a level."
        yield {
            "dimension": dimension.id,
            "key": dimension.key,
            **band(found.dimensions[i], drawn, why),
            "functions": _squares(functions, found.squares[:, i]),
            "evidence": evidence_shares(grades, found.weights[i]),
        }


def _squares(functions: Sequence[str], levels: np.ndarray) -> dict[str, Any]:
    """Return each function's level within a dimension."""
    out: dict[str, Any] = {}
    for function, level in zip(functions, levels, strict=True):
        out |= leaf(function, level, "No capability of it has a level here.")
    return out


def _functions(engagement: Engagement, found: Present, reason: str) -> Iterator[dict[str, Any]]:
    """Yield each function's level over the dimensions, with the persons behind it."""
    votes = found.cells.votes.groupby("function")
    persons = votes[["stratum", "person"]].apply(lambda own: len(own.drop_duplicates()))
    for j, function in enumerate(engagement.settings.functions):
        drawn = None if found.drawn_functions is None else found.drawn_functions[:, j]
        why = reason if np.isfinite(found.functions[j]) else "No capability was rated here."
        n = int(persons.get(function.id, 0)) if len(persons) else 0
        yield {"function": function.id, **band(found.functions[j], drawn, why), "n": n}


def _cells(cells: Cells) -> Iterator[dict[str, Any]]:
    """Yield every cell of the matrix; a withheld one keeps its names and has no number."""
    for capability in cells.x.index:
        for function in cells.x.columns:
            place = (capability, function)
            hidden, applies = bool(cells.hidden.loc[place]), bool(cells.applicable.loc[place])
            why = TOO_FEW if hidden else NOT_RATED if applies else DOES_NOT_APPLY
            yield {
                "capability": capability,
                "function": function,
                **leaf("level", cells.x.loc[place], why),
                "n": None if hidden else int(cells.raters.loc[place]),
                "basis": cells.basis.loc[place],
                "applies": applies,
                "suppressed": hidden,
            }


def group_section(engagement: Engagement, found: GroupLevel) -> dict[str, Any]:
    """Return the level of a stakeholder group, e.g. ``level.experienced``.

    Parameters
    ----------
    engagement : Engagement
        For the items that ask.
    found : GroupLevel
        The level with its dimensions and draws.
    """
    items = level_items(engagement.framework, found.group)
    few = bool(found.dimensions["suppressed"].any())
    reason = TOO_FEW if few else f"No {found.group} answered an item that maps to a level."
    estimate = level_with_band(found.estimate, found.draws, reason)
    return {
        **estimate,
        "n": None if few and estimate["estimate"] is None else found.n,
        "suppressed": few and estimate["estimate"] is None,
        **_left_out(Gate.of(engagement.settings), found.left_out),
        "own_map": own_map(engagement.framework, items),
        "dimensions": list(_group_dimensions(found, [i.dimension for i in items])),
    }


def _left_out(gate: Gate, persons: int) -> dict[str, Any]:
    """Return how many persons could not be placed in a function."""
    shown = persons if persons == 0 or gate.admits(persons) else None
    return leaf("left_out", shown, TOO_FEW)


def _group_dimensions(found: GroupLevel, asked: list[str | None]) -> Iterator[dict[str, Any]]:
    """Yield each dimension that has items."""
    for i, row in enumerate(found.dimensions.to_dict("records")):
        few = bool(row["suppressed"])
        why = TOO_FEW if few else "Nobody answered enough of its items."
        yield {
            "dimension": row["dimension"],
            **band(row["mean"], found.drawn[:, i], why),
            "n": None if few else int(np.nan_to_num(row["n"])),
            "items": asked.count(row["dimension"]),
            "suppressed": few,
        }


def self_customer(engagement: Engagement, stands: Present, felt: GroupLevel) -> dict[str, Any]:
    """Return ``self_customer``: present minus experienced level, dimension by dimension.

    Parameters
    ----------
    engagement : Engagement
        For the dimensions.
    stands : Present
        Levels from ratings, with draws.
    felt : GroupLevel
        Levels from customers, with draws.

    Returns
    -------
    dict
        A list of ``dimension, present, experienced, gap, low, high``, in the framework's order,
        of the dimensions that have both.
    """
    own = {d.id: i for i, d in enumerate(engagement.framework.dimensions)}
    rows = []
    for j, row in enumerate(felt.dimensions.to_dict("records")):
        i = own[row["dimension"]]
        if np.isnan(stands.dimensions[i]) or pd.isna(row["mean"]):
            continue
        drawn = stands.drawn_dimensions
        apart = None if drawn is None else drawn[:, i] - felt.drawn[:, j]
        gap = band(stands.dimensions[i] - row["mean"], apart, NO_SPREAD)
        both = {"present": float(stands.dimensions[i]), "experienced": float(row["mean"])}
        rows.append({"dimension": row["dimension"], **both, "gap": gap.pop("estimate"), **gap})
    if rows:
        return {"self_customer": rows}
    reason = "No dimension has both ratings and answers of customers."
    return {"self_customer": [], "self_customer_reason": reason}
