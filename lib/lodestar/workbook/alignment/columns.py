"""Columns and names that the tables of 04 share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.words import named
from lodestar.tables import Column

__all__ = ["LEVELS", "PLACE", "SHOWN", "named_rows"]

SHOWN = 10
PLACE = [Column("capability", "Capability"), Column("function", "Function")]
LEVELS = [
    Column("present", "Present", "number"),
    Column("target", "Target", "number"),
    Column("gap", "Gap in levels", "signed"),
]


def named_rows(results: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with names in place of ids."""
    labels = results["labels"]
    return [
        {
            **row,
            "capability": named(labels["capability"], row["capability"]),
            "function": named(labels["function"], row["function"]),
            "basis": str(row.get("basis", "")).replace(";", ", "),
        }
        for row in rows
    ]
