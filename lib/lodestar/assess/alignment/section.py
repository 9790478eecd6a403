"""The ``alignment`` section of the results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment.assets import assets
from lodestar.assess.alignment.closeness import (
    counts,
    covered,
    target_of,
    unanswerable,
    uncovered,
)
from lodestar.assess.alignment.gaps import gap_frame, sides
from lodestar.assess.alignment.material import Inputs, inputs
from lodestar.assess.alignment.measure import mean_gap, misalignment
from lodestar.assess.alignment.publish import (
    function_section,
    heaviest,
    over_shoot_section,
    pair_section,
)
from lodestar.assess.alignment.trend import trend
from lodestar.assess.nulls import absent
from lodestar.engagement.model import Engagement

__all__ = ["align", "assess"]


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
        ``cells`` (counts), ``few_raters``, ``parts_exact``, ``built_for_curve``,
        ``built_for_nearly``, ``order`` and ``needs`` (what waits for what), ``assets``, ``trend``.
    """
    material = inputs(engagement)
    return {**align(material), "trend": trend(engagement, material)}


def align(material: Inputs) -> dict[str, Any]:
    """Return the section for given material: all but the trend over the periods."""
    reason = unanswerable(material)
    if reason:
        return _nothing(material, reason)
    target = target_of(material)
    gaps = _gaps(material, target)
    return {
        **_outline(material, target, gaps),
        "functions": function_section(material, target, gaps),
        "capabilities": sides(gaps, "capability", material.function_shares).to_dict("records"),
        "overshoot": over_shoot_section(material, gaps),
        **assets(gaps, material.distinctive, material.function_shares),
        **pair_section(material, target),
    }


def _outline(material: Inputs, target: np.ndarray, gaps: pd.DataFrame) -> dict[str, Any]:
    """Return index, parts and gaps."""
    x = material.cells.x.to_numpy()
    m = misalignment(x, target, material.weights, material.overshoot_weight)
    return {
        **counts(material),
        "misalignment": m,
        "distance": float(np.sqrt(m)),
        "mean_gap": mean_gap(x, target, material.weights),
        **covered(material),
        **heaviest(material, target, gaps),
    }


def _gaps(material: Inputs, target: np.ndarray) -> pd.DataFrame:
    return gap_frame(material.cells, target, material.weights, material.overshoot_weight)


def _nothing(material: Inputs, reason: str) -> dict[str, Any]:
    """Return the section with every pinned leaf null."""
    empty = ("gaps", "functions", "capabilities", "pairs", "order", "needs", "assets")
    return {
        **counts(material),
        **absent(["misalignment", "distance", "mean_gap"], reason),
        **uncovered(reason),
        **{k: v for name in empty for k, v in ((name, []), (f"{name}_reason", reason))},
        "worst": absent(["cells", "share"], reason),
        "overshoot": {
            **absent(["cost_year", "share"], reason),
            "costed": 0,
            "cells": [],
            "cells_reason": reason,
        },
    }
