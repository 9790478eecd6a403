"""The conflicts section of results.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.cells import by_functions
from lodestar.assess.conflicts.changes import Price, price_of
from lodestar.assess.conflicts.detect import detect
from lodestar.assess.conflicts.distortion import Aim, aims
from lodestar.assess.conflicts.entries import (
    item_entry,
    register_entry,
)
from lodestar.assess.conflicts.finders import Finders
from lodestar.assess.conflicts.history import movements
from lodestar.assess.conflicts.history_entries import history_entry
from lodestar.assess.conflicts.matrix import matrix
from lodestar.assess.conflicts.measured import measure
from lodestar.assess.conflicts.model import Conflicts
from lodestar.assess.conflicts.orphans import (
    broken_promises,
    live_promises,
    orphans,
    unrewarded_duties,
    untraceable,
)
from lodestar.assess.conflicts.register import Register, register_of
from lodestar.assess.conflicts.repair import repair
from lodestar.assess.conflicts.repair_entries import no_plan_entry, plan_entry
from lodestar.assess.conflicts.reviews import reviews_by_pair
from lodestar.assess.conflicts.uncertainty import DRAWS, SPREAD
from lodestar.assess.plain import leaf, listing
from lodestar.engagement.model import Engagement

__all__ = ["assess", "section", "solved"]


def assess(engagement: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """Return which measures pull against each other or against the customer.

    Parameters
    ----------
    engagement : Engagement
        Tables metrics, outcomes, nodes, links, history, repairs, activities; conflict_reviews of
        this and of earlier periods.
    results : mapping
        Earlier sections; none is used.
    """
    history, activities = engagement.table("history"), engagement.table("activities")
    metrics = engagement.table("metrics")
    targets = dict(zip(metrics["metric"], metrics["target"], strict=True))
    register = measure(register_of(engagement), history, engagement.period.as_of)
    return section(
        register,
        price_of(engagement.table("repairs")),
        reviews_by_pair(engagement),
        broken_promises(register, activities),
        len(live_promises(activities)),
        movements(register, history, engagement.period.as_of, targets),
    )


def section(
    register: Register,
    price: Price,
    reviews: Mapping[tuple[str, str, str], Mapping[str, Any]],
    promises: tuple[tuple[str, str, tuple[str, ...]], ...] = (),
    promised: int = 0,
    moved: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Return the section of a register.

    Parameters
    ----------
    register : Register
        Measured where history is to speak.
    price : Price
        Costs of changes, and which are forbidden.
    reviews : mapping
        Verdicts of people by (a, b, kind), ids sorted.
    promises : tuple of (activity, outcome, metrics)
        Activities that promise an outcome which rewarded metrics lower.
    promised : int
        How many live activities promise an outcome.
    moved : DataFrame, optional
        Last twelve months against the twelve before, by node.
    """
    finders = Finders(register)
    found = detect(register, explainer=finders.paths)
    return {
        **_solved(finders, found, price, reviews),
        "promised": promised,
        **listing("promises", _promises(promises), "No promise is lowered by a rewarded metric."),
        "history": history_entry(register, found.items, moved),
    }


