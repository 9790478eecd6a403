"""The ``alignment`` section of the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment.gaps import gap_frame, over_shoot, sides
from lodestar.assess.alignment.measure import (
    Parts,
    built_for,
    coverage,
    index_of,
    misalignment,
    parts,
)
from lodestar.assess.alignment.noise import correct
from lodestar.assess.alignment.pairs import pair_frame
from lodestar.assess.alignment.targets import cell_weights, target_at, target_points
from lodestar.assess.bands import band
from lodestar.assess.cells import Cells, cell_matrix, draw_cells, few_raters
from lodestar.assess.nulls import absent
from lodestar.assess.plain import plain
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["KEY", "LEAST_COVERAGE", "Inputs", "align", "assess", "inputs"]

KEY = "alignment.corrected"
LEAST_COVERAGE = 0.60
WORST = 10

NO_LEVEL = "No level has been chosen; set `chosen_level` in engagement.yml."
NO_RATINGS = "No capability has a level; the table `ratings` would answer it."
NO_SPREAD = "No function was rated by two persons, so rater noise cannot be told."


@dataclass(frozen=True)
class Inputs:
    """Everything alignment is computed from; ``align`` needs nothing else.

    ``points`` are the targets at the whole levels (capabilities × functions × 5), ``weights``
    w_c v_f, ``draws`` the cells' draws or None, ``upkeep`` the table of that name, ``built_for``
    the nearest level (it does not depend on the chosen one) and its draws.
    """

    cells: Cells
    draws: np.ndarray | None
    points: np.ndarray
    weights: np.ndarray
    capability_weights: pd.Series
    function_shares: pd.Series
    overshoot_weight: float
    upkeep: pd.DataFrame
    built_for: tuple[float, np.ndarray | None]
    chosen: float | None

    def at(self, level: float) -> Inputs:
        """Return the same material at another chosen level."""
        return replace(self, chosen=level)


def inputs(engagement: Engagement) -> Inputs:
    """Return what alignment is computed from, draws included."""
    framework, shares = engagement.framework, engagement.function_shares()
    cells = cell_matrix(engagement)
    draws = draw_cells(cells, engagement.settings.seed, KEY)
    points = target_points(framework, list(cells.x.columns))
    weights = cell_weights(framework, shares.to_numpy())
    nearest = (points, weights, framework.overshoot_weight)
    return Inputs(
        cells=cells,
        draws=draws,
        points=points,
        weights=weights,
        capability_weights=framework.capability_weights(),
        function_shares=shares,
        overshoot_weight=framework.overshoot_weight,
        upkeep=engagement.table("upkeep"),
        built_for=(
            built_for(cells.x.to_numpy(), *nearest),
            None if draws is None else built_for(draws, *nearest),
        ),
        chosen=engagement.settings.chosen_level,
    )


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
        Besides: ``chosen``, ``built_for_range``, ``noise_levels``, ``overshoot``, ``pairs``,
        ``functions``, ``capabilities``, ``worst`` (share of M in the ten heaviest cells),
        ``cells`` (counts), ``few_raters``, ``parts_exact``.
    """
    return align(inputs(engagement))


def align(material: Inputs) -> dict[str, Any]:
    """Return the section for given material; what a what-if calls at another level."""
    reason = _unanswerable(material)
    if reason:
        return _nothing(material, reason)
    target = target_at(material.points, float(material.chosen or 0))
    x = material.cells.x.to_numpy()
    m = misalignment(x, target, material.weights, material.overshoot_weight)
    gaps = gap_frame(material.cells, target, material.weights, material.overshoot_weight)
    return {
        **_counts(material),
        "misalignment": m,
        "distance": float(np.sqrt(m)),
        **_covered(material, x, target, m),
        **_gaps(material, gaps),
        **_pairs(material, target),
    }


def _unanswerable(material: Inputs) -> str:
    if material.chosen is None:
        return NO_LEVEL
    return "" if material.cells.present.to_numpy().any() else NO_RATINGS


def _counts(material: Inputs) -> dict[str, Any]:
    """Return what was seen and what was not."""
    cells = material.cells
    covered = coverage(cells.x.to_numpy(), cells.applicable.to_numpy(), material.weights)
    return {
        "chosen": material.chosen,
        "coverage": plain(covered),
        "cells": {
            "present": int(cells.present.to_numpy().sum()),
            "applicable": int(cells.applicable.to_numpy().sum()),
            "withheld": int(cells.hidden.to_numpy().sum()),
        },
        "few_raters": sorted(few_raters(cells)),
        "parts_exact": material.overshoot_weight == 1,
    }


def _covered(material: Inputs, x: np.ndarray, target: np.ndarray, m: float) -> dict[str, Any]:
    """Return what needs enough of the matrix: index, corrected index, parts, built for."""
    share = coverage(x, material.cells.applicable.to_numpy(), material.weights)
    if settle(share) < LEAST_COVERAGE:
        return _uncovered(
            f"Only {share:.0%} of the applicable cells, by weight, have a level; 60% are needed."
        )
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


def _gaps(material: Inputs, gaps: pd.DataFrame) -> dict[str, Any]:
    """Return gaps, what the worst carry, the sides, and the cost of over-shooting."""
    above = over_shoot(gaps, material.upkeep)
    costed = above["cost_year"].notna()
    known: dict[str, Any] = {"cost_year": float(above.loc[costed, "cost_year"].sum())}
    if material.upkeep.empty:
        known = absent(["cost_year"], "The table `upkeep` would say what levels cost to hold.")
    return {
        "gaps": gaps.to_dict("records"),
        "worst": {"cells": min(WORST, len(gaps)), "share": float(gaps["share"][:WORST].sum())},
        "functions": sides(gaps, "function", material.capability_weights).to_dict("records"),
        "capabilities": sides(gaps, "capability", material.function_shares).to_dict("records"),
        "overshoot": {
            **known,
            "costed": int(costed.sum()),
            "share": float(above["share"].sum()),
            "cells": [_costed(row) for row in above.to_dict("records")],
        },
    }


def _costed(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a cell above target, its cost null with the reason where unknown."""
    cost = plain(row["cost_year"])
    why = {} if cost is not None else {"cost_year_reason": "`upkeep` has no row for this cell."}
    return {**row, "cost_year": cost, **why}


def _pairs(material: Inputs, target: np.ndarray) -> dict[str, Any]:
    drawn = None if material.draws is None else material.draws - target
    frame = pair_frame(material.cells.x - target, material.capability_weights, drawn)
    rows = [_plain(row) for row in frame.to_dict("records")]
    return {"pairs": rows} if rows else {"pairs": [], "pairs_reason": ONE_FUNCTION}


ONE_FUNCTION = "No two functions have a capability in common."


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a pair, its corrected figures null with the reason where they cannot be drawn."""
    if np.isfinite(row["corrected"]):
        return dict(row)
    return {**row, **absent(["corrected", "low", "high"], NO_SPREAD)}


def _nothing(material: Inputs, reason: str) -> dict[str, Any]:
    """Return the section with every pinned leaf null."""
    empty = ("gaps", "functions", "capabilities", "pairs")
    return {
        **_counts(material),
        **absent(["misalignment", "distance"], reason),
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
