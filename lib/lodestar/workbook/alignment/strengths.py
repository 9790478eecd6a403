"""What sets the client apart, against its targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import asset_rows
from lodestar.findings.words import level, named
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["assets"]


def assets(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.assets``: distinctive capabilities and their targets."""
    labels = results["labels"]
    rows = [
        {
            **row,
            "label": named(labels["capability"], row["capability"]),
            "at": ", ".join(named(labels["function"], f) for f in row["functions"]) or "nowhere",
            "place": f"{row['rank']} of {row['of']}",
        }
        for row in results["alignment"]["assets"]
    ]
    if not rows:
        return Exhibit()
    frame = pd.DataFrame(rows)
    said = "; ".join(
        f"{row['label']} level {level(row['present'])}, target {level(row['target'])}"
        for row in rows
    )
    columns = [
        Column("label", "Capability"),
        Column("present", "Present", "number"),
        Column("target", "Target", "number"),
        Column("gap", "Gap in levels", "signed"),
        Column("place", "Place by gap"),
        Column("at", "At or above target in"),
    ]
    return Exhibit(
        chart=asset_rows(frame, f"Distinctive capabilities: {said}."),
        table=table(frame, columns, "Means over functions by their weight, levels 1–5."),
        notes=("Circle: present; square: target at the chosen level.",),
    )
