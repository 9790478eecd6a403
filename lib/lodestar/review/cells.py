"""Executed notebooks cell by cell, by cell id: sources, charts' data, tables' cells, text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from lodestar.review.identity import identify
from lodestar.review.pieces import (
    Chart,
    Grid,
    Pieces,
    joined,
    pieces_of,
    together,
    widget_pieces,
)
from lodestar.review.sides import Side
from lodestar.review.tree import Leaf, compare, same

__all__ = ["CONTROLS", "CellChange", "NotebookChange", "compare_cells", "compare_notebooks"]

CONTROLS = "controls"
"""Stands for the values that a notebook's what-if controls hold."""

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CellChange:
    """What differs in one cell.

    Parameters
    ----------
    cell : str
        The cell's id; ``controls`` for the notebook's stored what-if.
    number : int
        Its position, the first being 1; 0 for the controls.
    kind : {"changed", "added", "gone"}
        Whether both sides have the cell.
    source : tuple of (str, str)
        Lines of the source that differ, before and after.
    text : tuple of (str, str)
        Lines of the output that differ.
    charts, tables : tuple of tuple of Leaf
        For each chart and table of the output what differs, in order.
    drawn : bool
        Whether only the drawing differs: same data, same cells, same words.
    """

    cell: str
    number: int
    kind: Literal["changed", "added", "gone"]
    source: Lines = ()
    text: Lines = ()
    charts: tuple[tuple[Leaf, ...], ...] = ()
    tables: tuple[tuple[Leaf, ...], ...] = ()
    drawn: bool = False

    def __bool__(self) -> bool:
        parts = (self.source, self.text, *self.charts, *self.tables)
        return self.kind != "changed" or self.drawn or any(parts)


@dataclass(frozen=True)
class NotebookChange:
    """One notebook's cells that differ; added or gone notebooks have none."""

    stem: str
    kind: Literal["changed", "added", "gone"]
    cells: tuple[CellChange, ...] = ()


def compare_notebooks(before: Side, after: Side) -> list[NotebookChange]:
    """Return the executed notebooks of two sides that differ, in the walk's order.

    Parameters
    ----------
    before, after : Side
        Two runs; a side whose notebooks were not executed has none to compare.
    """
    if not before.notebooks or not after.notebooks:
        return []
    found = []
    for stem in sorted({*before.notebooks, *after.notebooks}):
        there, here = before.notebooks.get(stem), after.notebooks.get(stem)
        if there is None or here is None:
            found.append(NotebookChange(stem, "added" if there is None else "gone"))
        elif there.read_bytes() != here.read_bytes():
            found.append(NotebookChange(stem, "changed", tuple(_cells(there, here))))
    return found


def _cells(there: Path, here: Path) -> Iterator[CellChange]:
    one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (there, here))
    yield from compare_cells(one, other)


def compare_cells(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[CellChange]:
    """Return the cells in which two executed notebooks differ, in the later one's order.

    Parameters
    ----------
    before, after : mapping
        Notebooks as nbformat 4.5 holds them.
    """
    there, here = (_by_id(notebook) for notebook in (before, after))
    found = [
        CellChange(name, number, "added")
        if name not in there
        else _cell(name, number, there[name][1], cell)
        for name, (number, cell) in here.items()
    ]
    found += [CellChange(n, at, "gone") for n, (at, _) in there.items() if n not in here]
    found.append(_controls(before.get("metadata", {}), after.get("metadata", {})))
    return [change for change in found if change]


def _by_id(notebook: Mapping[str, Any]) -> dict[str, tuple[int, Mapping[str, Any]]]:
    cells = enumerate(notebook.get("cells", []), 1)
    return {str(cell.get("id", f"cell {at}")): (at, cell) for at, cell in cells}


def _cell(
    name: str, number: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> CellChange:
    source = _lines(*(joined(cell.get("source", "")).splitlines() for cell in (before, after)))
    there, here = (cell.get("outputs", []) for cell in (before, after))
    if there == here:
        return CellChange(name, number, "changed", source)
    pieces = [together(map(pieces_of, outputs)) for outputs in (there, here)]
    return _outputs(name, number, source, pieces[0], pieces[1])


def _outputs(name: str, number: int, source: Lines, there: Pieces, here: Pieces) -> CellChange:
    charts = [_chart(*pair) for pair in zip_longest(there.charts, here.charts)]
    tables = [_table(*pair) for pair in zip_longest(there.tables, here.tables)]
    text = _lines(there.lines, here.lines)
    drawn = not (text or any(charts) or any(tables))
    return CellChange(name, number, "changed", source, text, tuple(charts), tuple(tables), drawn)


def _controls(before: Mapping[str, Any], after: Mapping[str, Any]) -> CellChange:
    if before.get("widgets") == after.get("widgets"):
        return CellChange(CONTROLS, 0, "changed")
    return _outputs(CONTROLS, 0, (), widget_pieces(before), widget_pieces(after))


def _chart(before: Chart | None, after: Chart | None) -> tuple[Leaf, ...]:
    """Compare two charts: data sets in drawing order row by row, then the encoding."""
    if before is None or after is None:
        kind: Literal["added", "gone"] = "added" if before is None else "gone"
        return (Leaf(kind, ("chart",), None, None),)
    there, here = (
        {f"data {at}": rows for at, rows in enumerate(chart.data, 1)} for chart in (before, after)
    )
    data = [] if same(there, here) else compare(there, here)
    return (*data, *compare(_indexed(before.encoding), _indexed(after.encoding)))


def _table(before: Grid | None, after: Grid | None) -> tuple[Leaf, ...]:
    """Compare two tables: rows by what names them, else by their first cell and its turn."""
    there, here = (grid.records() if grid else [] for grid in (before, after))
    names = identify("", there, here)
    heads = next((list(record) for record in (*there, *here)), [""])
    if names is None or heads[0] not in names or len(names) >= len(heads):
        return tuple(compare(_turned(there), _turned(here)))
    return tuple(compare(there, here))


def _turned(records: Sequence[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return rows by their first cell; one that stands again is numbered."""
    turns: Counter[str] = Counter()
    found = {}
    for record in records:
        (_, first), *others = record.items() or [("", "")]
        turns[first] += 1
        name = first if turns[first] == 1 else f"{first} ({turns[first]})"
        found[name] = dict(others)
    return found


def _indexed(node: Any) -> Any:
    """Return lists of mappings by position: layers and marks have no other name."""
    if isinstance(node, Mapping):
        return {key: _indexed(value) for key, value in node.items()}
    if isinstance(node, list) and node and all(isinstance(one, Mapping) for one in node):
        return {str(at): _indexed(one) for at, one in enumerate(node, 1)}
    return node


def _lines(before: Sequence[str], after: Sequence[str]) -> Lines:
    """Return the lines that differ, paired where they stand for each other."""
    found: list[tuple[str, str]] = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag != "equal":
            found += zip_longest(before[a:a_end], after[b:b_end], fillvalue="")
    return tuple(found)
