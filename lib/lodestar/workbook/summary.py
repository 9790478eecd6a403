"""Exhibits of the summary: the ladder, the parts, and short tables of what matters most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lodestar.findings.conflicts.repair_words import change_words
from lodestar.findings.conflicts.told import told
from lodestar.findings.summary import severe
from lodestar.findings.words import count, money, named, percent, signed
from lodestar.tables import Column, Table, table
from lodestar.workbook import alignment, level
from lodestar.workbook.exhibit import Exhibit

__all__ = ["EXHIBITS"]

SHOWN = 5


def _levels(results: Mapping[str, Any]) -> Exhibit:
    return level.EXHIBITS["level.four"](results)


def _misalignment(results: Mapping[str, Any]) -> Exhibit:
    return alignment.EXHIBITS["alignment.parts"](results)


def _conflicts(results: Mapping[str, Any]) -> Exhibit:
    conflicts = results["conflicts"]
    worst = (severe(conflicts) or conflicts["items"])[:SHOWN]
    rows = [{key: item[key] for key in ("severity", "evidence")} for item in worst]
    rows = [{**row, "told": told(results, item)} for row, item in zip(rows, worst, strict=True)]
    columns = [
        Column("severity", "Severity", "precise"),
        Column("told", "What happens"),
        Column("evidence", "Weakest evidence"),
    ]
    return Exhibit(table=_frame(rows, columns))


def _gaps(results: Mapping[str, Any]) -> Exhibit:
    labels = results["labels"]
    rows = [
        {
            "capability": named(labels["capability"], gap["capability"]),
            "function": named(labels["function"], gap["function"]),
            **{key: gap[key] for key in ("present", "target", "gap")},
        }
        for gap in results["alignment"]["gaps"]
        if gap["gap"] is not None
    ][:SHOWN]
    columns = [
        Column("capability", "Capability"),
        Column("function", "Function"),
        Column("present", "Present", "number"),
        Column("target", "Target", "number"),
        Column("gap", "Gap in levels", "signed"),
    ]
    return Exhibit(table=_frame(rows, columns))


def _drift(results: Mapping[str, Any]) -> Exhibit:
    rows = [
        {"between": f"{step['from']} to {step['to']}", "moved": step["value"]}
        for step in results["purpose"]["drift"]
    ]
    columns = [
        Column("between", "Between"),
        Column("moved", "Share of effort that moved", "percent"),
    ]
    recurring = results["purpose"]["recurring_share"]
    notes = () if recurring is None else (f"{percent(recurring)} of revenue recurs.",)
    return Exhibit(table=_frame(rows, columns) if rows else None, notes=notes)


def _decisions(results: Mapping[str, Any]) -> Exhibit:
    labels, currency = results["labels"], results["currency"]
    rows = [
        {
            "what": change_words(results, change),
            "effect": f"clears or eases {count(len(change['eases']))}",
            "cost": "a change of pay",
        }
        for change in results["conflicts"]["repairs"]["changes"]
    ]
    planned = {row["investment"]: row for row in results["roadmap"]["investments"]}
    for chosen in results["roadmap"]["chosen"]:
        row = planned[chosen]
        rows.append(
            {
                "what": f"Invest in “{named(labels['investment'], chosen)}”",
                "effect": _gain(row),
                "cost": money(row["cost"], currency),
            }
        )
    columns = [Column("what", "Decision"), Column("effect", "What it does"), Column("cost", "Cost")]
    return Exhibit(table=_frame(rows, columns))


def _gain(row: Mapping[str, Any]) -> str:
    gain = row["gain_within"]
    return "serves the plan" if gain is None else f"{signed(gain, 1)} index points within the plan"


def _frame(rows: list[dict[str, Any]], columns: list[Column]) -> Table:
    return table(pd.DataFrame(rows, columns=[column.name for column in columns]), columns)


EXHIBITS: dict[str, Callable[[Mapping[str, Any]], Exhibit]] = {
    "summary.levels": _levels,
    "summary.misalignment": _misalignment,
    "summary.conflicts": _conflicts,
    "summary.gaps": _gaps,
    "summary.drift": _drift,
    "summary.decisions": _decisions,
}
"""Finding id: what makes its exhibit from results."""
