"""What each step of the ladder adds, with where the client stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

import pandas as pd

from lodestar.charts.level import step_bars
from lodestar.findings.spans import steps
from lodestar.findings.words import joined, level, money, named, percent
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["added"]

COORDINATION = (
    "A customer-centric structure went with more satisfied customers and with more coordination "
    "cost (Lee et al. 2015); of 347 firms most should not go to the last stage, and each stage "
    "adds coordination (Day 2006)."
)
DIP = (
    "Expect a dip first: in large listed firms return on assets fell by 39 % on average, did not "
    "recover for ten quarters and then rose by 11 % (Lee et al. in Harvard Business Review, "
    "July 2015; second-hand, as a blog of December 2015 reports it)."
)


def added(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.steps``: each step with its coordination and its cost."""
    levels, labels = results["level"], results["labels"]
    rows = [_row(step, labels, str(results["currency"])) for step in levels["steps"]]
    frame = pd.DataFrame(rows)
    stands = pd.DataFrame(list(_stands(levels, frame)), columns=["label", "kind", "at", "text"])
    said = "; ".join([*map(_said, rows), *stands["text"]])
    chart = step_bars(frame, stands, f"What each step adds. {said}.")
    return Exhibit(
        chart=chart, table=_table(frame, str(results["currency"])), notes=(COORDINATION, DIP)
    )


def _row(step: Mapping[str, Any], labels: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Return one step as a row."""
    tied, cost = step["coordination"], step["cost_year"]
    top = [named(labels["capability"], row["capability"]) for row in step["top"]]
    name = named(labels["level"], str(step["to"]))
    return {
        "from": step["from"],
        "label": f"{step['from']} to {step['to']} {name}".strip(),
        "points": step["points"],
        "tied": tied["points"] or 0.0,
        "share": tied["share"],
        "cells": step["cells"],
        "below": step["below"],
        "top": joined(top),
        "cost_year": cost,
        "cost_tied": tied["cost_year"],
        "text": f"+{numeral(step['points'], '.1f')}",
        "cost": "" if cost is None else f"{money(cost, currency)} a year",
    }


def _said(row: Mapping[str, Any]) -> str:
    """Return a step in words, for those who cannot see the bars."""
    share = "" if row["share"] is None else f", {percent(row['share'])} of it coordination"
    cost = f", {row['cost']}" if row["cost"] else ""
    return f"{row['label']}: {steps(row['points'])}{share}{cost}"


def _stands(levels: Mapping[str, Any], frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield where the present and the chosen level lie on the bars.

    Targets are linear between whole levels, so a level a part of the way into a step lies at that
    part of its bar; a whole level is the end of the step that leads to it.
    """
    known = {"present": levels["present"]["estimate"], "chosen": levels["chosen"]}
    for kind, value in known.items():
        if value is not None:
            row = frame.iloc[max(1, ceil(round(value, 9)) - 1) - 1]
            at = (value - row["from"]) * row["points"]
            text = f"{kind} {level(value)}"
            yield {"label": row["label"], "kind": kind, "at": at, "text": text}


def _table(frame: pd.DataFrame, currency: str) -> Table:
    """Return the figures behind the bars; columns of which nothing is known are left out."""
    columns = [
        Column("label", "Step"),
        Column("points", "Levels added", "number"),
        Column("share", "Of it coordination", "percent"),
        Column("cells", "Targets that rise", "integer"),
        Column("below", "Cells below its end today", "integer"),
        Column("cost_year", f"Cost a year ({currency})", "integer"),
        Column("cost_tied", "Of it coordination", "integer"),
        Column("top", "Rising most"),
    ]
    shown = [column for column in columns if frame[column.name].notna().any()]
    return table(frame, shown, "Weighted mean of the target profile, by step.")
