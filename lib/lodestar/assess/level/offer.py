"""What the offer alone asks for: the two axes of the base, and the way from there to the level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.bands import SHARE, level_with_band
from lodestar.assess.level.formula import stages
from lodestar.assess.level.required import Required
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.framework.model import Framework
from lodestar.stats.draws import interval
from lodestar.stats.rounding import settle

__all__ = ["edges", "offer_section", "parts_section"]

AXES = ("scale", "integration")
NOT_TWO = "The framework's base is not made of two factors, so there are no two axes."
UNSCORED = "The table `context` must score both factors of the offer."
ALONE = "Only one rater scored it."
NO_LEVEL = "There is no required level."
NO_RULE = "No bound and no rule changes the sum of offer and market."


def offer_section(framework: Framework, found: Required, spread: pd.DataFrame) -> dict[str, Any]:
    """Return ``level.required.offer``: the client between the two axes of the base.

    Parameters
    ----------
    framework : Framework
        Its two factors of the role base are the axes, in their order.
    found : Required
        Scores, weights and draws.
    spread : pandas.DataFrame
        Agreement on each scored factor: where it is withheld, so is the range.

    Returns
    -------
    dict
        ``scale``, ``integration``: ``factor, score, low, high`` (80 % range, raters drawn anew);
        ``sum`` (2-10); ``base``: the level that they imply with range and distribution;
        ``edges``: lines between whole levels.

    Notes
    -----
    Axes after Galbraith (2005). B = weighted mean of the two, half their sum at equal weights;
    the edges, B = 1.5, 2.5, 3.5 and 4.5, are ours.
    """
    axes = [f.id for f in framework.factors if f.role == "base"]
    scored = [f in found.market.factors for f in axes]
    if len(axes) != 2 or not all(scored):
        return _nothing(axes, NOT_TWO if len(axes) != 2 else UNSCORED)
    places = [found.market.factors.index(f) for f in axes]
    base = (found.scores * found.base).sum(axis=1)
    return {
        **{name: _axis(found, i, spread) for name, i in zip(AXES, places, strict=True)},
        "sum": float(found.x[places].sum()),
        "base": level_with_band(float(stages(found.x, found.market).base), base),
        "edges": edges(*found.market.base[places]),
    }


def edges(scale: float, integration: float) -> list[dict[str, float]]:
    """Return where the base passes from one whole level to the next.

    Parameters
    ----------
    scale, integration : float
        Weight shares of the axes, above 0, adding to 1.

    Returns
    -------
    list of dict
        ``base`` (1.5 … 4.5) and the ends of its line within 1-5: ``scale_from``,
        ``integration_from`` (the upper left end), ``scale_to``, ``integration_to``.

    Examples
    --------
    >>> edges(0.5, 0.5)[0]["scale_to"], edges(0.5, 0.5)[3]["scale_from"]
    (2.0, 4.0)
    """
    out = []
    for base in (1.5, 2.5, 3.5, 4.5):
        left = max(1.0, (base - 5 * integration) / scale)
        right = min(5.0, (base - integration) / scale)
        ends = {"scale_from": left, "scale_to": right}
        heights = {
            f"integration_{end}": (base - scale * ends[f"scale_{end}"]) / integration
            for end in ("from", "to")
        }
        out.append({key: float(settle(v)) for key, v in {"base": base, **ends, **heights}.items()})
    return out


def parts_section(found: Required) -> dict[str, Any]:
    """Return ``level.required.parts``: from the offer through the market to the level.

    Parameters
    ----------
    found : Required
        The level.

    Returns
    -------
    dict
        ``base`` (B), ``pull`` (shift before its bound), ``shift`` (S), ``before_rules`` (B + S
        within 1-5), ``level`` (R); ``rules``: those that change a number, in the order applied:
        ``shift_cap``, ``ladder_end``, ``weak_competition_cap``, ``parity_floor``.
    """
    keys = ("base", "pull", "shift", "before_rules", "level")
    if not found.known:
        return {**absent(keys, NO_LEVEL), **listing("rules", [], NO_LEVEL)}
    way = stages(found.x, found.market)
    numbers = (way.base, way.pull, way.shift, way.summed, way.level)
    steps = {
        "shift_cap": (way.pull, way.shift),
        "ladder_end": (way.base + way.shift, way.summed),
        "weak_competition_cap": (way.summed, way.ceilinged),
        "parity_floor": (way.ceilinged, way.level),
    }
    rules = [rule for rule, (before, after) in steps.items() if settle(before) != settle(after)]
    told = {key: float(number) for key, number in zip(keys, numbers, strict=True)}
    return {**told, **listing("rules", rules, NO_RULE)}


def _axis(found: Required, i: int, spread: pd.DataFrame) -> dict[str, Any]:
    """Return one axis: the factor, its score and the range of it."""
    score, why = float(found.x[i]), str(spread["reason"].iloc[i])
    voted = int(np.isfinite(found.votes[:, i]).sum())
    low, high = (np.nan, np.nan) if why else interval(found.scores[:, i], SHARE, score)
    reason = ALONE if voted < 2 else why
    ends = {**leaf("low", low, reason), **leaf("high", high, reason)}
    return {"factor": found.market.factors[i], "score": score, **ends}


def _nothing(axes: list[str], reason: str) -> dict[str, Any]:
    """Return every leaf as null, with the axes' names where there are two."""
    names = axes if len(axes) == 2 else [None, None]
    out: dict[str, Any] = {}
    for key, factor in zip(AXES, names, strict=True):
        out[key] = {**leaf("factor", factor, reason), **absent(["score", "low", "high"], reason)}
    base = absent(["estimate", "low", "high", "distribution"], reason)
    return {**out, **absent(["sum"], reason), "base": base, **listing("edges", [], reason)}
