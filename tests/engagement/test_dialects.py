"""Writing a typed table as CSV in any dialect and reading it back is the identity.

Oracle: the table that was written. Dialects differ in separator, decimal mark, encoding, byte
order mark, line ends, quoting, and the order of rows and columns.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lodestar.engagement.cells.words import BLANKS
from lodestar.engagement.collector import Collector
from lodestar.engagement.files.delimited import read_delimited
from lodestar.engagement.files.grid import Grid
from lodestar.engagement.files.header import Names, tidy
from lodestar.engagement.files.sheet import read_sheet
from lodestar.engagement.inputs.column import ERRORS
from lodestar.engagement.inputs.table import read_table
from lodestar.schema.columns import Column, Table
from lodestar.schema.tables import TABLES, conform

Row = dict[str, Any]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
WORDS = st.text(LETTERS, min_size=1, max_size=12)


@dataclass(frozen=True)
class Dialect:
    """One way of writing a CSV file."""

    separator: str
    comma: bool
    encoding: str
    line_end: str
    quoting: int


DIALECTS = st.builds(
    Dialect,
    st.sampled_from([",", ";", "\t", "|"]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


def _word(text: str) -> bool:
    """Whether a text stays what it is when read: no blank or error, nothing to trim."""
    special = {*BLANKS, *(error.casefold() for error in ERRORS), "na", "none"}
    return tidy(text) == text != "" and text.casefold() not in special


def _cells(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column may hold."""
    if column.type in ("number", "whole"):
        low = -5000 if column.low is None else int(column.low)
        high = 5000 if column.high is None else int(column.high)
        step = column.step or 0.01
        count = st.integers(int(low / step), int(high / step))
        return count.map(lambda n: round(n * step, 2))
    if column.type == "date":
        return st.dates(date(1900, 1, 1), date(2200, 12, 31))
    if column.type == "quarter":
        return st.builds("{}-Q{}".format, st.integers(1900, 2200), st.integers(1, 4))
    if column.type == "list":
        entry = WORDS.filter(lambda w: _word(w) and ";" not in w)
        return st.lists(entry, min_size=1, max_size=3, unique=True).map(tuple)
    if column.allowed and not column.reference:
        return st.sampled_from(column.allowed)
    return WORDS.filter(_word)


def _rows(table: Table) -> st.SearchStrategy[list[Row]]:
    columns = {c.name: st.none() | _cells(c) if c.optional else _cells(c) for c in table.columns}
    return st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=5)


def _written(value: Any, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if comma else text
    return str(value)


def _file(rows: list[Row], columns: list[str], dialect: Dialect) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=dialect.separator,
        lineterminator=dialect.line_end,
        quoting=dialect.quoting,
    )
    writer.writerow(columns)
    writer.writerows([_written(row[name], dialect.comma) for name in columns] for row in rows)
    return out.getvalue().encode(dialect.encoding)


@pytest.mark.parametrize("name", sorted(TABLES))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_written_table_reads_back_the_same(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    rows = data.draw(_rows(table))
    dialect = data.draw(DIALECTS)
    columns = data.draw(st.permutations(table.names))
    assume(any(_written(row[columns[0]], False) != "" for row in rows))
    collector = Collector()
    grid = read_delimited(_file(rows, columns, dialect), "t.csv", Names(table).known)
    assert isinstance(grid, Grid)
    sheet = read_sheet(grid, Names(table), collector)
    assert sheet is not None
    read = read_table(sheet, collector)
    assert collector.report().problems == ()
    pd.testing.assert_frame_equal(read.frame, conform(name, pd.DataFrame(rows)))
