"""The four levels on one ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.charts.level import ladder
from lodestar.findings.level.rows import ladder_rows
from lodestar.findings.words import plural
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import BOUNDS

__all__ = ["four"]


def four(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.four``: the known levels on one ladder."""
    levels = results["level"]
    frame = ladder_rows(levels)
    columns = [
        Column("name", "Level"),
        Column("estimate", "Estimate", "number"),
        *BOUNDS,
        Column("says", "Who or what says so"),
    ]
    says = {
        "required": f"market factors, {plural(levels['required']['raters'], 'rater')}",
        "chosen": "leadership decided",
        "present": "ratings of capabilities",
        "experienced": f"{numeral(levels['experienced']['n'] or 0, ',')} customers{_map(levels)}",
    }
    shown = frame.assign(
        name=frame["kind"].str.capitalize(), says=[says[kind] for kind in frame["kind"]]
    )
    chart = ladder(frame, results["labels"]["level"])
    return Exhibit(chart=chart, table=table(shown, columns, "Levels 1–5, interval 80 %."))


def _map(levels: Mapping[str, Any]) -> str:
    """Return what the reader should know where the client made the map from answers to levels."""
    return "; satisfaction read as a level" if levels["experienced"].get("own_map") else ""
