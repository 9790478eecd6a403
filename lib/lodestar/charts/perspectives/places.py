"""The map of groups: distance on paper is how far apart they stand."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from lodestar.charts.labels import spread
from lodestar.charts.theme import CARD, INK, LINE, SOFT, finish

__all__ = ["place_map"]

WIDTH, TALLEST, SMALLEST = 720, 460, 220
SIDE, TOP = 165, 40
LABEL, AWAY, NAME = 17, 14, 90
SIZES = (90, 420)
SCALE = 0.5
"""Length of the scale bar in points of the 1–5 scale."""


def place_map(places: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return groups as marks on a plane, both directions to the same scale.

    Parameters
    ----------
    places : DataFrame
        Columns label, x, y (points of the 1–5 scale), n (persons), shape (``square`` or
        ``circle``), agreed (bool: filled; hollow where a group's people disagree).
    description : str
        Text alternative.
    """
    unit, height = _fit(places)
    x_ends = _ends(places["x"], WIDTH / unit)
    y_ends = _ends(places["y"], height / unit)
    across, up = (alt.Scale(domain=ends, nice=False) for ends in (x_ends, y_ends))
    x, y = alt.X("x:Q", scale=across, axis=None), alt.Y("y:Q", scale=up, axis=None)
    named = _named(places.assign(size=_sizes(places["n"])), unit, y_ends)
    names = alt.Chart(named)
    lead = names.mark_rule(color=LINE).encode(x=x, y=y, x2="to_x:Q", y2="to_y:Q")
    at = {"x": alt.X("to_x:Q", scale=across, axis=None), "text": alt.Text("label:N")}
    at["y"] = alt.Y("to_y:Q", scale=up, axis=None)
    layers = [lead, *_marks(named, x, y)]
    for right in (True, False):
        text = names.transform_filter(alt.datum.right == right).mark_text(
            align="left" if right else "right", dx=4 if right else -4, baseline="middle", color=INK
        )
        layers.append(text.encode(**at))
    layers += _bar(x_ends, y_ends, x, y)
    return finish(alt.layer(*layers), description, WIDTH, height)


def _fit(places: pd.DataFrame) -> tuple[float, int]:
    """Return pixels for a point of the scale, and the height that the map needs."""
    across, up = (max(float(np.ptp(places[side])), 0.05) for side in ("x", "y"))
    rows = LABEL * (len(places) + 1) // 2 + 2 * TOP
    unit = min((WIDTH - 2 * SIDE) / across, (TALLEST - 2 * TOP) / up)
    return unit, int(min(max(unit * up + 2 * TOP, rows, SMALLEST), TALLEST))


def _ends(values: pd.Series, length: float) -> list[float]:
    """Return an axis of some length with the values in its middle."""
    middle = float(values.min() + values.max()) / 2
    return [middle - length / 2, middle + length / 2]


def _sizes(n: pd.Series) -> pd.Series:
    """Return areas of marks by persons, between the smallest and largest that read well."""
    return SIZES[0] + (SIZES[1] - SIZES[0]) * np.sqrt(n / n.max())


def _named(places: pd.DataFrame, unit: float, y_ends: list[float]) -> pd.DataFrame:
    """Return places with where each name stands: outward, apart enough to read."""
    placed = places.assign(right=places["x"].rank(method="first") > len(places) / 2)
    parts = []
    for (right, _), own in placed.groupby(["right", _neighbours(placed, unit)], sort=True):
        edge = own["x"].max() + AWAY / unit if right else own["x"].min() - AWAY / unit
        parts.append(own.assign(to_x=edge, to_y=spread(own["y"].tolist(), LABEL / unit, *y_ends)))
    return pd.concat(parts).sort_index()


def _neighbours(placed: pd.DataFrame, unit: float) -> pd.Series:
    """Return which marks of a side stand so close that their names need one column."""
    ordered = placed.sort_values("x", kind="stable")
    steps = ordered.groupby("right")["x"].diff().fillna(0.0) * unit
    return (steps > NAME).groupby(ordered["right"]).cumsum().reindex(placed.index)


def _marks(named: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return marks by shape, filled or hollow."""
    layers = []
    for shape in ("square", "circle"):
        for agreed in (True, False):
            own = named[(named["shape"] == shape) & (named["agreed"] == agreed)]
            if own.empty:
                continue
            mark = alt.Chart(own).mark_point(
                shape=shape,
                filled=True,
                fill=INK if agreed else CARD,
                stroke=INK,
                strokeWidth=2,
                opacity=1,
            )
            size = alt.Size("size:Q", scale=None, legend=None)
            layers.append(mark.encode(x=x, y=y, size=size))
    return layers


def _bar(x_ends: list[float], y_ends: list[float], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return a bar that tells how long half a point of the scale is."""
    low = y_ends[0] + 0.04 * (y_ends[1] - y_ends[0])
    start = x_ends[0] + 0.01 * (x_ends[1] - x_ends[0])
    frame = pd.DataFrame({"x": [start], "end": [start + SCALE], "y": [low]})
    base = alt.Chart(frame.assign(label="half a point apart")).encode(x=x, y=y)
    rule = base.mark_rule(color=SOFT, strokeWidth=3).encode(x2="end:Q")
    text = base.mark_text(align="left", baseline="bottom", dy=-6, color=SOFT)
    return [rule, text.encode(text=alt.Text("label:N"))]
