"""Exhibit of the worst conflict: its path in the part of the map that lies between its ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.charts.conflicts import path_network
from lodestar.findings.conflicts.pairs_words import listed
from lodestar.findings.conflicts.told import told
from lodestar.tables import table
from lodestar.workbook.conflicts.layout import drawing
from lodestar.workbook.conflicts.pairs import COLUMNS, rows_of
from lodestar.workbook.exhibit import Exhibit

__all__ = ["paths"]

SHOWN = 10


def paths(results: Mapping[str, Any]) -> Exhibit:
    """Return the network round the worst conflict, and the ten worst told as sentences."""
    shown = listed(results["conflicts"])
    if not shown:
        return Exhibit()
    rows = table(rows_of(results, shown[:SHOWN]), COLUMNS)
    notes = () if len(shown) <= SHOWN else (f"The {SHOWN} worst of {len(shown)} are told here.",)
    item = shown[0]
    if not item["path"]:
        return Exhibit(table=rows, notes=notes, open_table=True)
    made = drawing(results, item)
    chart = path_network(made.nodes, made.links, made.width, made.height, told(results, item))
    return Exhibit(chart, rows, notes, open_table=True)
