"""Exhibit of blind spots along the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.perspectives import Series, dumbbells
from lodestar.charts.theme import INK, LEVEL_MARKS
from lodestar.findings.names import headline
from lodestar.findings.perspectives.names import mark
from lodestar.findings.perspectives.serving import serving as finding
from lodestar.findings.perspectives.serving import shown_views, side_name
from lodestar.findings.words import named, start
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["serving"]

DRAWN = 12
SIDES = (
    Series("serving", "who serve", INK),
    Series("served", "served", str(LEVEL_MARKS["experienced"]["color"]), "square"),
)
COLUMNS = [
    Column("serving_name", "Those who serve"),
    Column("served_name", "Those they serve"),
    Column("subject", "Subject"),
    Column("mean_serving", "Seen by those who serve", "number"),
    Column("mean_served", "Seen by those served", "number"),
    Column("distance", "Distance", "signed"),
    Column("delta", "Delta", "precise"),
    Column("low", "from", "precise"),
    Column("high", "to", "precise"),
    Column("blind", "Blind spot", "yesno"),
]


def serving(results: Mapping[str, Any]) -> Exhibit:
    """Return what those who serve and those they serve see of each subject."""
    labels = results["labels"]
    drawn = shown_views(results)[:DRAWN]
    ends = [_end(labels, row, side.name) for row in drawn for side in SIDES]
    chart = dumbbells(pd.DataFrame(ends), SIDES, (1.0, 5.0), f"{headline(finding(results))}.")
    every = results["perspectives"]["serving"]
    frame = pd.DataFrame(
        {
            **row,
            "serving_name": start(side_name(labels, row, "serving")),
            "served_name": start(side_name(labels, row, "served")),
            "subject": named(labels["dimension"], row["dimension"]),
        }
        for row in every
    )
    notes = ["Means of answers, 1–5; between functions levels by ratings. Blind spots first."]
    if any(row["suppressed"] for row in every):
        notes.append("Rows with too few people on one side are not shown.")
    return Exhibit(chart, table(frame, COLUMNS), tuple(notes))


def _end(labels: Mapping[str, Any], row: Mapping[str, Any], side: str) -> dict[str, Any]:
    """Return one end of a row's line."""
    subject = named(labels["dimension"], row["dimension"])
    if row["basis"] == "ratings":
        pair = [side_name(labels, row, end) for end in ("serving", "served")]
        subject = f"{pair[0]} for {pair[1]}: {subject}"
    mean = row[f"mean_{side}"]
    return {
        "label": subject,
        "series": side,
        "value": mean,
        "low": None,
        "high": None,
        "text": mark(mean),
    }
