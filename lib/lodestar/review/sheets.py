"""The tables of one side and period as rows of text, each with its place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.files.delimited import read_delimited
from lodestar.engagement.files.discover import DELIMITED, INTAKE, table_name
from lodestar.engagement.files.excel import read_workbook
from lodestar.engagement.files.grid import Grid
from lodestar.engagement.files.header import Names
from lodestar.engagement.files.sheet import Sheet, read_sheet
from lodestar.engagement.inputs.table import TableRead, read_table
from lodestar.engagement.inputs.wide import is_wide, lengthened
from lodestar.errors import Problem
from lodestar.review.sides import Side
from lodestar.schema.tables import TABLES

__all__ = ["Key", "Row", "Sheets", "files_of", "read_sheets"]

Key = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, its cells as they count, and as they are written."""

    number: int
    cells: Mapping[str, str]
    written: Mapping[str, str]


@dataclass(frozen=True)
class Sheets:
    """What a side's period holds.

    Parameters
    ----------
    rows : mapping of str to mapping of Key to Row
        By table; a row's key is that of the table and how often it stood before.
    files : mapping of str to str
        Where each table was read from.
    lost : tuple of str
        Files that are no longer at hand or cannot be read.
    """

    rows: Mapping[str, Mapping[Key, Row]]
    files: Mapping[str, str]
    lost: tuple[str, ...] = ()


def files_of(side: Side, period: str) -> dict[str, str]:
    """Return the sha256 of a period's files by their name in the period's folder."""
    start = f"inputs/{period}/"
    return {n.removeprefix(start): sha for n, sha in side.files.items() if n.startswith(start)}


def read_sheets(side: Side, period: str, wanted: Callable[[str], bool]) -> Sheets:
    """Return the tables of one side and period.

    Parameters
    ----------
    side : Side
        Whose files.
    period : str
        Folder below ``inputs``.
    wanted : callable
        Tells of a file's name in that folder whether it is read.
    """
    rows: dict[str, Mapping[Key, Row]] = {}
    files: dict[str, str] = {}
    lost: list[str] = []
    items = tuple(side.results.get("labels", {}).get("item", ()))
    for name in sorted(filter(wanted, files_of(side, period))):
        file = f"inputs/{period}/{name}"
        content = side.content(file)
        if content is None:
            lost.append(file)
            continue
        for table, grid in _grids(content, file, items):
            sheet = read_sheet(grid, _names(table, items), Collector())
            if sheet is not None and len(sheet.rows):
                rows[table], files[table] = _rows(sheet, items), grid.file
    return Sheets(rows, files, tuple(lost))


def _names(table: str, items: tuple[str, ...]) -> Names:
    return Names(TABLES[table], items if table == "responses" else ())


def _grids(content: bytes, file: str, items: tuple[str, ...]) -> Iterator[tuple[str, Grid]]:
    """Yield the tables of a file: one of delimited text, each sheet of the intake."""
    path = PurePosixPath(file)
    if path.name.casefold() == INTAKE:
        book = read_workbook(content, file)
        for title, grid in () if isinstance(book, Problem) else book.items():
            if table_name(title) in TABLES:
                yield table_name(title), grid
    elif path.suffix.casefold() in DELIMITED and table_name(path.stem) in TABLES:
        table = table_name(path.stem)
        read = read_delimited(content, file, _names(table, items).known)
        if not isinstance(read, Problem):
            yield table, read


def _rows(sheet: Sheet, items: tuple[str, ...]) -> dict[Key, Row]:
    """Return a sheet's rows by key; a key that stands again is told apart by its turn."""
    if sheet.table.name == "responses" and is_wide(sheet, items):
        sheet = lengthened(sheet, items, Collector())
    read = read_table(sheet, Collector())
    names = [name for name in sheet.cells if name in read.frame]
    counted = {name: _texts(read, name) for name in names}
    written = {name: sheet.cells[name][read.at].tolist() for name in names}
    key = sheet.table.key or tuple(names)
    parts = [counted.get(name, [""] * len(read.at)) for name in key]
    turns: Counter[Key] = Counter()
    found: dict[Key, Row] = {}
    columns = (counted.values(), written.values())
    rows, shown = (zip(*cells, strict=True) for cells in columns)
    keys = zip(*parts, strict=True)
    for number, who, cells, texts in zip(sheet.rows[read.at], keys, rows, shown, strict=True):
        turns[who] += 1
        whole = dict(zip(names, cells, strict=True)), dict(zip(names, texts, strict=True))
        found[(*who, str(turns[who]))] = Row(int(number), *whole)
    return found


def _texts(read: TableRead, name: str) -> list[str]:
    """Return a column's cells as they count: equal text exactly where the value is equal."""
    column: pd.Series = read.frame[name]
    written = read.sheet.cells[name][read.at].tolist()
    known = column.map(len) > 0 if column.dtype == object else column.notna()
    texts = {value: _text(value) for value in column[known].unique()}
    return [
        texts[value] if there else str(text).casefold()
        for value, text, there in zip(column, written, known, strict=True)
    ]


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)
