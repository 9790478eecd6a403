"""The tables of one period: found, corrected, typed, joined and checked against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.corrections import Corrections
from lodestar.engagement.files.discover import find_tables
from lodestar.engagement.files.header import Names
from lodestar.engagement.files.sheet import Sheet, read_sheet
from lodestar.engagement.inputs.effects import check_targets
from lodestar.engagement.inputs.keys import check_keys
from lodestar.engagement.inputs.known import known_ids
from lodestar.engagement.inputs.references import check_references
from lodestar.engagement.inputs.rules import apply_rules, check_answers, check_shared_ids
from lodestar.engagement.inputs.table import TableRead, read_table
from lodestar.engagement.inputs.wide import check_form, is_wide, lengthened
from lodestar.engagement.model import Period, Settings, Wave
from lodestar.framework.model import Framework
from lodestar.schema.tables import TABLES

__all__ = ["Sheets", "read_period", "sheets_of"]

_PAST = {
    "history": "date",
    "transactions": "date",
    "decisions": "date",
    "workforce": "date",
    "indicators": "date",
    "changes": "date",
}
"""Days that lie in the past of a period, by table."""


@dataclass(frozen=True)
class Sheets:
    """A period's tables as written, and the tables that are there but cannot be read."""

    sheets: dict[str, Sheet]
    unreadable: set[str] = field(default_factory=set)


def sheets_of(
    folder: Path, period: Period, framework: Framework | None, collector: Collector
) -> Sheets:
    """Return the tables of a period as written."""
    items = tuple(item.id for item in framework.items) if framework else ()
    place = folder / "inputs" / period.id
    found = find_tables(place, folder, items, collector)
    sheets, unreadable = {}, found.closed()
    for name, grid in sorted(found.grids.items()):
        names = Names(TABLES[name], items if name == "responses" else ())
        sheet = read_sheet(grid, names, collector)
        if sheet is None:
            unreadable.add(name)
        else:
            sheets[name] = sheet
    return Sheets(sheets, unreadable)


def read_period(
    folder: Path,
    period: Period,
    settings: Settings | None,
    framework: Framework | None,
    corrections: Corrections,
    collector: Collector,
) -> Wave:
    """Return the typed tables of a period; collect every problem of its files.

    Parameters
    ----------
    folder : Path
        The client's folder.
    period : Period
        The period to read.
    settings, framework
        None when they could not be read: ids of theirs are then not compared.
    corrections : Corrections
        The declared fixes, applied before anything is typed.
    collector : Collector
        Takes problems and notices.
    """
    written = sheets_of(folder, period, framework, collector)
    corrected = corrections.apply(period.id, written.sheets, written.unreadable, collector)
    tables = _typed(corrected, framework, collector)
    known = known_ids(settings, framework, tables, written.unreadable)
    check_shared_ids(tables, collector)
    for name, read in tables.items():
        check_references(read, known, collector)
        _tell_later(read, period, collector)
        if name == "effects":
            check_targets(read, known, tables.get("links"), collector)
        if name == "responses" and framework:
            check_answers(read, framework, collector)
    frames = {name: read.frame for name, read in tables.items()}
    left_out = {name: read.left_out for name, read in tables.items() if read.left_out}
    return Wave(period, MappingProxyType(frames), MappingProxyType(left_out))


def _typed(
    sheets: Mapping[str, Sheet], framework: Framework | None, collector: Collector
) -> dict[str, TableRead]:
    """Return the tables typed, each key once, without rows that mean nothing."""
    items = tuple(item.id for item in framework.items) if framework else ()
    tables = {}
    for name, sheet in sheets.items():
        if name == "responses":
            check_form(sheet, items, collector)
            sheet = lengthened(sheet, items, collector) if is_wide(sheet, items) else sheet
        if not len(sheet.rows):
            collector.notice("no-rows", sheet.file, "The table has a header and no rows.")
        read = check_keys(read_table(sheet, collector), collector)
        tables[name] = apply_rules(read, collector)
    return tables


def _tell_later(read: TableRead, period: Period, collector: Collector) -> None:
    """Note rows dated after the day that the period looks back from."""
    column = _PAST.get(read.sheet.table.name)
    if column is None:
        return
    later = np.flatnonzero(read.frame[column] > pd.Timestamp(period.as_of))
    if len(later):
        collector.notice(
            "after-as-of",
            read.sheet.file,
            f"Rows dated after {period.as_of}, the day the period looks back from: {len(later):,}.",
            "Correct the dates, or as_of in engagement.yml.",
            row=int(read.sheet.rows[read.at[later[0]]]),
            column=column,
        )
