"""Distances between the four levels, and what over-shooting the market would cost to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lodestar.assess.alignment.targets import target_at, target_points
from lodestar.assess.bands import SHARE, band
from lodestar.assess.nulls import absent
from lodestar.assess.plain import plain
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import interval
from lodestar.stats.rounding import settle

__all__ = ["PAIRS", "Quantity", "distances", "stance", "upkeep_beyond"]

PAIRS = (
    ("required", "present"),
    ("chosen", "present"),
    ("chosen", "required"),
    ("present", "experienced"),
)
"""Which distances are published: the first minus the second."""

Stance = Literal["above", "within", "below"]


@dataclass(frozen=True)
class Quantity:
    """A level with its draws; the chosen level is decided, so it has none and needs none."""

    estimate: float
    draws: np.ndarray | None
    fixed: bool = False

    @property
    def missing(self) -> bool:
        """Tell whether there is no estimate."""
        return not np.isfinite(self.estimate)


def distances(levels: dict[str, Quantity]) -> dict[str, Any]:
    """Return each published distance with its 80 % interval.

    Parameters
    ----------
    levels : dict of str to Quantity
        ``required, chosen, present, experienced``.

    Returns
    -------
    dict
        ``{"required_minus_present": {estimate, low, high}, …}``; nulls with their reason.

    Notes
    -----
    The four levels are drawn independently, so draws are subtracted one by one.
    """
    return {f"{a}_minus_{b}": _distance(levels[a], levels[b], a, b) for a, b in PAIRS}


def _distance(one: Quantity, other: Quantity, a: str, b: str) -> dict[str, Any]:
    gone = [name for name, q in ((a, one), (b, other)) if q.missing]
    if gone:
        reason = f"There is no {' and no '.join(gone)} level."
        return absent(["estimate", "low", "high"], reason)
    drawn = _subtracted(one, other)
    return band(one.estimate - other.estimate, drawn, "One of the levels has no interval.")


def _subtracted(one: Quantity, other: Quantity) -> np.ndarray | None:
    parts = [q.estimate if q.fixed else q.draws for q in (one, other)]
    if parts[0] is None or parts[1] is None:
        return None
    return np.asarray(parts[0] - parts[1])


def stance(chosen: float, required: float, draws: np.ndarray | None) -> Stance:
    """Return where the chosen level stands against what the market asks for.

    Parameters
    ----------
    chosen, required : float
        Levels 1-5.
    draws : numpy.ndarray, optional
        Draws of the required level; without them half a level counts as apart.

    Returns
    -------
    {"above", "within", "below"}
        ``above`` or ``below`` the 80 % range of the required level, else ``within``.

    Examples
    --------
    >>> stance(4.0, 3.2, None), stance(3.0, 3.2, None)
    ('above', 'within')
    """
    if draws is None:
        low, high = required - 0.5, required + 0.5
    else:
        low, high = interval(draws, SHARE, required)
    if settle(chosen) > settle(high):
        return "above"
    return "below" if settle(chosen) < settle(low) else "within"


def upkeep_beyond(engagement: Engagement, chosen: float, required: float) -> dict[str, Any]:
    """Return what holding the chosen rather than the required profile costs a year.

    Parameters
    ----------
    engagement : Engagement
        Its framework's targets and the table ``upkeep``.
    chosen, required : float
        Levels; the required one rounded to tenths, as it is published.

    Returns
    -------
    dict
        ``cost_year`` = Σ cost a year of a level × (target at chosen − target at required) over
        cells with upkeep; ``cells`` counted. Null with the reason without upkeep, or when the
        chosen level is not above.
    """
    upkeep = engagement.table("upkeep").dropna(subset=["cost_year_per_level"])
    if not np.isfinite([chosen, required]).all() or chosen <= required:
        return {
            **absent(["cost_year"], "The chosen level is not above the required one."),
            "cells": 0,
        }
    if upkeep.empty:
        reason = "The table `upkeep` would say what levels cost to hold."
        return {**absent(["cost_year"], reason), "cells": 0}
    functions = [f.id for f in engagement.settings.functions]
    rows = {c.id: i for i, c in enumerate(engagement.framework.capabilities)}
    points = target_points(engagement.framework, functions)
    higher = np.maximum(0, target_at(points, chosen) - target_at(points, required))
    columns = {f: j for j, f in enumerate(functions)}
    extra = [
        higher[rows[c], columns[f]]
        for c, f in zip(upkeep["capability"], upkeep["function"], strict=True)
    ]
    cost = float((upkeep["cost_year_per_level"] * extra).sum())
    return {"cost_year": plain(cost), "cells": int(np.count_nonzero(extra))}
