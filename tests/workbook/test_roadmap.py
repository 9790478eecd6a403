"""Exhibits of 07: each finding has one that draws, and its table says what the plan says."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.assess.results import Results
from lodestar.charts.render import chart_svg
from lodestar.findings.model import Absent
from lodestar.findings.roadmap import answer, findings
from lodestar.workbook.roadmap import EXHIBITS
from tests.charts.test_level import texts
from tests.support.roadmap_results import LABELS, SECTION, harm, investment, results, unplanned
from tests.support.roadmaps import client, effect
from tests.support.roadmaps import investment as row_of

RELAX = [{"rule": "must", "names": ["a"], "more": []}]
CASES: dict[str, dict[str, Any]] = {
    "all": results(),
    "unplanned": unplanned(),
    "infeasible": unplanned(relax=RELAX, index_as_promised=None),
    "no-budget": results(frontier=[], frontier_reason="No budget.", budget=None, next=[]),
    "no-harm": results(harmful=[]),
    "no-past": results(
        returns={
            "n": 0,
            "kept": None,
            "kept_reason": "No past.",
            "factor": 1.0,
            "effects": [],
            "promises": [],
        }
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_finding_has_an_exhibit_that_draws(case: str) -> None:
    given = CASES[case]
    assert answer(given)
    for slot in findings(given):
        assert slot.id in EXHIBITS
        if isinstance(slot, Absent):
            continue
        exhibit = EXHIBITS[slot.id](given)
        html = exhibit.table.html() if exhibit.table is not None else ""
        assert "nan" not in html.lower()
        if exhibit.chart is not None:
            assert exhibit.chart.to_dict()["description"]
            assert "NaN" not in " ".join(texts(chart_svg(exhibit.chart)))


def test_a_client_from_ratings_to_cards() -> None:
    """Nothing of the section is made by hand here; the harm is the demo's in small."""
    made = client(
        [row_of("i1"), row_of("i2", sponsor_until="2027-01-31"), row_of("i3", choice="must-not")],
        [effect("i1", "C01", 1), effect("i2", "C03", 1, delay_months=6), effect("i3", "d1", 1)],
        budgets=[{"period": "2027-Q1", "kind": "capital", "amount": 200}],
    )
    given = Results(made)
    slots = findings(given)
    for slot in slots:
        if not isinstance(slot, Absent):
            exhibit = EXHIBITS[slot.id](given)
            assert exhibit.chart is None or chart_svg(exhibit.chart)
    absent = [slot.id for slot in slots if isinstance(slot, Absent)]
    assert absent == ["roadmap.milestones", "roadmap.stop", "roadmap.returns"]
    assert "sponsor until January 2027" in texts(chart_svg(EXHIBITS["roadmap.plan"](given).chart))


def test_bars_stand_in_order_of_what_they_add_and_say_what_becomes_of_them() -> None:
    exhibit = EXHIBITS["roadmap.choice"](results())
    assert exhibit.table is not None
    assert [row[0] for row in exhibit.table.rows] == [
        "Early signs",
        "Shared record",
        "Brand relaunch",
    ]
    said = texts(chart_svg(exhibit.chart))
    assert "+2.0 · in the plan · set as must" in said
    assert "−0.2 · harms" in said
    assert "With every chance as stated the index would reach 67.0." in exhibit.notes


def test_notes_tell_what_was_left_out() -> None:
    given = results(
        too_high=[{"capability": "C01"}], free=["capital"], left_out=[{}, {}], held=["a"]
    )
    notes = " ".join(EXHIBITS["roadmap.choice"](given).notes)
    assert "One cell would be lifted above level 5" in notes
    assert "No budget limits: capital." in notes
    assert "Two effects on cells without a rating left out." in notes
    assert "Shared record" in " ".join(EXHIBITS["roadmap.plan"](given).notes)


def test_harm_comes_with_its_path_the_largest_first() -> None:
    ways = [harm("c", 0.9, contested=True), harm("a", 0.1), harm("b", 0.5), harm("b", 0.6, b="m")]
    exhibit = EXHIBITS["roadmap.harm"](results(harmful=ways))
    assert exhibit.table is not None
    rows = exhibit.table.rows
    assert [row[0] for row in rows] == [
        "Brand relaunch",
        "Brand relaunch",
        "Shared record",
        "Early signs",
    ]
    assert rows[0][2] == "Calls an hour falls"
    assert rows[0][3] == "Awareness → Claim → Promises kept"
    assert EXHIBITS["roadmap.harm"](results(harmful=[])).table is None


def test_gantt_names_owner_and_red_sponsor() -> None:
    said = texts(chart_svg(EXHIBITS["roadmap.plan"](results()).chart))
    assert "sponsor until February 2027" in said
    assert said.count("COO") == 2
    assert [t for t in said if t in {"2027", "Q2", "Q3", "Q4"}] == ["2027", "Q2", "Q3", "Q4"]


def test_what_ends_after_the_horizon_is_drawn_to_it_and_told() -> None:
    late = [investment("a", 6), investment("c", 9)]
    exhibit = EXHIBITS["roadmap.plan"](results(investments=late))
    assert exhibit.notes == (
        "Their whole effect comes after the months drawn: Shared record, Early signs.",
    )


def test_frontier_and_path_are_labelled_at_their_ends() -> None:
    said = texts(chart_svg(EXHIBITS["roadmap.frontier"](results()).chart))
    assert {"this plan 67.0", "largest gap first 66.0", "an even spread 64.0"} <= set(said)
    said = texts(chart_svg(EXHIBITS["roadmap.path"](results()).chart))
    assert {"66.0 in December 2027", "58.0 today", "56.0 in February 2027"} <= set(said)
    notes = EXHIBITS["roadmap.frontier"](results()).notes
    assert notes == (
        "Capital: the next EUR 100,000 +0.4 points; Brand relaunch would join, Shared record "
        "would leave.",
    )


def test_names_of_clients_are_text() -> None:
    names = dict.fromkeys(("a", "b", "c", "d"), "<script>x</script>")
    given = {**results(), "labels": {**LABELS, "investment": names}}
    for made in EXHIBITS.values():
        exhibit = made(given)
        assert exhibit.table is None or "<script>" not in exhibit.table.html()
    chart = EXHIBITS["roadmap.choice"](given).chart
    assert len([t for t in texts(chart_svg(chart)) if "script" in t]) == 3


def test_past_promises_are_listed_with_what_they_were_to_change() -> None:
    table = EXHIBITS["roadmap.returns"](results()).table
    assert table is not None
    assert [row[:4] for row in table.rows] == [
        ("Pilot", "Listen", "Sales", "1.00"),
        ("Pilot", "Promises kept", "–", "1.00"),
    ]
    assert len(table.rows) == len(SECTION["returns"]["effects"])


def test_what_is_required_is_drawn_and_told() -> None:
    rows = [investment("a", 0), investment("c", 3, requires=["a", "b"])]
    exhibit = EXHIBITS["roadmap.plan"](results(investments=rows))
    assert exhibit.chart.to_dict()["description"].endswith("Early signs requires Shared record.")
    assert exhibit.table is not None
    assert "Shared record; Brand relaunch" in exhibit.table.rows[1]
