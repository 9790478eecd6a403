"""The exhibit of milestones: which indicator should have turned, by which path and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.roadmap.harm import path_words
from lodestar.findings.roadmap.signs import indicator_words, ratings_due, unsigned
from lodestar.findings.roadmap.told import investment, month_after, month_of
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

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
            "seen": f"{numeral(row['today'], 'g')} in {month_of(row['today_on'])}",
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
    shown = table(pd.DataFrame(rows), columns)
    return Exhibit(table=shown, notes=_notes(results), folds=_ratings(results))


def _ratings(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Return what the next ratings should show where no indicator tells."""
    labels, day = results["labels"], results["as_of"]
    rows = [
        {
            "when": month_after(day, round(row["month"])),
            "capability": named(labels["capability"], row["capability"]),
            "where": named(labels["function"], row["function"]) if row["function"] else "all",
            "change": row["change"],
            "name": investment(results, row["investment"]),
        }
        for row in ratings_due(results)
    ]
    columns = [
        Column("when", "By"),
        Column("capability", "Rate again"),
        Column("where", "Function"),
        Column("change", "Levels higher", "signed"),
        Column("name", "If this comes as promised"),
    ]
    title = "Without a sign: what the next ratings should show"
    return (Fold(title, table=table(pd.DataFrame(rows), columns)),) if rows else ()


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the investments that no indicator tells of."""
    names = ", ".join(investment(results, key) for key in unsigned(results["roadmap"]))
    return (f"No sign to watch: {names}.",) if names else ()
