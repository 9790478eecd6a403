"""Executed notebooks as a section of a comparison: cells, charts' data, tables, text."""

from __future__ import annotations

from collections.abc import Sequence

from lodestar.findings.words import plural, start
from lodestar.review.cells import CONTROLS, CellChange, Lines, NotebookChange
from lodestar.review.report_parts import (
    Block,
    Fold,
    Grid,
    Limits,
    Said,
    Section,
    Words,
    leaf_grid,
    rest,
)
from lodestar.review.words import compare_words

__all__ = ["cell_words", "cells_section"]

DRAWN = "drawn otherwise: same data, same cells, same words"


def cells_section(notebooks: Sequence[NotebookChange], limits: Limits) -> Section:
    """Return which cells of which notebooks differ, and in what."""
    return Section("Cells", tuple(_notebook(one, limits) for one in notebooks))


def _notebook(change: NotebookChange, limits: Limits) -> Fold:
    if change.kind != "changed":
        return Fold(f"{change.stem}: {change.kind}", ())
    title = f"{change.stem}: {plural(len(change.cells), 'cell')}"
    if not change.cells:
        return Fold(title, (Said("Only the notebook's own details differ; no cell does."),))
    if limits.detail:
        return Fold(title, tuple(_cell(cell, limits) for cell in change.cells))
    shown = change.cells[: limits.rows]
    rows = tuple((_place(cell), cell_words(cell)) for cell in shown)
    return Fold(
        title,
        (Grid(("Cell", "What differs"), rows, left_out=rest(len(change.cells), limits.rows)),),
    )


def _place(cell: CellChange) -> str:
    return cell.cell if cell.cell == CONTROLS else f"{cell.number} {cell.cell}"


def cell_words(cell: CellChange) -> str:
    """Return in a line what differs in a cell.

    Examples
    --------
    >>> cell_words(CellChange("four-show", 7, "changed", text=(("a", "b"),)))
    'one line of text'
    """
    if cell.kind != "changed":
        return cell.kind
    if cell.drawn:
        return DRAWN
    parts = [f"{plural(len(cell.source), 'line')} of source"] if cell.source else []
    parts += [f"{plural(len(cell.text), 'line')} of text"] if cell.text else []
    parts += _counts("chart", "value", cell.charts)
    parts += _counts("table", "cell", cell.tables)
    return ", ".join(parts)


def _counts(what: str, unit: str, parts: Sequence[Sequence[object]]) -> list[str]:
    many = len(parts) > 1
    return [
        f"{what} {at}: {plural(len(part), unit)}" if many else f"{what}: {plural(len(part), unit)}"
        for at, part in enumerate(parts, 1)
        if part
    ]


def _cell(cell: CellChange, limits: Limits) -> Fold:
    blocks: list[Block] = [*_texts("Source", cell.source), *_texts("Text", cell.text)]
    for word, parts in (("Chart", cell.charts), ("Table", cell.tables)):
        for at, leaves in enumerate(parts, 1):
            if leaves:
                name = f"{word} {at}" if len(parts) > 1 else word
                blocks += [Said(name, strong=True), leaf_grid(leaves, limits.rows, {})]
    return Fold(f"{start(_place(cell))}: {cell_words(cell)}", tuple(blocks))


def _texts(title: str, lines: Lines) -> list[Words]:
    return [Words(title, *compare_words(before, after)) for before, after in lines]
