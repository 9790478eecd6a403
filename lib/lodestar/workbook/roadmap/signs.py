"""The exhibit of milestones: which indicator should have turned, by which path and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.roadmap.harm import path_words
from lodestar.findings.roadmap.signs import indicator_words, unsigned
from lodestar.findings.roadmap.told import investment, month_after, month_of
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["milestones"]

ARROWS = {"up": "should rise", "down": "should fall"}


def milestones(results: Mapping[str, Any]) -> Exhibit:
    """Return one row a sign, the first to turn first."""
    section, day = results["roadmap"], results["as_of"]
    rows = [
        {
            **row,
            "when": month_after(day, round(row["month"])),
            "sign": indicator_words(results, row["indicator"]),
            "name": investment(results, row["investment"]),
            "turn": ARROWS[row["expected"]] + ("" if row["good"] else " (the wrong way)"),
            "why": path_words(results, row["path"]),
            "seen": f"{row['today']:g} in {month_of(row['today_on'])}",
        }
        for row in section["milestones"]
    ]
    columns = [
        Column("when", "By"),
        Column("sign", "Leading indicator"),
        Column("turn", "What it should do"),
        Column("seen", "Last seen"),
        Column("target", "Target", "number"),
        Column("name", "If this works"),
        Column("why", "Because of this path"),
    ]
    return Exhibit(table=table(pd.DataFrame(rows), columns), notes=_notes(results))


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the investments that no indicator tells of."""
    names = ", ".join(investment(results, key) for key in unsigned(results["roadmap"]))
    return (f"No sign to watch: {names}.",) if names else ()
