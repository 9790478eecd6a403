"""The header row of a grid: found under titles, its names matched to the table's columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from lodestar.engagement.files.delimited import LOOKED_AT
from lodestar.engagement.files.grid import Grid
from lodestar.schema.columns import Table
from lodestar.schema.letters import TURNING

__all__ = ["Header", "Names", "find_header", "tidy"]

_EDGES = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
_LEFT_OUT: dict[int, str | None] = {ord("\x0b"): " ", ord("\x0c"): " ", **TURNING}


def tidy(text: str) -> str:
    r"""Return a cell's text without the spaces and invisible characters round it.

    Marks that turn the direction of writing are left out anywhere: one whose end is cut off would
    turn round every word and number after it.

    Examples
    --------
    >>> tidy("\u00a0 sales \u200b")
    'sales'
    """
    return text.translate(_LEFT_OUT).strip().strip(_EDGES).strip()


@dataclass(frozen=True)
class Names:
    """The names that a table's header may hold.

    ``items`` are the framework's items, each of which may head a column of answers.
    """

    table: Table
    items: tuple[str, ...] = ()

    def read(self, cells: Sequence[str]) -> list[str]:
        """Return the header's names: columns and items as the contract writes them."""
        return [self._read(tidy(cell)) for cell in cells]

    def known(self, cells: Sequence[str]) -> int:
        """Return how many different names of columns and items the cells hold."""
        named = {*self.table.names, *self.items}
        return len(named.intersection(self.read(cells)))

    def complete(self, cells: Sequence[str]) -> bool:
        """Tell whether the cells name every column that must exist."""
        names = set(self.read(cells))
        wide = bool(self.items) and "respondent" in names and bool(names & set(self.items))
        return wide or set(self.table.required) <= names

    def _read(self, cell: str) -> str:
        plain = re.sub(r"[\s_-]+", "_", cell.casefold())
        if plain in self.table.names:
            return plain
        same = self._folded.get(cell.casefold(), ())
        return same[0] if len(same) == 1 else cell

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        """The items by their names in small letters."""
        folded: dict[str, tuple[str, ...]] = {}
        for item in self.items:
            folded[item.casefold()] = (*folded.get(item.casefold(), ()), item)
        return folded


@dataclass(frozen=True)
class Header:
    """Where the header stands: names by position, the records above it and the first below."""

    names: tuple[str, ...]
    written: tuple[str, ...]
    above: int
    below: int


def find_header(grid: Grid, names: Names) -> Header | None:
    """Return the header of a grid, or None when no row names any column.

    Notes
    -----
    The header is the first of the top rows that names every column that must exist. Failing
    that, two rows that do so together (a title merged over several columns, or a name over
    both rows); failing that, the row that names most columns, which is then incomplete.
    """
    top = grid.records[:LOOKED_AT]
    for at, record in enumerate(top):
        if names.complete(record):
            return _header(names, record, at, at + 1)
    for at, (upper, lower) in enumerate(pairwise(top)):
        both = _joined(upper, lower)
        if names.complete(both):
            return _header(names, both, at, at + 2)
    scores = [names.known(record) for record in top]
    best = max(scores, default=0)
    return _header(names, top[at := scores.index(best)], at, at + 1) if best else None


def _header(names: Names, record: Sequence[str], above: int, below: int) -> Header:
    written = tuple(tidy(cell) for cell in record)
    return Header(tuple(names.read(record)), written, above, below)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return two header rows as one: the lower cell, or the upper where it is blank."""
    width = max(len(upper), len(lower))
    padded = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [low if low.strip() else up for up, low in zip(*padded, strict=True)]
