"""References: every id that a table uses is defined somewhere; the nearest ids are named."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.inputs.known import DEFINED_IN, Known
from lodestar.engagement.inputs.table import TableRead
from lodestar.schema.columns import Column
from lodestar.schema.nearest import meant

__all__ = ["check_references", "tell_unknown"]


def check_references(read: TableRead, known: Known, collector: Collector) -> None:
    """Collect the ids of a table that are not known.

    Notes
    -----
    When the table that would define them is not there at all, nothing can be compared: that is
    told once. Links are the exception: their ends must be defined.
    """
    for column in read.sheet.table.columns:
        if column.name not in read.sheet.cells or not column.reference:
            continue
        if column.reference == ("effect_targets",):
            continue
        ids = known.of(column.reference)
        if _nowhere_defined(column, known) and read.sheet.table.name != "links":
            _tell_absent(read, column, collector)
        elif ids is not None:
            _check(read, column, ids | set(column.allowed), collector)


def _nowhere_defined(column: Column, known: Known) -> bool:
    """Tell whether all tables that could define the column's ids are absent."""
    return set(column.reference) <= known.absent


def _tell_absent(read: TableRead, column: Column, collector: Collector) -> None:
    """Note once that the ids of a column cannot be compared."""
    used = read.frame[column.name].notna().any()
    if column.reference == ("customers",) or not used:
        return
    collector.notice(
        "missing-table",
        read.sheet.file,
        f"No table defines these ids: {' or '.join(column.reference)} is not there.",
        "Add it, or pages that join the two stay without an answer.",
        column=column.name,
    )


def _check(
    read: TableRead, column: Column, ids: frozenset[str] | set[str], collector: Collector
) -> None:
    """Collect the cells of a column whose ids are not known."""
    cells = read.frame[column.name]
    if column.type == "list":
        parts = cells.explode().dropna()
        unknown = parts[~parts.isin(list(ids))]
    else:
        unknown = cells[cells.notna() & ~cells.isin(list(ids))]
    tell_unknown(read, column, unknown, ids, collector)


def tell_unknown(
    read: TableRead,
    column: Column,
    unknown: pd.Series,
    ids: frozenset[str] | set[str],
    collector: Collector,
) -> None:
    """Collect a problem for each of these cells (values by position in the frame)."""
    at = read.at[np.asarray(unknown.index, dtype=int)]
    names = [DEFINED_IN[kind][0] for kind in column.reference if kind in DEFINED_IN]
    places = dict.fromkeys(DEFINED_IN[k][1] for k in column.reference if k in DEFINED_IN)
    add = f"Use an id of {_either(places)}, or add it there."
    remedies: dict[str, str] = {}

    def remedy(value: str) -> str:
        if value not in remedies:
            remedies[value] = _separated(value, ids) or meant(value, ids, add)
        return remedies[value]

    collector.cells(
        "unknown-id",
        read.sheet.file,
        read.sheet.rows[at],
        lambda i: read.sheet.heading(column.name, int(at[i])),
        [str(value) for value in unknown],
        f"No {_either(names)} has this id.",
        remedy,
    )


def _either(words: Collection[str]) -> str:
    """Return words as ``a, b or c``."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _separated(value: str, ids: frozenset[str] | set[str]) -> str:
    """Return the remedy for a list whose entries stand between other marks than semicolons."""
    for mark in (",", "|", "/"):
        parts = [part.strip() for part in value.split(mark)]
        if len(parts) > 1 and set(parts) <= set(ids):
            return f"Write a semicolon between entries: {';'.join(parts)}."
    return ""
