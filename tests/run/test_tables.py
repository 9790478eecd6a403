"""Result lists as CSV. Oracle: Python's csv reader, and what a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.run.tables import csv_text, result_lists
from lodestar.schema.spreadsheets import safe_cell

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_lists_of_records_become_tables_by_their_place() -> None:
    document = {
        "conflicts": {"items": [{"a": "m1", "path": ["m1", "n2"]}], "untraceable": ["m9"]},
        "alignment": {"gaps": [], "parts": {"height": 1}},
        "findings": [{"id": "level.four", "evidence": ["/level"]}],
    }
    assert result_lists(document) == {
        "conflicts.items": "a,path\nm1,m1; n2\n",
        "findings": "id,evidence\nlevel.four,/level\n",
    }


def test_columns_are_the_union_in_order_of_appearance() -> None:
    rows = read(csv_text([{"a": 1}, {"b": {"low": 0.5, "high": None}, "a": 2}]))
    assert rows == [["a", "b.low", "b.high"], ["1", "", ""], ["2", "0.5", ""]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =cmd|' /C calc'!A0"]
)
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell([text]) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["a;=1+1", 'a";=1', "a\t@SUM(1)", "a\n+1+cmd|'/c x'!A1", "\u00a0=1"]
)
def test_no_part_is_a_formula_where_cells_are_cut_at_another_sign(text: str) -> None:
    parts = re.split(r"[;\t\r\n]", safe_cell(text))
    assert not [part for part in parts if part.strip('" \u00a0').startswith(("=", "+", "-", "@"))]


def _bare(text: str) -> str:
    """The words without the quotes that keep a spreadsheet from running them."""
    return text.replace("'", "")


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXT, min_size=1), min_size=1, max_size=4))
def test_every_cell_is_read_back_as_written_and_none_is_a_formula(
    rows: list[dict[str, str]],
) -> None:
    head, *body = read(csv_text(rows))
    for row, cells in zip(rows, body, strict=True):
        shown = dict(zip(head, cells, strict=True))
        assert all(_bare(shown[key]) == _bare(value) for key, value in row.items())
        assert not [c for c in cells if c.lstrip(" ").startswith(("=", "+", "-", "@"))]
