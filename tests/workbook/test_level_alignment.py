"""Exhibits of 02 and 04: each finding has one that draws, whatever the client leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lodestar.assess.results import Results
from lodestar.charts.render import chart_svg
from lodestar.engagement.model import Function
from lodestar.findings import alignment as alignment_findings
from lodestar.findings import level as level_findings
from lodestar.findings.model import Absent, Finding
from lodestar.workbook import alignment, level
from tests.charts.test_level import texts
from tests.support.levels import CASES, client, results

TOPICS = ((level_findings, level), (alignment_findings, alignment))


@pytest.mark.parametrize("case", CASES)
def test_every_finding_has_an_exhibit_that_draws(case: str) -> None:
    given = results(case)
    for sentences, exhibits in TOPICS:
        assert sentences.answer(given)
        for slot in sentences.findings(given):
            assert slot.id in exhibits.EXHIBITS
            if isinstance(slot, Absent):
                assert slot.reason
                continue
            exhibit = exhibits.EXHIBITS[slot.id](given)
            html = exhibit.table.html() if exhibit.table is not None else ""
            assert "nan" not in html.lower().replace("finance", "")
            if exhibit.chart is not None:
                assert exhibit.chart.to_dict()["description"]
                assert "NaN" not in " ".join(texts(chart_svg(exhibit.chart)))


def test_what_is_left_out_is_absent_and_the_rest_stands() -> None:
    found = {
        case: {s.id for f, _ in TOPICS for s in f.findings(results(case)) if isinstance(s, Finding)}
        for case in CASES
    }
    every = {s.id for topic, _ in TOPICS for s in topic.findings(results("all"))}
    assert every - found["all"] <= {
        "level.informants",
        "level.segments",
        "level.trend",
        "alignment.assets",
        "alignment.trend",
    }
    assert "level.informants" in found["rated-by-others"]
    assert found["nothing"] == {"level.steps"}
    assert found["customers-only"] == {"level.four", "level.experienced"}
    assert "alignment.index" not in found["half-rated"]
    assert "alignment.gaps" in found["half-rated"]
    assert "level.experienced" not in found["few-customers"]
    assert found["survey-of-four"] == {"level.steps"}


def test_withheld_cells_show_no_number() -> None:
    shown = client()
    rows = shown.wave.tables["ratings"].copy()
    cell = (rows["capability"] == "C03") & (rows["function"] == "service")
    rows.loc[cell, "basis"] = "survey"
    given = Results(shown.with_tables(ratings=rows))
    svg = chart_svg(alignment.EXHIBITS["alignment.gaps"](given).chart)
    assert texts(svg).count("×") == 1
    assert "−2.0" not in texts(svg)
    assert "One cell withheld" in " ".join(level.EXHIBITS["level.present"](given).notes)


def test_names_of_clients_are_text() -> None:
    shown = client()
    named = tuple(Function(f.id, "<script>x</script>") for f in shown.settings.functions[:1])
    settings = replace(shown.settings, functions=(*named, *shown.settings.functions[1:]))
    given = Results(replace(shown, settings=settings))
    for _, exhibits in TOPICS:
        for made in exhibits.EXHIBITS.values():
            exhibit = made(given)
            assert exhibit.table is None or "<script>" not in exhibit.table.html()


def test_table_of_gaps_is_the_ten_heaviest_in_order() -> None:
    given = results()
    table = alignment.EXHIBITS["alignment.gaps"](given).table
    assert table is not None
    assert len(table.rows) == 8
    assert table.rows[0][:2] == ("Listen", "Service")
