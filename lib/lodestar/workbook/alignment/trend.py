"""The index over the periods, and what moved inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from lodestar.charts.alignment import index_lines
from lodestar.findings.alignment.rows import SHORT
from lodestar.findings.spans import span
from lodestar.findings.words import joined, named, points
from lodestar.tables import Column
from lodestar.workbook.changes import change_table, verdict
from lodestar.workbook.exhibit import Exhibit

__all__ = ["trend"]

HEADS = (Column("kind", "What"), Column("name", "Which"))
KINDS = {
    "parts": ("part", "Part of misalignment, squared levels"),
    "functions": ("function", "Function, index"),
    "capabilities": ("capability", "Capability, level"),
}


def trend(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``alignment.trend``: the index by period and the table of changes."""
    found = results["alignment"]["trend"]
    if not found["changes"]:
        return Exhibit()
    known = [one for one in found["periods"] if one["index"] is not None]
    frame = pd.DataFrame(known).reindex(columns=["period", "as_of", "index", "low", "high"])
    frame = frame.astype(dict.fromkeys(("index", "low", "high"), float))
    frame["text"] = [points(x) for x in frame["index"]]
    frame["current"] = frame["period"] == found["periods"][-1]["period"]
    said = "; ".join(f"{one['period']} {points(one['index'])}{span(one, 0)}" for one in known)
    caption = "Interval of the change 80 %; parts, functions, capabilities over cells rated twice."
    return Exhibit(
        chart=index_lines(frame, f"Alignment index of 100 by period: {said}."),
        table=change_table([*_whole(found), *_inside(results)], HEADS, caption),
        notes=tuple(_notes(found)),
    )


def _whole(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the changes of the index, as published and over the cells rated both times."""
    for change in found["changes"]:
        ends = {key: change[key] for key in ("from", "to")}
        yield _row(change, "Index", "all cells", ends)
        yield _row(change["like_for_like"], "Index", "cells rated both times", ends)


def _inside(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the changes inside the last one."""
    for key, (kind, title) in KINDS.items():
        names = SHORT if kind == "part" else results["labels"][kind]
        for row in results["alignment"]["trend"][key]:
            yield _row(row, title, named(names, row[kind]), row)


def _row(
    change: Mapping[str, Any], kind: str, name: str, ends: Mapping[str, Any]
) -> dict[str, Any]:
    """Return one row of the table."""
    said = {"kind": kind, "name": name, "verdict": verdict(change["beyond_noise"])}
    return {**change, "from": ends["from"], "to": ends["to"], **said}


def _notes(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield which periods are missing, and what all are measured against."""
    hidden = [one["period"] for one in found["periods"] if one["suppressed"]]
    if hidden:
        yield f"Withheld in {joined(hidden)} to protect persons."
    unknown = [one for one in found["periods"] if one["index"] is None and not one["suppressed"]]
    for one in unknown:
        yield f"{one['period']}: {one['index_reason']}"
    yield (
        "The level chosen in earlier periods is not recorded: all are measured against today’s, "
        "with today’s weights and targets."
    )
