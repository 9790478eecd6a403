"""Milestones of a plan on a map of three places, and what could be stopped; all by hand.

Map: d1 raises d2 (0.5), d2 lowers o1 (0.8). An investment of three months starts today.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from lodestar.assess.roadmap.stopping import stopping
from tests.support.roadmaps import MAP, client, effect, investment, roadmap

INDICATOR = {"indicator": "i", "name": "Sign", "better": "down", "value": 7.0, "target": 5.0}


def seen(node: str | None, day: str = "2026-11-30", **given: Any) -> dict[str, Any]:
    return {**INDICATOR, "node": node, "date": day, **given}


def made(rows: list[dict[str, Any]], effects: list[dict[str, Any]], **tables: Any) -> Any:
    """One investment that helps and is chosen, with effects on the map."""
    return roadmap([investment("a")], [effect("a", "C03", 1), *effects], indicators=rows, **tables)


def test_an_indicator_at_the_place_itself_turns_at_half_of_the_rise() -> None:
    """Delivered after 3 months, 2 of delay, half of a rise of 3: month 6.5."""
    found = made([seen("d1")], [effect("a", "d1", -2, chance=0.5, delay_months=2)])
    (row,) = found["milestones"]
    assert (row["investment"], row["indicator"], row["path"]) == ("a", "i", ["d1"])
    assert (row["month"], row["expected"], row["wanted"]) == (6.5, "down", "down")
    assert row["good"] is True
    assert row["size"] == pytest.approx(-1)
    assert (row["today"], row["today_on"], row["target"]) == (7, "2026-11-30", 5)


def test_an_effect_is_followed_along_the_links_with_their_lags() -> None:
    """d1 → d2 → o1: −0.5 · 0.8 = −0.4 of a rise of 1, with 4 + 1 months of lag."""
    first, second, *rest = MAP["links"]
    links = [{**first, "lag": 4}, {**second, "lag": 1}, *rest]
    found = made([seen("o1", better="up")], [effect("a", "d1", 1)], links=links)
    (row,) = found["milestones"]
    assert row["path"] == ["d1", "d2", "o1"]
    assert row["month"] == 3 + 1.5 + 5
    assert (row["expected"], row["good"]) == ("down", False)
    assert row["size"] == pytest.approx(-0.4)


def test_what_is_not_felt_or_not_chosen_or_without_a_place_is_no_milestone() -> None:
    assert made([seen("m2")], [effect("a", "d1", 1)])["milestones"] == []
    assert "node" in made([seen(None)], [effect("a", "d1", 1)])["milestones_reason"]
    out = roadmap([investment("a", choice="must-not")], [effect("a", "d1", 1)])
    assert out["milestones_reason"] == "Nothing is in the plan."


def test_less_pay_for_a_measure_lets_it_go() -> None:
    """m1 is paid for rising; with less pay it, and what an indicator of it says, falls."""
    found = made([seen("m1", better="up")], [effect("a", "incentive:m1", -0.2)])
    (row,) = found["milestones"]
    assert (row["expected"], row["through"]) == ("down", "m1")


def test_later_values_are_not_looked_at() -> None:
    rows = [seen("d1"), seen("d1", "2027-02-28", value=1.0)]
    assert made(rows, [effect("a", "d1", 1)])["milestones"][0]["today"] == 7


def activity(name: str, serves: str, effort: float, **given: Any) -> dict[str, Any]:
    row = {"activity": name, "name": name, "owner": "COO", "function": "sales"}
    return {**row, "effort": effort, "serves": serves, "status": "active", **given}


def test_what_serves_no_purpose_can_be_stopped_and_has_a_price() -> None:
    """Purpose m1 is declared. Six of twelve of all effort serve something else."""
    rows = [
        activity("a", "m1", 4, started="2026-01-01"),
        activity("b", "be known", 4, started="2026-07-01"),
        activity("c", "be paid", 2),
        activity("d", "be loved", 0),
        activity("e", "be loud", 2, started="2026-01-01", ended="2026-03-01", status="abandoned"),
    ]
    activities = client([], [], activities=rows).table("activities")
    found = stopping(activities, ["m1"], None, date(2026, 12, 31))
    assert [row["activity"] for row in found["stop"]] == ["b", "c"]
    assert found["stop"][0]["months"] == pytest.approx(6, abs=0.1)
    assert found["stop"][1]["months"] is None
    price = found["stopping"]
    assert (price["effort"], price["share"]) == (6, 0.5)
    assert (price["started"], price["abandoned"], price["would_be"]) == (3, 1, 2)
    assert price["cost_year"] is None


def test_without_a_declared_purpose_nobody_can_say_what_serves_none() -> None:
    activities = client([], [], activities=[activity("a", "fame", 4)]).table("activities")
    found = stopping(activities, [], None, date(2026, 12, 31))
    assert found["stop"] == []
    assert "purpose" in found["stop_reason"]
    nothing = stopping(activities.iloc[:0], ["m1"], None, date(2026, 12, 31))
    assert "`activities`" in nothing["stop_reason"]
    assert nothing["stopping"]["share"] is None


def test_levels_above_target_are_named_where_holding_them_costs() -> None:
    """C04 stands at 4 against 3 in both functions; one of them has a price, 10 a year a level."""
    upkeep = [{"capability": "C04", "function": "sales", "cost_year_per_level": 10}]
    found = roadmap([investment("a")], [effect("a", "C03", 1)], upkeep=upkeep)
    (row,) = [row for row in found["stop"] if row["kind"] == "upkeep"]
    assert (row["capability"], row["function"], row["levels"]) == ("C04", "sales", 1)
    assert row["cost_year"] == found["stopping"]["cost_year"] == 10


def test_open_promises_carry_the_chance_they_are_counted_with() -> None:
    """The past kept half of what was promised with 1: (2 + ½) ÷ (2 + 1) of each chance counts."""
    rows = [
        investment("a"),
        investment("z", choice="must-not", realised_on="2026-06-30"),
    ]
    effects = [
        effect("a", "C03", 1, chance=0.6),
        effect("z", "C01", 1, observed_change=0.5, observed_on="2026-11-30"),
    ]
    (row,) = roadmap(rows, effects)["returns"]["promises"]
    assert (row["investment"], row["chance"]) == ("a", 0.6)
    assert row["counted"] == pytest.approx(0.6 * 2.5 / 3)
    assert pd.isna(row["function"]) or row["function"] is None
