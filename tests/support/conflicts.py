"""Engagements with a map, small enough to see what must be said of them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.results import Results
from lodestar.schema.quick_start import import_jsonschema
from lodestar.schema.results import results_schema
from tests.support.builders import engagement

FUNCTIONS = ("sales", "service", "operations")


def metric(name: str, function: str, direction: str = "up", incentive: float = 0.4, **more: Any):
    row = {"metric": name, "name": name.replace("_", " ").capitalize(), "function": function}
    rest = {"direction": direction, "incentive": incentive, "kind": "operational"}
    return row | rest | more


def link(source: str, target: str, sign: str, strength: float, evidence: str = "observed", **more):
    row = {"source": source, "target": target, "sign": sign, "strength": strength}
    return row | {"evidence": evidence} | more


def node(name: str, kind: str = "driver"):
    return {"node": name, "name": name.replace("_", " ").capitalize(), "kind": kind}


def outcome(name: str, beneficiary: str = "customer", importance: float = 0.8):
    row = {"outcome": name, "name": name.replace("_", " ").capitalize()}
    return row | {"beneficiary": beneficiary, "importance": importance}


def field_tables(**more: Any) -> dict[str, Any]:
    """Sales, logistics and service as met in the field, with one rule and one orphan."""
    tables: dict[str, Any] = {
        "metrics": [
            metric("contracts_signed", "sales", "up", 0.5),
            metric("logistics_cost", "operations", "down", 0.4),
            metric("service_cost", "service", "down", 0.3),
            metric("first_contact_fix", "service", "up", 0.3, kind="customer"),
            metric("callbacks", "service", "up", 0.0),
            metric("visits", "sales", "up", 0.0),
        ],
        "nodes": [
            node("customised_promises"),
            node("deliveries_split"),
            node("contacts"),
            node("returns"),
            node("two_signatures", "policy"),
        ],
        "outcomes": [outcome("solved"), outcome("promises_kept"), outcome("profit", "owner", 0.5)],
        "links": [
            link("contracts_signed", "customised_promises", "+", 0.7, lag=1),
            link("customised_promises", "first_contact_fix", "-", 0.6, lag=2),
            link("logistics_cost", "deliveries_split", "-", 0.8, lag=1),
            link("deliveries_split", "contacts", "+", 0.7, "measured"),
            link("deliveries_split", "returns", "+", 0.6, "measured"),
            link("contacts", "service_cost", "+", 0.8, "measured"),
            link("returns", "service_cost", "+", 0.5, "stated"),
            link("first_contact_fix", "solved", "+", 0.8, "measured"),
            link("two_signatures", "first_contact_fix", "-", 0.4),
            link("callbacks", "promises_kept", "+", 0.5),
            link("contracts_signed", "profit", "+", 0.6),
        ],
    }
    return tables | more


def field_results(tables: dict[str, Any] | None = None, **settings: Any) -> Results:
    """Results of the field's case, or of other tables."""
    return Results(engagement_of(tables, **settings))


def engagement_of(tables: dict[str, Any] | None = None, **settings: Any):
    return engagement(tables or field_tables(), functions=FUNCTIONS, **settings)


def planted_history(months: int = 60, sign: float = -1.0) -> pd.DataFrame:
    """Logistics cost, and service cost that follows it three months later with a sign."""
    rng = np.random.default_rng(12)
    x = rng.normal(size=months).cumsum()
    y = sign * np.r_[np.zeros(3), x[:-3]] + 0.2 * rng.normal(size=months)
    dates = pd.date_range(end="2026-12-31", periods=months, freq="ME")
    series = {"logistics_cost": 150 + x, "service_cost": 12 + y}
    rows = [pd.DataFrame({"node": n, "date": dates, "value": v}) for n, v in series.items()]
    return pd.concat(rows, ignore_index=True)


CALM = {
    "metrics": [metric("a", "sales"), metric("b", "service")],
    "outcomes": [outcome("o")],
    "links": [link("a", "b", "+", 0.5), link("b", "o", "+", 0.5)],
}
SMALL = CALM | {"links": [link("a", "b", "-", 0.1, "assumed"), link("b", "o", "+", 0.5)]}
DOUBT = {
    "metrics": [metric("a", "sales"), metric("b", "service")],
    "nodes": [node("x")],
    "links": [link("a", "b", "-", 0.5), link("a", "x", "+", 0.9), link("x", "b", "+", 0.5)],
}
LEVER = {
    "metrics": [metric("a", "sales"), metric("b", "service", "down")],
    "nodes": [node("depots", "lever")],
    "links": [link("depots", "a", "+", 0.9), link("depots", "b", "+", 0.9)],
}
WITHIN = {
    "metrics": [metric("a", "sales"), metric("b", "sales")],
    "links": [link("a", "b", "-", 0.9)],
}
TARGET = {
    "metrics": [metric("a", "sales", "target", target=3), metric("b", "service")],
    "links": [link("a", "b", "+", 0.9)],
}
HISTORY_ONLY = {
    "metrics": [metric("logistics_cost", "operations"), metric("service_cost", "service")],
    "history": planted_history(),
}
UNPAID = {
    "metrics": [
        metric("logistics_cost", "operations", incentive=0),
        metric("service_cost", "service", incentive=0),
    ],
    "history": planted_history(),
}
RULE = {
    "nodes": [node("two_signatures", "policy")],
    "outcomes": [outcome("solved")],
    "links": [link("two_signatures", "solved", "-", 0.5)],
}
CASES = {
    "rule only": RULE,
    "field": field_tables(),
    "history": field_tables(history=planted_history()),
    "contradicted": field_tables(history=planted_history(sign=1.0)),
    "short": field_tables(history=planted_history(20)),
    "calm": CALM,
    "small": SMALL,
    "doubt": DOUBT,
    "lever": LEVER,
    "within": WITHIN,
    "target": TARGET,
    "history only": HISTORY_ONLY,
    "unpaid": UNPAID,
    "metrics only": {"metrics": [metric("a", "sales")]},
    "nothing": {"metrics": []},
}


def check_section(section: dict[str, Any]) -> None:
    """Against the shipped schema, and every null or empty list with its reason."""
    schema = results_schema()["properties"]["conflicts"]
    import_jsonschema().Draft202012Validator(schema).validate(section)
    json.dumps(section, allow_nan=False)
    _reasons(section)


def _reasons(value: Any) -> None:
    if isinstance(value, list):
        for inner in value:
            _reasons(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if inner is None:
                assert value[f"{key}_reason"], key
            _reasons(inner)


def resolve(results: Any, pointer: str) -> Any:
    """The value a JSON pointer leads to."""
    value = results
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def logistics() -> dict[str, list[dict[str, Any]]]:
    """Logistics cost down → deliveries split → contacts and returns up → service cost up."""
    return {
        "metrics": [
            metric("logistics_cost", "operations", "down", 0.4, kind="financial"),
            metric("service_cost", "service", "down", 0.3, kind="financial"),
        ],
        "nodes": [node("deliveries_split"), node("contacts"), node("returns")],
        "links": [
            link("logistics_cost", "deliveries_split", "-", 0.8),
            link("deliveries_split", "contacts", "+", 0.7, "measured"),
            link("deliveries_split", "returns", "+", 0.6, "measured"),
            link("contacts", "service_cost", "+", 0.8, "measured"),
            link("returns", "service_cost", "+", 0.5, "measured"),
        ],
    }
