"""Input rows. Oracles: rows changed on purpose; sets of keys by brute force."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lodestar.provenance import file_hash
from lodestar.review.difference import compare_sides
from lodestar.review.inputs import FEW, SOME, Inputs, compare_inputs
from lodestar.review.page import difference_page
from lodestar.review.sides import Side
from tests.support.review import side_of

HEAD = "outcome,name,beneficiary,importance"
ROWS = st.dictionaries(
    st.sampled_from([f"o{i}" for i in range(8)]),
    st.tuples(st.sampled_from(["On time", "Warm", "<b>", "a; b"]), st.integers(0, 4)),
    max_size=8,
)
Rows = dict[str, tuple[str, int]]


def _outcomes(rows: Rows) -> str:
    lines = [f'{key},"{name}",customer,{weight / 4}' for key, (name, weight) in rows.items()]
    return "\n".join([HEAD, *lines]) + "\n"


def _compared(folder: Path, before: dict[str, str], after: dict[str, str]) -> Inputs:
    return compare_inputs(*_sides(folder, before, after))


def _sides(folder: Path, before: dict[str, str], after: dict[str, str]) -> tuple[Side, Side]:
    made = [
        side_of(folder / name, files={f"inputs/2026-Q4/{file}": text for file, text in of.items()})
        for name, of in (("before", before), ("after", after))
    ]
    return made[0], made[1]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ROWS, after=ROWS)
def test_rows_added_gone_and_changed_are_those_of_the_keys(
    tmp_path: Path, before: Rows, after: Rows
) -> None:
    found = _compared(
        tmp_path, {"outcomes.csv": _outcomes(before)}, {"outcomes.csv": _outcomes(after)}
    )
    told = {(row.kind, row.key["outcome"]) for one in found.tables for row in one.rows}
    both = set(before) & set(after)
    assert told == {
        *(("added", key) for key in set(after) - set(before)),
        *(("gone", key) for key in set(before) - set(after)),
        *(("changed", key) for key in both if before[key] != after[key]),
    }


def test_a_changed_cell_is_told_old_and_new_with_file_and_row(tmp_path: Path) -> None:
    before = f"{HEAD}\no1,On time,customer,0.5\no2,Warm,customer,1\n"
    after = f"{HEAD}\no2,Warm,customer,1\no1,On time,customer,0.75\n"
    (table,) = _compared(tmp_path, {"outcomes.csv": before}, {"outcomes.csv": after}).tables
    (row,) = table.rows
    assert (table.table, table.file_after) == ("outcomes", "inputs/2026-Q4/outcomes.csv")
    assert (row.kind, row.key, row.row_before, row.row_after) == (
        "changed",
        {"outcome": "o1"},
        2,
        3,
    )
    (cell,) = row.cells
    assert (cell.column, cell.before, cell.after) == ("importance", "0.5", "0.75")


def test_what_is_read_alike_is_no_difference(tmp_path: Path) -> None:
    """Oracle: the contract: decimal commas, spaces and the order of columns mean nothing."""
    before = f"{HEAD}\no1,On time,customer,0.5\n"
    after = "name;importance;beneficiary;outcome\n On time ;0,50;customer;o1\n"
    assert not len(_compared(tmp_path, {"outcomes.csv": before}, {"outcomes.csv": after}))


def test_a_sheet_of_the_intake_is_the_same_table_as_a_file(tmp_path: Path) -> None:
    text = f"{HEAD}\no1,On time,customer,0.5\n"
    before, after = _sides(tmp_path, {"outcomes.csv": text}, {})
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "outcomes"
    for line in (HEAD, "o1,On time,customer,0.5", "o9,Warm,customer,1"):
        sheet.append(line.split(","))
    place = tmp_path / "after" / "inputs" / "2026-Q4" / "intake.xlsx"
    place.parent.mkdir(parents=True)
    book.save(place)
    with_intake = side_of(tmp_path / "after")
    inputs = {"inputs/2026-Q4/intake.xlsx": file_hash(place)}
    after = Side(**{**vars(with_intake), "manifest": {**after.manifest, "inputs": inputs}})
    (table,) = compare_inputs(before, after).tables
    assert [(row.kind, row.key["outcome"]) for row in table.rows] == [("added", "o9")]


def _answers(persons: dict[str, int]) -> str:
    lines = [f"{who},I{item:02d},{value}" for who, value in persons.items() for item in (1, 2)]
    return "\n".join(["respondent,item,value", *lines]) + "\n"


PERSONS = {f"secret{i}": 3 for i in range(20)}


@pytest.mark.parametrize(
    ("after", "added", "gone", "changed"),
    [
        ({**PERSONS, **{f"secret{i}": 4 for i in range(4)}}, 0, 0, FEW),
        ({**PERSONS, **{f"secret{i}": 4 for i in range(5)}}, 0, 0, 10),
        ({**PERSONS, **{f"new{i}": 4 for i in range(6)}}, 12, 0, 0),
        ({**dict(list(PERSONS.items())[1:]), **{f"new{i}": 4 for i in range(6)}}, SOME, FEW, 0),
    ],
)
def test_answers_given_in_confidence_are_counted_and_few_persons_are_not(
    tmp_path: Path, after: dict[str, int], added: Any, gone: Any, changed: Any
) -> None:
    before, now = {"responses.csv": _answers(PERSONS)}, {"responses.csv": _answers(after)}
    sides = _sides(tmp_path, before, now)
    (table,) = compare_inputs(*sides).tables
    assert table.rows == ()
    assert dict(table.confidential) == {"added": added, "gone": gone, "changed": changed}
    found = compare_sides(*sides)
    for text in (json.dumps(found.as_dict()), difference_page(found)):
        assert "secret" not in text
        assert "new0" not in text


RATINGS = "capability,function,rater,level,basis\n"


def test_ratings_are_shown_unless_their_basis_says_in_confidence(tmp_path: Path) -> None:
    def ratings(level: int) -> str:
        survey = "".join(f"C01,sales,secret{i},{level},survey\n" for i in range(9))
        return f"{RATINGS}C01,sales,board,{level},workshop\nC02,sales,board,2,workshop\n{survey}"

    (table,) = _compared(tmp_path, {"ratings.csv": ratings(2)}, {"ratings.csv": ratings(4)}).tables
    assert [row.key["rater"] for row in table.rows] == ["board"]
    assert dict(table.confidential) == {"added": 0, "gone": 0, "changed": 9}


def test_a_rating_that_leaves_the_survey_stays_in_confidence(tmp_path: Path) -> None:
    before = {"ratings.csv": f"{RATINGS}C01,sales,secret,2,survey\n"}
    after = {"ratings.csv": f"{RATINGS}C01,sales,secret,4,workshop\n"}
    (table,) = _compared(tmp_path, before, after).tables
    assert table.rows == ()
    assert table.confidential["changed"] == FEW


def test_a_file_no_longer_kept_is_named_with_its_hashes(tmp_path: Path) -> None:
    before, after = _sides(
        tmp_path, {"outcomes.csv": _outcomes({"o1": ("Warm", 1)})}, {"outcomes.csv": f"{HEAD}\n"}
    )
    (tmp_path / "before" / "inputs" / "2026-Q4" / "outcomes.csv").unlink()
    found = compare_inputs(before, after)
    assert found.tables == ()
    assert found.lost == ("inputs/2026-Q4/outcomes.csv",)
    ((file, there, here),) = found.files
    assert file == "inputs/2026-Q4/outcomes.csv"
    assert len(there) == len(here) == 64


def test_of_two_periods_each_sides_own_tables_are_compared(tmp_path: Path) -> None:
    early, late = (_outcomes({"o1": ("Warm", weight)}) for weight in (1, 2))
    before = side_of(tmp_path / "a", "2026-Q2", files={"inputs/2026-Q2/outcomes.csv": early})
    files = {"inputs/2026-Q2/outcomes.csv": early, "inputs/2026-Q4/outcomes.csv": late}
    (table,) = compare_inputs(before, side_of(tmp_path / "b", files=files)).tables
    assert (table.period_before, table.period_after) == ("2026-Q2", "2026-Q4")
    assert [row.kind for row in table.rows] == ["changed"]
