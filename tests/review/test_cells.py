"""Executed notebooks compared. Oracles: cells changed on purpose; a run against itself."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from lodestar.review.cells import CONTROLS, CellChange, compare_cells
from lodestar.review.pieces import pieces_of
from tests.support.review import chart, html, notebook

ROWS = [{"label": "Height", "level": 2.5}, {"label": "Local", "level": 1.0}]
Output = dict[str, Any]


def _changes(before: list[Output], after: list[Output]) -> list[CellChange]:
    return compare_cells(notebook(("a", "x", before)), notebook(("a", "x", after)))


def _one(before: list[Output], after: list[Output]) -> CellChange:
    (change,) = _changes(before, after)
    return change


def test_the_demos_notebooks_do_not_differ_from_themselves(demo_root: Path) -> None:
    for path in sorted((demo_root / "demo" / "runs" / "2026-Q4").glob("*.ipynb")):
        book = json.loads(path.read_text(encoding="utf-8"))
        assert compare_cells(book, copy.deepcopy(book)) == []


def test_a_changed_value_of_a_chart_is_one_cell_of_its_data() -> None:
    rows = [{**ROWS[0], "level": 3.0}, ROWS[1]]
    change = _one([chart(ROWS, "AAAA")], [chart(rows, "BBBB")])
    ((leaf,),) = change.charts
    assert (leaf.names, leaf.path.split(".")[-1]) == ((("label", "Height"),), "level")
    assert (leaf.before, leaf.after) == (2.5, 3.0)
    assert not change.text


def test_a_changed_encoding_is_told_without_the_rest_of_the_specification() -> None:
    ((leaf,),) = _one([chart(ROWS)], [chart(ROWS, mark="point")]).charts
    assert (leaf.path, leaf.before, leaf.after) == ("mark.type", "bar", "point")


def test_pictures_are_never_compared_as_text() -> None:
    change = _one([chart(ROWS, "AAAA")], [chart(ROWS, "BBBB")])
    assert change.drawn
    assert "BBBB" not in str(change)
    image = '<p>Same words <img alt="{}" src="data:image/png;base64,{}"></p>'
    assert _one([html(image.format("a", "CCCC"))], [html(image.format("a", "DDDD"))]).drawn


TABLE = (
    "<table class='ls-table'><thead><tr><th scope='col'>Dimension</th><th>Level</th></tr></thead>"
    "<tbody>{}</tbody></table>"
)


def _table(**cells: str) -> Output:
    rows = (f"<tr><td>{name}</td><td>{level}</td></tr>" for name, level in cells.items())
    return html(TABLE.format("".join(rows)))


def test_a_table_is_compared_cell_by_cell_wherever_its_row_stands() -> None:
    change = _one([_table(Focus="2.5", Flow="3.0")], [_table(Flow="3.5", Focus="2.5")])
    ((leaf,),) = change.tables
    assert (leaf.names, leaf.before, leaf.after) == ((("Dimension", "Flow"),), "3.0", "3.5")


def test_text_is_compared_line_by_line_and_source_by_source() -> None:
    words = _one([html("<h3>61 of 100</h3><p>Same</p>")], [html("<h3>64 of 100</h3><p>Same</p>")])
    assert words.text == (("61 of 100", "64 of 100"),)
    (source,) = compare_cells(notebook(("a", "x\ny", [])), notebook(("a", "x\nz", [])))
    assert source.source == (("y", "z"),)


def test_cells_added_and_gone_are_found_by_their_ids() -> None:
    before = notebook(("a", "x", []), ("b", "y", []))
    after = notebook(("c", "z", []), ("a", "x", []))
    assert [(one.cell, one.kind) for one in compare_cells(before, after)] == [
        ("c", "added"),
        ("b", "gone"),
    ]


def _with_slider(value: float) -> dict[str, Any]:
    state = {"description": "Chosen level", "value": value, "min": 1, "max": 5}
    model = {"model_name": "FloatSliderModel", "state": state}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"m1": model}}}
    return {**notebook(), "metadata": {"widgets": widgets}}


def test_stored_controls_are_compared_by_what_they_show() -> None:
    (change,) = compare_cells(_with_slider(4), _with_slider(3.5))
    assert change.cell == CONTROLS
    ((before, after),) = change.text
    assert "Chosen level" in before
    assert "3.5" in after


def test_a_broken_specification_is_left_to_the_text() -> None:
    output = html('<script type="application/json" class="ls-spec">{oops</script><p>Words</p>')
    assert pieces_of(output).lines == ["Words"]
    assert pieces_of(output).charts == []


def test_rows_that_begin_alike_are_matched_in_their_turn() -> None:
    before = _rows(("Inputs", "abc"), ("Correction", "one"), ("Correction", "two"))
    after = _rows(("Inputs", "def"), ("Correction", "one"), ("Correction", "three"))
    (leaves,) = _one([before], [after]).tables
    assert [(leaf.path, leaf.before, leaf.after) for leaf in leaves] == [
        ("Correction (2).Level", "two", "three"),
        ("Inputs.Level", "abc", "def"),
    ]


def _rows(*rows: tuple[str, str]) -> Output:
    return html(TABLE.format("".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)))
