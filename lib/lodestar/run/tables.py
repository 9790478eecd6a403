"""The lists of results.json as CSV files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lodestar.schema.spreadsheets import safe_cell

__all__ = ["csv_text", "result_lists"]

Records = Sequence[Mapping[str, Any]]


def result_lists(document: Mapping[str, Any]) -> dict[str, str]:
    """Return each list of records in the results as CSV text, by its dotted place.

    Parameters
    ----------
    document : mapping
        The results as published: every list in it has passed the confidentiality gate.

    Returns
    -------
    dict
        ``{"alignment.gaps": "capability,function,…"}``, by name; empty lists and lists of plain
        values are left out.
    """
    return {name: csv_text(records) for name, records in sorted(_lists(document, ""))}


def csv_text(records: Records) -> str:
    """Return records as CSV: one row each, columns in the order they first appear.

    Parameters
    ----------
    records : sequence of mapping
        Nested mappings become dotted columns; lists join with ``; ``; None is blank.

    Examples
    --------
    >>> print(csv_text([{"id": "a", "path": ["x", "y"], "n": None}]), end="")
    id,path,n
    a,x; y,
    """
    rows = [dict(_flat(record, "")) for record in records]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([safe_cell(name) for name in columns])
    writer.writerows([[safe_cell(row.get(name)) for name in columns] for row in rows])
    return buffer.getvalue()


def _lists(node: Mapping[str, Any], place: str) -> Iterator[tuple[str, Records]]:
    """Yield each list of records below a mapping with its dotted place."""
    for key in sorted(node):
        value, here = node[key], f"{place}{key}"
        if isinstance(value, Mapping):
            yield from _lists(value, f"{here}.")
        elif isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
            yield here, value


def _flat(record: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{place}{key}.")
        else:
            yield f"{place}{key}", None if value == {} else value
