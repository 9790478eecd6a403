"""Mappings run on small raw files; oracle: tables and counts worked out by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from lodestar.engagement.importing import import_client, import_tables
from lodestar.engagement.importing.figures import group, ratio
from lodestar.engagement.importing.frames import StepError, leave_out, recode, unpivot, write
from lodestar.errors import InputError, Problem

RAW = "id,q1,q2,score\n1,4,6,10.0\n2,,5,11.0\n3,2,1,7.0\n"
MAPPING = """
client: acme
period: 2026-Q4
sources:
  survey: {file: raw.csv}
tables:
  responses:
    - from: survey
      steps:
        - unpivot: {keep: [id], values: {q1: I01, q2: I03}, into: [item, value]}
        - leave_out: {column: value, values: [6], reason: never used}
        - leave_out: {column: value, values: [""], reason: no answer}
        - write: {respondent: "p{id}"}
        - columns: {respondent: respondent, item: item, value: value}
    - from: survey
      steps:
        - leave_out: {column: score, values: ["11.0"], reason: no answer}
        - decimals: {columns: [score], places: 0}
        - write: {respondent: "p{id}", item: I79}
        - columns: {respondent: respondent, item: item, value: score}
  metrics:
    rows:
      - {metric: m1, function: sales, incentive: 0.5}
      - {metric: m2, unit: days}
