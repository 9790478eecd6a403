"""The roof of measures, where pay points, sparklines, folds. Oracles: results; laws of drawing."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.charts.conflicts import GLYPHS, sign_matrix
from lodestar.charts.conflicts.matrix import SHADES
from lodestar.charts.render import chart_svg
from lodestar.charts.spark import HEIGHT, WIDTH, spark
from lodestar.findings.conflicts.pairs_words import standing
from lodestar.findings.conflicts.told import told
from lodestar.tables import Picture
from lodestar.workbook.conflicts import EXHIBITS
from tests.support.colour import contrast
from tests.support.conflicts import (
    CASES,
    DOUBT,
    field_results,
    field_tables,
    link,
    metric,
    outcome,
    planted_history,
)


def tiles(chart):
    """The cells of a matrix as they are drawn."""
    spec = chart.to_dict()
    rows = next(r for r in spec["datasets"].values() if r and "glyph" in r[0])
    return {(row["row"], row["column"]): row for row in rows}


def review(a, b, kind, verdict):
    row = {"a": a, "b": b, "kind": kind, "verdict": verdict, "reason": "Agreed"}
    return row | {"reviewer": "COO", "date": pd.Timestamp("2026-11-01")}


@pytest.mark.parametrize("name", CASES)
def test_the_matrix_draws_every_cell_once_with_its_sign(name):
    results = field_results(CASES[name])
    held = results["conflicts"]["matrix"]
    exhibit = EXHIBITS["conflicts.matrix"](results)
    if not held["cells"]:
        assert exhibit.chart is None
        return
    whole = next((f.chart for f in exhibit.folds if f.chart is not None), exhibit.chart)
    drawn = tiles(whole)
    n, outcomes = len(held["metrics"]), len(held["outcomes"])
    assert len(drawn) == n * (n - 1) // 2 + n * outcomes
    told_of = sorted(GLYPHS[cell["sign"]] for cell in held["cells"])
    assert sorted(cell["glyph"] for cell in drawn.values() if cell["glyph"]) == told_of
    assert sum(c["severe"] for c in drawn.values()) == sum(c["severe"] for c in held["cells"])


def test_the_matrix_opens_on_the_worst_and_holds_the_whole_folded():
    results = field_results()
    exhibit = EXHIBITS["conflicts.matrix"](results)
    ends = {i[end] for i in standing(results["conflicts"])[:10] for end in ("a", "b")}
    assert exhibit.folds[0].title == "The whole register: four paid measures and three outcomes"
    assert len(tiles(exhibit.chart)) < len(tiles(exhibit.folds[0].chart))
    assert "profit" not in ends


def test_a_mixed_pair_is_told_by_its_sign_and_its_shade():
    drawn = tiles(EXHIBITS["conflicts.matrix"](field_results(DOUBT)).chart)
    assert [cell["glyph"] for cell in drawn.values()] == ["±"]


def test_signs_and_shades_are_told_apart_without_hue():
    shades = [SHADES[glyph] for glyph in ("−", "±", "+")]
    assert all(contrast(a, b) >= 1.5 for a, b in pairwise(shades))
    assert contrast(shades[0], "#ffffff") >= 4.5, "the minus is written in the card's colour"
    assert len({GLYPHS[word] for word in ("opposing", "mixed", "reinforcing")}) == 3


def test_a_matrix_of_forty_stays_within_a_card():
    rows = [f"{k}. Measure" for k in range(1, 41)]
    columns = [str(k) for k in range(1, 41)]
    cells = pd.DataFrame([{"row": rows[1], "column": "1", "glyph": "−", "severe": True}])
    owners = pd.DataFrame([{"row": rows[0], "column": "1", "text": "Sales"}])
    spec = sign_matrix(cells, rows, columns, owners, "forty").to_dict()
    assert spec["width"] <= 620
    assert chart_svg(spec).startswith("<svg")


def test_paths_offer_the_ten_worst_each_with_its_sentence_and_network():
    results = field_results()
    shown = standing(results["conflicts"])[:10]
    folds = EXHIBITS["conflicts.paths"](results).folds
    assert [f.open for f in folds] == [True] + [False] * (len(shown) - 1)
    for place, (fold, item) in enumerate(zip(folds, shown, strict=True), 1):
        assert fold.title == f"{place}. {told(results, item)}."
        assert fold.chart.to_dict()["description"] == f"{told(results, item)}."


def test_the_table_says_class_doubt_evidence_history_and_verdict():
    tables = field_tables(
        history=planted_history(),
        conflict_reviews=[
            review("logistics_cost", "service_cost", "structural", "confirmed"),
            review("contracts_signed", "first_contact_fix", "structural", "dismissed"),
        ],
    )
    results = field_results(tables)
    exhibit = EXHIBITS["conflicts.matrix"](results)
    labels = [column.label for column in exhibit.table.columns]
    assert {"Class", "Kind", "Determinacy", "Weakest link", "History", "Verdict"} <= set(labels)
    clash = next(r for r in exhibit.table.rows if r[1] == "Logistics cost → Service cost")
    said = dict(zip(labels, clash, strict=True))
    assert said["Class"] == "unit against unit"
    assert said["Verdict"] == "confirmed: Agreed (COO, 2026-11-01)"
    assert said["Severity (0–1)"].endswith(" severe")
    assert isinstance(said["Series"], Picture)
    assert re.search(
        r"Logistics cost: from [\d.,−-]+ to [\d.,−-]+ in \d+ months", said["Series"].text
    )
    assert "Contracts signed → First contact fix" not in {row[1] for row in exhibit.table.rows}
    gone = next(fold for fold in exhibit.folds if "dismissed" in fold.title)
    assert gone.title == "One conflict you have dismissed"
    assert gone.table.rows[0][1] == "Contracts signed → First contact fix"


def test_a_dismissed_conflict_is_not_the_one_told_first():
    first = standing(field_results()["conflicts"])[0]
    kept = field_results(
        field_tables(conflict_reviews=[review(first["a"], first["b"], first["kind"], "dismissed")])
    )
    told_first = EXHIBITS["conflicts.paths"](kept).folds[0].title
    assert told_first != f"1. {told(kept, first)}."
    assert kept["conflicts"]["severe"] == field_results()["conflicts"]["severe"], "a fact stays"
    assert "still counted as severe" in EXHIBITS["conflicts.matrix"](kept).notes[-1]
    assert not EXHIBITS["conflicts.matrix"](field_results()).notes[1:]


def test_dots_stand_at_the_cosine_and_below_nothing_are_diamonds():
    results = field_results()
    spec = EXHIBITS["conflicts.direction"](results).chart.to_dict()
    known = {row["cosine"] for row in results["conflicts"]["functions_alignment"] if row["cosine"]}
    drawn = {row["cosine"] for rows in spec["datasets"].values() for row in rows if "label" in row}
    assert drawn == known
    shapes = [layer["mark"].get("shape") for layer in spec["layer"] if "shape" in layer["mark"]]
    assert shapes == ["diamond", "circle"]
    assert json.dumps(spec["layer"][0]).count("cosine") == 1


VALUES = st.lists(st.none() | st.floats(-1e6, 1e6), max_size=40)


@given(st.lists(VALUES, min_size=1, max_size=2))
def test_sparklines_stay_in_their_frame_and_break_where_a_month_is_missing(series):
    svg = spark(series)
    points = [tuple(map(float, p.split(","))) for p in re.findall(r"[-\d.]+,[-\d.]+", svg)]
    assert len(points) == sum(value is not None for values in series for value in values)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_an_own_scale_puts_the_largest_value_on_top():
    low, high = re.findall(r"[\d.]+,([\d.]+)", spark([[1.0, 9.0]]))
    assert float(high) < float(low)


def test_paths_both_ways_that_one_side_outweighs_lie_folded_with_both():
    tables = {
        "metrics": [metric("a", "sales"), metric("b", "service")],
        "nodes": [{"node": "x", "name": "X", "kind": "driver"}],
        "links": [link("a", "b", "-", 0.9), link("a", "x", "+", 0.3), link("x", "b", "+", 0.5)],
    }
    results = field_results(tables)
    (fold,) = EXHIBITS["conflicts.contested"](results).folds
    assert fold.title == "Paths both ways, one outweighs: one pair"
    _, _, _, path, other = fold.table.rows[0]
    assert ", on balance, which Service is paid to raise" in path
    assert other == "A ↑ → X ↑ → B ↑"


def test_where_rules_are_worst_the_whole_register_is_drawn():
    rules = [{"node": f"r{k}", "name": f"R{k}", "kind": "policy"} for k in range(12)]
    outcomes = [outcome("o", importance=1.0), outcome("p", importance=1.0)]
    tables = {
        "metrics": [metric("a", "sales", incentive=0.01)],
        "nodes": rules,
        "outcomes": outcomes,
        "links": [
            link("a", "o", "-", 0.9),
            link("a", "p", "-", 0.9),
            *(link(rule["node"], "a", "+", 0.9) for rule in rules),
        ],
    }
    results = field_results(tables)
    worst = standing(results["conflicts"])[:10]
    assert {item["kind"] for item in worst} == {"policy"}
    exhibit = EXHIBITS["conflicts.matrix"](results)
    assert len(tiles(exhibit.chart)) == 2
