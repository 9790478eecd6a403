"""A small client with investments: every number follows by hand."""

from __future__ import annotations

from typing import Any

from lodestar.assess.results import Results
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement

PRESENT = {"C01": 2, "C02": 2, "C03": 1, "C04": 4}
"""Levels in both functions; targets at level 3 are 3, 2, 3, 3."""

MAP = {
    "metrics": [
        {"metric": "m1", "name": "Calls an hour", "function": "sales", "direction": "up",
         "incentive": 0.5, "kind": "operational"},
        {"metric": "m2", "name": "Solved at once", "function": "service", "direction": "up",
         "incentive": 0.4, "kind": "customer"},
    ],
    "outcomes": [
        {"outcome": "o1", "name": "Promises kept", "beneficiary": "customer", "importance": 0.5}
    ],
    "nodes": [
        {"node": "d1", "name": "Loud promises", "kind": "driver", "function": "sales"},
        {"node": "d2", "name": "Doubt", "kind": "driver", "function": "sales"},
    ],
    "links": [
        {"source": "d1", "target": "d2", "sign": "+", "strength": 0.5, "evidence": "stated"},
        {"source": "d2", "target": "o1", "sign": "-", "strength": 0.8, "evidence": "stated"},
        {"source": "m1", "target": "m2", "sign": "-", "strength": 0.1, "evidence": "measured"},
    ],
}  # fmt: skip


def investment(name: str, **given: Any) -> dict[str, Any]:
    """One row of the table, three months long, free to start, 100 of capital."""
    row = {
        "investment": name,
        "name": f"Investment {name}",
        "kind": "capital",
        "cost": 100,
        "owner": "COO",
        "choice": "may",
        "months": 3,
    }
    return {**row, **given}


def effect(name: str, target: str, change: float, **given: Any) -> dict[str, Any]:
    """One row of the table: sure to come, without delay."""
    row = {"investment": name, "target": target, "change": change, "delay_months": 0, "chance": 1}
    return {**row, **given}


def client(
    investments: list[dict[str, Any]], effects: list[dict[str, Any]], **tables: Any
) -> Engagement:
    """A client whose two functions stand alike."""
    ratings = [
        {"capability": c, "function": f, "rater": "r1", "level": level, "basis": "assessor"}
        for c, level in PRESENT.items()
        for f in ("sales", "service")
    ]
    settings = {k: tables.pop(k) for k in ("chosen_level", "framework", "sponsor") if k in tables}
    given = {"ratings": ratings, **MAP, "investments": investments, "effects": effects, **tables}
    return engagement({k: v for k, v in given.items() if v is not None}, **settings)


def roadmap(*args: Any, **tables: Any) -> dict[str, Any]:
    """The section of such a client."""
    return Results(client(*args, **tables))["roadmap"]
