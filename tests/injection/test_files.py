"""Hostile text in what leaves as a file: CSV tables and the intake workbook hold no formula.

Oracle: openpyxl's type of a cell, and what spreadsheets and terminals are known to run.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml

from lodestar.cli.report import print_json, print_lines, print_problems
from lodestar.engagement import load
from lodestar.engagement.intake import new_client, write_intake
from lodestar.engagement.model import Function
from lodestar.errors import InputError, Problem
from lodestar.run.tables import csv_text
from lodestar.schema.letters import visible
from lodestar.schema.spreadsheets import safe_cell
from lodestar.serve.downloads import to_take
from lodestar.tables import Column, table
from tests.injection.poison import PAYLOADS
from tests.support.cases import BAD, GOOD, client_root

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
SEQUENCES = (
    "\x1b[2J",
    "\x9b31m",
    "\x1b]0;title\x07",
    "\u202eabc",
    "\u2066",
    "\x00",
    "\r",
    "\u2028",
)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_a_table_is_a_formula(payload: str, separator: str, tmp_path: Path) -> None:
    """Cells are cut as spreadsheets of other languages cut them, then stored by openpyxl."""
    text = csv_text([{"name": payload, "words": [payload, payload], payload: "x"}])
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text), delimiter=separator):
        book.active.append([re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", cell) for cell in row])
    cells = [cell for row in book.active for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    said = [str(cell.value).strip('" ') for cell in cells]
    assert not [one for one in said if one.startswith(SIGNS)]


@pytest.mark.parametrize("payload", [*PAYLOADS, "cut here;=1+1", "x|=1+1", "＝1+1", " \t=1+1"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_cell_of_a_table_taken_away_from_a_page_is_a_formula(
    payload: str, separator: str
) -> None:
    """Cut as spreadsheets of other languages cut them; numbers with a sign stay numbers."""
    rows = pd.DataFrame([{"name": payload, "n": -2.5}])
    html = table(rows, [Column("name", payload), Column("n", "Change", "number")]).html()
    (taken,) = to_take("a.finding", html)
    text = taken.file("csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    assert "-2.5" in text
    begun = [cell.strip('" ') for cell in cells if cell.strip('" ') != "-2.5"]
    assert not [cell for cell in begun if cell.startswith(SIGNS)]


@pytest.mark.parametrize("count", [2, 60])
def test_ids_in_the_intake_are_never_formulas(count: int, tmp_path: Path) -> None:
    """A list that is too long for a cell's rule stands on the guide's sheet."""
    engagement = load("acme", "", client_root(GOOD / "text-is-data", tmp_path))
    ids = tuple(f'=1+{at}"&A1' for at in range(count))
    functions = tuple(Function(id=one, name=one, weight=1) for one in ids)
    settings = replace(engagement.settings, functions=functions)
    write_intake(tmp_path / "intake.xlsx", engagement.framework, settings)
    book = openpyxl.load_workbook(tmp_path / "intake.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in cells if cell.value in ids]
    rules = [rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation]
    assert not [rule for rule in rules if "A1" in str(rule)]


@pytest.mark.parametrize(
    "name", ["two\nlines", "a: b # c", "{{7*7}}", "${client}", "'\"", "\u2028"]
)
def test_a_new_client_may_have_any_name(name: str, tmp_path: Path) -> None:
    folder = new_client(tmp_path, "acme", name)
    read = yaml.safe_load((folder / "engagement.yml").read_text(encoding="utf-8"))
    assert read["name"] == " ".join(name.split()) or read["name"] == "acme"


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_nothing_printed_steers_a_terminal(
    sequence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = f"a{sequence}b"
    print_json({said: [said]})
    print_lines([said])
    print_problems([Problem("x", said, said, said, 1, said, said)])
    out = capsys.readouterr()
    assert sequence not in out.out + out.err
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out.out + out.err
    )
    assert visible("Zoé 東京\n\tשלום") == "Zoé 東京\n\tשלום"


@pytest.mark.parametrize(("table", "column"), [("outcomes", 1), ("comments", 2)])
def test_ten_megabytes_in_a_cell_are_refused_in_a_few_words(
    table: str, column: int, tmp_path: Path
) -> None:
    root = client_root(BAD / "cell-blank", tmp_path)
    path = root / "acme" / "inputs" / "2026-Q4" / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[1][column] = "<b>" * (10 * 2**20 // 3)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    with pytest.raises(InputError) as refused:
        load("acme", "", root)
    said = [one for one in refused.value.problems if one.code == "too-long"]
    assert [(one.file, one.row) for one in said] == [(f"inputs/2026-Q4/{table}.csv", 2)]
    assert len(str(refused.value)) < 5_000


def test_ten_megabytes_in_the_settings_are_refused_in_a_few_words(tmp_path: Path) -> None:
    root = client_root(BAD / "cell-blank", tmp_path)
    path = root / "acme" / "engagement.yml"
    text = path.read_text(encoding="utf-8").replace("Acme plc", "A" * 10 * 2**20)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load("acme", "", root)
    assert "at most 32,767" in str(refused.value)
    assert len(str(refused.value)) < 5_000


def test_no_part_of_what_is_said_is_lost_by_quoting() -> None:
    for payload in PAYLOADS:
        assert str(safe_cell(payload)).replace("'", "") == payload.replace("'", "")


@pytest.mark.parametrize("table", ["comments", "respondents"])
def test_ten_megabytes_in_a_cell_are_refused_in_few_words(table: str, tmp_path: Path) -> None:
    """Oracle: the message names file, row and column and is shorter than a page."""
    folder = client_root(GOOD / "text-is-data", tmp_path) / "acme"
    (inputs,) = sorted((folder / "inputs").iterdir())[-1:]
    huge = "=cmd|'/c calc'!A1 " * 560_000
    head, row = {
        "comments": ("respondent,topic,text", f'p1,pace,"{huge}"'),
        "respondents": ("respondent,group,segment", f'p1,customer,"{huge}"'),
    }[table]
    (inputs / f"{table}.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load("acme", "", tmp_path)
    told = [p for p in refused.value.problems if p.code == "too-long"]
    assert [(p.file, p.row) for p in told] == [(f"inputs/{inputs.name}/{table}.csv", 2)]
    assert len(str(refused.value)) < 4_000
