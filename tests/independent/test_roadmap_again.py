"""The demo's chosen investments, their effect and their constraints, evaluated directly.

Oracle: METHOD, "Investments": expected effect = change x chance (recalibrated), the course
3t2 - 2t3 after the delay, index after at the horizon, cost to the horizon; TABLES for what may,
must, requires, excludes, earliest, budgets and capacity.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent import plain
from tests.independent.plain import Cell, clip, close, records
from tests.independent.test_alignment_at_level import gaps, misalignment, shares
from tests.independent.test_present_level import shown_cells

HORIZON = 36


@pytest.fixture(scope="module")
def roadmap(published: dict[str, Any]) -> dict[str, Any]:
    return published["roadmap"]


@pytest.fixture(scope="module")
def table(demo: Engagement) -> dict[str, dict[str, Any]]:
    return {row["investment"]: row for row in records(demo, "investments")}


@pytest.fixture(scope="module")
def starts(roadmap: dict[str, Any]) -> dict[str, int]:
    return {r["investment"]: r["start_month"] for r in roadmap["investments"] if r["chosen"]}


def course(months_since_delivery: float, delay: float, months: float) -> float:
    t = clip((months_since_delivery - delay) / months, 0, 1)
    return 3 * t**2 - 2 * t**3


def lifted(
    demo: Engagement,
    table: dict[str, dict[str, Any]],
    starts: dict[str, int],
    factor: float,
    month: int = HORIZON,
) -> dict[Cell, float]:
    """Return every cell with the expected effects of the chosen set added, unclipped."""
    cells = dict(shown_cells(demo))
    for row in records(demo, "effects"):
        if row["investment"] not in starts:
            continue
        months = table[row["investment"]]["months"]
        begun = month - starts[row["investment"]]
        full = row["change"] * row["chance"] * factor
        share = course(begun - months, row["delay_months"], months)
        if 0 < begun <= months:
            share = -demo.framework.dip
        for cell in cells:
            if cell[0] == row["target"] and row["function"] in (None, cell[1]):
                cells[cell] += share * full
    return cells


def index(demo: Engagement, cells: dict[Cell, float]) -> float:
    return 100 * (1 - math.sqrt(misalignment(shares(demo, cells), gaps(demo, cells, 4))) / 4)


def test_index_before_is_that_of_alignment(
    demo: Engagement, published: dict[str, Any], roadmap: dict[str, Any]
) -> None:
    assert close(index(demo, shown_cells(demo)), roadmap["index_before"], 1e-5)
    assert roadmap["index_before"] == published["alignment"]["index"]


def test_index_after_is_the_chosen_set_at_the_horizon(
    demo: Engagement,
    table: dict[str, dict[str, Any]],
    starts: dict[str, int],
    roadmap: dict[str, Any],
) -> None:
    assert set(starts) == set(roadmap["chosen"])
    factor = roadmap["returns"]["factor"]
    assert close(index(demo, lifted(demo, table, starts, factor)), roadmap["index_after"], 1e-4)
    promised = index(demo, lifted(demo, table, starts, 1.0))
    assert close(promised, roadmap["index_as_promised"], 1e-4)


def test_the_path_is_the_index_month_by_month(
    demo: Engagement,
    table: dict[str, dict[str, Any]],
    starts: dict[str, int],
    roadmap: dict[str, Any],
) -> None:
    factor = roadmap["returns"]["factor"]
    for row in roadmap["path"]:
        mine = index(demo, lifted(demo, table, starts, factor, row["month"]))
        assert close(mine, row["index"], 1e-4), row


def test_past_promises_are_set_against_what_was_observed(
    demo: Engagement, roadmap: dict[str, Any]
) -> None:
    seen = [r for r in records(demo, "effects") if r["observed_change"] is not None]
    promised = [r for r in seen if r["change"]]
    kept = [clip(r["observed_change"] / r["change"], 0, 1) for r in promised]
    assert close(plain.mean(kept), roadmap["returns"]["kept"])
    assert close(plain.mean(r["chance"] for r in promised), roadmap["returns"]["chance"])
    assert len(roadmap["returns"]["effects"]) == len(seen)


def test_cost_runs_to_the_horizon(
    table: dict[str, dict[str, Any]], starts: dict[str, int], roadmap: dict[str, Any]
) -> None:
    running = {i: (table[i]["running_cost_month"] or 0) * (HORIZON - m) for i, m in starts.items()}
    mine = {i: table[i]["cost"] + running[i] for i in starts}
    for row in roadmap["investments"]:
        if row["chosen"]:
            assert close(mine[row["investment"]], row["cost"])
    assert close(sum(mine.values()), roadmap["cost"])


def quarter(label: str) -> int:
    """Return quarters after 2027-Q1, the first after today."""
    return (int(label[:4]) - 2027) * 4 + int(label[-1]) - 1


def test_what_must_may_and_must_not_be(
    table: dict[str, dict[str, Any]], starts: dict[str, int]
) -> None:
    for investment, row in table.items():
        inside = investment in starts
        assert inside or row["choice"] != "must"
        assert not inside or row["choice"] != "must-not"
        if inside:
            assert set(row["requires"]) <= set(starts)
            assert not set(row["excludes"]) & set(starts)
            assert starts[investment] >= 3 * quarter(row["earliest"])


def test_money_of_each_kind_lasts(
    demo: Engagement, table: dict[str, dict[str, Any]], starts: dict[str, int]
) -> None:
    """Spread evenly over the months of delivery, running from the start; unspent money stays."""
    for kind in ("operational", "capital"):
        room, used = 0.0, 0.0
        for number in range(HORIZON // 3):
            room += sum(
                row["amount"]
                for row in records(demo, "budgets")
                if row["kind"] == kind and quarter(row["period"]) == number
            )
            for month in range(3 * number, 3 * number + 3):
                for investment, start in starts.items():
                    row = table[investment]
                    if row["kind"] == kind and month >= start:
                        used += row["running_cost_month"] or 0
                        used += row["cost"] / row["months"] * (month < start + row["months"])
            assert used <= room + 1e-6, (kind, number)


def test_people_are_not_asked_for_more_than_they_have(
    demo: Engagement, starts: dict[str, int]
) -> None:
    asked: dict[tuple[str, int], float] = {}
    for row in records(demo, "loads"):
        if row["investment"] in starts:
            when = int(row["period_offset"]) + starts[row["investment"]] // 3
            key = (row["function"], when)
            asked[key] = asked.get(key, 0.0) + row["person_months"]
    room = {
        (r["function"], quarter(r["period"])): r["person_months"] for r in records(demo, "capacity")
    }
    assert asked
    assert all(load <= room[key] + 1e-6 for key, load in asked.items())


def test_harmful_are_those_that_enlarge_misalignment_alone(
    demo: Engagement, table: dict[str, dict[str, Any]], roadmap: dict[str, Any]
) -> None:
    before = misalignment(shares(demo, c := shown_cells(demo)), gaps(demo, c, 4))
    blamed = {r["investment"]: r for r in roadmap["harmful"] if r["kind"] == "misalignment"}
    for row in roadmap["investments"]:
        cells = dict(c)
        for effect in records(demo, "effects"):
            if effect["investment"] == row["investment"]:
                full = effect["change"] * effect["chance"] * roadmap["returns"]["factor"]
                for cell in cells:
                    if cell[0] == effect["target"] and effect["function"] in (None, cell[1]):
                        cells[cell] += full
        larger = misalignment(shares(demo, cells), gaps(demo, cells, 4)) - before
        assert (larger > 1e-9) == (row["investment"] in blamed), row
        if larger > 1e-9:
            assert close(larger, blamed[row["investment"]]["size"])
    assert table.keys() >= blamed.keys()
