"""Levels and indices with their 80 % intervals, as results hold them."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.nulls import absent
from lodestar.stats.draws import interval
from lodestar.stats.rounding import distribution, to_level

__all__ = ["SHARE", "band", "level_with_band"]

SHARE = 0.80
"""Share of draws inside an interval of ``level.*`` and ``alignment.*``."""


def band(estimate: float, draws: np.ndarray | None, reason: str = "") -> dict[str, Any]:
    """Return an estimate with the 80 % interval of its draws.

    Parameters
    ----------
    estimate : float
        Published estimate; NaN gives nulls.
    draws : numpy.ndarray, optional
        Draws of the same quantity, shape (draws,); None when it cannot be drawn.
    reason : str
        One sentence saying why there is no estimate or no interval.

    Returns
    -------
    dict
        ``estimate``, ``low``, ``high``; nulls carry their reason.
    """
    if not np.isfinite(estimate):
        return absent(["estimate", "low", "high"], reason)
    if draws is None or not np.isfinite(draws).any():
        return {"estimate": float(estimate), **absent(["low", "high"], reason)}
    low, high = interval(draws, SHARE, float(estimate))
    return {"estimate": float(estimate), "low": low, "high": high}


def level_with_band(estimate: float, draws: np.ndarray | None, reason: str = "") -> dict[str, Any]:
    """Return a level with its interval and the share of resamples at each whole level.

    Parameters and nulls as in `band`; the distribution is over ``to_level`` of the draws.
    """
    out = band(estimate, draws, reason)
    if out["low"] is None or draws is None:
        return {**out, **absent(["distribution"], reason)}
    return {**out, "distribution": distribution(to_level(draws))}
