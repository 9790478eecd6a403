"""The ``roadmap`` section of the results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment import index_of
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, records
from lodestar.assess.roadmap import publish
from lodestar.assess.roadmap.entries import delivered, investments
from lodestar.assess.roadmap.ground import Ground, ground_of
from lodestar.assess.roadmap.harm import on_measures
from lodestar.assess.roadmap.impact import misaligning
from lodestar.assess.roadmap.material import Material, material
from lodestar.assess.roadmap.milestones import milestones
from lodestar.assess.roadmap.moves import moves_of, together
from lodestar.assess.roadmap.portfolio import Portfolio, choose
from lodestar.assess.roadmap.problem import OUT
from lodestar.assess.roadmap.redrawn import no_robustness, robustness
from lodestar.assess.roadmap.returns import open_promises, past_returns
from lodestar.assess.roadmap.stopping import stopping
from lodestar.engagement.model import Engagement

__all__ = ["assess"]

NO_INVESTMENTS = "No investment is listed; fill the tables `investments` and `effects`."
NOTHING_OPEN = "Every investment listed has been realised; there is nothing to choose."


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section ``roadmap`` of an engagement.

    Parameters
    ----------
    engagement : Engagement
        Investments, effects, budgets, capacity, loads, ratings and the map of measures are used.
    results : Mapping
        ``alignment`` says whether there is an index to improve.

    Returns
    -------
    dict
        Pinned: ``chosen, cost, index_before, index_after, harmful, optimal``. Besides: ``gap,
        index_as_promised, misalignment_before, misalignment_after, held, too_high, relax,
        investments, path, dip, budget, frontier, next, limits, returns, left_out, free,
        horizon_months, quarters, on_measures, index_holds, milestones, stop,
        stopping, robustness``.
    """
    alignment = results["alignment"]
    returns = past_returns(engagement.table("effects"), engagement.period.as_of)
    always = {
        "returns": {**publish.returns_entry(returns), **_promises(engagement, returns.factor)},
        **_stopping(engagement, alignment),
    }
    if not engagement.has("investments"):
        return {**always, **_nothing(NO_INVESTMENTS)}
    level = engagement.settings.chosen_level
    if level is None or alignment["index"] is None:
        known = _harms_alone(engagement, returns.factor)
        return {**always, **_nothing(str(alignment["index_reason"])), **known}
    made = material(engagement, level)
    if not made.problem.size:
        return {**always, **_settled(made)}
    return {**always, **_choice(engagement, made, level)}


def _promises(engagement: Engagement, factor: float) -> dict[str, Any]:
    """Return every promise that is still open, with the chance stated and the one counted."""
    rows = engagement.table("investments")
    done = rows.loc[rows["realised_on"] <= pd.Timestamp(engagement.period.as_of), "investment"]
    found = open_promises(engagement.table("effects"), frozenset(done), factor)
    why = {"function": "It is meant for every function."}
    return listing("promises", records(found, why), "No promise is open.")


def _stopping(engagement: Engagement, alignment: Mapping[str, Any]) -> dict[str, Any]:
    """Return what could be stopped; it needs no investment."""
    purposes = [purpose.id for purpose in engagement.settings.purpose]
    return stopping(
        engagement.table("activities"),
        purposes,
        alignment.get("overshoot"),
        engagement.period.as_of,
    )


def _choice(engagement: Engagement, made: Material, level: float) -> dict[str, Any]:
    """Return the section where there is something to choose from."""
    problem = made.problem
    plan = choose(problem)
    starts = np.full(problem.size, OUT) if plan is None else plan.starts
    chosen = {problem.ids[i] for i in np.flatnonzero(starts != OUT)}
    moves = moves_of(engagement, made.returns.factor)
    on = on_measures(moves.register, moves.changes, problem.ids)
    harms = publish.harmful(misaligning(problem, made.cells), on, chosen)
    ground = ground_of(made, {c.id: c.needs for c in engagement.framework.capabilities})
    return {
        **_standing(made),
        **_told(made, plan, engagement.settings.seed),
        **harms,
        "investments": investments(made, starts, on, harms["harmful"], ground),
        **_holds(ground, plan),
        **robustness(engagement, made, plan, level),
        "on_measures": together(moves, chosen),
        **milestones(moves, delivered(made, starts), engagement.table("indicators"), made.today),
        **publish.limits(problem, starts),
    }


def _holds(ground: Ground, plan: Portfolio | None) -> dict[str, Any]:
    """Return the index at the horizon if nothing holds above what it rests on."""
    index = None if plan is None else ground.index_holds(plan.starts)
    return leaf("index_holds", index, "There is no plan.")


def _told(made: Material, plan: Portfolio | None, seed: int) -> dict[str, Any]:
    """Return the plan, its path and its frontier, or why there is none."""
    if plan is None:
        return publish.infeasible(made)
    return {
        **publish.planned(made, plan),
        **publish.the_path(made, plan.starts, seed),
        **publish.money(made, plan.starts),
    }


def _standing(made: Material) -> dict[str, Any]:
    """Return what holds before any choice: today's index, the horizon, what is left out."""
    problem = made.problem
    m = problem.weighed(problem.gap)
    left = records(made.left_out, {"function": "The effect is on every function."})
    return {
        "index_before": float(index_of(m)),
        "misalignment_before": m,
        "horizon_months": problem.calendar.horizon,
        "quarters": list(problem.calendar.quarters),
        **listing("left_out", left, "Every effect on a capability finds a cell with a level."),
        **listing("free", list(made.free), "Every kind of money that is needed has a budget."),
    }


def _settled(made: Material) -> dict[str, Any]:
    """Return the section when every investment is done: nothing to choose, nothing to pay."""
    m = made.problem.weighed(made.problem.gap)
    same = {"cost": 0.0, "index_after": float(index_of(m)), "optimal": True, "gap": 0.0}
    empty = _nothing(NOTHING_OPEN)
    kept = {key: value for key, value in empty.items() if key.removesuffix("_reason") not in same}
    kept = {k: v for k, v in kept.items() if not k.startswith(("index_before", "misalignment_be"))}
    return {**kept, **same, **_standing(made)}


def _nothing(reason: str) -> dict[str, Any]:
    """Return the section when nothing can be chosen."""
    lists = ("harmful", "investments", "limits", "left_out", "free", "milestones")
    empty = [listing(name, [], reason) for name in lists]
    return {
        **publish.no_plan(reason),
        **no_robustness(reason),
        **absent(
            ["index_before", "misalignment_before", "horizon_months", "on_measures", "index_holds"],
            reason,
        ),
        **{key: value for made in empty for key, value in made.items()},
    }


def _harms_alone(engagement: Engagement, factor: float) -> dict[str, Any]:
    """Return the harm done to measures and outcomes, which needs no index."""
    table = engagement.table("investments")
    done = table["realised_on"].notna()
    moves = moves_of(engagement, factor)
    ids = tuple(sorted(table.loc[~done, "investment"]))
    found = on_measures(moves.register, moves.changes, ids)
    return publish.harmful({}, found, set())
