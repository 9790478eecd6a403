"""What the offer alone asks for, and how the market moves it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from lodestar.charts.level import offer_map
from lodestar.findings.level.offer import market_moves
from lodestar.findings.spans import span
from lodestar.findings.words import level, named, percent, signed
from lodestar.tables import Column, Table, table
from lodestar.workbook.exhibit import Exhibit
from lodestar.workbook.level.columns import BOUNDS

__all__ = ["offer"]

AXES = ("scale", "integration")
ENDS = ("low", "high")
LOWEST, CENTRE, HIGHEST, INWARD = 1.0, 3.0, 5.0, 0.15
"""Names of levels stand near the border, drawn in towards the centre by this share."""


def offer(results: Mapping[str, Any]) -> Exhibit:
    """Return the exhibit of ``level.offer``: the two axes, the way to the level, the figures."""
    asked, names = results["level"]["required"], results["labels"]["factor"]
    place = asked["offer"]
    scale, integration = (place[axis] for axis in AXES)
    said = (
        f"{named(names, scale['factor'])} {level(scale['score'])}{span(scale)}, "
        f"{named(names, integration['factor'])} {level(integration['score'])}{span(integration)}: "
        f"the offer alone asks for level {level(place['base']['estimate'])}; {market_moves(asked)}."
    )
    point = {**_axis("x", scale, names), **_axis("y", integration, names)}
    return Exhibit(
        chart=offer_map(point, pd.DataFrame(place["edges"]), _rungs(place), _way(asked), said),
        table=_figures(asked, names),
    )


def _axis(name: str, axis: Mapping[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return one axis as the chart takes it."""
    ends = {f"{name}_{end}": float("nan") if axis[end] is None else axis[end] for end in ENDS}
    return {name: axis["score"], **ends, f"{name}_title": named(names, axis["factor"])}


def _rungs(place: Mapping[str, Any]) -> pd.DataFrame:
    """Return where each level's name stands: in the corners, else between the lines' lower ends."""
    upper = [(edge["scale_from"], edge["integration_from"]) for edge in place["edges"]]
    lower = [(edge["scale_to"], edge["integration_to"]) for edge in place["edges"]]
    spots = [
        _middle(*2 * [(LOWEST, LOWEST)], upper[0], lower[0]),
        *(_inward(_middle(before, after)) for before, after in pairwise(lower)),
        _middle(*2 * [(HIGHEST, HIGHEST)], upper[-1], lower[-1]),
    ]
    rows = [{"x": x, "y": y, "text": f"level {k}"} for k, (x, y) in enumerate(spots, start=1)]
    return pd.DataFrame(rows)


def _middle(*points: tuple[float, float]) -> tuple[float, float]:
    """Return the mean of some points."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return x, y


def _inward(point: tuple[float, float]) -> tuple[float, float]:
    """Return a point at the border drawn in towards the centre."""
    x, y = (score + INWARD * (CENTRE - score) for score in point)
    return x, y


def _way(asked: Mapping[str, Any]) -> pd.DataFrame:
    """Return base, shift and level as steps; none without a level."""
    parts = asked["parts"]
    if parts["level"] is None:
        return pd.DataFrame(columns=["label", "start", "end", "text"])
    base, summed, end = parts["base"], parts["before_rules"], parts["level"]
    rows = [
        ("The offer asks for", base, base, level(base)),
        ("The market shifts it", base, summed, signed(parts["shift"], 1)),
        ("Required level", summed, end, level(end)),
    ]
    return pd.DataFrame(rows, columns=["label", "start", "end", "text"])


def _figures(asked: Mapping[str, Any], names: dict[str, str]) -> Table:
    """Return the axes, the base and its share of resamples at each level."""
    place, parts = asked["offer"], asked["parts"]
    rows = [
        {**place[axis], "name": named(names, place[axis]["factor"]), "said": ""} for axis in AXES
    ]
    base = place["base"]
    shares = [f"{k}: {percent(x)}" for k, x in sorted((base["distribution"] or {}).items())]
    rows.append(
        {**base, "name": "Base: what the offer asks for", "score": base["estimate"]}
        | {"said": "; ".join(shares)}
    )
    rows.append({"name": "Shift by the market", "score": parts["shift"], "said": ""})
    rows.append({"name": "Required level", "score": parts["level"], "said": ""})
    columns = [
        Column("name", "Part"),
        Column("score", "Score or level", "number"),
        *BOUNDS,
        Column("said", "Share of resamples at each level"),
    ]
    return table(pd.DataFrame(rows), columns, "Scores and levels 1–5; 80 % ranges.")
