"""What each step of the ladder adds: capability, coordination between functions, upkeep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.cells import Cells
from lodestar.assess.level.rise import Targets
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.framework.model import Framework
from lodestar.stats.rounding import settle

__all__ = ["largest", "steps"]

SHOWN = 3
"""How many of the capabilities that rise most are named."""

TOGETHER = ("functions", "pairs", "ties")
NOTHING_APPLIES = "No capability applies in any function."
NOT_RATED = "No capability has a level; the table `ratings` would answer it."
NO_COORDINATION = "The framework marks no dimension with `coordination: true`."
NO_RISE = "No target rises."


def steps(framework: Framework, cells: Cells, profile: Targets) -> dict[str, Any]:
    """Return ``steps``: what each whole step of the ladder asks for beyond the one below.

    Parameters
    ----------
    framework : Framework
        Dimensions, those marked ``coordination``, and capabilities.
    cells : Cells
        Levels today.
    profile : Targets
        The target profile with weights and upkeep.

    Returns
    -------
    dict
        ``steps`` with an entry for 1 → 2 to 4 → 5: ``points`` = Σ ω_cf Δt_cf in levels (ω = w_c v_f
        over the cells that apply), ``cells`` that rise of ``applicable``, ``capabilities`` that
        rise somewhere, ``top`` of them, the rise by ``dimensions``; of the ``rated`` cells those
        ``below`` the target of the step's end today; ``coordination``; ``cost_year`` of holding
        the step over its ``costed`` cells.

    Notes
    -----
    *Coordination* is the part in dimensions that tie functions together: their ``weight`` in the
    level, points and share of the step, cells, capabilities, ``functions`` in which a target
    rises, ``pairs`` of functions in which the target of one such capability rises in both, and
    ``ties``, those pairs counted capability by capability. Which dimensions these are is our
    synthesis, resting on Day 2006 and Lee 2015: each stage of integration adds coordination cost.
    """
    if not profile.applies.any():
        return listing("steps", [], NOTHING_APPLIES)
    return {"steps": [_step(framework, cells, profile, k) for k in range(1, 5)]}


def largest(weights: pd.Series, profile: Targets, rise: np.ndarray) -> dict[str, Any]:
    """Return ``top``: the capabilities that rise most, by levels, then weight, then order.

    Parameters
    ----------
    weights : pandas.Series
        w_c of each capability, in the framework's order.
    profile : Targets
        For how functions weigh.
    rise : numpy.ndarray
        Levels, shape (capabilities, functions).
    """
    mean = settle(_by_capability(profile, rise))
    order = np.lexsort((-weights.to_numpy(), -np.nan_to_num(mean)))
    rows = [
        {"capability": str(weights.index[i]), "rise": float(mean[i])}
        for i in order[:SHOWN]
        if mean[i] > 0
    ]
    return listing("top", rows, NO_RISE)


def _step(framework: Framework, cells: Cells, profile: Targets, k: int) -> dict[str, Any]:
    """Return what the step from a level to the next adds."""
    rise = profile.rise(k, k + 1)
    held = profile.holding(rise)
    rises = zip(framework.dimensions, profile.by_dimension(rise), strict=True)
    return {
        "from": k,
        "to": k + 1,
        "points": profile.mean(rise),
        "cells": int(np.count_nonzero(rise)),
        "applicable": int(profile.applies.sum()),
        "capabilities": int(rise.any(axis=1).sum()),
        **largest(framework.capability_weights(), profile, rise),
        "dimensions": [{"dimension": d.id, "rise": float(x)} for d, x in rises if np.isfinite(x)],
        **_today(cells, profile, k + 1),
        "coordination": _coordination(framework, profile, rise),
        **_costed(held),
    }


def _today(cells: Cells, profile: Targets, level: int) -> dict[str, Any]:
    """Return how many rated cells stand below the target of a level."""
    x, target = settle(cells.x.to_numpy()), settle(profile.points[..., level - 1])
    rated = np.isfinite(x) & profile.applies
    below = int(np.count_nonzero(rated & (x < target))) if rated.any() else None
    return {**leaf("below", below, NOT_RATED), "rated": int(rated.sum())}


def _coordination(framework: Framework, profile: Targets, rise: np.ndarray) -> dict[str, Any]:
    """Return the part of a rise in dimensions that tie functions together."""
    tying = [d.id for d in framework.dimensions if d.coordination]
    if not tying:
        keys = ("weight", "points", "share", "cells", "capabilities", *TOGETHER, "cost_year")
        none = listing("dimensions", [], NO_COORDINATION)
        return {**none, **absent(keys, NO_COORDINATION), "costed": 0}
    inside = np.array([c.dimension in tying for c in framework.capabilities])
    part = np.where(inside[:, None], rise, 0.0)
    points, whole = profile.mean(part), profile.mean(rise)
    return {
        "dimensions": tying,
        "weight": float(profile.whole[0][inside].sum()),
        "points": points,
        **leaf("share", points / whole if whole > 0 else None, NO_RISE),
        "cells": int(np.count_nonzero(part)),
        "capabilities": int(part.any(axis=1).sum()),
        **_together(part > 0),
        **_costed(profile.holding(part)),
    }


def _together(rises: np.ndarray) -> dict[str, int]:
    """Return functions involved, pairs of them that rise together, and pairs by capability."""
    shared = rises.T.astype(int) @ rises.astype(int)
    pairs = shared[np.triu_indices(len(shared), 1)]
    return {
        "functions": int(rises.any(axis=0).sum()),
        "pairs": int(np.count_nonzero(pairs)),
        "ties": int(pairs.sum()),
    }


def _costed(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cost with the number of cells behind it under a name that says so."""
    return {"costed" if key == "cells" else key: value for key, value in held.items()}


def _by_capability(profile: Targets, rise: np.ndarray) -> np.ndarray:
    """Return each capability's mean rise over the functions it applies to."""
    weights = profile.dimensions.sum(axis=0)
    total = weights.sum(axis=1)
    mean = (rise * weights).sum(axis=1)
    return np.divide(mean, total, out=np.full(len(mean), np.nan), where=total > 0)
