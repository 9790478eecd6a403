"""What the last level costs and would have to return. Oracles: sums by hand, and laws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.cells import cell_matrix
from lodestar.assess.level import assess, consequence, last_from, required, targets
from lodestar.assess.level.revenue import revenue_year
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement
from tests.support.levels import context

LEVELS = st.integers(10, 50).map(lambda tenths: tenths / 10)
UPKEEP = [
    {"capability": c, "function": f, "cost_year_per_level": cost}
    for c, f, cost in (("C01", "sales", 1000), ("C02", "sales", 600), ("C04", "service", 50))
]
TRADE = [
    {"customer": c, "date": f"2026-{month:02d}-15", "amount": amount}
    for c, amount in (("a", 500.0), ("b", 300.0))
    for month in (2, 5, 8, 11)
]


def client(chosen: float | None = 4, **tables: Any) -> Engagement:
    """Market at 3 by three raters; upkeep on three cells."""
    return engagement({"context": context(), "upkeep": UPKEEP, **tables}, chosen_level=chosen)


SHOWN = client()
PROFILE = targets(SHOWN, cell_matrix(SHOWN))
ASKED, REVENUE = required(SHOWN), revenue_year(SHOWN)


def last(shown: Engagement) -> dict[str, Any]:
    found: dict[str, Any] = assess(shown, {})["consequence"]["last_level"]
    return found


def test_the_last_level_against_revenue_by_hand() -> None:
    """3 → 4: 1000 + 600 + 50 = 1650 a year; 3,200 revenue by two customers who recur, and 100."""
    unnamed = {"customer": None, "date": "2026-03-01", "amount": 150.0}
    refund = {"customer": None, "date": "2026-03-02", "amount": -50.0}
    got = last(client(transactions=[*TRADE, unnamed, refund]))
    assert got == {
        "from": 3,
        "to": 4,
        "cost_year": 1650,
        "cells": 3,
        "rising": 8,
        "share_of_revenue": pytest.approx(1650 / 3300),
        "per_recurring_customer": pytest.approx(825),
    }


def test_half_levels_begin_a_level_below_or_at_what_the_market_asks() -> None:
    """2.5 → 3.5 would cost 1650 again; the market asks for 3, so that half of it is dear."""
    assert last(client(3.5))["cost_year"] == pytest.approx(825)
    none = client(3.5, context=[])
    assert (last(none)["from"], last(none)["cost_year"]) == (2.5, pytest.approx(1650))
    assert (last(client(2.5))["from"], last(client(2.5))["to"]) == (1.5, 2.5)


@given(LEVELS, LEVELS)
def test_the_last_level_begins_at_most_a_level_below_and_never_under_1(
    chosen: float, asked: float
) -> None:
    start = last_from(chosen, asked)
    assert max(1.0, chosen - 1) <= start <= chosen
    assert start == (asked if chosen - 1 < asked < chosen else max(1.0, chosen - 1))


@given(LEVELS, LEVELS, LEVELS)
def test_cost_is_never_negative_and_rises_with_the_chosen_level(
    asked: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    costs = [PROFILE.holding(PROFILE.rise(asked, chosen))["cost_year"] for chosen in (low, high)]
    cheap, dear = (0.0 if cost is None else cost for cost in costs)
    assert 0 <= cheap <= dear + 1e-9


@given(LEVELS, LEVELS)
def test_over_shoot_and_under_shoot_exclude_each_other(chosen: float, asked: float) -> None:
    stood = replace(ASKED, estimate=asked)
    got = consequence(SHOWN.framework.capability_weights(), chosen, stood, PROFILE, REVENUE)
    over, under = got["overshoot"]["cost_year"], got["undershoot"]["points"]
    assert (over is None) or (under is None)
    if chosen == asked:
        assert over is under is None


def test_under_shooting_names_what_is_left_undone_and_costs_nothing() -> None:
    """Chosen 2, asked 3: every target rises a level (C02 from 1 to 2)."""
    got = assess(client(2), {})["consequence"]["undershoot"]
    assert got["points"] == pytest.approx(1)
    assert got["cells"] == 8
    assert [row["capability"] for row in got["top"]] == ["C03", "C04", "C01"]
    assert "cost_year" not in got
    above = assess(client(4), {})["consequence"]["undershoot"]
    assert above["points_reason"] == "The chosen level is not below the required one."


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ({}, "transactions"),
        ({"transactions": TRADE[1:4]}, "four full quarters"),
        ({"transactions": [*TRADE, {**TRADE[0], "amount": -9e9}]}, "Refunds"),
        ({"transactions": TRADE, "upkeep": []}, "upkeep"),
    ],
)
def test_without_revenue_or_upkeep_the_share_says_why(tables: dict[str, Any], why: str) -> None:
    got = last(client(**tables))
    assert got["share_of_revenue"] is None
    assert why in got["share_of_revenue_reason"]


def test_nobody_recurs() -> None:
    got = last(client(transactions=[{**TRADE[0], "customer": None}]))
    assert got["share_of_revenue"] == pytest.approx(1650 / 500)
    assert "recurs" in got["per_recurring_customer_reason"]


def test_without_a_chosen_level_or_at_the_lowest_there_is_no_last_level() -> None:
    for chosen, why in ((None, "chosen_level"), (1, "no level to hold")):
        got = last(client(chosen))
        assert got["cost_year"] is None
        assert why in got["cost_year_reason"]
    assert len(assess(client(None), {})["steps"]) == 4


def test_stance_needs_a_required_level_the_last_level_does_not() -> None:
    got = assess(client(context=[]), {})["consequence"]
    assert got["stance_reason"] == got["overshoot"]["cost_year_reason"]
    assert np.isfinite(got["last_level"]["cost_year"])
