"""Plans, paths and frontiers as results.json holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment import index_of
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing, records
from lodestar.assess.roadmap.calendar import MONTH
from lodestar.assess.roadmap.frontier import frontier, next_money, total_budget
from lodestar.assess.roadmap.harm import Harm, OnMap
from lodestar.assess.roadmap.impact import impacts, too_high
from lodestar.assess.roadmap.material import Material
from lodestar.assess.roadmap.path import index_path
from lodestar.assess.roadmap.portfolio import Portfolio
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.relax import smallest_relaxation
from lodestar.assess.roadmap.returns import Returns

__all__ = [
    "harmful",
    "infeasible",
    "investments",
    "limits",
    "money",
    "no_plan",
    "planned",
    "returns_entry",
    "the_path",
]

NO_BUDGET = "No budget limits the plan; the table `budgets` would."
NOT_CHOSEN = "The plan does without it."
GAINS = ("alone", "within")

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


def planned(material: Material, made: Portfolio) -> dict[str, Any]:
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


def infeasible(material: Material) -> dict[str, Any]:
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


def investments(
    material: Material, starts: np.ndarray, on_map: Mapping[str, OnMap], harms: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return one entry a candidate: its plan, its cost, what it does and who stands behind it."""
    frame = impacts(material.problem, starts)
    alone, within = (dict(zip(frame["investment"], frame[k], strict=True)) for k in GAINS)
    bad = {harm["investment"] for harm in harms if not harm["contested"]}
    rows = []
    for i, row in enumerate(material.investments.to_dict("records")):
        name = str(row["investment"])
        found = on_map.get(name, OnMap())
        rows.append(
            {
                **{key: row[key] for key in ("investment", "kind", "choice", "owner")},
                "chosen": bool(starts[i] != OUT),
                "one_off": float(row["cost"]),
                "running_cost_month": 0.0
                if pd.isna(row["running_cost_month"])
                else float(row["running_cost_month"]),
                "cost": float(material.problem.price[i, max(0, starts[i])]),
                "gain_alone": float(alone[name]),
                **leaf("gain_within", within[name], NOT_CHOSEN),
                "severity_change": found.severity,
                "outcome_change": found.value,
                "harmful": name in bad,
                **_timing(material, i, int(starts[i])),
                **_sponsor(material, row, i, int(starts[i])),
            }
        )
    return rows


def _timing(material: Material, i: int, start: int) -> dict[str, Any]:
    """Return start, delivery, first sign and full effect, in months from today."""
    keys = ["start", "start_month", "delivered_month", "first_month", "full_month"]
    if start == OUT:
        return absent(keys, NOT_CHOSEN)
    calendar, months = material.problem.calendar, float(material.problem.months[i])
    begun = int(calendar.offsets[start])
    delay = material.problem.effects.delay[material.problem.effects.owner == i]
    done = begun + months
    return {
        "start": calendar.quarters[start],
        "start_month": begun,
        "delivered_month": done,
        "first_month": done + float(delay.min(initial=np.inf)) if len(delay) else done,
        "full_month": done + float(delay.max(initial=0.0)) + months if len(delay) else done,
    }


def _sponsor(material: Material, row: Mapping[Any, Any], i: int, start: int) -> dict[str, Any]:
    """Return until when the sponsor stays, and how many months of the rise that leaves out."""
    until, today = row["sponsor_until"], material.today
    if pd.isna(until):
        return absent(["sponsor_until", "sponsor_short"], "No end is stated for its sponsor.")
    full = _timing(material, i, start)["full_month"]
    stays = round((until - pd.Timestamp(today)).days / MONTH, 1)
    short = np.nan if full is None else max(0.0, full - stays)
    shown = {"sponsor_until": until.date().isoformat(), "sponsor_month": stays}
    return {**shown, **leaf("sponsor_short", short, NOT_CHOSEN)}


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
