"""What customers of different segments experience, with their recommendation beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from lodestar.charts.level import segment_levels
from lodestar.findings.inclusion.advocacy import score_text
from lodestar.findings.level.segments import column_name, segment_name
from lodestar.findings.spans import quoted
from lodestar.findings.words import between, joined, named, plural, start
from lodestar.schema.numerals import numeral
from lodestar.tables import SUPPRESSED, Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import BOUNDS

__all__ = ["segments"]

Row = Mapping[str, Any]
NUMBERS = ("estimate", "low", "high")
LINE = ("label", "heading", "n", "score", "missing")


def segments(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.segments``: each segment beside all customers."""
    levels, names = results["level"], results["labels"]["dimension"]
    rows, total = levels["segments"], levels["experienced"]["estimate"]
    asked = [
        d["dimension"] for d in levels["experienced"]["dimensions"] if d["estimate"] is not None
    ]
    frame = pd.DataFrame(list(_lines(rows)), columns=[*NUMBERS, *LINE])
    columns = [
        Column("column", "Split by"),
        Column("segment", "Segment"),
        Column("estimate", "Level", "number"),
        *BOUNDS,
        Column("n", "Customers", "integer"),
        Column("score", "NPS"),
        *(Column(f"dimension {d}", named(names, d), "number") for d in asked),
    ]
    caption = "Levels 1–5, interval 80 %; NPS −100 to 100, interval 95 %; then level by dimension."
    return Exhibit(
        chart=segment_levels(
            frame.astype(dict.fromkeys(NUMBERS, float)), total, _description(rows, total)
        ),
        table=table(pd.DataFrame([_cells(row) for row in rows]), columns, caption),
        notes=tuple(_notes(levels)),
    )


def _lines(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield the lines of the chart: a heading for each column, then its segments."""
    nothing: dict[str, Any] = dict.fromkeys(NUMBERS)
    before = None
    together = {(row["column"], name) for row in rows for name in row.get("members", ())}
    for row in rows:
        if row["column"] != before:
            before = row["column"]
            heading = start(column_name(before))
            yield {
                **nothing,
                "label": heading,
                "heading": True,
                "n": "",
                "score": "",
                "missing": "",
            }
        missing = SUPPRESSED if row["suppressed"] else "no level: a dimension was not answered"
        if (row["column"], row["segment"]) in together:
            missing = "too few alone: below, together"
        yield {
            **{key: row["experienced"][key] for key in NUMBERS},
            "label": segment_name(row),
            "heading": False,
            "n": "" if row["n"] is None else numeral(row["n"], ","),
            "score": _score(row),
            "missing": missing if row["experienced"]["estimate"] is None else "",
        }


def _score(row: Row) -> str:
    """Return a segment's net promoter score in words; empty when there is none."""
    return "" if row["nps"]["score"] is None else score_text(row["nps"])


def _cells(row: Row) -> dict[str, Any]:
    """Return one segment as a row of the table."""
    return {
        "column": start(column_name(row["column"])),
        "segment": segment_name(row),
        **{key: row["experienced"][key] for key in NUMBERS},
        "n": row["n"],
        "score": _score(row) or (SUPPRESSED if row["nps"]["suppressed"] else "–"),
        "suppressed": row["suppressed"],
        **{f"dimension {d['dimension']}": d["estimate"] for d in row["dimensions"]},
    }


def _description(rows: Sequence[Row], total: float) -> str:
    """Return the chart in words."""
    known = [row for row in rows if row["experienced"]["estimate"] is not None]
    said = "; ".join(
        f"{column_name(row['column'])} {quoted(segment_name(row))} "
        f"{numeral(row['experienced']['estimate'], '.1f')}"
        for row in known
    )
    return (
        "Level that customers experience by segment; all customers "
        f"{numeral(total, '.1f')}. {said}."
    )


def _notes(levels: Mapping[str, Any]) -> Iterator[str]:
    """Yield each column's differences, who has no value, and which columns make no segments."""
    for row in levels["segment_differences"]:
        name = start(column_name(row["column"]))
        told = [("level", row, 2), ("NPS", row["nps"], 0)]
        said = [_apart(what, pair, digits) for what, pair, digits in told if pair["higher"]]
        if said:
            yield f"{name}, farthest apart for their size: {'; '.join(said)}."
        if row["not_stated"]:
            few = plural(row["not_stated"], "customer gives", "customers give")
            yield f"{name}: {few} no value and are in no segment."
    for row in (row for row in levels["segments"] if row.get("members")):
        names = joined([quoted(name) for name in row["members"]])
        yield (
            f"{start(column_name(row['column']))}: {names} are shown as one. Each alone has too "
            "few answers to be shown, or would let those few be worked out."
        )
    for row in levels["segments_left_out"]:
        yield f"Column {quoted(column_name(row['column']))} is not used. {row['why']}"


def _apart(what: str, pair: Row, digits: int) -> str:
    """Return the clearest pair of a column with its interval and whether noise would do."""
    verdict = "more than noise" if pair["exceeds_noise"] else "within noise"
    q = "q < 0.001" if pair["q"] < 0.001 else f"q = {numeral(pair['q'], '.3f')}"
    return (
        f"{what} of {quoted(pair['higher'])} above {quoted(pair['lower'])} by "
        f"{numeral(pair['difference'], f'.{digits}f')} "
        f"({between(pair['low'], pair['high'], digits)}), "
        f"{verdict} ({q})"
    )
