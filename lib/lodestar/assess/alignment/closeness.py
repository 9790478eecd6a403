"""How close the whole is: index, the same without rater noise, its parts, *built for*."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.alignment.fit import built_for_curve
from lodestar.assess.alignment.material import Inputs
from lodestar.assess.alignment.measure import (
    Parts,
    coverage,
    index_of,
    misalignment,
    parts,
)
from lodestar.assess.alignment.noise import Corrected, correct
from lodestar.assess.alignment.publish import NO_SPREAD
from lodestar.assess.alignment.targets import target_at
from lodestar.assess.bands import band
from lodestar.assess.cells import few_raters
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, plain
from lodestar.stats.rounding import settle

__all__ = [
    "PARTS",
    "counts",
    "covered",
    "figures",
    "headline",
    "target_of",
    "unanswerable",
    "uncovered",
]

LEAST_COVERAGE = 0.60
PARTS = ("height", "capabilities", "functions", "local")

NO_LEVEL = "No level has been chosen; set `chosen_level` in engagement.yml."
NO_RATINGS = "No capability has a level; the table `ratings` would answer it."


def target_of(material: Inputs) -> np.ndarray:
    """Return the target profile at the chosen level."""
    return target_at(material.points, float(material.chosen or 0))


def unanswerable(material: Inputs) -> str:
    """Return why there is no alignment; empty when there is."""
    rated = bool(material.cells.present.to_numpy().any())
    if material.chosen is None:
        return NO_LEVEL if rated else f"{NO_LEVEL} {NO_RATINGS}"
    return "" if rated else NO_RATINGS


def counts(material: Inputs) -> dict[str, Any]:
    """Return what was seen and what was not."""
    cells = material.cells
    covered = coverage(cells.x.to_numpy(), cells.applicable.to_numpy(), material.weights)
    return {
        **leaf("chosen", material.chosen, NO_LEVEL),
        "coverage": plain(covered),
        "cells": {
            "present": int(cells.present.to_numpy().sum()),
            "applicable": int(cells.applicable.to_numpy().sum()),
            "withheld": int(cells.hidden.to_numpy().sum()),
        },
        **listing("few_raters", sorted(few_raters(cells)), "No function has one or two raters."),
        "parts_exact": material.overshoot_weight == 1,
    }


def headline(material: Inputs) -> dict[str, Any]:
    """Return the index as sentences use it: without rater noise where that can be told.

    Parameters
    ----------
    material : Inputs
        *Built for* is not needed.

    Returns
    -------
    dict
        ``index, low, high`` (0-100) and ``coverage`` (0-1); nulls with their reason.
    """
    seen = leaf("coverage", counts(material)["coverage"], NO_RATINGS)
    reason = unanswerable(material) or _too_little(material)
    if reason:
        return {**absent(["index", "low", "high"], reason), **seen}
    m = _misalignment(material, material.cells.x.to_numpy())
    if material.draws is None:
        return {"index": index_of(m), **absent(["low", "high"], NO_SPREAD), **seen}
    found = correct(m, _misalignment(material, material.draws))
    return {**_bounds(found), **seen}


def covered(material: Inputs) -> dict[str, Any]:
    """Return what needs enough of the matrix: index, corrected index, parts, built for."""
    reason = _too_little(material)
    return uncovered(reason) if reason else {**figures(material), **_built_for(material)}


def figures(material: Inputs) -> dict[str, Any]:
    """Return index, corrected index and parts at the chosen level; *built for* is not needed."""
    if reason := _too_little(material):
        return _unknown(reason)
    x = material.cells.x.to_numpy()
    m, split = _misalignment(material, x), parts(x, target_of(material), material.weights)
    return {
        "index": index_of(m),
        "corrected": _corrected(material, m, split),
        "parts": {k: float(getattr(split, k)) for k in PARTS},
    }


def uncovered(reason: str) -> dict[str, Any]:
    """Return the same as nulls."""
    return {
        **_unknown(reason),
        **absent(["built_for"], reason),
        "built_for_range": absent(["low", "high"], reason),
        "built_for_curve": [],
        "built_for_curve_reason": reason,
        "built_for_nearly": absent(["low", "high"], reason),
    }


def _unknown(reason: str) -> dict[str, Any]:
    """Return index and parts as nulls."""
    return {
        **absent(["index"], reason),
        "corrected": _uncorrected(reason),
        "parts": absent(PARTS, reason),
    }


def _uncorrected(reason: str) -> dict[str, Any]:
    """Return the corrected figures as nulls."""
    none = {k: absent(["value", "low", "high"], reason) for k in PARTS}
    return {**absent(["index", "low", "high", "noise"], reason), "parts": none}


def _misalignment(material: Inputs, x: np.ndarray) -> Any:
    """Return M of the matrix, or of its draws."""
    return misalignment(x, target_of(material), material.weights, material.overshoot_weight)


def _too_little(material: Inputs) -> str:
    """Return why what is rated is too little for an index; empty when it is enough."""
    share = coverage(
        material.cells.x.to_numpy(), material.cells.applicable.to_numpy(), material.weights
    )
    if settle(share) >= LEAST_COVERAGE:
        return ""
    seen = f"{100 * share:.0f} % of the applicable cells, by weight"
    return f"Only {seen}, have a level; 60 % are needed."


def _bounds(found: Corrected) -> dict[str, float]:
    """Return a corrected misalignment as an index with its interval."""
    ends = {"index": found.value, "low": found.high, "high": found.low}
    return {key: index_of(m) for key, m in ends.items()}


def _corrected(material: Inputs, m: float, split: Parts) -> dict[str, Any]:
    """Return index and parts without rater noise; the parts' noises add up to N."""
    if material.draws is None:
        return _uncorrected(NO_SPREAD)
    found = correct(m, _misalignment(material, material.draws))
    pieces = parts(material.draws, target_of(material), material.weights)
    return {
        **_bounds(found),
        "noise": found.noise,
        "parts": {k: _part(getattr(split, k), getattr(pieces, k)) for k in PARTS},
    }


def _part(observed: float, draws: np.ndarray) -> dict[str, float]:
    found = correct(observed, draws)
    return {"value": found.value, "low": found.low, "high": found.high}


def _built_for(material: Inputs) -> dict[str, Any]:
    """Return the level whose profile lies nearest, and its range over draws."""
    level, draws = material.built_for
    bounds = band(level, draws, NO_SPREAD)
    return {
        "built_for": level,
        "built_for_range": {k: v for k, v in bounds.items() if k != "estimate"},
        **built_for_curve(
            material.cells.x.to_numpy(),
            material.points,
            material.weights,
            material.overshoot_weight,
        ),
    }
