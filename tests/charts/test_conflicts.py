"""Charts and exhibits of 03: what they draw, in words and numbers, for every kind of register."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from lodestar.charts.conflicts import before_after, history_dots, roof, severity_bars
from lodestar.charts.render import chart_svg
from lodestar.findings.conflicts import findings
from lodestar.findings.conflicts.rows import apart, severity_rows
from lodestar.findings.model import Finding
from lodestar.workbook.card import finding_card
from lodestar.workbook.conflicts import EXHIBITS
from lodestar.workbook.conflicts.layout import WIDTH, drawing
from tests.support.conflicts import CASES, field_results, field_tables, planted_history


def texts(chart):
    """Every text of a chart's data."""
    spec = chart.to_dict()
    return json.dumps(spec["datasets"], ensure_ascii=False)


@pytest.mark.parametrize("name", CASES)
def test_every_finding_has_an_exhibit_that_draws(name):
    results = field_results(CASES[name])
    for slot in findings(results):
        assert slot.id in EXHIBITS
        if isinstance(slot, Finding):
            exhibit = EXHIBITS[slot.id](results)
            if exhibit.chart is not None:
                assert exhibit.chart.to_dict()["description"]
                assert chart_svg(exhibit.chart).startswith("<svg")
            if exhibit.table is not None:
                assert "nan" not in exhibit.table.html()


def test_roof_is_a_staircase_with_customers_first():
    results = field_results()
    chart = EXHIBITS["conflicts.worst"](results).chart
    spec = chart.to_dict()
    frame = pd.DataFrame(next(iter(spec["datasets"].values())))
    assert frame["column"].iloc[0] == "Customers"
    pairs = [frozenset(pair) for pair in zip(frame["row"], frame["column"], strict=True)]
    assert len(set(pairs)) == len(pairs)
    assert frame["share"].max() == 1.0
    drawn = frame.loc[frame["share"] > 0]
    assert len(drawn) == len(results["conflicts"]["functions"])


def test_network_holds_the_path_and_stays_in_its_frame():
    results = field_results()
    item = next(i for i in results["conflicts"]["items"] if i["b"] == "service_cost")
    made = drawing(results, item)
    on_path = made.nodes[made.nodes["on_path"]].sort_values("x")
    assert [label.replace("\n", " ") for label in on_path["label"]] == [
        "Logistics cost",
        "Deliveries split",
        "Contacts",
        "Service cost",
    ]
    assert made.nodes["x"].between(0, WIDTH).all()
    assert made.nodes["y"].between(0, made.height).all()
    assert made.links["on_path"].sum() == 3
    assert made.links.loc[made.links["on_path"], "sign"].tolist() == ["+", "+", "−"] or set(
        made.links.loc[made.links["on_path"], "sign"]
    ) == {"+", "−"}
    flat = made.links[made.links["on_path"]]
    assert flat["angle"].tolist() == pytest.approx([90.0] * 3)
    assert set(on_path["owner"]) >= {"Operations: paid ↓", "Service: paid ↓"}


def test_a_lever_stands_between_what_it_pushes():
    results = field_results(CASES["lever"])
    made = drawing(results, results["conflicts"]["items"][0])
    lever = made.nodes.loc[made.nodes["label"] == "Depots"].iloc[0]
    assert made.nodes["x"].min() < lever["x"] < made.nodes["x"].max()
    assert sorted(made.links["angle"].tolist()) == pytest.approx([90.0, 270.0])


def test_bars_are_shaded_by_evidence_and_show_the_threshold():
    results = field_results()
    rows = severity_rows(results, results["conflicts"]["items"][:3])
    spec = severity_bars(rows, 0.02, "worst").to_dict()
    shades = spec["layer"][0]["encoding"]["color"]["scale"]
    assert shades["domain"] == ["measured", "observed", "stated", "assumed"]
    assert len(set(shades["range"])) == 4
    (drawn,) = spec["datasets"].values()
    assert [row["label"] for row in drawn] == rows["label"].tolist()
    assert {row["threshold"] for row in drawn} == {0.02}
    assert spec["layer"][0]["encoding"]["y"]["sort"] is None


def test_equal_short_names_keep_their_own_bar():
    results = field_results()
    item = results["conflicts"]["items"][0]
    rows = severity_rows(results, [item, item])
    assert rows["label"].nunique() == 2
    assert rows["label"].str.strip("\u200b").nunique() == 1


def test_names_that_begin_alike_are_told_apart():
    names = [
        "Waits over four hours, major departments",
        "Waits over four hours, minor injury units",
    ]
    assert apart(names, 26) == ["…hours, major departments", "…hours, minor injury units"]
    assert apart(["Waits, here", "Waits, in a far country"], 8) == ["…here", "…country"]


def test_history_looks_tell_agreement_from_doubt():
    results = field_results(field_tables(history=planted_history(sign=1.0)))
    said = texts(EXHIBITS["conflicts.measured"](results).chart)
    assert "against" in said
    assert "history disagrees" in said
    frame = pd.DataFrame(
        [{"label": "a → b", "r": 0.2, "look": "missed", "text": "+0.20, same month; not found"}]
    ).assign(low=None, high=None)
    assert "not found" in texts(history_dots(frame, 0.45, "nothing found"))


def test_plan_shows_both_states_and_every_change():
    results = field_results()
    exhibit = EXHIBITS["conflicts.repairs"](results)
    said = texts(exhibit.chart)
    assert f"{results['conflicts']['severe']} today" in said
    assert "0 after" in said
    assert len(exhibit.table.rows) == len(results["conflicts"]["repairs"]["changes"])


def test_charts_take_plain_frames():
    cells = pd.DataFrame(
        [{"row": "A", "column": "B", "share": 1.0, "text": "0.1", "count": "1 severe of 1"}]
    )
    assert roof(cells, ["A"], ["B"], "A and B").to_dict()["width"] > 0
    bars = pd.DataFrame(
        [{"label": "x", "when": w, "share": s, "text": w} for w, s in (("before", 1), ("after", 0))]
    )
    assert before_after(bars, ["x"], "x").to_dict()["height"] > 0


def test_client_text_is_escaped_in_tables_and_folds():
    tables = field_tables()
    tables["metrics"][1]["name"] = "<script>alert(1)</script>"
    results = field_results(tables)
    for slot in findings(results):
        if isinstance(slot, Finding):
            html = finding_card(slot, EXHIBITS[slot.id](results)).html
            assert "<script>alert" not in html
    worst = finding_card(findings(results)[3], EXHIBITS["conflicts.paths"](results)).html
    assert "&lt;script&gt;" in worst
