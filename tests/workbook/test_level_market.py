"""Exhibits of the required level and the offer: what their tables and notes say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lodestar.assess.results import Results
from lodestar.charts.render import chart_svg
from lodestar.engagement.model import Engagement
from lodestar.framework import load_framework
from lodestar.tables import Table
from lodestar.workbook.level import EXHIBITS
from tests.charts.test_level import texts
from tests.support.levels import client, context, results


def shown(name: str, given: Results) -> Table:
    table = EXHIBITS[name](given).table
    assert table is not None
    return table


def shipped() -> Engagement:
    """A small client scored on the shipped framework's factors."""
    made = client("all")
    factors = load_framework("customer-alignment").factors
    return replace(made, framework=replace(made.framework, factors=factors))


def test_disputed_factors_are_marked_in_chart_table_and_note() -> None:
    exhibit = EXHIBITS["level.required"](Results(shipped()))
    cells = [cell for row in shown("level.required", Results(shipped())).rows for cell in row]
    assert {"mixed; studies disagree", "moderate; studies disagree"} <= set(cells)
    assert "moderate; studies disagree" in texts(chart_svg(exhibit.chart))
    notes = " ".join(exhibit.notes)
    for study in ("Slater and Narver 1994", "Kumar et al. 2011", "Kirca 2005", "Cano 2004"):
        assert study in notes
    assert "mean rwg 0.50" in notes


def test_table_shows_agreement_factor_by_factor() -> None:
    table = shown("level.required", results("all"))
    places = {column.label: i for i, column in enumerate(table.columns)}
    for row in table.rows:
        assert row[places["Raters apart, points"]] == "0.7"
        assert row[places["Agreement 0–1"]] == "0.50"


def test_few_survey_raters_show_words_for_numbers() -> None:
    rows = [{**r, "basis": "survey"} if r["factor"] == "R9" else r for r in context()]
    given = Results(client("all", tables={"context": rows}))
    row = next(r for r in shown("level.required", given).rows if r[0] == "Factor 9")
    assert row[1:5] == ("too few to show",) * 4


def test_the_way_from_offer_to_level_in_figures() -> None:
    rows = {row[0]: row[1:] for row in shown("level.offer", results("all")).rows}
    assert rows["Factor 1"][0] == rows["Factor 2"][0] == "3.0"
    assert rows["Shift by the market"][0] == "0.0"
    assert rows["Required level"][0] == "3.0"
    assert "3: " in rows["Base: what the offer asks for"][3]


@pytest.mark.parametrize("raters", [1, 2])
def test_offer_is_drawn_without_a_range_or_a_level(raters: int) -> None:
    only = [row for row in context(raters) if row["factor"] in ("R1", "R2")]
    given = Results(client("all", tables={"context": only}))
    exhibit = EXHIBITS["level.offer"](given)
    said = texts(chart_svg(exhibit.chart))
    assert "level 3" in said
    assert "Required level" not in said
    assert "nan" not in shown("level.offer", given).html().lower()
