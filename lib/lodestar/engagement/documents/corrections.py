"""corrections.yml: declared fixes of cells, each guarded by the row and value it expects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from lodestar.engagement.collector import Collector
from lodestar.engagement.documents.fields import Field, checked
from lodestar.engagement.documents.yaml_document import Document, is_there, read_document
from lodestar.engagement.files.sheet import Sheet
from lodestar.schema.nearest import meant
from lodestar.schema.tables import TABLES

__all__ = ["Corrections", "read_corrections"]

_FIELDS = {
    "table": Field("text", required=True, allowed=tuple(TABLES)),
    "where": Field("table", required=True, entry=Field("cell")),
    "column": Field("text", required=True),
    "old": Field("cell", required=True),
    "new": Field("cell", required=True),
    "reason": Field("text", required=True),
    "by": Field("text"),
    "on": Field("date"),
    "period": Field("text"),
}


@dataclass
class _Seen:
    """What became of one correction in the periods looked at."""

    rows: int = 0
    columns_missing: list[tuple[str, list[str]]] = field(default_factory=list)
    other_values: list[tuple[str, int, str]] = field(default_factory=list)
    mixed: bool = False
    blocked: bool = False


class Corrections:
    """The declared corrections, applied period by period and then accounted for.

    Notes
    -----
    A correction without ``period`` applies wherever its row holds the old value; it must do so
    in at least one period, and in each period either to all rows it names or to none.
    """

    def __init__(self, document: Document | None, entries: Sequence[tuple[int, dict]]) -> None:
        self._document = document
        self._entries = [(at, entry, _Seen()) for at, entry in entries]
        self.applied: list[dict[str, Any]] = []

    def apply(
        self,
        period: str,
        sheets: Mapping[str, Sheet],
        unreadable: Collection[str],
        collector: Collector | None,
    ) -> dict[str, Sheet]:
        """Return the sheets of a period corrected.

        Parameters
        ----------
        period : str
            Id of the period.
        sheets : mapping
            Its tables as written.
        unreadable : collection of str
            Tables that are there and cannot be read: nothing is told of their corrections.
        collector : Collector, optional
            Takes a notice for each correction; None where a later period is only looked at.
        """
        corrected = dict(sheets)
        for _, entry, seen in self._entries:
            seen.blocked |= entry["table"] in unreadable
            sheet = corrected.get(entry["table"])
            if sheet is not None and entry.get("period", period) == period:
                changed = _corrected(sheet, entry, seen)
                if changed is not None and collector is not None:
                    new, rows = changed
                    corrected[entry["table"]] = new
                    self._note(entry, period, sheet.file, rows, collector)
        return corrected

    def open_tables(self) -> set[str]:
        """Return the tables of corrections that have matched no row yet."""
        return {entry["table"] for _, entry, seen in self._entries if not seen.rows}

    def account(self, collector: Collector) -> None:
        """Collect the corrections that matched no row, or rows with another value."""
        for at, entry, seen in self._entries:
            if seen.blocked:
                continue
            if seen.other_values and (seen.mixed or not seen.rows):
                file, row, value = seen.other_values[0]
                self._tell(
                    collector,
                    "correction-old",
                    at,
                    "old",
                    value,
                    f"Row {row} of {file} holds another value than '{entry['old']}'.",
                    "Write the value as the file holds it, or remove the correction.",
                )
            elif not seen.rows and seen.columns_missing:
                missing, known = seen.columns_missing[0]
                self._tell(
                    collector,
                    "correction-column",
                    at,
                    "column",
                    missing,
                    f"Table {entry['table']} has no column '{missing}'.",
                    meant(missing, known, f"Its columns: {', '.join(known)}."),
                )
            elif not seen.rows:
                self._tell(
                    collector,
                    "correction-row",
                    at,
                    "where",
                    _said(entry["where"]),
                    f"No row of table {entry['table']} is like this.",
                    "Name a row that exists, or remove the correction.",
                )

    def _note(
        self, entry: dict, period: str, file: str, rows: list[int], collector: Collector
    ) -> None:
        """Keep what was corrected, for the page on provenance."""
        self.applied.append({**entry, "period": period, "file": file, "rows": len(rows)})
        collector.notice(
            "corrected",
            file,
            f"Corrected to '{entry['new']}': {entry['reason']}.".replace("..", "."),
            row=rows[0],
            column=entry["column"],
            value=entry["old"],
        )

    def _tell(
        self,
        collector: Collector,
        code: str,
        at: int,
        key: str,
        value: str,
        message: str,
        remedy: str,
    ) -> None:
        if self._document is not None:
            row = self._document.row((at, key))
            collector.problem(
                code, self._document.file, message, remedy, row=row, column=key, value=value
            )


def read_corrections(folder: Path, collector: Collector) -> Corrections:
    """Return the corrections declared in a client's folder; none when there is no such file."""
    path = folder / "corrections.yml"
    document = read_document(path, collector) if is_there(path) else None
    if document is None or document.data is None:
        return Corrections(None, [])
    if not isinstance(document.data, list):
        collector.problem(
            "wrong-value",
            document.file,
            "The file must be a list of corrections.",
            "Begin each correction with '- '.",
            row=1,
        )
        return Corrections(document, [])
    return Corrections(document, list(_entries(document, collector)))


def _entries(document: Document, collector: Collector) -> Iterator[tuple[int, dict]]:
    """Yield the usable corrections with their position in the file."""
    needed = {name for name, spec in _FIELDS.items() if spec.required}
    for at, written in enumerate(document.data):
        spec = Field("mapping", fields=_FIELDS)
        entry = checked(written, spec, (at,), document, collector)
        if needed <= set(entry):
            yield at, entry


def _corrected(sheet: Sheet, entry: dict, seen: _Seen) -> tuple[Sheet, list[int]] | None:
    """Return the sheet with one correction made, and the rows it changed."""
    asked = [*entry["where"], entry["column"]]
    for name in (name for name in asked if name not in sheet.cells):
        seen.columns_missing.append((name, list(sheet.cells)))
        return None
    here = np.ones(len(sheet.rows), dtype=bool)
    for name, value in entry["where"].items():
        here &= sheet.cells[name] == value
    cells = sheet.cells[entry["column"]]
    old = here & (cells == entry["old"])
    other = np.flatnonzero(here & ~old)
    seen.other_values += [(sheet.file, int(sheet.rows[at]), str(cells[at])) for at in other[:1]]
    seen.mixed |= bool(len(other)) and bool(old.any())
    seen.rows += int(old.sum())
    if not old.any():
        return None
    new = np.where(old, entry["new"], cells).astype(object)
    return sheet.with_cells(**{entry["column"]: new}), [int(row) for row in sheet.rows[old]]


def _said(where: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in where.items())
