"""The robustness of a plan as results.json holds it."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.alignment import target_at
from lodestar.assess.cells import cell_matrix, draw_cells
from lodestar.assess.nulls import absent
from lodestar.assess.plain import listing
from lodestar.assess.roadmap.material import Material
from lodestar.assess.roadmap.portfolio import Portfolio
from lodestar.assess.roadmap.problem import OUT
from lodestar.assess.roadmap.robust import KEY, REDRAWN, robust
from lodestar.engagement.model import Engagement

__all__ = ["no_robustness", "robustness"]

LEAVES = ("draws", "same_set_share", "behind_mean", "behind_high")


def robustness(
    engagement: Engagement, material: Material, plan: Portfolio | None, level: float
) -> dict[str, Any]:
    """Return how often each investment would be chosen, had ratings or promises come out otherwise.

    Parameters
    ----------
    engagement : Engagement
        Ratings and seed are used.
    material : Material
        The choice.
    plan : Portfolio or None
        The plan; None where no plan keeps every rule.
    level : float
        Chosen level, 1-5.

    Returns
    -------
    dict
        ``robustness``: ``draws``; ``investments`` with ``investment``, ``chosen`` (in the plan) and
        ``share_chosen`` (0-1, share of draws); ``same_set_share`` (0-1); ``index_after`` with
        ``low`` and ``high`` (95 % of draws, the plan as it is); ``behind_mean`` and
        ``behind_high`` (95th percentile): index points by which the plan is behind the choice of
        a draw; ``ratings_redrawn`` (false where nothing tells how far raters differ).
    """
    if plan is None:
        return no_robustness("No plan keeps every rule; relax what `relax` lists.")
    cells = cell_matrix(engagement)
    seed = engagement.settings.seed
    drawn = draw_cells(cells, seed, f"{KEY}.ratings", REDRAWN)
    gaps = np.repeat(material.problem.gap[None, :], REDRAWN, axis=0)
    if drawn is not None:
        gaps = drawn[:, cells.present.to_numpy()] - target_at(material.points, level)
    made = robust(material.problem, plan.starts, gaps, seed)
    shares = made.chosen.mean(axis=0)
    rows = [
        {"investment": name, "chosen": bool(start != OUT), "share_chosen": float(share)}
        for name, start, share in zip(material.problem.ids, plan.starts, shares, strict=True)
    ]
    return {
        "robustness": {
            "draws": REDRAWN,
            "investments": rows,
            "same_set_share": float(made.same.mean()),
            "index_after": {"low": made.low, "high": made.high},
            "behind_mean": float(made.behind.mean()),
            "behind_high": float(np.quantile(made.behind, 0.95)),
            "ratings_redrawn": drawn is not None,
        }
    }


def no_robustness(reason: str) -> dict[str, Any]:
    """Return the same entry, empty with the reason."""
    return {
        "robustness": {
            **absent(LEAVES, reason),
            **listing("investments", [], reason),
            "index_after": absent(["low", "high"], reason),
            **absent(["ratings_redrawn"], reason),
        }
    }
