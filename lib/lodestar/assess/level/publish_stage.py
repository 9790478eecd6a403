"""The stage as results hold it: its distribution, and why it differs from the continuous level."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.level.blocking import Rise, rises
from lodestar.assess.level.present import Present
from lodestar.assess.level.staged import Disagreement, disagreement
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import distribution

__all__ = ["stage_section"]

NOT_STAGED = "The stage needs every key dimension and all but one of the others."
NOT_ALONE = "No capability of the dimension can lift it that far alone."
HALF = 0.5


def stage_section(engagement: Engagement, found: Present, no_spread: str) -> dict[str, Any]:
    """Return ``staged, staged_distribution, disagreement`` of ``level.present``.

    Parameters
    ----------
    engagement : Engagement
        For ids of dimensions and capabilities.
    found : Present
        The level with its profile and draws.
    no_spread : str
        Why there are no draws, where there are none.
    """
    drawn = found.drawn_staged
    out = leaf("staged", None if np.isnan(found.staged) else int(found.staged), NOT_STAGED)
    if drawn is None or not np.isfinite(drawn).any():
        why = NOT_STAGED if np.isnan(found.staged) else no_spread
        out |= absent(["staged_distribution"], why)
    else:
        out["staged_distribution"] = distribution(drawn)
    staging = found.staging
    differs = disagreement(found.dimensions[staging], found.key[staging], found.estimate)
    if differs is None:
        return {**out, **absent(["disagreement"], "Staged and continuous level agree.")}
    return {**out, "disagreement": _disagreement(engagement, found, differs)}


def _disagreement(engagement: Engagement, found: Present, differs: Disagreement) -> dict[str, Any]:
    """Return which dimensions differ, what the stage asks, and what must rise for it.

    ``stage`` is the next one where dimensions hold back, the present one where one is excused;
    ``threshold`` what it asks of a dimension. The first entry of ``rises`` stands at the top too.
    """
    staging = found.staging
    stage = int(found.staged) + (differs.kind == "held_back")
    asked = rises(
        found.dimensions[staging],
        found.key[staging],
        differs,
        stage - HALF,
        found.weights[staging].sum(axis=2),
        found.capabilities,
    )
    rows = [_rise(engagement, found, rise) for rise in asked]
    first = {key: value for key, value in rows[0].items() if key not in ("dimension", "level")}
    return {
        "kind": differs.kind,
        "dimensions": [engagement.framework.dimensions[staging[i]].id for i in differs.dimensions],
        "stage": stage,
        "threshold": stage - HALF,
        **first,
        "rises": rows,
    }


def _rise(engagement: Engagement, found: Present, rise: Rise) -> dict[str, Any]:
    """Return one dimension that must rise, and the capability whose smallest rise does it."""
    position, framework = found.staging[rise.dimension], engagement.framework
    out = {
        "dimension": framework.dimensions[position].id,
        "level": float(found.dimensions[position]),
        "needed": rise.needed,
    }
    if rise.capability is None:
        return {**out, **absent(["capability", "capability_level", "rise"], NOT_ALONE)}
    return {
        **out,
        "capability": framework.capabilities[rise.capability].id,
        "capability_level": float(found.capabilities[rise.capability]),
        "rise": rise.rise,
    }
