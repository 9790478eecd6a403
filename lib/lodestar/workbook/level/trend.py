"""The levels over the periods, and what moved between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import trend_lines
from lodestar.findings.level.rows import KINDS
from lodestar.findings.level.trend import SAID, moved, newest
from lodestar.findings.spans import span
from lodestar.findings.words import joined, level, named, percent, start
from lodestar.schema.numerals import numeral
from lodestar.tables import Column
from lodestar.workbook.changes import change_table, verdict
from lodestar.workbook.exhibit import Exhibit

__all__ = ["trend"]

ROW = ["period", "as_of", "kind", "estimate", "low", "high", "current"]
HEADS = (Column("name", "What"),)
WIDER = 0.10
"""Coverage that differs by more than this is told."""


def trend(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.trend``: lines over the periods, and the table of changes."""
    found, names = results["level"]["trend"], results["labels"]["dimension"]
    rows = list(_rows(found["periods"]))
    frame = pd.DataFrame(rows, columns=ROW).astype(
        dict.fromkeys(("estimate", "low", "high"), float)
    )
    changes = [*_levels(found), *_dimensions(found, names)]
    caption = "Levels 1–5, interval of the change 80 %; dimensions over cells rated both times."
    return Exhibit(
        chart=trend_lines(frame, _description(rows)) if changes else None,
        table=change_table(changes, HEADS, caption),
        notes=tuple(_notes(found)),
    )


def _rows(periods: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each period's known levels."""
    for position, one in enumerate(periods):
        about = {"period": one["period"], "as_of": one["as_of"]}
        for kind in KINDS:
            of = {"estimate": one["chosen"]} if kind == "chosen" else one[kind]
            if of["estimate"] is not None:
                numbers = {key: of.get(key) for key in ("estimate", "low", "high")}
                current = position == len(periods) - 1
                yield {**about, "kind": kind, **numbers, "current": current}


def _description(rows: list[dict[str, Any]]) -> str:
    """Return each level's way in words."""
    ways = []
    for kind in dict.fromkeys(row["kind"] for row in rows):
        stops = [
            f"{r['period']} {level(r['estimate'])}{span(r)}" for r in rows if r["kind"] == kind
        ]
        ways.append(f"{kind.capitalize()}: {', '.join(stops)}.")
    return " ".join(["Levels by period.", *ways])


def _levels(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the changes of the levels."""
    stands = {one["period"]: one for one in found["periods"]}
    for change in found["changes"]:
        kind = change["kind"]
        ends = {"before": "from", "after": "to"}
        yield {
            **change,
            **{key: stands[change[end]][kind]["estimate"] for key, end in ends.items()},
            "name": kind.capitalize(),
            "verdict": verdict(change["beyond_noise"]),
        }


def _dimensions(found: Mapping[str, Any], names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the changes of the present level's dimensions."""
    for row in found["dimensions"]:
        name = f"Present: {named(names, row['dimension'])}"
        yield {**row, "name": name, "verdict": verdict(row["beyond_noise"])}


def _notes(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what else differs between the periods, and what is withheld."""
    last = newest(found["changes"], "present")
    if last is not None:
        alike = last["like_for_like"]
        if alike["differs"]:
            yield (
                f"Present since {last['from']}: {moved(last)} as published, {moved(alike)} over "
                f"the {numeral(alike['cells'], ',')} cells rated both times: not the same "
                "cells were rated."
            )
        stands = {one["period"]: one["present"]["coverage"] for one in found["periods"]}
        before, after = stands[last["from"]], stands[last["to"]]
        if abs(after - before) > WIDER:
            yield (
                f"Ratings cover {percent(after)} of the cells by weight, against {percent(before)} "
                f"in {last['from']}."
            )
    for kind, words in SAID.items():
        periods = [one["period"] for one in found["periods"] if one[kind]["suppressed"]]
        if periods:
            yield f"{start(words)} withheld in {joined(periods)} to protect persons."
    yield "The level chosen in earlier periods is not recorded, so only today’s is shown."
