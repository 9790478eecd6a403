"""How well each level's profile fits, and how sharply the best one stands out."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.alignment.measure import BUILT_FOR, misalignment
from lodestar.assess.alignment.targets import target_at
from lodestar.stats.rounding import settle

__all__ = ["NEARLY", "built_for_curve"]

NEARLY = 0.05
"""Levels whose profile lies at most this much further away fit nearly as well."""


def built_for_curve(
    x: np.ndarray, points: np.ndarray, weights: np.ndarray, overshoot_weight: float = 1.0
) -> dict[str, Any]:
    """Return the distance to the target profile of every level, and which fit nearly as well.

    Parameters
    ----------
    x, weights : numpy.ndarray
        As in `misalignment`; a present cell at least.
    points : numpy.ndarray
        Targets at the whole levels, shape (capabilities, functions, 5).
    overshoot_weight : float, default 1
        As in `misalignment`.

    Returns
    -------
    dict
        ``built_for_curve[]: {level, distance}`` (levels 1.0, 1.1 … 5.0; √M in levels) and
        ``built_for_nearly: {low, high}``: the lowest and highest level whose distance is within
        0.05 of the least.
    """
    distances = np.sqrt(
        [misalignment(x, target_at(points, k), weights, overshoot_weight) for k in BUILT_FOR]
    )
    near = BUILT_FOR[settle(distances) <= settle(distances.min() + NEARLY)]
    curve = [
        {"level": float(k), "distance": float(d)} for k, d in zip(BUILT_FOR, distances, strict=True)
    ]
    nearly = {"low": float(near.min()), "high": float(near.max())}
    return {"built_for_curve": curve, "built_for_nearly": nearly}
