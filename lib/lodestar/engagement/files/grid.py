"""A file or sheet as a grid of texts, each row with its number as the file counts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

__all__ = ["Grid"]


@dataclass(frozen=True)
class Grid:
    """The rows of a file or sheet that hold anything.

    Parameters
    ----------
    file : str
        File or sheet, relative to the client's folder.
    records : list of list of str
        Cells as written; blank rows are left out.
    rows : list of int
        Number of each record in the file, the first being 1.
    blank : int
        Rows left out because they are blank.
    days : frozenset of (int, int)
        Row and position of cells that a spreadsheet stores as days.
    merged : tuple of (int, int)
        First and last row of merged cells.
    epoch : date, optional
        Day 0 of a workbook's day numbers.
    squared : bool
        Whether every row has as many cells as the file is wide (sheets).
    """

    file: str
    records: list[list[str]]
    rows: list[int]
    blank: int = 0
    days: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int], ...] = ()
    epoch: date | None = None
    squared: bool = False
