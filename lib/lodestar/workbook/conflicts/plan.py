"""Exhibit of the repair plan: what to change, what it clears, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import before_after, relief_dots
from lodestar.findings.conflicts.cells import amount, side
from lodestar.findings.conflicts.repair_words import change_words, left_words, ways_words
from lodestar.findings.conflicts.told import bare, node
from lodestar.findings.words import named
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit, Fold

__all__ = ["repairs"]

COUNTED = (
    ("severe", "Severe conflicts", ".0f"),
    ("orphans", "Orphan outcomes", ".0f"),
    ("total_severity", "Severity of all conflicts", ".2f"),
)
COLUMNS = (
    Column("change", "Change"),
    Column("function", "Function"),
    Column("eases", "Clears or eases"),
    Column("cost", "Cost", "number"),
    Column("ways", "Could be swapped"),
)
MOST = 10
"""Most pairs of functions drawn."""

OUTCOMES = {"customers": "on customers", "outcomes": "on other outcomes"}


def repairs(results: Mapping[str, Any]) -> Exhibit:
    """Return counts before and after the plan, and its changes."""
    plan = results["conflicts"]["repairs"]
    if not plan["changes"]:
        return Exhibit(notes=left_words(results))
    bars = pd.DataFrame(
        [bar for key, label, form in COUNTED for bar in _pair(plan, key, label, form)]
    )
    parts = (
        f"{label} {plan['before'][key]:g} to {plan['after'][key]:g}" for key, label, _ in COUNTED
    )
    chart = before_after(bars, list(dict.fromkeys(bars["label"])), "; ".join(parts))
    rows = pd.DataFrame([_row(results, change) for change in plan["changes"]])
    return Exhibit(
        chart, table(rows, COLUMNS), left_words(results), open_table=True, folds=_relief(results)
    )


def _relief(results: Mapping[str, Any]) -> tuple[Fold, ...]:
    """Severity between functions before and after the plan, the worst first."""
    cells = results["conflicts"]["repairs"]["functions"]
    if not cells:
        return ()
    dots = pd.DataFrame([_dot(results, cell) for cell in cells[:MOST]])
    parts = (f"{label} {text}" for label, text in zip(dots["label"], dots["text"], strict=True))
    chart = relief_dots(dots, f"Severity today and after the changes: {'; '.join(parts)}")
    rest = f" The {MOST} pairs with most today of {len(cells)}." if len(cells) > MOST else ""
    note = f"Hollow: today; filled: after the changes. Severity of all conflicts added up.{rest}"
    return (Fold("Who gains: severity between functions", chart, notes=(note,)),)


def _dot(results: Mapping[str, Any], cell: Mapping[str, Any]) -> dict[str, Any]:
    first, other = side(results, cell["function_a"]), cell["function_b"]
    return {
        "label": f"{first} {OUTCOMES.get(other) or f'and {side(results, other)}'}",
        "before": cell["before"],
        "after": cell["after"],
        "text": f"{amount(cell['before'])} to {amount(cell['after'])}",
    }


def _pair(plan: Mapping[str, Any], key: str, label: str, form: str) -> list[dict[str, Any]]:
    """Two bars of one count; a count of nothing before is left out."""
    before = plan["before"][key]
    if not before:
        return []
    return [
        {
            "label": label,
            "when": when,
            "share": plan[when][key] / before,
            "text": f"{numeral(plan[when][key], form)} {'today' if when == 'before' else 'after'}",
        }
        for when in ("before", "after")
    ]


def _row(results: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "change": change_words(results, change),
        "function": named(results["labels"]["function"], change["function"]),
        "eases": "; ".join(dict.fromkeys(_eased(results, need) for need in change["eases"])),
        "cost": change["cost"],
        "ways": ways_words(change),
    }


def _eased(results: Mapping[str, Any], need: list[str]) -> str:
    if need[0] == "orphan":
        return f"an owner for {node(results, need[1])}"
    return f"{bare(node(results, need[1]))} against {node(results, need[2])}"
