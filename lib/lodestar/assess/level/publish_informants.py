"""How informants differ, as results hold it: plain values, nulls with reasons."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.bands import band
from lodestar.assess.cells import FEWEST
from lodestar.assess.level.balanced import balanced
from lodestar.assess.level.informants import View, informant_views
from lodestar.assess.level.present import Present
from lodestar.assess.level.sides import of_survey
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["informants_section"]

NOBODY = (
    "Nobody rated another function's work, so that a function's own view cannot be told from its "
    "work; a rater's own function in the column `rater_function` of `ratings` would answer it."
)
ALONE = "It shares no rated cell with another function's raters."
NOT_RATED = "Nobody from elsewhere rated its work, or it did not rate its own."
TOO_FEW = "Too few persons answered in confidence."
NO_SPREAD = f"A side has fewer than {FEWEST} raters and nothing tells how far raters differ."
NUMBERS = ("own", "others", "difference", "low", "high", "n", "n_others", "cells")


def informants_section(engagement: Engagement, found: Present) -> dict[str, Any]:
    """Return ``informants`` and ``balanced`` of ``level.present``.

    Parameters
    ----------
    engagement : Engagement
        For the functions and the threshold.
    found : Present
        The cells and the votes behind them.

    Returns
    -------
    dict
        ``informants``: for each function, in order, how it rates and how others rate the same
        cells (``own, others, difference, low, high, n, n_others, cells``), and ``self_view``, the
        same over the cells of its own work; empty with a reason when no cell is shared.
    """
    views = informant_views(engagement, found.cells)
    rows = [
        {"function": f, **_entry(view, ALONE), "self_view": _entry(views.own[f], NOT_RATED)}
        for f, view in views.all.items()
    ]
    shared = any(view.cells or view.suppressed for view in views.all.values())
    survey, gate = of_survey(engagement, found.cells.votes), Gate.of(engagement.settings)
    return {
        **listing("informants", rows if shared else [], NOBODY),
        "balanced": balanced(found.cells, found.shares, survey, gate),
    }


def _entry(view: View, alone: str) -> dict[str, Any]:
    """Return one view; a withheld one has no number."""
    if view.suppressed:
        return {**absent(NUMBERS, TOO_FEW), "suppressed": True}
    if not view.cells:
        nothing = absent(["own", "others", "difference", "low", "high"], alone)
        return {**nothing, "n": 0, "n_others": 0, "cells": 0, "suppressed": False}
    apart = band(view.difference, view.draws, NO_SPREAD)
    return {
        **leaf("own", np.float64(view.own), alone),
        **leaf("others", np.float64(view.others), alone),
        "difference": apart.pop("estimate"),
        **apart,
        "n": view.n,
        "n_others": view.n_others,
        "cells": view.cells,
        "suppressed": False,
    }
