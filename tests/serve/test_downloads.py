"""What can be taken away. Oracle: cards of a few rows, read back by the csv module."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.serve.downloads import file_name, offered, to_take
from lodestar.tables import Column, Picture, table
from tests.serve.test_drawing import figure

import pandas as pd  # isort: skip


def shown(*cells: str, number: bool = False) -> str:
    frame = pd.DataFrame({"a": list(cells), "b": [Picture("<svg/>", "rising")] * len(cells)})
    columns = [Column("a", "Name, %"), Column("b", "Trend", "picture")]
    return table(frame, columns, "Caption").html()


def read(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_each_chart_takes_the_tables_that_follow_it() -> None:
    card = f"{figure('<g/>')}{shown('A')}{figure('<g/>')}{shown('B')}{shown('C')}"
    first, second = to_take("level.four", card)
    assert (first.name, second.name) == ("level.four", "level.four-2")
    assert read(first.file("csv")) == [["Name, %", "Trend"], ["A", "rising"]]
    rows = [row[0] for row in read(second.file("csv")) if row]
    assert rows == ["Name, %", "B", "Name, %", "C"]
    assert first.file("svg").startswith(b"<svg")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    (one,) = to_take("x", shown(text))
    assert read(one.file("csv"))[1][0] == f"'{text.strip()}"


@pytest.mark.parametrize("number", ["−0.5", "+1,234.5", "−31 %", "-7"])
def test_numbers_stay_numbers(number: str) -> None:
    (one,) = to_take("x", shown(number))
    assert read(one.file("csv"))[1][0] == number.replace("−", "-")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60))
def test_a_file_holds_what_the_table_shows_and_begins_no_formula(text: str) -> None:
    (one,) = to_take("x", shown(f"n{text}"))
    kept = read(one.file("csv"))[1][0]
    assert kept.replace("'", "") == f"n{text}".strip().replace("−", "-").replace("'", "")
    assert not re.search(r"[;|][\s\"]*[=@]", kept)


def test_links_stand_under_the_figures_and_lead_below_the_page() -> None:
    inside = f"{figure('<g/>')}<details class='ls-figures'>{shown('A')}</details>"
    page = offered(f'<section class="ls-card" id="level.four">{inside}</section>', "02_level")
    assert page.index("</table>") < page.index("ls-take") < page.index("</details>")
    assert 'href="02_level/level.four.csv" download' in page
    assert 'href="02_level/level.four.svg" download' in page


def test_a_file_says_whose_and_when() -> None:
    assert file_name("acme", "2026-Q4", "a/../b", "svg") == "acme_2026-Q4_a-..-b.svg"
