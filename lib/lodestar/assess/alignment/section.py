"""The ``alignment`` section of the results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment.gaps import gap_frame, sides
from lodestar.assess.alignment.material import Inputs, inputs
from lodestar.assess.alignment.measure import (
    Parts,
    coverage,
    index_of,
    mean_gap,
    misalignment,
    parts,
)
from lodestar.assess.alignment.noise import correct
from lodestar.assess.alignment.publish import (
    NO_SPREAD,
    function_section,
    heaviest,
    over_shoot_section,
    pair_section,
)
from lodestar.assess.alignment.targets import target_at
from lodestar.assess.bands import band
from lodestar.assess.cells import few_raters
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, plain
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["LEAST_COVERAGE", "align", "assess", "outline"]

LEAST_COVERAGE = 0.60

NO_LEVEL = "No level has been chosen; set `chosen_level` in engagement.yml."
NO_RATINGS = "No capability has a level; the table `ratings` would answer it."


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section ``alignment`` of an engagement.

    Parameters
    ----------
    engagement : Engagement
        Ratings, upkeep, framework and settings are used.
    results : Mapping
        Earlier sections; none is needed.

    Returns
    -------
    dict
        Pinned: ``index, distance, misalignment, corrected, parts, built_for, coverage, gaps``.
        Besides: ``chosen``, ``mean_gap``, ``built_for_range``, ``overshoot``, ``pairs``,
        ``functions``, ``capabilities``, ``worst`` (share of M in the ten heaviest cells),
        ``cells`` (counts), ``few_raters``, ``parts_exact``.
    """
    return align(inputs(engagement))


def align(material: Inputs) -> dict[str, Any]:
    """Return the section for given material."""
    reason = _unanswerable(material)
    if reason:
        return _nothing(material, reason)
    target = _target(material)
    gaps = _gaps(material, target)
    return {
        **outline(material),
        "functions": function_section(material, target, gaps),
        "capabilities": sides(gaps, "capability", material.function_shares).to_dict("records"),
        "overshoot": over_shoot_section(material, gaps),
        **pair_section(material, target),
    }


def outline(material: Inputs) -> dict[str, Any]:
    """Return index, parts and gaps alone, for a quick what-if; cells and a level must be there."""
    target = _target(material)
    x = material.cells.x.to_numpy()
    m = misalignment(x, target, material.weights, material.overshoot_weight)
    return {
        **_counts(material),
        "misalignment": m,
        "distance": float(np.sqrt(m)),
        "mean_gap": mean_gap(x, target, material.weights),
        **_covered(material, x, target, m),
        **heaviest(_gaps(material, target)),
    }


def _target(material: Inputs) -> np.ndarray:
    return target_at(material.points, float(material.chosen or 0))


def _gaps(material: Inputs, target: np.ndarray) -> pd.DataFrame:
    return gap_frame(material.cells, target, material.weights, material.overshoot_weight)


def _unanswerable(material: Inputs) -> str:
    """Return why there is no alignment; empty when there is."""
    rated = bool(material.cells.present.to_numpy().any())
    if material.chosen is None:
        return NO_LEVEL if rated else f"{NO_LEVEL} {NO_RATINGS}"
    return "" if rated else NO_RATINGS


def _counts(material: Inputs) -> dict[str, Any]:
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


def _covered(material: Inputs, x: np.ndarray, target: np.ndarray, m: float) -> dict[str, Any]:
    """Return what needs enough of the matrix: index, corrected index, parts, built for."""
    share = coverage(x, material.cells.applicable.to_numpy(), material.weights)
    if settle(share) < LEAST_COVERAGE:
        seen = f"{100 * share:.0f} % of the applicable cells, by weight"
        return _uncovered(f"Only {seen}, have a level; 60 % are needed.")
    split = parts(x, target, material.weights)
    return {
        "index": index_of(m),
        "corrected": _corrected(material, target, m, split),
        "parts": {k: float(getattr(split, k)) for k in PARTS},
        **_built_for(material),
    }


PARTS = ("height", "capabilities", "functions", "local")


def _uncovered(reason: str) -> dict[str, Any]:
    return {
        **absent(["index", "built_for"], reason),
        "built_for_range": absent(["low", "high"], reason),
        "corrected": _uncorrected(reason),
        "parts": absent(PARTS, reason),
    }


def _uncorrected(reason: str) -> dict[str, Any]:
    """Return the corrected figures as nulls."""
    none = {k: absent(["value", "low", "high"], reason) for k in PARTS}
    return {**absent(["index", "low", "high", "noise"], reason), "parts": none}


def _corrected(material: Inputs, target: np.ndarray, m: float, split: Parts) -> dict[str, Any]:
    """Return index and parts without rater noise; the parts' noises add up to N."""
    if material.draws is None:
        return _uncorrected(NO_SPREAD)
    drawn = misalignment(material.draws, target, material.weights, material.overshoot_weight)
    found = correct(m, drawn)
    pieces = parts(material.draws, target, material.weights)
    return {
        "index": index_of(found.value),
        "low": index_of(found.high),
        "high": index_of(found.low),
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
    }


def _nothing(material: Inputs, reason: str) -> dict[str, Any]:
    """Return the section with every pinned leaf null."""
    empty = ("gaps", "functions", "capabilities", "pairs")
    return {
        **_counts(material),
        **absent(["misalignment", "distance", "mean_gap"], reason),
        **_uncovered(reason),
        **{k: v for name in empty for k, v in ((name, []), (f"{name}_reason", reason))},
        "worst": absent(["cells", "share"], reason),
        "overshoot": {
            **absent(["cost_year", "share"], reason),
            "costed": 0,
            "cells": [],
            "cells_reason": reason,
        },
    }
