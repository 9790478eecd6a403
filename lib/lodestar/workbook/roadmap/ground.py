"""Exhibits of what stands in the way: blocked investments, and what could make room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.findings.names import short
from lodestar.findings.roadmap.ground import blocked_ids, capability_words
from lodestar.findings.roadmap.told import by_id, investment
from lodestar.findings.words import named
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["blocked", "stop"]


def blocked(results: Mapping[str, Any]) -> Exhibit:
    """Return blocked investments with what they rest on, and every other one folded away."""
    rows = by_id(results["roadmap"])
    names = blocked_ids(results["roadmap"])
    rest = [key for key in rows if key not in names and rows[key]["blocked"]["share"] is not None]
    folds = (Fold("Investments that are not blocked", table=_grounds(results, rest)),)
    return Exhibit(table=_grounds(results, names) if names else None, folds=folds if rest else ())


def _grounds(results: Mapping[str, Any], names: list[str]) -> Any:
    """Return what of each promise can hold, and who lifts what holds it back."""
    rows = by_id(results["roadmap"])
    shown = []
    for key in names:
        row, found = rows[key], rows[key]["blocked"]
        openers = "; ".join(investment(results, other) for other in found["opened_by"])
        shown.append(
            {
                **found,
                "name": investment(results, key),
                "chosen": row["chosen"],
                "low": capability_words(results, found["by"]) or None,
                "openers": openers or None,
            }
        )
    columns = [
        Column("name", "Investment"),
        Column("chosen", "In the plan", "yesno"),
        Column("share", "Cannot hold today", "percent"),
        Column("share_in_plan", "With the plan", "percent"),
        Column("low", "Rests on what is too low"),
        Column("openers", "Lifted by"),
    ]
    caption = "Share of the rise towards target that stands above what it rests on."
    return table(pd.DataFrame(shown), columns, caption)


def stop(results: Mapping[str, Any]) -> Exhibit:
    """Return activities that serve no declared purpose, and levels above target."""
    section = results["roadmap"]
    idle = [row for row in section["stop"] if row["kind"] == "activity"]
    held = [row for row in section["stop"] if row["kind"] == "upkeep"]
    upkeep = _upkeep(results, held) if held else None
    if not idle:
        return Exhibit(table=upkeep)
    folds = (Fold("Levels above target, and what holding them costs", table=upkeep),)
    return Exhibit(table=_idle(results, idle), folds=folds if held else ())


def _idle(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Any:
    labels = results["labels"]
    shown = [
        {
            **row,
            "name": short(named(labels["activity"], row["activity"])),
            "where": named(labels["function"], row["function"]),
            "what": short(row["serves"]),
        }
        for row in rows
    ]
    columns = [
        Column("name", "Activity"),
        Column("where", "Function"),
        Column("what", "What it serves"),
        Column("effort", "Effort", "number"),
        Column("months", "Months under way", "integer"),
    ]
    return table(pd.DataFrame(shown), columns, "Effort in the unit you state it in.")


def _upkeep(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Any:
    labels = results["labels"]
    shown = [
        {
            **row,
            "name": short(named(labels["capability"], row["capability"])),
            "where": named(labels["function"], row["function"]),
        }
        for row in rows
    ]
    columns = [
        Column("name", "Capability"),
        Column("where", "Function"),
        Column("levels", "Levels above target", "precise"),
        Column("cost_year", f"Cost a year, {results['currency']}", "integer"),
    ]
    return table(pd.DataFrame(shown), columns)
