"""The exhibit of the steps, and what the consequence adds to its cost. Oracle: sums by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.charts.render import chart_svg
from lodestar.workbook.level.aim import consequence
from lodestar.workbook.level.steps import added
from tests.charts.test_level import texts
from tests.support.builders import small_framework
from tests.support.levels import CASES, results

TRADE = [
    {"customer": "a", "date": f"2026-{month:02d}-15", "amount": 50_000.0} for month in (2, 5, 8, 11)
]


def marked(**changes: Any) -> dict[str, tuple[str, float]]:
    """The step and the place along its bar of each level that is marked."""
    spec = added(results(**changes)).chart.to_dict()
    rows = [row for frame in spec["datasets"].values() for row in frame if "kind" in row]
    return {row["kind"]: (row["label"][:6], row["at"]) for row in rows}


@pytest.mark.parametrize(
    ("chosen", "place"),
    [(4, ("3 to 4", 1.0)), (3.5, ("3 to 4", 0.5)), (1, ("1 to 2", 0.0)), (3, ("2 to 3", 1.0))],
)
def test_a_level_lies_as_far_into_its_step_as_it_is(
    chosen: float, place: tuple[str, float]
) -> None:
    """Every target of the small framework rises a level from 2 to 3 and from 3 to 4."""
    step, at = marked(chosen_level=chosen)["chosen"]
    assert (step, at) == (place[0], pytest.approx(place[1]))


def test_without_a_chosen_level_the_steps_stand_without_its_mark() -> None:
    assert set(marked(chosen_level=None)) == {"present"}


def test_figures_costs_and_sources_stand_beside_the_bars() -> None:
    exhibit = added(results(chosen_level=4))
    assert exhibit.table is not None
    heads = [column.label for column in exhibit.table.columns]
    third = dict(zip(heads, exhibit.table.rows[2], strict=True))
    assert third["Step"] == "3 to 4 Level 4"
    assert third["Targets that rise"] == "8"
    assert third["Cost a year (EUR)"] == "50,000"
    assert "EUR 50,000 a year" in texts(chart_svg(exhibit.chart))
    assert "3 to 4 Level 4: 1 level, EUR 50,000 a year" in exhibit.chart.to_dict()["description"]
    assert "second-hand" in exhibit.notes[1]


def test_coordination_is_shown_where_the_framework_marks_it() -> None:
    plain = added(results()).table
    assert plain is not None
    assert "Of it coordination" not in [column.label for column in plain.columns]
    first, second, third = small_framework().dimensions
    tying = type(third)(third.id, third.name, coordination=True)
    shown = results(framework=small_framework(dimensions=(first, second, tying)))
    assert "33 % of it coordination" in added(shown).chart.to_dict()["description"]


def test_the_cost_for_each_customer_who_recurs_stands_below_the_consequence() -> None:
    """3 → 4 costs 10,000 + 40,000 a year, and one customer recurs."""
    tables = {**CASES["all"]["tables"], "transactions": TRADE}
    notes = consequence(results(chosen_level=4, tables=tables)).notes
    assert notes[0].startswith("The last level costs EUR 50,000 a year for each of one recurring")
    assert not any("recur" in note for note in consequence(results(chosen_level=4)).notes)
