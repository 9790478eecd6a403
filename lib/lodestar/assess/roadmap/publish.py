"""Plans, paths and frontiers as results.json holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from lodestar.assess.alignment import index_of
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, records
from lodestar.assess.roadmap.choice import Choice
from lodestar.assess.roadmap.frontier import frontier, next_money, total_budget
from lodestar.assess.roadmap.harm import Harm, OnMap
from lodestar.assess.roadmap.impact import too_high
from lodestar.assess.roadmap.material import Material
from lodestar.assess.roadmap.path import index_path
from lodestar.assess.roadmap.portfolio import Portfolio
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.relax import smallest_relaxation
from lodestar.assess.roadmap.returns import Returns

__all__ = [
    "harmful",
    "infeasible",
    "limits",
    "money",
    "no_plan",
    "planned",
    "returns_entry",
    "the_path",
]

NO_BUDGET = "No budget limits the plan; the table `budgets` would."

LEAVES = (
    "cost",
    "index_after",
    "index_as_promised",
    "misalignment_after",
    "optimal",
    "gap",
    "budget",
)
LISTS = ("chosen", "held", "too_high", "path", "frontier", "next")


def planned(material: Choice, made: Portfolio) -> dict[str, Any]:
    """Return the pinned leaves of a plan, and what stands beside them."""
    problem = material.problem
    promised = replace(problem, effects=material.promised)
    order = sorted(
        np.flatnonzero(made.starts != OUT), key=lambda i: (made.starts[i], problem.ids[i])
    )
    high = too_high(problem, made.starts, material.present, material.cells)
    return {
        **listing("chosen", [problem.ids[i] for i in order], "Doing nothing is closest to target."),
        "cost": problem.cost(made.starts),
        "index_after": float(index_of(made.misalignment)),
        "index_as_promised": float(index_of(promised.misalignment(made.starts))),
        "misalignment_after": made.misalignment,
        "optimal": made.optimal,
        "gap": made.gap,
        **listing("held", [problem.ids[i] for i in made.held], "Nothing was put off to hide it."),
        **listing("too_high", records(high), "No cell is lifted above level 5."),
    }


def infeasible(material: Choice) -> dict[str, Any]:
    """Return the leaves of a choice that no plan satisfies, with the fewest rules to relax."""
    reason = "No plan keeps every rule; relax what `relax` lists."
    lifted = smallest_relaxation(material.problem)
    return {
        **no_plan(reason),
        "relax": [
            {
                "rule": rule.rule,
                "names": list(rule.names),
                "more": [{"period": quarter, "amount": amount} for quarter, amount in rule.more],
            }
            for rule in lifted
        ],
    }


def no_plan(reason: str) -> dict[str, Any]:
    """Return everything that a plan would fill, null or empty with the reason."""
    lists = [listing(name, [], reason) for name in LISTS]
    return {
        **absent(LEAVES, reason),
        **{key: value for made in lists for key, value in made.items()},
        "dip": absent(["month", "index", "back_month"], reason),
    }


def harmful(
    alignment: Mapping[str, Harm], on_map: Mapping[str, OnMap], chosen: set[str]
) -> dict[str, Any]:
    """Return every way in which a candidate harms, with the path, by investment."""
    rows = []
    for name in sorted({*alignment, *on_map}):
        ways = [alignment[name]] if name in alignment else []
        ways += on_map.get(name, OnMap()).harms
        rows += [
            {
                "investment": name,
                "reason": _reason(harm),
                "path": list(harm.path),
                "kind": harm.kind,
                "size": float(harm.size),
                "a": harm.a,
                "b": harm.b,
                "contested": harm.contested,
                "chosen": name in chosen,
            }
            for harm in ways
        ]
    return listing("harmful", rows, "No investment was found to harm.")


def _reason(harm: Harm) -> str:
    if harm.kind == "misalignment":
        return f"It makes misalignment larger, by {harm.size:.4f}."
    if harm.kind == "conflict":
        return f"It opens a severe conflict between {harm.a} and {harm.b}."
    return f"It lowers {harm.b}: change × net effect is −{harm.size:.3f}."


def the_path(material: Material, starts: np.ndarray, seed: int) -> dict[str, Any]:
    """Return the index by month, its lowest point, and when it is back."""
    frame = index_path(material.problem, starts, seed)
    today, lowest = float(frame["index"].iloc[0]), int(frame["index"].to_numpy().argmin())
    dip: dict[str, Any] = {"month": lowest, "index": float(frame["index"].iloc[lowest])}
    after = frame["month"][(frame["month"] > lowest) & (frame["index"] >= today)]
    if dip["index"] >= today - 5e-10:
        dip = absent(["month", "index", "back_month"], "The index never falls below today's.")
    else:
        back = after.iloc[0] if len(after) else np.nan
        dip |= leaf("back_month", back, "It is not back by the horizon.")
    return {"path": records(frame), "dip": dip}


def money(material: Material, starts: np.ndarray) -> dict[str, Any]:
    """Return the frontier, and what the next sum buys; nothing without a budget."""
    problem = material.problem
    if not any(r.kind == "budget" for r in problem.resources):
        return {
            **absent(["budget"], NO_BUDGET),
            **listing("frontier", [], NO_BUDGET),
            **listing("next", [], NO_BUDGET),
        }
    frame = frontier(problem, material.cells, material.shelves)
    why = "What must be done does not fit."
    return {
        "budget": total_budget(problem),
        "frontier": records(frame, dict.fromkeys(("cost", "index", "greedy", "even"), why)),
        "next": [
            {
                "kind": more.kind,
                "amount": more.amount,
                "gain": more.gain,
                "enters": list(more.enters),
                "leaves": list(more.leaves),
            }
            for more in next_money(problem, starts)
        ],
    }


def limits(problem: Problem, starts: np.ndarray) -> dict[str, Any]:
    """Return money and people by quarter: what there is and what the plan uses."""
    chosen = np.flatnonzero(starts != OUT)
    rows = [
        {
            "kind": resource.kind,
            "name": resource.name,
            "period": quarter,
            "used": float(used),
            "room": float(room),
        }
        for resource in problem.resources
        for quarter, used, room in zip(
            problem.calendar.quarters,
            resource.use[chosen, starts[chosen]].sum(axis=0),
            resource.room,
            strict=True,
        )
    ]
    return listing("limits", rows, "Neither budgets nor capacity are stated.")


def returns_entry(returns: Returns) -> dict[str, Any]:
    """Return promised against observed, and what it does to the chance of new promises."""
    why = "Nothing was promised, so there is nothing to compare with."
    none = "No past investment has an observed change; fill `observed_change` in `effects`."
    kept = leaf("kept", returns.kept, none) | leaf("chance", returns.chance, none)
    rows = records(returns.rows, {"kept": why, "function": "It is meant for every function."})
    effects = listing("effects", rows, none)
    return {"n": returns.n, **kept, "factor": returns.factor, **effects}
