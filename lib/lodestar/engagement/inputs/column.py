"""One column typed: each different text is read once, its problems told with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lodestar.engagement.cells.cell import NOTES, Cell, Fault
from lodestar.engagement.cells.dates import read_dates, read_quarters
from lodestar.engagement.cells.numbers import read_numbers
from lodestar.engagement.cells.words import NOT_APPLICABLE, is_blank, read_choices, read_lists
from lodestar.engagement.collector import Collector
from lodestar.engagement.files.sheet import Sheet
from lodestar.schema.columns import Column

__all__ = ["ERRORS", "TypedColumn", "read_column"]

ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#UNCOMPUTED"}
_NOT_APPLICABLE = "applies not"


@dataclass(frozen=True)
class TypedColumn:
    """A column's values with what each cell was.

    Parameters
    ----------
    values : Series
        In the type that the loader guarantees; missing where blank or at fault.
    blank : array of bool
        Cells without content.
    disguised : array of bool
        Blank cells written as a word such as ``n/a``.
    applies : array of bool
        False for ``na`` where the column knows it.
    """

    values: pd.Series
    blank: np.ndarray
    disguised: np.ndarray
    applies: np.ndarray


def read_column(sheet: Sheet, column: Column, collector: Collector) -> TypedColumn:
    """Return a column of a sheet in its type; collect what is wrong with its cells.

    Parameters
    ----------
    sheet : Sheet
        The table as written; it holds the column.
    column : Column
        What the contract says of it.
    collector : Collector
        Takes a problem for each cell that cannot be read and a notice for each way of reading.
    """
    codes, texts = pd.factorize(sheet.cells[column.name])
    cells = _read(list(texts), column, sheet)
    _tell(sheet, column, codes, list(texts), cells, collector)
    _tell_days(sheet, column, collector)
    values = [None if cell.value is _NOT_APPLICABLE else cell.value for cell in cells]
    written = np.array([bool(text) for text in texts], dtype=bool)
    blank = np.array([cell.value is None and not cell.fault for cell in cells], dtype=bool)
    applies = np.array([cell.value is not _NOT_APPLICABLE for cell in cells], dtype=bool)
    return TypedColumn(
        _series(column, values, codes), blank[codes], (blank & written)[codes], applies[codes]
    )


def _read(texts: list[str], column: Column, sheet: Sheet) -> list[Cell]:
    """Return each different text read."""
    blanks = [is_blank(text, column) and not _not_applicable(text, column) for text in texts]
    plain = [
        "" if blank or text in ERRORS or _not_applicable(text, column) else text
        for text, blank in zip(texts, blanks, strict=True)
    ]
    cells = _parse(plain, column, sheet)
    for at, text in enumerate(texts):
        if text in ERRORS:
            cells[at] = Cell(fault=_excel_error(text))
        elif _not_applicable(text, column):
            cells[at] = Cell(_NOT_APPLICABLE, () if text == "na" else ("not-applicable",))
        elif blanks[at]:
            cells[at] = Cell(notes=("blank-word",))
    return cells


def _parse(texts: Sequence[str], column: Column, sheet: Sheet) -> list[Cell]:
    """Return each text read by the column's type."""
    if column.type in ("number", "whole"):
        return read_numbers(texts, column)
    if column.type == "date":
        return read_dates(texts, sheet.epoch)
    if column.type == "quarter":
        return read_quarters(texts)
    if column.type == "list":
        return [cell if cell.value else Cell() for cell in read_lists(texts)]
    if column.allowed and not column.reference:
        return read_choices(texts, column)
    return [Cell(text or None) for text in texts]


def _not_applicable(text: str, column: Column) -> bool:
    return column.not_applicable and text.casefold() in NOT_APPLICABLE


def _excel_error(text: str) -> Fault:
    if text == "#UNCOMPUTED":
        return Fault(
            "formula",
            "The cell holds a formula that was never computed.",
            "Open the workbook in Excel, save it again, or paste the values.",
        )
    return Fault("excel-error", "The cell holds an error of the spreadsheet.", "Mend its formula.")


def _series(column: Column, values: list[Any], codes: np.ndarray) -> pd.Series:
    """Return the values of all rows in the column's type."""
    if column.type in ("number", "whole"):
        numbers = np.array([np.nan if v is None else v for v in values], dtype=float)
        return pd.Series(numbers[codes])
    if column.type == "date":
        days = np.array([np.datetime64(v or "NaT", "D") for v in values], dtype="datetime64[ns]")
        return pd.Series(days[codes])
    objects = np.empty(len(values), dtype=object)
    objects[:] = [() if v is None and column.type == "list" else v for v in values]
    return pd.Series(objects[codes], dtype="object" if column.type == "list" else "str")


def _tell(
    sheet: Sheet,
    column: Column,
    codes: np.ndarray,
    texts: list[str],
    cells: list[Cell],
    collector: Collector,
) -> None:
    """Collect a problem for each cell at fault and a notice for each way of reading."""
    faulty = {at: cell.fault for at, cell in enumerate(cells) if cell.fault}
    for at, fault in faulty.items():
        where = np.flatnonzero(codes == at)
        collector.cells(
            fault.code,
            sheet.file,
            sheet.rows[where],
            lambda i, where=where: sheet.heading(column.name, where[i]),  # type: ignore[misc]
            [texts[at]] * len(where),
            fault.message,
            fault.remedy,
        )
    counts = np.bincount(codes, minlength=len(texts))
    for note, said in NOTES.items():
        noted = [at for at, cell in enumerate(cells) if note in cell.notes]
        if noted:
            first = int(np.flatnonzero(codes == noted[0])[0])
            number = int(sum(counts[at] for at in noted))
            _notice(sheet, column, note, first, number, said, collector)


def _notice(
    sheet: Sheet,
    column: Column,
    note: str,
    first: int,
    number: int,
    said: str,
    collector: Collector,
) -> None:
    """Note how many cells were read in a way of their own, with the first as example."""
    shown = f"{said[0].upper()}{said[1:]}: {number:,} of the column's cells, this one first."
    collector.notice(
        note,
        sheet.file,
        shown,
        row=int(sheet.rows[first]),
        column=sheet.heading(column.name, first),
        value=str(sheet.cells[column.name][first]),
    )


def _tell_days(sheet: Sheet, column: Column, collector: Collector) -> None:
    """Refuse days where text is expected: a spreadsheet has turned the text into a day."""
    if column.type not in ("text", "list"):
        return
    rows = {row for row, name in sheet.days if name == column.name}
    where = [at for at, row in enumerate(sheet.rows) if int(row) in rows] if rows else []
    collector.cells(
        "day-in-text",
        sheet.file,
        sheet.rows[where],
        lambda i: column.name,
        [str(sheet.cells[column.name][at]) for at in where],
        "The spreadsheet has turned this text into a day.",
        "Format the cell as text and write it again.",
    )
