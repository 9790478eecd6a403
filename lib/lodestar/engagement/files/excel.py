"""Sheets of an Excel workbook as grids; formulas by the values that Excel stored."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from lodestar.engagement.files.grid import Grid
from lodestar.errors import Problem

__all__ = ["read_workbook"]

_FORMULA = re.compile(rb"<(?:x:)?f[ >]")


def read_workbook(content: bytes, file: str) -> dict[str, Grid] | Problem:
    """Return the sheets of a workbook by name, or why it cannot be read.

    Parameters
    ----------
    content : bytes
        The file as stored.
    file : str
        Its name for messages; a sheet is named after it.

    Notes
    -----
    A formula counts as the value that Excel last stored; one that was never computed becomes
    ``#UNCOMPUTED``, which no column accepts.
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it does not know
            book = openpyxl.load_workbook(BytesIO(content), data_only=True)
            formulas = _formulas(content)
    except Exception as error:  # openpyxl raises anything on a file that is no workbook
        return _unreadable(file, error)
    return {
        sheet.title: _grid(sheet, f"{file}, sheet {sheet.title}", book.epoch, formulas)
        for sheet in book.worksheets
    }


def _formulas(content: bytes) -> dict[str, set[str]]:
    """Return the cells that hold formulas, by sheet; a second reading only if there are any."""
    import openpyxl

    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return {}
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        sheet.title: {cell.coordinate for row in sheet for cell in row if cell.data_type == "f"}
        for sheet in book.worksheets
    }


def _grid(sheet: Any, file: str, epoch: datetime, formulas: dict[str, set[str]]) -> Grid:
    """Return one sheet's rows that hold anything."""
    computed = formulas.get(sheet.title, set())
    records, rows, days, blank = [], [], set(), 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        record = [_text(cell, computed) for cell in cells]
        if not "".join(record).strip():
            blank += 1
            continue
        records.append(record)
        rows.append(number)
        days |= {(number, at) for at, cell in enumerate(cells) if isinstance(cell.value, date)}
    trailing = sheet.max_row - rows[-1] if rows else 0
    return Grid(
        file,
        records,
        rows,
        blank - trailing if rows else 0,
        frozenset(days),
        tuple(_merged(sheet)),
        epoch.date(),
        squared=True,
    )


def _merged(sheet: Any) -> Iterator[tuple[int, int]]:
    """Yield first and last row of each block of merged cells, from the top."""
    yield from sorted((block.min_row, block.max_row) for block in sheet.merged_cells.ranges)


def _text(cell: Any, computed: set[str]) -> str:
    """Return a cell's value as text that reads back as the same value."""
    value = cell.value
    if value is None:
        return "#UNCOMPUTED" if cell.coordinate in computed else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _unreadable(file: str, error: Exception) -> Problem:
    return Problem(
        code="not-readable",
        file=file,
        message=f"The workbook cannot be opened ({type(error).__name__}).",
        remedy="Open it in Excel, remove any password, and save it again as .xlsx.",
    )
