"""The files of a period: which table each one holds, and those that hold none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.yaml_document import OUTSIDE
from lodestar.engagement.files.delimited import read_delimited
from lodestar.engagement.files.excel import read_workbook
from lodestar.engagement.files.grid import Grid
from lodestar.engagement.files.header import Names, find_header
from lodestar.errors import Problem
from lodestar.schema.tables import TABLES

__all__ = ["DELIMITED", "GUIDE", "INTAKE", "Found", "find_tables", "table_name"]

GUIDE = "guide"
"""Sheet of the intake that explains and holds no table."""

INTAKE = "intake.xlsx"
"""The workbook that may hold tables, one a sheet."""

DELIMITED = (".csv", ".tsv")
_TEXT = (*DELIMITED, ".txt", ".dat", "")
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers")


@dataclass
class Found:
    """What a period's folder holds: grids by table, and what could not be read."""

    grids: dict[str, Grid] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    intake_readable: bool = True

    def closed(self) -> set[str]:
        """Return the tables that are there, or may be, and could not be read."""
        return self.unreadable if self.intake_readable else set(TABLES) - set(self.grids)


def find_tables(folder: Path, root: Path, items: tuple[str, ...], collector: Collector) -> Found:
    """Return the tables in a period's folder.

    Parameters
    ----------
    folder : Path
        The period's folder.
    root : Path
        The client's folder; files that lead outside it are refused.
    items : tuple of str
        The framework's items, which may head columns of answers.
    collector : Collector
        Takes files that cannot be read or placed.
    """
    found = Found()
    sheets: dict[str, Grid] = {}
    for path in sorted(folder.iterdir()):
        file = path.relative_to(root).as_posix()
        if _is_passed_over(path):
            continue
        if not path.resolve().is_relative_to(root.resolve()):
            _tell_outside(file, collector)
        elif path.name.casefold() == INTAKE and sheets:
            _tell_twice(file, "intake", collector)
        elif path.name.casefold() == INTAKE:
            sheets = _sheets(path, file, items, found, collector)
        else:
            _place(path, file, items, found, collector)
    _join(found, sheets, items, collector)
    return found


def _is_passed_over(path: Path) -> bool:
    """Tell whether a file is none of ours: hidden, a lock of Excel, the words."""
    return path.name.startswith((".", "~$")) or path.name == "notes.md"


def _place(
    path: Path, file: str, items: tuple[str, ...], found: Found, collector: Collector
) -> None:
    """Read a file as the table it is named after, or tell why it is not read."""
    name = table_name(path.stem)
    if path.suffix.casefold() in DELIMITED and path.is_file() and name in TABLES:
        if name in found.grids or name in found.unreadable:
            _tell_twice(file, name, collector)
            return
        names = Names(TABLES[name], items if name == "responses" else ())
        grid = read_delimited(path.read_bytes(), file, names.known)
        if isinstance(grid, Problem):
            collector.extend([grid])
            found.unreadable.add(name)
        else:
            found.grids[name] = grid
    elif path.suffix.casefold() in _SPREADSHEETS:
        _tell_spreadsheet(path, file, collector)
    else:
        _tell_unknown(path.stem, file, "file", path.suffix.casefold() in _TEXT, collector)


def table_name(stem: str) -> str:
    """Return the name of a file or sheet as tables are named."""
    return stem.strip().casefold().replace(" ", "_").replace("-", "_")


def _sheets(
    path: Path, file: str, items: tuple[str, ...], found: Found, collector: Collector
) -> dict[str, Grid]:
    """Return the sheets of the intake that hold a table with rows."""
    book = read_workbook(path.read_bytes(), file)
    if isinstance(book, Problem):
        collector.extend([book])
        found.intake_readable = False
        return {}
    sheets: dict[str, Grid] = {}
    for title, grid in book.items():
        name = table_name(title)
        if name in TABLES and name in sheets:
            _tell_twice(grid.file, name, collector)
        elif name in TABLES:
            sheets[name] = grid
        elif name != GUIDE:
            _tell_unknown(title, grid.file, "sheet", bool(grid.records), collector)
    return sheets


def _join(
    found: Found, sheets: Mapping[str, Grid], items: tuple[str, ...], collector: Collector
) -> None:
    """Add the intake's sheets to the files; a sheet that is only a header gives way."""
    unused = []
    for name, grid in sheets.items():
        if _is_header_only(grid, Names(TABLES[name], items if name == "responses" else ())):
            unused.append(name)
        elif name in found.grids:
            _tell_twice(grid.file, name, collector)
        else:
            found.grids[name] = grid
    if unused:
        file = next(iter(sheets.values())).file.split(", sheet ")[0]
        collector.notice("no-rows", file, f"Sheets without rows: {', '.join(sorted(unused))}.")


def _is_header_only(grid: Grid, names: Names) -> bool:
    """Tell whether a sheet has its header and no row below it."""
    header = find_header(grid, names)
    return header is not None and header.below == len(grid.records)


def _tell_outside(file: str, collector: Collector) -> None:
    collector.problem("outside-folder", file, *OUTSIDE)


def _tell_twice(file: str, name: str, collector: Collector) -> None:
    collector.problem(
        "two-sources",
        file,
        f"Table {name} is given twice, here and in another file or sheet.",
        "Keep one of the two.",
    )


def _tell_spreadsheet(path: Path, file: str, collector: Collector) -> None:
    collector.problem(
        "unknown-file",
        file,
        "Only intake.xlsx is read of spreadsheets.",
        "Save it as intake.xlsx with one sheet a table, or save the table as CSV.",
        value=path.name,
    )


def _tell_unknown(name: str, file: str, what: str, holds_rows: bool, collector: Collector) -> None:
    """Refuse a file or sheet that may be a misspelt table; note any other as not read."""
    near = list(_near(name)) if holds_rows else []
    if near:
        collector.problem(
            "unknown-file" if what == "file" else "unknown-sheet",
            file,
            f"This {what} is named nearly like a table and was not read.",
            f"Did you mean '{near[0]}{'.csv' if what == 'file' else ''}'? Rename the {what}.",
            value=name,
        )
    else:
        collector.notice("not-read", file, f"The {what} holds no table and was not read.")


def _near(name: str) -> Iterator[str]:
    """Yield the tables that a name may stand for, best first."""
    plain = table_name(name)
    yield from get_close_matches(plain, list(TABLES), n=1, cutoff=0.7)
    yield from (table for table in TABLES if plain.startswith(table) or plain.endswith(table))
