"""A repair plan as results.json holds it."""

from __future__ import annotations

from typing import Any

from lodestar.assess.conflicts.changes import Price
from lodestar.assess.conflicts.register import Register
from lodestar.assess.conflicts.repair import Plan, Standing
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing

__all__ = ["no_plan_entry", "plan_entry"]

NO_FUNCTION = "No function answers for it."
NOT_TESTED = "Too many equally cheap plans to test, or the plan is not proven."


def plan_entry(register: Register, plan: Plan, price: Price) -> dict[str, Any]:
    """Return a repair plan."""
    nothing = "Nothing needs a repair." if not plan.left else "No allowed change clears anything."
    return {
        **listing("changes", _changes(register, plan, price), nothing),
        "cost": plan.cost,
        "optimal": plan.optimal,
        "bound": plan.bound,
        "greedy": {
            "cost": plan.greedy.cost,
            "changes": plan.greedy.changes,
            "left": plan.greedy.left,
        },
        "before": _standing(plan.before),
        "after": _standing(plan.after),
        **listing("functions", _functions(plan), "No two functions' measures collide."),
        **listing("left", [list(name) for name in plan.left], "Nothing is left unmended."),
    }


def no_plan_entry(reason: str) -> dict[str, Any]:
    """Return the entry of a register that has nothing to repair, and why."""
    return {
        **listing("changes", [], reason),
        **absent(["cost", "optimal", "bound", "greedy"], reason),
        **listing("functions", [], reason),
    }


def _changes(register: Register, plan: Plan, price: Price) -> list[dict[str, Any]]:
    return [
        {
            "metric": c.metric,
            **leaf("function", register.function[register.at(c.metric)], NO_FUNCTION),
            "change": c.change,
            **({"shared_with": c.target} if c.target else {}),
            "cost": price.of(c),
            **leaf("common", common, NOT_TESTED),
            "eases": [list(name) for name in eased],
        }
        for c, eased, common in zip(plan.changes, plan.eases, plan.common, strict=True)
    ]


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "severe": standing.severe,
        "total_severity": standing.total,
        "orphans": standing.orphans,
    }


def _functions(plan: Plan) -> list[dict[str, Any]]:
    """Severity by the two functions that collide, before and after, worst before first."""
    before, after = plan.before.functions, plan.after.functions
    cells = sorted({*before, *after}, key=lambda cell: (-round(before.get(cell, 0.0), 9), cell))
    return [
        {
            "function_a": a,
            "function_b": b,
            "before": before.get((a, b), 0.0),
            "after": after.get((a, b), 0.0),
        }
        for a, b in cells
    ]
