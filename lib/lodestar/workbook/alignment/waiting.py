"""What to lift first, and the gaps in the order in which they can be closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import lifted_bars
from lodestar.findings.alignment.waiting import gained
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.alignment.columns import SHOWN
from lodestar.workbook.exhibit import Exhibit

__all__ = ["needs"]

ROWS = 12
BARS = 8


def needs(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.needs``: what lifting opens, and the order of closing."""
    labels, alignment = results["labels"], results["alignment"]
    rows = [
        {
            "label": named(labels["capability"], row["capability"]),
            "gain": row["gain"],
            "joint": row["gain_joint"],
            "text": f"{_gaps(len(row['holds']))}, {numeral(row['gain_joint'], '.1f')} points",
        }
        for row in alignment["needs"][:BARS]
    ]
    frame = pd.DataFrame(rows)
    said = "; ".join(
        f"{row['label']}: {row['text']}, {gained(row['gain'])} by itself" for row in rows
    )
    return Exhibit(
        chart=lifted_bars(frame, f"What waits for each capability: {said}.") if rows else None,
        table=_order(results),
        notes=(
            "Filled: lifting it alone; outlined: with what rests on it following as far as it can "
            "hold. Capabilities that wait for nothing themselves stand first.",
        )
        if rows
        else (),
        open_table=True,
    )


def _gaps(n: int) -> str:
    return "1 gap" if n == 1 else f"{n} gaps"


def _order(results: Mapping[str, Any]) -> Any:
    """Return the first gaps in the order of closing, those that wait set in behind."""
    labels, alignment = results["labels"], results["alignment"]
    free = [row for row in alignment["order"] if row["depth"] == 0][:SHOWN]
    last = alignment["order"].index(free[-1]) if free else 0
    rows = [
        {
            "capability": "↳ " * row["depth"] + named(labels["capability"], row["capability"]),
            "function": named(labels["function"], row["function"]),
            "gain": row["gain"],
        }
        for row in alignment["order"][: min(last + 1, ROWS)]
    ]
    columns = [
        Column("capability", "Capability"),
        Column("function", "Function"),
        Column("gain", "Points gained if closed", "precise"),
    ]
    caption = (
        f"The first {len(rows)} of {len(alignment['order'])} gaps below target in the order of "
        "closing; ↳ waits for the one it is set in under."
    )
    return table(pd.DataFrame(rows, columns=[c.name for c in columns]), columns, caption)
