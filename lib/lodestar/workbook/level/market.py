"""What the market asks for, factor by factor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lodestar.charts.level import drivers
from lodestar.findings.spans import span
from lodestar.findings.words import level, named, percent
from lodestar.tables import Column, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import EVIDENCE

__all__ = ["required"]


def required(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.required``: distribution, tornado and the factors' table."""
    asked, names = results["level"]["required"], results["labels"]["factor"]
    shares = asked["distribution"] or {}
    spread = pd.DataFrame(
        [{"level": int(k), "share": x, "text": percent(x)} for k, x in sorted(shares.items())]
    )
    swings = pd.DataFrame(
        [{**row, "label": named(names, row["factor"])} for row in asked["tornado"]]
    )
    top = swings.iloc[0]
    said = (
        f"Level {level(asked['estimate'])}{span(asked)}. Widest swing: {top['label']}, from "
        f"{top['at_below']:.1f} a point lower to {top['at_above']:.1f} a point higher."
    )
    return Exhibit(
        chart=drivers(spread, swings, asked["estimate"], said),
        table=_factors(asked["factors"], names),
        notes=(EVIDENCE,),
    )


def _factors(rows: list[Mapping[str, Any]], names: dict[str, str]) -> Any:
    columns = [
        Column("name", "Factor"),
        Column("score", "Score 1–5", "number"),
        Column("n", "Raters", "integer"),
        Column("pull", "Asks for"),
        Column("strength", "Evidence"),
        Column("source", "Source"),
    ]
    pulls = {1: "more", -1: "less"}
    frame = pd.DataFrame(
        [{**r, "name": named(names, r["factor"]), "pull": pulls[r["sign"]]} for r in rows]
    )
    return table(frame, columns, "Market factors; a higher score asks for more or less.")
