"""One table's cells as written: a text for each row and column, with its place in the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.files.content import check_letters
from lodestar.engagement.files.grid import Grid
from lodestar.engagement.files.header import Header, Names, find_header, tidy
from lodestar.schema.columns import Table
from lodestar.schema.letters import TURNING

__all__ = ["Sheet", "read_sheet"]


@dataclass(frozen=True)
class Sheet:
    """A table as written.

    Parameters
    ----------
    file : str
        File or sheet for messages.
    table : Table
        What the contract says of it.
    cells : dict of str to array
        Trimmed texts by column name, those of the contract first; blank cells are empty.
    rows : array of int
        Number of each row in the file.
    days : frozenset of (int, str)
        Row and column of cells that a spreadsheet stores as days.
    epoch : date, optional
        Day 0 of a workbook's day numbers.
    intact : bool
        Whether every row could be cut into cells.
    header : int
        Number of the header's row in the file.
    headings : array of str, optional
        For each row the column its ``value`` stood in, where answers stood in one column an item.
    """

    file: str
    table: Table
    cells: dict[str, np.ndarray]
    rows: np.ndarray
    days: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    epoch: date | None = None
    intact: bool = True
    header: int = 1
    headings: np.ndarray | None = None

    def heading(self, column: str, position: int) -> str:
        """Return the column of the file that holds this cell."""
        if self.headings is None or column not in ("item", "value"):
            return column
        return str(self.headings[position])

    def with_cells(self, **columns: np.ndarray) -> Sheet:
        """Return the sheet with columns replaced."""
        return replace(self, cells={**self.cells, **columns})


def read_sheet(grid: Grid, names: Names, collector: Collector) -> Sheet | None:
    """Return a grid as the sheet of its table; None when its header cannot be used."""
    header = find_header(grid, names)
    if header is None:
        _tell_no_header(grid, names.table, collector)
        return None
    if not _header_is_sound(grid, header, collector):
        return None
    _tell_header(grid, header, collector)
    body = _body(grid, header, names, collector)
    _check_merged(grid, header, collector)
    columns = list(zip(*[record for _, record in body], strict=True)) or [()] * len(header.names)
    cells, trimmed, turned = {}, 0, 0
    for name, column in zip(header.names, columns, strict=True):
        if name:
            cells[name], changed, turning = _tidied(column)
            trimmed, turned = trimmed + changed - turning, turned + turning
    _tell_cells(grid, trimmed, turned, cells, collector)
    rows = np.array([row for row, _ in body], dtype=int)
    check_letters(grid.file, rows, cells, collector)
    days = frozenset((row, header.names[at]) for row, at in grid.days if at < len(header.names))
    intact = len(body) == len(grid.records) - header.below
    row = grid.rows[header.below - 1]
    return Sheet(grid.file, names.table, cells, rows, days, grid.epoch, intact, row)


def _tell_no_header(grid: Grid, table: Table, collector: Collector) -> None:
    found = ", ".join(tidy(cell) for cell in grid.records[0][:6]) if grid.records else ""
    collector.problem(
        "no-header" if grid.records else "empty-file",
        grid.file,
        "No row names a column of this table." if grid.records else "There is no header row.",
        f"Write the header row: {', '.join(table.required)}.",
        row=grid.rows[0] if grid.rows else None,
        value=found or None,
    )


def _header_is_sound(grid: Grid, header: Header, collector: Collector) -> bool:
    """Check that every column with cells has a name of its own."""
    row = grid.rows[header.below - 1]
    twice = [name for name, count in Counter(header.names).items() if name and count > 1]
    for name in twice:
        collector.problem(
            "duplicate-column",
            grid.file,
            "Two columns have this name.",
            "Rename one of them or delete it.",
            row=row,
            column=name,
        )
    for at in (at for at, name in enumerate(header.names) if not name):
        filled = [r[at] for r in grid.records[header.below :] if at < len(r) and tidy(r[at])]
        if filled:
            collector.problem(
                "unnamed-column",
                grid.file,
                f"Column {at + 1} holds cells and has no name.",
                "Name it in the header row, or delete it.",
                row=row,
                value=tidy(filled[0]),
            )
            return False
    return not twice


def _body(
    grid: Grid, header: Header, names: Names, collector: Collector
) -> list[tuple[int, list[str]]]:
    """Return the rows below the header that have one cell a column, with their numbers."""
    width, kept = len(header.names), []
    for row, record in zip(grid.rows[header.below :], grid.records[header.below :], strict=True):
        cells = record[:width] + [""] * (width - len(record)) if grid.squared else record[:width]
        if "".join(record[width:]).strip() or len(cells) < width:
            _ragged(grid, row, record, width, collector)
        elif cells[0].strip() == header.written[0] and names.known(cells) == names.known(
            header.written
        ):
            _repeated(grid, row, collector)
        else:
            kept.append((row, cells))
    return kept


def _ragged(grid: Grid, row: int, record: list[str], width: int, collector: Collector) -> None:
    collector.problem(
        "ragged-row",
        grid.file,
        f"The row has {len(record)} cells, the header {width}.",
        "Put cells that hold the separator in quotes, or write decimals with a point.",
        row=row,
    )


def _repeated(grid: Grid, row: int, collector: Collector) -> None:
    collector.problem(
        "repeated-header",
        grid.file,
        "The header stands again among the rows.",
        "Delete this row.",
        row=row,
    )


def _check_merged(grid: Grid, header: Header, collector: Collector) -> None:
    """Refuse cells merged below the header: only the first of them holds the value."""
    last = grid.rows[header.below - 1]
    for first, end in grid.merged:
        if end > last and end > first:
            collector.problem(
                "merged-cells",
                grid.file,
                f"Cells of rows {first} to {end} are merged; only the first holds the value.",
                "Unmerge them and write the value in every row.",
                row=first,
            )


def _tell_header(grid: Grid, header: Header, collector: Collector) -> None:
    """Note rows above the header and names that were read in another spelling."""
    if header.above:
        collector.notice(
            "rows-above-header",
            grid.file,
            f"Rows above the header, not read: {header.above}.",
            row=grid.rows[0],
        )
    if header.below - header.above > 1:
        collector.notice("two-row-header", grid.file, "Two rows were read as one header.")
    pairs = zip(header.written, header.names, strict=True)
    spelled = [f"{written!r} as {name}" for written, name in pairs if written != name]
    if spelled:
        collector.notice("header-spelling", grid.file, f"Columns were read: {', '.join(spelled)}.")


def _tidied(column: tuple[str, ...]) -> tuple[np.ndarray, int, int]:
    """Return the cells trimmed, how many that changed, and in how many writing was turned."""
    codes, different = pd.factorize(np.array(column, dtype=object))
    tidied = np.array([tidy(text) for text in different], dtype=object)
    changed = np.array([new != old for new, old in zip(tidied, different, strict=True)], dtype=bool)
    if not len(different):
        return np.array([], dtype=object), 0, 0
    # What is turned was changed by tidying: few cells, so that the others are not read again.
    turned = changed.copy()
    turned[changed] = [text != text.translate(TURNING) for text in different[changed]]
    return tidied[codes], int(changed[codes].sum()), int(turned[codes].sum())


def _tell_cells(
    grid: Grid, trimmed: int, turned: int, cells: dict[str, np.ndarray], collector: Collector
) -> None:
    """Note spaces trimmed, blank rows skipped, and letters lost before the file came here."""
    if trimmed:
        collector.notice(
            "trimmed", grid.file, f"Cells with spaces round them, trimmed: {trimmed:,}."
        )
    if turned:
        collector.notice(
            "turned-writing",
            grid.file,
            f"Cells read without marks that turn the direction of writing: {turned:,}.",
        )
    if grid.blank:
        collector.notice("blank-rows", grid.file, f"Blank rows, skipped: {grid.blank:,}.")
    lost = sum("\ufffd" in text for column in cells.values() for text in pd.unique(column))
    if lost:
        collector.notice(
            "lost-letters",
            grid.file,
            f"Cells with the mark of a letter lost in an earlier export: {lost:,}.",
            "Export the table again as UTF-8 if the words matter.",
        )
