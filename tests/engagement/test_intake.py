"""Beginning an engagement: a folder that checks, an intake that reads back as the CSV files.

Oracle: the CSV files of the base client, which the filled intake must equal.
"""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from lodestar.engagement import check, load, load_settings
from lodestar.engagement.intake import new_client, write_intake
from lodestar.errors import InputError
from lodestar.schema.tables import TABLES
from tests.support.cases import BAD

BASE = BAD / "base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root that holds the base client."""
    shutil.copytree(BASE, tmp_path / "acme")
    return tmp_path


def _typed(table: str, column: str, text: str) -> object:
    """A cell as a person enters it: real numbers and days, text elsewhere."""
    kind = TABLES[table].column(column).type
    if text in ("", "na"):
        return text or None
    if kind in ("number", "whole"):
        return float(text)
    return datetime.fromisoformat(text) if kind == "date" else text


def test_a_filled_intake_equals_the_csv_files(root: Path) -> None:
    wanted = load("acme", "", root)
    inputs = root / "acme" / "inputs" / "2026-Q4"
    settings, framework = load_settings("acme", root)
    write_intake(inputs / "intake.xlsx", framework, settings)
    book = openpyxl.load_workbook(inputs / "intake.xlsx")
    for path in sorted(inputs.glob("*.csv")):
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                book[path.stem].append([_typed(path.stem, *cell) for cell in row.items()])
        path.unlink()
    book.save(inputs / "intake.xlsx")
    read = load("acme", "", root)
    assert set(read.wave.tables) == set(wanted.wave.tables)
    for name, frame in wanted.wave.tables.items():
        pd.testing.assert_frame_equal(read.wave.tables[name], frame)
    assert read.wave.left_out == wanted.wave.left_out


def test_an_empty_intake_has_a_sheet_a_table_and_no_fault(root: Path) -> None:
    inputs = root / "acme" / "inputs" / "2026-Q4"
    settings, framework = load_settings("acme", root)
    write_intake(inputs / "intake.xlsx", framework, settings)
    assert check("acme", "", root).ok
    book = openpyxl.load_workbook(inputs / "intake.xlsx")
    assert book.sheetnames == ["guide", *TABLES]
    for name, table in TABLES.items():
        header = book[name][1]
        assert [cell.value for cell in header] == list(table.names)
        assert all(cell.comment.text for cell in header)
        assert [cell.font.bold for cell in header] == [not c.optional for c in table.columns]


def test_cells_offer_the_words_they_may_hold(root: Path) -> None:
    settings, framework = load_settings("acme", root)
    path = root / "intake.xlsx"
    write_intake(path, framework, settings)
    book = openpyxl.load_workbook(path)
    rules = {str(rule.sqref)[0]: rule for rule in book["metrics"].data_validations.dataValidation}
    assert rules["C"].formula1 == '"sales,service,finance"'
    assert rules["D"].formula1 == '"up,down,target"'
    assert (rules["H"].type, rules["H"].formula1, rules["H"].formula2) == ("decimal", "0", "1")
    (item,) = (
        rule
        for rule in book["responses"].data_validations.dataValidation
        if str(rule.sqref).startswith("B")
    )
    cells = book["guide"][item.formula1.removeprefix("guide!").replace("$", "")]
    assert [cell.value for (cell,) in cells] == [item.id for item in framework.items]


@pytest.mark.parametrize("name", ["Acme plc", 'Söhne: "die" & Co', "yes", "2026", "- a # b", " "])
def test_a_new_client_checks_but_for_its_period(name: str, tmp_path: Path) -> None:
    folder = new_client(tmp_path, "acme", name)
    assert [problem.code for problem in check("acme", "", tmp_path).problems] == ["no-period"]
    (folder / "inputs" / "2026-Q4").mkdir()
    assert load("acme", "", tmp_path).settings.name == (name.strip() or "acme")


@pytest.mark.parametrize(
    ("client", "code"), [("../acme", "client-name"), ("", "client-name"), ("here", "client-exists")]
)
def test_a_new_client_needs_a_free_plain_name(client: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with pytest.raises(InputError) as raised:
        new_client(tmp_path, client, "Acme")
    assert raised.value.problems[0].code == code
    assert [path.name for path in tmp_path.iterdir()] == ["here"]
