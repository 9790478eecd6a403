"""What the what-ifs of 04 show of a level: the parts of misalignment and the heaviest gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.assess.alignment.scenarios import GAPS
from lodestar.findings.alignment.rows import part_rows
from lodestar.findings.words import joined, level, named
from lodestar.tables import Column, table

__all__ = ["gaps_table", "parts_table"]

RESTS = "A capability holds no higher than what it needs there, at any level you try."
GAP_COLUMNS = [
    Column("capability", "Capability"),
    Column("function", "Function"),
    Column("target", "Target", "number"),
    Column("gap", "Gap in levels", "signed"),
    Column("reachable", "Can hold now", "number"),
    Column("waits", "Waits for"),
]
PART_COLUMNS = [Column("name", "Where it comes from"), Column("text", "Share of misalignment")]


def parts_table(section: Mapping[str, Any]) -> str:
    """Return the parts of misalignment as a table; empty where nothing is left to divide."""
    rows = part_rows(section)
    return "" if rows.empty else table(rows, PART_COLUMNS).html()


def gaps_table(labels: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    """Return the heaviest gaps at a level as a table."""
    rows = [
        {
            **row,
            "capability": named(labels["capability"], row["capability"]),
            "function": named(labels["function"], row["function"]),
            "waits": joined([named(labels["capability"], id) for id in row["blocked_by"]]),
        }
        for row in section["gaps"][:GAPS]
    ]
    caption = f"The gaps that weigh most at level {level(section['chosen'])}. {RESTS}"
    return table(pd.DataFrame(rows), GAP_COLUMNS, caption).html()
