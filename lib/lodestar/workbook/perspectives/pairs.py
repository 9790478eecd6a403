"""Exhibits of paired questions: importance and performance, knowing and doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import Series, dumbbells, quadrant
from lodestar.charts.theme import INK, SOFT
from lodestar.findings.names import headline
from lodestar.findings.perspectives.names import first_name, mark
from lodestar.findings.perspectives.pairs import importance as importance_finding
from lodestar.findings.perspectives.pairs import know_do as know_do_finding
from lodestar.findings.perspectives.pairs import shown_pairs
from lodestar.findings.words import named
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["importance", "know_do"]

SERIES = (Series("know", "know", SOFT, filled=False), Series("do", "do", INK))
DRAWN = 14


def importance(results: Mapping[str, Any]) -> Exhibit:
    """Return subjects by performance and importance, as one group sees them."""
    rows = results["perspectives"]["importance_performance"]
    shown = shown_pairs(rows)
    group = "customer" if any(r["group"] == "customer" for r in shown) else shown[0]["group"]
    points = pd.DataFrame([row for row in shown if row["group"] == group])
    points["label"] = [named(results["labels"]["dimension"], d) for d in points["dimension"]]
    points["strong"] = points["gap"] >= points["gap"].median()
    chart = quadrant(points, f"{headline(importance_finding(results))}.")
    notes = ("Lines: the means of all subjects drawn. Bands: 95 % intervals.", *_hidden(rows))
    return Exhibit(chart, _table(results, rows, ("importance", "performance")), notes)


def know_do(results: Mapping[str, Any]) -> Exhibit:
    """Return what people know beside what they did, whole groups first."""
    rows = results["perspectives"]["know_do"]
    whole = [row for row in shown_pairs(rows) if ":" not in row["group"]][:DRAWN]
    values = pd.DataFrame([_end(results, row, side) for row in whole for side in ("know", "do")])
    chart = dumbbells(values, SERIES, (1.0, 5.0), f"{headline(know_do_finding(results))}.")
    notes = ("Functions and seniority are in the table.", *_hidden(rows))
    return Exhibit(chart, _table(results, rows, ("know", "do")), notes)


def _end(results: Mapping[str, Any], row: Mapping[str, Any], side: str) -> dict[str, Any]:
    """Return one end of a row's line."""
    labels = results["labels"]
    return {
        "label": f"{named(labels['dimension'], row['dimension'])}: "
        f"{first_name(labels, row['group'])}",
        "series": side,
        "value": row[side],
        "low": row[f"{side}_low"],
        "high": row[f"{side}_high"],
        "text": mark(row[side]),
    }


def _hidden(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return how many rows are not shown."""
    few = sum(row["suppressed"] for row in rows)
    return (f"{few} rows are not shown, to protect answers.",) if few else ()


def _table(results: Mapping[str, Any], rows: list[dict[str, Any]], sides: tuple[str, str]) -> Table:
    """Return every pair and group, the widest gap first, hidden ones last."""
    labels = results["labels"]
    ordered = sorted(rows, key=lambda r: (r["gap"] is None, -(r["gap"] or 0.0)))
    frame = pd.DataFrame(
        [
            {
                **row,
                "subject": named(labels["dimension"], row["dimension"]),
                "who": first_name(labels, row["group"]),
            }
            for row in ordered
        ]
    )
    columns = [
        Column("subject", "Subject"),
        Column("who", "Group"),
        *(Column(side, f"{side.capitalize()} (1–5)", "number") for side in sides),
        Column("gap", "Gap", "signed"),
        Column("low", "from", "signed"),
        Column("high", "to", "signed"),
    ]
    return table(frame, columns)
