"""The required level as results hold it: factors, tornado, smallest change, rules at work."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lodestar.assess.bands import level_with_band
from lodestar.assess.level.required import Required
from lodestar.assess.level.sensitivity import smallest_change, tornado
from lodestar.assess.nulls import absent
from lodestar.assess.plain import plain
from lodestar.engagement.model import Engagement

__all__ = ["required_section"]

TOO_FEW = "The table `context` must score every base factor and at least half of the others."
NO_CHANGE = "No change of a single factor within 1 to 5 changes the level."


def required_section(engagement: Engagement, found: Required) -> dict[str, Any]:
    """Return ``level.required``.

    Parameters
    ----------
    engagement : Engagement
        For the factors' sources and strength of evidence.
    found : Required
        The level with its draws.
    """
    drawn = found.draws
    return {
        **level_with_band(found.estimate, drawn, TOO_FEW),
        "raters": found.raters,
        "factors": _factors(engagement, found.factors),
        **_sensitivity(found),
    }


def _factors(engagement: Engagement, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every factor with its score, raters, sign, source and strength of evidence."""
    rows = []
    for factor, row in zip(engagement.framework.factors, frame.to_dict("records"), strict=True):
        entry = {
            "factor": factor.id,
            "role": factor.role,
            "sign": int(factor.sign),
            "score": plain(row["score"]),
            "n": plain(row["n"]) if row["suppressed"] else int(row["n"]),
            "basis": row["basis"],
            "source": factor.source,
            "strength": factor.strength,
            "suppressed": bool(row["suppressed"]),
        }
        if entry["score"] is None:
            few = "Too few persons, or all at one extreme."
            entry["score_reason"] = few if entry["suppressed"] else "Nobody scored this factor."
        rows.append(entry)
    return rows


def _sensitivity(found: Required) -> dict[str, Any]:
    """Return tornado and smallest change; nothing without a level."""
    if not found.known:
        empty = {"tornado": [], "tornado_reason": TOO_FEW}
        return {**empty, **absent(["smallest_change"], TOO_FEW)}
    rows = tornado(found.x, found.market).to_dict("records")
    out: dict[str, Any] = {"tornado": [plain(row) for row in rows]}
    least = smallest_change(found.x, found.market)
    if least is None:
        return {**out, **absent(["smallest_change"], NO_CHANGE)}
    change = {
        "factor": least.factor,
        "score": least.score,
        "to_score": least.to_score,
        "change": least.change,
        "to_level": least.to_level,
    }
    return {**out, "smallest_change": change}
