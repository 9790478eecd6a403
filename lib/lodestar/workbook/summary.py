"""Exhibits of the summary: the ladder, the parts, and short tables of what matters most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lodestar.findings.summary import severe
from lodestar.findings.words import money, named, percent
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
    conflicts, nodes = results["conflicts"], results["labels"]["node"]
    worst = (severe(conflicts) or conflicts["items"])[:SHOWN]
    rows = [
        {
            "severity": item["severity"],
            "pair": f"{named(nodes, item['a'])} against {named(nodes, item['b'])}",
            "path": " → ".join(named(nodes, node) for node in item["path"]) or "no single path",
            "evidence": item["evidence"],
        }
        for item in worst
    ]
    columns = [
        Column("severity", "Severity", "precise"),
        Column("pair", "What collides"),
        Column("path", "How"),
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
            "what": f"{change['change'].capitalize()}: {named(labels['node'], change['metric'])}",
            "why": "clears a severe conflict or an orphan outcome",
            "cost": "no money",
        }
        for change in results["conflicts"]["repairs"]["changes"]
    ]
    costs = {row["investment"]: row for row in results["roadmap"].get("investments", [])}
    for chosen in results["roadmap"]["chosen"]:
        cost = costs.get(chosen, {}).get("cost")
        rows.append(
            {
                "what": named(labels["investment"], chosen),
                "why": "in the plan that brings alignment closest to the chosen level",
                "cost": money(cost, currency) if cost is not None else "not given",
            }
        )
    columns = [Column("what", "Decision"), Column("why", "Because it is"), Column("cost", "Cost")]
    return Exhibit(table=_frame(rows, columns))


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
