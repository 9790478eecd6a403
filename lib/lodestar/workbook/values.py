"""Every value that a chart draws, as a table: for who cannot point at it, and to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from lodestar.charts.pointed import COURSE, NEXT, TIP
from lodestar.charts.told import SAYS
from lodestar.tables import Column, Table, table

__all__ = ["covers", "every_value"]

SPAN = re.compile(r" \(([^()]+) to ([^()]+)\)$")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
COLUMNS = (Column("what", "What"), Column("value", "Value"))
ENDS = (Column("low", "From"), Column("high", "To"))


def every_value(spec: Mapping[str, Any]) -> Table | None:
    """Return what the marks of a chart say, one row a mark; None where none says anything.

    Parameters
    ----------
    spec : mapping
        A chart as `lodestar.charts.render.specification` returns it.
    """
    rows = [_row(said) for said in dict.fromkeys(_said(spec))]
    if not rows:
        return None
    frame = pd.DataFrame(rows, columns=["what", "value", "low", "high"])
    ranged = ENDS if frame["low"].any() else ()
    axes = "".join(f" {words}." for words in dict.fromkeys(_axes(spec)))
    return table(frame, (*COLUMNS, *ranged), f"Every value drawn.{axes}")


def covers(shown: Table | None, values: Table) -> bool:
    """Tell whether a table already has every value, by name and by figure.

    Parameters
    ----------
    shown : Table or None
        Made for the finding; its rows may say more.
    values : Table
        As `every_value` returns it.
    """
    rows = shown.rows if shown else ()
    lines = [" ".join(str(getattr(cell, "text", cell)) for cell in row) for row in rows]
    known = [(line.casefold(), _figures(line)) for line in lines]
    return all(any(_within(row, *line) for line in known) for row in values.rows)


def _within(row: tuple[Any, ...], words: str, figures: set[str]) -> bool:
    names = [name.rstrip("…") for name in str(row[0]).casefold().split(", ")]
    wanted = {figure for cell in row[1:] for figure in _figures(str(cell))}
    return wanted <= figures and all(name in words for name in names)


def _figures(words: str) -> set[str]:
    """Return the figures in words; 4 and 4.0 are one."""
    return {re.sub(r"[.,]0+$", "", figure) for figure in FIGURE.findall(words)}


def _said(spec: Mapping[str, Any]) -> Iterator[str]:
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            lines = str(row.get(COURSE) or "").split(NEXT)
            yield from (said for said in (row.get(TIP) or "", *lines) if said)


def _row(said: str) -> tuple[str, str, str, str]:
    what, _, value = said.partition(SAYS)
    span = SPAN.search(value)
    return (what, value[: span.start()], span[1], span[2]) if span else (what, value, "", "")


def _axes(view: Any) -> Iterator[str]:
    """Yield the names of a chart's axes, which say the unit."""
    if isinstance(view, list):
        for part in view:
            yield from _axes(part)
    elif isinstance(view, dict):
        for channel in ("x", "y"):
            axis = view.get("encoding", {}).get(channel, {}).get("axis") or {}
            if isinstance(axis.get("title"), str) and axis["title"].strip():
                yield " ".join(axis["title"].split())
        for name in ("layer", "hconcat", "vconcat", "concat", "spec"):
            yield from _axes(view.get(name))
