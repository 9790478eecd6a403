"""The three clients of public data, looked at with the same second implementation.

Oracle: METHOD, by the functions of the demo's checks: the passengers' level and scales, the
emergency departments' conflicts, the wholesaler's customers.
"""

from __future__ import annotations

from typing import Any

from lodestar.engagement import load
from tests.independent.answers import people
from tests.independent.plain import close, mean
from tests.independent.signed_map import read_map
from tests.independent.test_conflict_items import (
    between_metrics,
    by_effect,
    of_policies,
    on_outcomes,
)
from tests.independent.test_conflict_outcomes import orphans
from tests.independent.test_purpose_again import class_of, last_full_quarters, purchases, quarter_of
from tests.independent.test_scales_and_gaps import members, person_means
from tests.independent.test_survey_levels import check


def test_passengers_level(documents: dict[str, dict[str, Any]]) -> None:
    check(
        load("airport-passengers"),
        "customer",
        documents["airport-passengers"]["level"]["experienced"],
    )


def test_passengers_scales(documents: dict[str, dict[str, Any]]) -> None:
    client = load("airport-passengers")
    persons = people(client)
    rows = documents["airport-passengers"]["perspectives"]["scales"]
    assert rows
    for row in rows:
        values = person_means(client, members(persons, row["group"]), row["scale"])
        assert row["n"] == len(values)
        assert close(mean(values), row["mean"])


def test_emergency_departments_conflicts(documents: dict[str, dict[str, Any]]) -> None:
    known = read_map(load("emergency-departments"))
    section = documents["emergency-departments"]["conflicts"]
    expected = between_metrics(known) | on_outcomes(known) | of_policies(known)
    shown = by_effect(section["items"])
    assert shown.keys() == expected.keys()
    assert all(close(expected[key].severity, row["severity"]) for key, row in shown.items())
    assert {row["outcome"] for row in section["orphans"]} == orphans(known)


def test_wholesalers_customers(documents: dict[str, dict[str, Any]]) -> None:
    client, purpose = load("gift-wholesaler"), documents["gift-wholesaler"]["purpose"]
    window = last_full_quarters(client.period.as_of)
    classes: dict[str | None, float] = {}
    nets = []
    for rows in purchases(client).values():
        net = sum(row["amount"] for row in rows if quarter_of(row["date"]) in window)
        kind = class_of(rows, window)
        classes[kind] = classes.get(kind, 0.0) + net
        nets.append(net)
    nets = sorted((net for net in nets if net > 0), reverse=True)
    hhi = sum((100 * net / sum(nets)) ** 2 for net in nets)
    recurring = classes["recurring"] / (classes["recurring"] + classes["episodic"])
    assert close(recurring, purpose["recurring_share"])
    assert close(hhi, purpose["hhi"], 1e-5)
    assert close(10_000 / hhi, purpose["effective_customers"], 1e-4)
    assert close(sum(nets[:10]) / sum(nets), purpose["top_share"])
