"""The required level as results hold it: factors, tornado, smallest change, rules at work."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.bands import level_with_band
from lodestar.assess.level.agreement import (
    agreement_section,
    factor_agreement,
    spread_leaves,
    unspread,
)
from lodestar.assess.level.evidence import evidence
from lodestar.assess.level.offer import offer_section, parts_section
from lodestar.assess.level.required import Required
from lodestar.assess.level.sensitivity import smallest_change, tornado
from lodestar.assess.nulls import absent
from lodestar.assess.plain import listing, plain
from lodestar.confidentiality.gate import PROTECTED_BASIS
from lodestar.engagement.model import Engagement

__all__ = ["TOO_FEW", "required_section", "surveyed"]

TOO_FEW = "The table `context` must score every base factor and at least half of the others."
FEW = "Too few persons, or all at one extreme."
UNSCORED = "Nobody scored this factor."
NO_SHIFT = "No factor that shifts the level was scored."
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
    framework, spread = engagement.framework, _spread(found)
    return {
        **level_with_band(found.estimate, found.draws, TOO_FEW),
        "raters": found.raters,
        "factors": _factors(engagement, found, spread),
        **_sensitivity(found),
        "agreement": agreement_section(found, spread),
        **listing("evidence", evidence(framework, found.market), NO_SHIFT),
        "offer": offer_section(framework, found, spread),
        "parts": parts_section(found),
    }


def _spread(found: Required) -> pd.DataFrame:
    """Return the agreement on every scored factor, in the order of the market."""
    return factor_agreement(found.votes, surveyed(found))


def surveyed(found: Required) -> np.ndarray:
    """Tell which scored factors have scores given in confidence, shape (factors,)."""
    basis = found.factors.set_index("factor")["basis"]
    return np.array([PROTECTED_BASIS in basis[f].split(";") for f in found.market.factors], bool)


def _factors(engagement: Engagement, found: Required, spread: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every factor with its score, raters and their agreement, sign, source, evidence."""
    agreed = dict(zip(found.market.factors, spread.to_dict("records"), strict=True))
    rows, frame = [], found.factors
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
            "disputed": factor.disputed,
            "suppressed": bool(row["suppressed"]),
        }
        why = FEW if entry["suppressed"] else UNSCORED
        if entry["score"] is None:
            entry["score_reason"] = why
        rows.append({**entry, **spread_leaves(agreed.get(factor.id, unspread(why)))})
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
