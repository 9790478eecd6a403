"""Input rows and whatever else runs are made from, as sections of a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from lodestar.findings.differences import counted
from lodestar.findings.words import start
from lodestar.review.inputs import FEW, KINDS, SOME, ChangedRow, Inputs, TableChange
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
from lodestar.review.shown import value_text
from lodestar.review.sources import Source
from lodestar.review.tree import Leaf
from lodestar.review.words import compare_words

__all__ = ["inputs_section", "sources_section"]

HEAD = ("Table", "Period", "Added", "Gone", "Changed")
CONFIDENTIAL = "given in confidence"
FEW_TOLD = (
    "Answers given in confidence are counted, never shown. “Few”: fewer persons than the "
    "threshold; “some”: a count that would give the few away."
)
NOT_KEPT = "No longer kept, so its rows cannot be compared: {}."
SHORT = 12
"""Characters of a hash that are shown."""

_NUMBERS = frozenset({2, 3, 4})


def inputs_section(inputs: Inputs, limits: Limits) -> Section:
    """Return which rows of which tables differ: counts first, then cells old and new."""
    blocks: list[Block] = []
    lines = [line for one in inputs.tables for line in _lines(one)]
    if lines:
        blocks.append(Grid(HEAD, tuple(lines), _NUMBERS))
    if any(one.confidential for one in inputs.tables):
        blocks.append(Said(FEW_TOLD))
    blocks += [_details(one, limits) for one in inputs.tables if _tells(one, limits)]
    blocks += [Said(NOT_KEPT.format(file)) for file in inputs.lost]
    if inputs.files:
        rows = tuple((file, _hash(a), _hash(b)) for file, a, b in inputs.files)
        blocks.append(Grid(("File", "sha256 before", "sha256 after"), rows))
    return Section("Input rows", tuple(blocks))


def _tells(change: TableChange, limits: Limits) -> bool:
    """Tell whether a table's rows are listed: in short, not those of a new wave's register."""
    new = change.count("changed") == 0 and len(change.rows) > limits.rows
    return bool(change.rows) and (limits.detail or not new)


def _lines(change: TableChange) -> list[tuple[str, ...]]:
    periods = dict.fromkeys((change.period_before, change.period_after))
    when = " → ".join(periods)
    lines = []
    if change.rows:
        lines.append((change.table, when, *(f"{change.count(kind):,}" for kind in KINDS)))
    if change.confidential:
        counts = (_count(change.confidential[kind]) for kind in KINDS)
        lines.append((f"{change.table}, {CONFIDENTIAL}", when, *counts))
    return lines


def _count(shown: int | str) -> str:
    return shown if shown in (FEW, SOME) else f"{shown:,}"  # type: ignore[return-value]


def _details(change: TableChange, limits: Limits) -> Fold:
    counts = counted(**{kind: change.count(kind) for kind in KINDS})
    ordered = sorted(change.rows, key=lambda row: KINDS[::-1].index(row.kind))
    rows = [line for row in ordered[: limits.rows] for line in _cells(row)]
    file = change.file_after or change.file_before
    left = rest(len(ordered), limits.rows)
    grid = Grid(("Row", "Column", "Before", "After"), tuple(rows), left_out=left)
    return Fold(f"{start(change.table)} ({file}): {counts}", (grid,))


def _cells(row: ChangedRow) -> list[tuple[str, ...]]:
    """Return a changed row cell by cell, a new or gone one in a line."""
    where = _where(row)
    if row.kind == "changed":
        return [
            (where if at == 0 else "", cell.column, _cell(cell.before), _cell(cell.after))
            for at, cell in enumerate(row.cells)
        ]
    told = {cell.column: cell.after if row.kind == "added" else cell.before for cell in row.cells}
    whole = value_text({column: text for column, text in told.items() if text}, limit=80)
    before, after = ("–", whole) if row.kind == "added" else (whole, "–")
    return [(where, row.kind, before, after)]


def _where(row: ChangedRow) -> str:
    key = " · ".join(value for value in row.key.values() if value)
    here, there = row.row_after, row.row_before
    if here is None or there is None or here == there:
        place = f"row {there if here is None else here}"
    else:
        place = f"row {there} → {here}"
    return f"{key} ({place})" if key else place


def _cell(text: str) -> str:
    return value_text(text, limit=80) if text else "blank"


def _hash(sha: str) -> str:
    return sha[:SHORT] or "–"


def sources_section(sources: Sequence[Source], limits: Limits) -> Section:
    """Return what differs in framework, settings, declared fixes, words, code and packages."""
    blocks: list[Block] = []
    for source in sources:
        inside: list[Block] = [Said(source.note)] if source.note else []
        if source.name == "notes":
            inside += [_words(leaf) for leaf in source.leaves[: limits.rows]]
        elif source.leaves:
            inside.append(leaf_grid(source.leaves, limits.rows, {}, skip=1))
        total = f" ({len(source.leaves):,})" if source.leaves else ""
        blocks.append(Fold(f"{start(source.name)}{total}", tuple(inside)))
    return Section("Framework, settings, words and code", tuple(blocks))


def _words(leaf: Leaf) -> Words:
    texts = (str(leaf.before or ""), str(leaf.after or ""))
    return Words(str(leaf.place[-1]), *compare_words(*texts))
