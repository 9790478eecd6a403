"""Exhibits of the way: the index month by month, and what each budget reaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.labels import spread
from lodestar.charts.roadmap import frontier_lines, index_path
from lodestar.findings.names import headline
from lodestar.findings.roadmap.money import HABITS, granted
from lodestar.findings.roadmap.money import frontier as frontier_finding
from lodestar.findings.roadmap.time import falls, path_sentence
from lodestar.findings.roadmap.told import index_words, investment, month_after
from lodestar.findings.words import joined, money, signed, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["frontier", "path"]

EVERY = 3


def path(results: Mapping[str, Any]) -> Exhibit:
    """Return the index on its way, with the dip, and a row for every quarter."""
    section, day = results["roadmap"], results["as_of"]
    frame = pd.DataFrame(section["path"])
    chart = index_path(frame, _path_labels(results), f"{path_sentence(results)}.")
    rows = [
        {**row, "when": month_after(day, row["month"])}
        for row in section["path"]
        if row["month"] % EVERY == 0
    ]
    columns = [
        Column("when", "Month"),
        Column("index", "Index", "number"),
        Column("low", "From", "number"),
        Column("high", "To", "number"),
    ]
    return Exhibit(chart, table(pd.DataFrame(rows), columns))


def _path_labels(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return words at the end, and at the lowest month where the index falls."""
    section, day = results["roadmap"], results["as_of"]
    first, last, dip = section["path"][0], section["path"][-1], section["dip"]
    end, when = index_words(last["index"], 1), month_after(day, last["month"])
    rows = [(last["month"], last["index"], f"{end} in {when}", True)]
    if abs(last["index"] - first["index"]) > _step(section):
        today = f"{index_words(first['index'], 1)} today"
        rows.append((last["month"], first["index"], today, False))
    if falls(section):
        low = f"{index_words(dip['index'], 1)} in {month_after(day, dip['month'])}"
        rows.append((dip["month"], dip["index"] - _step(section) / 2, low, False))
    return pd.DataFrame(rows, columns=["month", "y", "label", "strong"])


def _step(section: Mapping[str, Any]) -> float:
    """Return the height of a line of text in index points."""
    values = [row[key] for row in section["path"] for key in ("low", "high")]
    return 0.07 * (max(values) - min(values) + 2)


def frontier(results: Mapping[str, Any]) -> Exhibit:
    """Return what less and more money would reach, beside two habits."""
    section = results["roadmap"]
    lines = _lines(section)
    own = granted(section)
    description = f"{headline(frontier_finding(results))}."
    chart = frontier_lines(lines, _ends(lines), own["budget"] if own else 0.0, description)
    columns = [
        Column("budget", f"Budget, {results['currency']}", "integer"),
        Column("cost", "Spent by this plan", "integer"),
        Column("index", "This plan", "number"),
        Column("greedy", "Largest gap first", "number"),
        Column("even", "Even spread", "number"),
    ]
    figures = table(pd.DataFrame(section["frontier"]), columns, "Index at the horizon.")
    return Exhibit(chart, figures, _next_notes(results))


def _lines(section: Mapping[str, Any]) -> pd.DataFrame:
    """Return one row a way of choosing and budget, where a plan fits."""
    ways = {"plan": "index", **{name: name for name in HABITS}}
    rows = [
        (way, row["budget"], row[key])
        for way, key in ways.items()
        for row in section["frontier"]
        if row[key] is not None
    ]
    return pd.DataFrame(rows, columns=["way", "budget", "index"])


def _ends(lines: pd.DataFrame) -> pd.DataFrame:
    """Return a label right of the last point of each line."""
    last = lines.groupby("way", sort=False).tail(1)
    low, high = float(lines["index"].min()), float(lines["index"].max())
    gap = max(high - low, 0.4) * 0.075
    places = spread(last["index"].tolist(), gap, low - gap, high + gap)
    names = {"plan": "this plan", **HABITS}
    rows = [
        (
            row["budget"],
            y,
            f"{names[row['way']]} {numeral(row['index'], '.1f')}",
            row["way"] == "plan",
        )
        for row, y in zip(last.to_dict("records"), places, strict=True)
    ]
    return pd.DataFrame(rows, columns=["budget", "y", "label", "strong"])


def _next_notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the next sum of each kind of money buys."""
    return tuple(
        f"{start(more['kind'])}: the next {money(more['amount'], results['currency'])} "
        f"{signed(more['gain'], 1)} points{_swaps(results, more)}."
        for more in results["roadmap"]["next"]
    )


def _swaps(results: Mapping[str, Any], more: Mapping[str, Any]) -> str:
    """Return what would join and leave the plan."""
    parts = [
        f"{joined([investment(results, name) for name in more[key]])} {verb}"
        for key, verb in (("enters", "would join"), ("leaves", "would leave"))
        if more[key]
    ]
    return f"; {', '.join(parts)}" if parts else ""
