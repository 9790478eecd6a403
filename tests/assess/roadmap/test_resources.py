"""Quarters, money and people, by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.roadmap import calendar_of
from lodestar.assess.roadmap.resources import budgets, capacities, spending


@pytest.mark.parametrize(
    ("as_of", "first", "offsets"),
    [
        (date(2026, 12, 31), "2027-Q1", [0, 3, 6, 9]),
        (date(2026, 11, 15), "2026-Q4", [0, 2, 5, 8, 11]),
        (date(2027, 1, 1), "2027-Q1", [0, 3, 6, 9]),
    ],
)
def test_quarters_that_can_still_be_started_in(as_of: date, first: str, offsets: list[int]) -> None:
    """At the end of a quarter the next one is the first; it is days ÷ 30.44 months away."""
    made = calendar_of(as_of, 12)
    assert made.quarters[0] == first
    assert made.offsets.tolist() == offsets


def test_three_years_are_twelve_quarters() -> None:
    made = calendar_of(date(2026, 12, 31))
    assert len(made.quarters) == 12
    assert made.quarters[-1] == "2029-Q4"
    assert made.place("2026-Q4") == -1


def test_cost_is_spread_over_delivery_and_running_cost_from_the_start() -> None:
    """120 over 6 months is 60 a quarter; 2 a month from the start to month 9."""
    made = calendar_of(date(2026, 12, 31), 9)
    spent = spending(np.array([120.0]), np.array([2.0]), np.array([6.0]), made)[0]
    assert spent.tolist() == [[66, 66, 6], [0, 66, 66], [0, 0, 126]]
    assert spent.sum(axis=1).tolist() == [138, 132, 126]


def test_money_is_carried_over_and_people_are_not() -> None:
    made = calendar_of(date(2026, 12, 31), 9)
    spent = spending(np.array([60.0]), np.zeros(1), np.array([3.0]), made)
    table = pd.DataFrame(
        {
            "period": ["2026-Q4", "2027-Q1", "2027-Q2"],
            "kind": ["capital"] * 3,
            "amount": [500.0, 40.0, 30.0],
        }
    )
    (money,) = budgets(table, np.array(["capital"]), spent, made)
    assert money.room.tolist() == [40, 70, 70]
    assert money.use[0, 1].tolist() == [0, 60, 60]
    free = pd.DataFrame({"function": ["sales"], "period": ["2027-Q2"], "person_months": [3.0]})
    loads = pd.DataFrame(
        {
            "investment": ["a", "a"],
            "function": ["sales", "sales"],
            "period_offset": [0.0, 1.0],
            "person_months": [1.0, 2.0],
        }
    )
    (people,) = capacities(free, loads, ("a",), made)
    assert people.room.tolist() == [0, 3, 0]
    assert people.use[0].tolist() == [[1, 2, 0], [0, 1, 2], [0, 0, 1]]
