"""The lists of results.json as CSV files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["csv_text", "result_lists", "safe_cell"]

Records = Sequence[Mapping[str, Any]]

_START = re.compile(r"[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What begins a formula in a cell, wide East Asian signs included."""

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?[ \"]*(?:[;\t\r\n|]|$)"
_INSIDE = re.compile(
    rf"([;\t\r\n|][\s\"]*)(?!{_NUMBER})([=+\-@\uff1d\uff0b\uff0d\uff20])", re.IGNORECASE
)
"""What would begin one where a program cuts cells at another sign than the comma."""


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


def safe_cell(value: Any) -> Any:
    """Return a value as a spreadsheet shows it: text that looks like a formula is quoted.

    Where lists are parted by semicolons, a spreadsheet may cut cells there: each part of a text is
    quoted as a cell would be, numbers excepted.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell(-1.5), safe_cell(None), safe_cell(True)
    ("'=1+1", -1.5, '', 'yes')
    >>> safe_cell("one; =1+1"), safe_cell([0.5, -0.25])
    ("one; '=1+1", '0.5; -0.25')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return safe_cell("; ".join(str(_scalar(item)) for item in value))
    if isinstance(value, str):
        quoted = f"'{value}" if _START.match(value) else value
        return _INSIDE.sub(r"\1'\2", quoted)
    return value


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


def _scalar(item: Any) -> Any:
    """Return a list's item as text: a record by its values in order."""
    if isinstance(item, Mapping):
        return " ".join(str(value) for value in item.values() if value is not None)
    return "" if item is None else item