"""


def _client(tmp_path: Path, mapping: str = MAPPING, raw: bytes = RAW.encode()) -> Path:
    folder = tmp_path / "acme"
    (folder / "source").mkdir(parents=True)
    (folder / "engagement.yml").write_text("client: acme\n", encoding="utf-8")
    (folder / "source" / "mapping.yml").write_text(mapping, encoding="utf-8")
    (folder / "source" / "raw.csv").write_bytes(raw)
    return folder


def _problems(tmp_path: Path, mapping: str = MAPPING, raw: bytes = RAW.encode()) -> list[Problem]:
    folder = _client(tmp_path, mapping, raw)
    with pytest.raises(InputError) as caught:
        import_client("acme", data_root=tmp_path)
    assert not (folder / "inputs").exists()
    assert all(problem.remedy for problem in caught.value.problems)
    return list(caught.value.problems)


def test_tables_are_what_the_steps_say(tmp_path: Path) -> None:
    tables = import_tables(_client(tmp_path) / "source" / "mapping.yml")
    assert tables["responses"].to_numpy().tolist() == [
        ["p1", "I01", "4"],
        ["p2", "I03", "5"],
        ["p3", "I01", "2"],
        ["p3", "I03", "1"],
        ["p1", "I79", "10"],
        ["p3", "I79", "7"],
    ]
    assert tables["metrics"].to_dict("records")[1] == {
        "metric": "m2",
        "function": "",
        "incentive": "",
        "unit": "days",
    }


def test_every_row_left_out_is_counted_under_its_reason(tmp_path: Path) -> None:
    folder = _client(tmp_path)
    assert import_client("acme", data_root=tmp_path) == {"responses": 6, "metrics": 2}
    written = (folder / "source" / "left_out.csv").read_text(encoding="utf-8")
    assert written == "table,reason,rows\nresponses,never used,1\nresponses,no answer,2\n"
    assert (folder / "inputs" / "2026-Q4" / "responses.csv").read_bytes().count(b"\r") == 0


@pytest.mark.parametrize(
    "raw",
    [
        RAW.replace(",", ";").encode(),
        RAW.replace("\n", "\r\n").encode("utf-8-sig"),
        RAW.replace(",", "\t").encode("utf-16"),
    ],
)
def test_raw_files_are_read_as_inputs_are(tmp_path: Path, raw: bytes) -> None:
    tables = import_tables(_client(tmp_path, raw=raw) / "source" / "mapping.yml")
    assert len(tables["responses"]) == 6


def test_a_sheet_of_a_workbook_is_a_source(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Export"
    for row in (["Survey of May"], [], *(line.split(",") for line in RAW.split())):
        sheet.append(row)
    mapping = MAPPING.replace("{file: raw.csv}", "{file: raw.xlsx, sheet: Export, header: 3}")
    folder = _client(tmp_path, mapping)
    book.save(folder / "source" / "raw.xlsx")
    assert len(import_tables(folder / "source" / "mapping.yml")["responses"]) == 6


@pytest.mark.parametrize(
    ("old", "new", "row", "said"),
    [
        ("period: 2026-Q4\n", "", None, "'period' is missing"),
        ("period: 2026-Q4", "period: ../x", 3, "no name of a period"),
        ("client: acme", "klient: acme", 2, "not known here"),
        ("client: acme", "client: other", None, "another client"),
        ("  metrics:", "  metriks:", 21, "no table of this name"),
        ("from: survey", "from: survy", 8, "no source of this name"),
        ("unpivot:", "unpivott:", 10, "no step of this name"),
        ("reason: never used", "raison: never used", 11, "no argument of this name"),
        (", reason: never used", "", 11, "needs its argument reason"),
        ("keep: [id]", "keep: [ID2]", 10, "no column of this name"),
        ("column: value, values: [6]", "column: valu, values: [6]", 11, "no column of this name"),
        ("values: [6], reason", "reason", 11, "not said"),
        ("{column: value, values: [6]", "{column: value, values: 6", 11, "do not fit"),
        ('p{id}"}\n        - col', 'p{idd}"}\n        - col', 13, "no column of this name"),
        ("into: [item, value]", "into: [item]", 10, "two names"),
        ("from: survey\n      steps", "steps", 8, "give from or rows"),
        ("file: raw.csv", "file: row.csv", None, "no file of this name"),
        ("file: raw.csv", "file: ../raw.csv", None, "no file of this name"),
        ("file: raw.csv", "file: raw.csv, sha256: 00", None, "not the one"),
        ("file: raw.csv", "file: raw.csv, header: 0", 5, "whole number"),
        ("places: 0}", "places: 0}\n        - recode: {column: id, values: {1: a}}", 19, "no word"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_row(
    tmp_path: Path, old: str, new: str, row: int | None, said: str
) -> None:
    mapping = MAPPING.replace(old, new, 1)
    assert mapping != MAPPING
    told = [problem for problem in _problems(tmp_path, mapping) if said in problem.message]
    assert [problem.row for problem in told] == [row]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"id,q1,q1\n1,2,3\n", "Two columns"),
        (b"id,q1,q2,score\n1,2,3,4,5\n", "5 cells, the header 4"),
        (RAW.replace("7.0", "seven").encode(), "no number"),
        ("id,q1,q2,scoré\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_wrong_raw_file_is_told(tmp_path: Path, raw: bytes, said: str) -> None:
    assert said in _problems(tmp_path, raw=raw)[0].message


def test_a_file_is_held_to_its_hash(tmp_path: Path) -> None:
    digest = hashlib.sha256(RAW.encode()).hexdigest()
    mapping = MAPPING.replace("file: raw.csv", f"file: raw.csv, sha256: {digest}")
    assert import_tables(_client(tmp_path, mapping) / "source" / "mapping.yml")


def test_a_missing_mapping_is_told(tmp_path: Path) -> None:
    folder = _client(tmp_path)
    (folder / "source" / "mapping.yml").unlink()
    with pytest.raises(InputError, match="no mapping here"):
        import_client("acme", data_root=tmp_path)


def test_sums_and_ratios_are_exact() -> None:
    rows = pd.DataFrame({"t": ["b", "a", "a"], "n": ["0.3", "0.1", "0.2"], "d": ["3", "1", "2"]})
    made = group(rows, ["t"], total=["n"], earliest=["d"], count="rows")
    assert made.to_numpy().tolist() == [["a", "0.3", "1", "2"], ["b", "0.3", "3", "1"]]
    shares = ratio(made, "share", of="n", to="d", times=-100, plus=100, decimals=2)
    assert shares["share"].tolist() == ["70.00", "90.00"]


def test_a_ratio_to_nothing_and_an_unknown_code_are_refused() -> None:
    rows = pd.DataFrame({"a": ["1"], "b": ["0"]})
    with pytest.raises(StepError, match="ratio to 0"):
        ratio(rows, "c", of="a", to="b")
    with pytest.raises(StepError, match="no word"):
        recode(rows, "a", {2: "two"})
    assert recode(rows, "a", {2: "two"}, others="keep")["a"].tolist() == ["1"]


def test_only_some_values_can_be_kept() -> None:
    rows = pd.DataFrame({"a": ["1", "2", "3"]})
    kept = leave_out(rows, "a", "elsewhere", other_than=[2])
    assert kept["a"].tolist() == ["2"]
    with pytest.raises(StepError, match="not said"):
        leave_out(rows, "a", "both", values=[1], other_than=[2])


def test_unpivoting_keeps_the_order_of_rows_and_names() -> None:
    wide = pd.DataFrame({"id": ["x", "y"], "b": ["1", "2"], "a": ["3", "4"]})
    long = unpivot(wide, ["id"], {"b": "B", "a": "A"}, ["name", "cell"])
    assert long.to_numpy().tolist() == [
        ["x", "B", "1"],
        ["x", "A", "3"],
        ["y", "B", "2"],
        ["y", "A", "4"],
    ]


def test_a_pattern_is_text_and_nothing_more() -> None:
    rows = pd.DataFrame({"a": ["1", "{b}"], "b": ["2", "3"]})
    assert write(rows, c="{a}-{b}")["c"].tolist() == ["1-2", "{b}-3"]
    with pytest.raises(StepError, match="no column"):
        write(rows, c="{a.__class__}")
