"""What the market asks for, factor by factor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.assess.level.evidence import UNSTATED
from lodestar.charts.level import drivers
from lodestar.findings.level.agreement import overall
from lodestar.findings.level.studies import DISPUTED, INDUSTRY, disputes, pays
from lodestar.findings.spans import span
from lodestar.findings.words import level, named, percent
from lodestar.schema.numerals import numeral
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit

__all__ = ["required"]


def required(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.required``: distribution, tornado and the factors' table."""
    asked, names = results["level"]["required"], results["labels"]["factor"]
    shares = asked["distribution"] or {}
    spread = pd.DataFrame(
        [{"level": int(k), "share": x, "text": percent(x)} for k, x in sorted(shares.items())]
    )
    swings = _swings(asked, names)
    top = swings.iloc[0]
    said = (
        f"Level {level(asked['estimate'])}{span(asked)}. Widest swing: {top['label']}, from "
        f"{numeral(top['at_below'], '.1f')} a point lower to {numeral(top['at_above'], '.1f')} "
        "a point higher."
    )
    return Exhibit(
        chart=drivers(spread, swings, asked["estimate"], said),
        table=_factors(asked["factors"], names),
        notes=tuple(note for note in _notes(results) if note),
    )


def _notes(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return agreement between raters, then where studies contradict each other."""
    asked = results["level"]["required"]
    return overall(asked), disputes(asked, results["labels"]), INDUSTRY, pays()


def _swings(asked: Mapping[str, Any], names: dict[str, str]) -> pd.DataFrame:
    """Return the tornado with names and with the evidence behind each factor."""
    strength = {f: part["strength"] for part in asked["evidence"] for f in part["factors"]}
    said = {row["factor"]: _evidence(row) for row in asked["factors"]}
    rows = [
        {
            **row,
            "label": named(names, row["factor"]),
            "strength": strength.get(row["factor"], said[row["factor"]]),
            "said": said[row["factor"]],
        }
        for row in asked["tornado"]
    ]
    return pd.DataFrame(rows)


def _evidence(row: Mapping[str, Any]) -> str:
    """Return how strong the evidence for a factor is, and whether studies contradict each other."""
    return "; ".join([row["strength"] or UNSTATED, *([DISPUTED] if row["disputed"] else [])])


def _factors(rows: list[Mapping[str, Any]], names: dict[str, str]) -> Any:
    columns = [
        Column("name", "Factor"),
        Column("score", "Score 1–5", "number"),
        Column("n", "Raters", "integer"),
        Column("average_deviation", "Raters apart, points", "number"),
        Column("rwg", "Agreement 0–1", "precise"),
        Column("pull", "Asks for"),
        Column("evidence", "Evidence"),
        Column("source", "Source"),
    ]
    pulls = {1: "more", -1: "less"}
    frame = pd.DataFrame(
        [
            {**r, "name": named(names, r["factor"])}
            | {"pull": pulls[r["sign"]], "evidence": _evidence(r)}
            for r in rows
        ]
    )
    caption = (
        "Market factors; a higher score asks for more or less. Raters apart: mean distance from "
        "their mean. Agreement: rwg, 0 no better than chance, 1 the same score from everybody."
    )
    return table(frame, columns, caption)
