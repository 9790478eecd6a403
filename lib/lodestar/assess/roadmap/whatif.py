"""The plan again with other money, level or horizon, or an investment that must be in or out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lodestar.assess.alignment import index_of
from lodestar.assess.roadmap.calendar import HORIZON
from lodestar.assess.roadmap.frontier import total_budget
from lodestar.assess.roadmap.material import material
from lodestar.assess.roadmap.portfolio import choose
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.publish import infeasible, no_plan, planned
from lodestar.engagement.model import Engagement

__all__ = ["plan"]


def plan(
    engagement: Engagement,
    results: Mapping[str, Any],
    *,
    budget: float | None = None,
    chosen_level: float | None = None,
    choices: Mapping[str, str] | None = None,
    horizon: int = HORIZON,
) -> dict[str, Any]:
    """Return the leaves of the plan at other figures; what is left out stays as reviewed.

    Parameters
    ----------
    engagement : Engagement
        The client's material.
    results : mapping
        The reviewed results; ``alignment`` says whether there is an index to improve.
    budget : float, optional
        All money to the horizon, in the client's currency; every quarter and kind is changed by
        the same factor. Without a budget table it changes nothing.
    chosen_level : float, optional
        Level 1-5.
    choices : mapping, optional
        ``must``, ``may`` or ``must-not`` for some investments.
    horizon : int, default 36
        Months after ``as_of`` at which the plan is judged, 12-36; money and people count until
        then.

    Returns
    -------
    dict
        ``chosen, cost, index_before, index_after, optimal, gap`` and what stands beside them in
        the section; ``relax`` where no plan keeps every rule.

    Notes
    -----
    As in the section, but beginning around the reviewed plan and proven only where that is quick,
    so that an answer comes at once; ``gap`` says what that may cost.
    """
    level = engagement.settings.chosen_level if chosen_level is None else chosen_level
    if level is None or results["alignment"]["index"] is None:
        return no_plan(str(results["alignment"]["index_reason"]))
    made = material(engagement, level, horizon).with_choices(choices or {})
    total = total_budget(made.problem)
    if budget is not None and total > 0:
        made = made.with_budget(budget / total)
    near = [_reviewed(made.problem, results["roadmap"])]
    found = choose(made.problem, near=near, quick=True)
    told = infeasible(made) if found is None else planned(made, found)
    return {"index_before": float(index_of(made.problem.weighed(made.problem.gap))), **told}


def _reviewed(problem: Problem, section: Mapping[str, Any]) -> np.ndarray:
    """Return the starts of the reviewed plan."""
    quarters = {quarter: place for place, quarter in enumerate(problem.calendar.quarters)}
    rows = {str(row["investment"]): str(row["start"]) for row in section["investments"]}
    return np.array([quarters.get(rows.get(name, ""), OUT) for name in problem.ids])
