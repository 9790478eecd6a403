"""One table read: typed, complete, each key once; rows without content counted apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.files.sheet import Sheet
from lodestar.engagement.inputs.column import TypedColumn, read_column
from lodestar.schema.nearest import close_matches
from lodestar.schema.tables import TABLES, conform

__all__ = ["TableRead", "read_table"]


@dataclass(frozen=True)
class TableRead:
    """A table as typed, with the place of each row.

    Parameters
    ----------
    sheet : Sheet
        The table as written.
    frame : DataFrame
        Typed rows; cells at fault are missing.
    at : array of int
        Position in the sheet of each row of the frame.
    left_out : int
        Rows of the file that hold nothing to use.
    """

    sheet: Sheet
    frame: pd.DataFrame
    at: np.ndarray
    left_out: int = 0

    def keep(self, mask: pd.Series | np.ndarray, counted: bool) -> TableRead:
        """Return the table with only these rows, the others counted as left out if so asked."""
        kept = np.asarray(mask, dtype=bool)
        return replace(
            self,
            frame=self.frame[kept].reset_index(drop=True),
            at=self.at[kept],
            left_out=self.left_out + (int((~kept).sum()) if counted else 0),
        )

    def tell(
        self,
        collector: Collector,
        code: str,
        positions: np.ndarray,
        column: str,
        message: str,
        remedy: str,
    ) -> None:
        """Collect a problem for the cell of each of these rows."""
        at = self.at[positions]
        texts = self.sheet.cells.get(column)
        collector.cells(
            code,
            self.sheet.file,
            self.sheet.rows[at],
            lambda i: self.sheet.heading(column, at[i]),
            [""] * len(at) if texts is None else [str(text) for text in texts[at]],
            message,
            remedy,
        )


def read_table(sheet: Sheet, collector: Collector) -> TableRead:
    """Return a sheet typed by the contract; collect every problem of its cells."""
    table = sheet.table
    _check_columns(sheet, collector)
    columns = {
        column.name: read_column(sheet, column, collector)
        for column in table.columns
        if column.name in sheet.cells
    }
    data = {name: typed.values for name, typed in columns.items()}
    for column in table.columns:
        if column.not_applicable and column.name in columns:
            data["applies"] = pd.Series(columns[column.name].applies)
    extra = {name: _text(cells) for name, cells in sheet.cells.items() if name not in data}
    frame = conform(table.name, pd.DataFrame({**data, **extra}))
    read = TableRead(sheet, frame, np.arange(len(frame)))
    skipped = _nothing_said(table.name, columns, len(frame))
    _check_filled(read, columns, skipped, collector)
    return _without(read, skipped, collector)


def _text(cells: np.ndarray) -> pd.Series:
    """Return an extra column as text, blank cells missing."""
    return pd.Series([text or None for text in cells], dtype="str")


def _check_columns(sheet: Sheet, collector: Collector) -> None:
    """Collect columns that are missing, and extra ones that may be misspelt."""
    table = sheet.table
    extra = [name for name in sheet.cells if name not in table.names]
    for name in (name for name in table.required if name not in sheet.cells):
        near = close_matches(name, extra, count=1)
        hint = f"Rename column '{near[0]}'" if near else "Add the column"
        collector.problem(
            "missing-column",
            sheet.file,
            f"The column is missing: {table.column(name).definition}",
            f"{hint}; the header needs {', '.join(table.required)}.",
            row=sheet.header,
            column=name,
        )
    absent = [name for name in table.names if name not in sheet.cells]
    for name in extra:
        if table.name == "ratings" and name == "applies":
            collector.problem(
                "reserved-column",
                sheet.file,
                "This name is kept for whether a rating applies.",
                "Rename the column; write na in column level.",
                row=sheet.header,
                column=name,
            )
        near = close_matches(name, set(absent) - set(table.required), count=1)
        if near:
            collector.notice(
                "extra-column",
                sheet.file,
                "The column is not one of the table's; it is kept as text.",
                f"Rename it if '{near[0]}' is meant.",
                column=name,
            )


def _nothing_said(table: str, columns: dict[str, TypedColumn], length: int) -> np.ndarray:
    """Tell the rows that say nothing: answers left blank, comments such as ``n/a``."""
    if table == "responses" and "value" in columns:
        return columns["value"].blank
    if table == "comments" and "text" in columns:
        return columns["text"].disguised
    return np.zeros(length, dtype=bool)


def _check_filled(
    read: TableRead, columns: dict[str, TypedColumn], skipped: np.ndarray, collector: Collector
) -> None:
    """Collect the blank cells of columns that must be filled."""
    for name in TABLES[read.sheet.table.name].required:
        if name in columns:
            missing = columns[name].blank & columns[name].applies & ~skipped
            read.tell(
                collector,
                "missing-value",
                np.flatnonzero(missing),
                name,
                "The cell must be filled.",
                "Fill it, or delete the row.",
            )


def _without(read: TableRead, skipped: np.ndarray, collector: Collector) -> TableRead:
    """Return the table without the rows that say nothing, counted and told."""
    number = int(skipped.sum())
    if not number:
        return read
    comments = read.sheet.table.name == "comments"
    said = "Comments that say nothing, left out" if comments else "Blank cells, read as no answer"
    collector.notice("nothing-said", read.sheet.file, f"{said}: {number:,}.")
    return read.keep(~skipped, counted=comments)
