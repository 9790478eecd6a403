"""Read the raw files of a mapping as frames of text."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pandas as pd

from lodestar.engagement.files.delimited import read_delimited
from lodestar.engagement.files.excel import read_workbook
from lodestar.engagement.files.grid import Grid
from lodestar.engagement.files.header import tidy
from lodestar.engagement.importing.mapping import Source
from lodestar.errors import InputError, Problem
from lodestar.schema.nearest import meant

__all__ = ["read_source"]


def read_source(folder: Path, source: Source) -> pd.DataFrame:
    """Return a raw file as a frame of trimmed texts.

    Parameters
    ----------
    folder : Path
        Folder of the mapping.
    source : Source
        CSV in any usual separator, or a sheet of a workbook.

    Raises
    ------
    InputError
        The file is missing, is not the one the mapping was written for, or cannot be cut into
        columns: the remedy says which.
    """
    path = folder / source.file
    if Path(source.file).name != source.file or not path.is_file():
        near = [one.name for one in sorted(folder.iterdir()) if one.is_file()]
        remedy = meant(source.file, near, "Put the raw file beside the mapping.")
        _refuse(source.file, "There is no file of this name beside the mapping.", remedy)
    content = path.read_bytes()
    if source.sha256 and hashlib.sha256(content).hexdigest() != source.sha256:
        remedy = "Look at what changed, mend the steps, then write the new sha256."
        _refuse(source.file, "The file is not the one the mapping was written for.", remedy)
    return _frame(_grid(content, source), source)


def _grid(content: bytes, source: Source) -> Grid:
    """Return the file, or one sheet of it, as a grid."""
    if content.startswith(b"PK\x03\x04"):
        sheets = read_workbook(content, source.file)
        if isinstance(sheets, Problem):
            raise InputError([sheets])
        name = source.sheet or next(iter(sheets))
        if name not in sheets:
            remedy = meant(name, sheets, f"Sheets: {', '.join(sheets)}.")
            _refuse(source.file, "The workbook has no sheet of this name.", remedy)
        return sheets[name]
    grid = read_delimited(content, source.file, len)
    if isinstance(grid, Problem):
        raise InputError([grid])
    return grid


def _frame(grid: Grid, source: Source) -> pd.DataFrame:
    """Return the rows below the header; cells beyond the header are refused."""
    records = [(n, r) for n, r in zip(grid.rows, grid.records, strict=True) if n >= source.header]
    if not records:
        _refuse(source.file, "There is no header row.", "Say in which row it stands: header: 3.")
    names = [tidy(cell) for cell in records[0][1]]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        remedy = "Rename one of them in a copy of the file."
        _refuse(source.file, f"Two columns are called '{twice[0]}'.", remedy)
    for number, record in records[1:]:
        if len(record) > len(names) and "".join(record[len(names) :]).strip():
            message = f"The row has {len(record)} cells, the header {len(names)}."
            _refuse(source.file, message, "Quote the cells that hold the separator.", number)
    rows = [[tidy(cell) for cell in record[: len(names)]] for _, record in records[1:]]
    padded = [[*row, *[""] * (len(names) - len(row))] for row in rows]
    return pd.DataFrame(padded, columns=names, dtype="str")


def _refuse(file: str, message: str, remedy: str, row: int | None = None) -> None:
    raise InputError([Problem("import-source", file, message, remedy, row=row)])