def solved(
    register: Register, price: Price, reviews: Mapping[tuple[str, str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what a what-if solves again: the section but for history and promises.

    Parameters
    ----------
    register, price, reviews
        As in :func:`section`.
    """
    finders = Finders(register)
    return _solved(finders, detect(register, explainer=finders.paths), price, reviews)


def _solved(
    finders: Finders,
    found: Conflicts,
    price: Price,
    reviews: Mapping[tuple[str, str, str], Mapping[str, Any]],
) -> dict[str, Any]:
    register = finders.register
    items = [item_entry(register, finders, item, reviews) for item in found.items]
    return {
        **listing("items", items, _why_none(register)),
        "items_total": found.total,
        "threshold": register.threshold,
        **_totals(found),
        **_classes(finders),
        "sign_draws": {"draws": DRAWS, "spread": SPREAD},
        **listing("functions", _functions(found), "No two functions' measures collide."),
        "matrix": matrix(finders, found.items),
        **_outcomes(register),
        **listing("functions_alignment", _alignment(register), "No function answers for a metric."),
        "repairs": _repairs(register, price),
        "register": register_entry(register),
    }


def _classes(finders: Finders) -> dict[str, Any]:
    """How many ordered pairs of a rewarded metric with another or an outcome have each class."""
    register, found = finders.register, finders.classes
    known = np.isfinite(register.direction) & (register.direction != 0)
    mine = np.isin(found.sources, register.rewarded) & known[found.sources]
    wanted = register.wanted[found.targets]
    with_way = np.isfinite(wanted) & (wanted != 0)
    asked = found.kept(mine, with_way)
    counts = asked.counts(register.direction[asked.sources], register.wanted[asked.targets])
    none = "No two rewarded metrics, and no metric and outcome, have a direction each."
    return leaf("classes", counts if any(counts.values()) else None, none)


def _alignment(register: Register) -> list[dict[str, Any]]:
    """Where each function's incentives push, against what outcomes are worth."""
    return [
        {
            "function": aim.function,
            **leaf("cosine", aim.cosine, _why_no_aim(aim)),
            "measures": aim.metrics,
            "left_out": aim.left_out,
            **listing(
                "pushes",
                [{"outcome": outcome, "push": push} for outcome, push in aim.pushes],
                "Its incentives touch no outcome.",
            ),
        }
        for aim in aims(register)
    ]


def _why_no_aim(aim: Aim) -> str:
    if not aim.metrics:
        return "No metric of this function with a known direction carries an incentive."
    return "Its incentives touch no outcome, or no outcome has any importance."


def _why_none(register: Register) -> str:
    if not len(register.places("metric")):
        return "No metric is registered."
    if not len(register.rewarded):
        return "No metric in the register carries an incentive, so none can pull against another."
    if not register.links.rows:
        return "No link between metrics, nodes and outcomes is registered."
    return "No rewarded metric pushes against another or against an outcome."


def _totals(found: Conflicts) -> dict[str, Any]:
    counted = [item for item in found.items if item.counted]
    severe = found.severe
    return {
        "total_severity": float(sum(item.severity for item in counted)),
        "severe": len(severe),
        "severe_reaching_customers": sum(item.kind in ("customer", "policy") for item in severe),
        "contested": sum(item.contested for item in found.items),
        "conditional": sum(item.conditional for item in found.items),
    }


def _functions(found: Conflicts) -> list[dict[str, Any]]:
    """Severity between each pair of functions, and of functions on outcomes."""
    rows = [
        {
            "function_a": a,
            "function_b": b,
            "severity": float(sum(item.severity for item in held)),
            "conflicts": len(held),
            "severe": sum(item.severe for item in held),
        }
        for (a, b), held in by_functions(found.items).items()
    ]
    return sorted(rows, key=lambda r: (-round(r["severity"], 9), r["function_a"], r["function_b"]))


def _outcomes(register: Register) -> dict[str, Any]:
    alone = [{"outcome": outcome, "severity": s} for outcome, s in orphans(register)]
    duties = [
        vars(duty) | {"function": _function(register, duty.metric)}
        for duty in unrewarded_duties(register)
    ]
    nowhere = list(untraceable(register))
    none = "No outcome is registered." if not register.is_outcome.any() else ""
    return {
        **listing("orphans", alone, none or "Every outcome has a rewarded metric that helps it."),
        **listing("duties", duties, none or "Every metric that helps an outcome is rewarded."),
        **listing("untraceable", nowhere, _why_traceable(register)),
    }


def _why_traceable(register: Register) -> str:
    if not len(register.places("metric")):
        return "No metric is registered."
    return "Every metric serves a purpose or leads to an outcome."


def _function(register: Register, metric: str) -> str | None:
    return register.function[register.at(metric)]


def _promises(promises: tuple[tuple[str, str, tuple[str, ...]], ...]) -> list[dict[str, Any]]:
    return [{"activity": a, "outcome": o, "metrics": list(metrics)} for a, o, metrics in promises]


def _repairs(register: Register, price: Price) -> dict[str, Any]:
    if not len(register.rewarded):
        return no_plan_entry("No metric carries an incentive, so no change to one is needed.")
    return plan_entry(register, repair(register, price), price)
