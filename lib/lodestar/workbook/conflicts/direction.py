"""Exhibit of where each function’s pay points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.conflicts import direction_dots
from lodestar.findings.conflicts.direction_words import SIDE, aimed
from lodestar.findings.conflicts.told import node
from lodestar.findings.words import joined, named, plural, signed
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["direction"]

COLUMNS = (
    Column("function", "Function"),
    Column("cosine", "Direction (−1 to 1)", "precise"),
    Column("measures", "Paid measures", "integer"),
    Column("lifts", "Lifts"),
    Column("lowers", "Lowers"),
)


def direction(results: Mapping[str, Any]) -> Exhibit:
    """Return functions on one axis, and which outcomes their pay lifts and lowers."""
    shown = aimed(results["conflicts"])
    if not shown:
        return Exhibit()
    names = results["labels"]["function"]
    told = (f"{named(names, row['function'])} {signed(row['cosine'], 2)}" for row in shown)
    dots = pd.DataFrame([_dot(results, row) for row in shown])
    chart = direction_dots(dots, f"From −1, against, to 1, toward: {', '.join(told)}.")
    return Exhibit(chart, _table(results, shown), _silent(results))


def _dot(results: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": named(results["labels"]["function"], row["function"]),
        "cosine": row["cosine"],
        "against": row["cosine"] <= -SIDE,
        "text": signed(row["cosine"], 2),
    }


def _table(results: Mapping[str, Any], rows: list[dict[str, Any]]) -> Table:
    frame = [
        {
            "function": named(results["labels"]["function"], row["function"]),
            "cosine": row["cosine"],
            "measures": row["measures"],
            "lifts": _outcomes(results, row, 1),
            "lowers": _outcomes(results, row, -1),
        }
        for row in rows
    ]
    return table(pd.DataFrame(frame), COLUMNS)


def _outcomes(results: Mapping[str, Any], row: Mapping[str, Any], way: int) -> str:
    """Outcomes that pay pushes one way, the strongest push first."""
    pushed = [push for push in row["pushes"] if push["push"] * way > 0]
    order = sorted(pushed, key=lambda push: (-abs(round(push["push"], 9)), push["outcome"]))
    return "; ".join(node(results, push["outcome"]) for push in order)


def _silent(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Functions whose pay points nowhere, and measures whose direction is not known yet."""
    rows = results["conflicts"]["functions_alignment"]
    names = results["labels"]["function"]
    silent = [named(names, row["function"]) for row in rows if row["cosine"] is None]
    left = sum(row["left_out"] for row in rows)
    said = []
    if silent:
        said.append(f"Pay touches no outcome of importance in {joined(silent)}.")
    if left:
        said.append(f"Left out: {plural(left, 'paid measure')} without a known direction yet.")
    return tuple(said)
