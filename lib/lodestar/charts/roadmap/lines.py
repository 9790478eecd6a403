"""Lines of 07: the index on its way, and what each budget would reach."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.labels import beside
from lodestar.charts.theme import BAD, INK, SHADES, SOFT, finish

__all__ = ["frontier_lines", "index_path"]

WIDTH, HEIGHT = 680, 280
DASHES = {"plan": [1, 0], "greedy": [6, 4], "even": [2, 3]}
"""Lines told apart without colour: the plan solid, habits dashed and dotted."""


def index_path(path: pd.DataFrame, labels: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return the index by month with its band, and in red where it lies below today's.

    Parameters
    ----------
    path : DataFrame
        Columns month (from today), index, low, high (0-100); today first.
    labels : DataFrame
        Columns month, y, label, strong: right of a place.
    description : str
        Text alternative.
    """
    today = float(path["index"].iloc[0])
    months = alt.Scale(domain=[0, float(path["month"].max())], nice=False)
    axis = alt.Axis(grid=False, tickCount=8)
    x = alt.X("month:Q", title="Months from today", axis=axis, scale=months)
    low, high = float(path["low"].min()), float(path["high"].max())
    scale = alt.Scale(domain=[max(0.0, low - 1), min(100.0, high + 1)], nice=False)
    y = alt.Y("index:Q", scale=scale, axis=alt.Axis(tickCount=5), title=None)
    below = path.assign(low=path["index"].clip(upper=today), high=today)
    base = alt.Chart(path).encode(x=x)
    floor = alt.Chart(pd.DataFrame({"index": [today]}))
    layers = [
        base.mark_area(color=INK, opacity=0.12).encode(
            y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")
        ),
        alt.Chart(below)
        .mark_area(color=BAD, opacity=0.35)
        .encode(x=x, y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")),
        floor.mark_rule(color=SOFT, strokeDash=[4, 4]).encode(y=y),
        base.mark_line(color=INK, strokeWidth=2.5).encode(y=y),
        *beside(labels, x, alt.Y("y:Q", scale=scale)),
    ]
    return finish(alt.layer(*layers), description, WIDTH, HEIGHT)


def frontier_lines(
    lines: pd.DataFrame, labels: pd.DataFrame, own: float, description: str
) -> alt.LayerChart:
    """Return the index that each budget reaches, for the plan and for two habits.

    Parameters
    ----------
    lines : DataFrame
        Columns way (plan, greedy, even), budget (currency), index (0-100).
    labels : DataFrame
        Columns budget, y, label, strong: right of the last points.
    own : float
        The budget granted.
    description : str
        Text alternative.
    """
    x = alt.X("budget:Q", title="Budget", axis=alt.Axis(format="~s", grid=False, tickCount=6))
    low, high = float(lines["index"].min()), float(lines["index"].max())
    room = max(0.12 * (high - low), 0.2)
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    y = alt.Y("index:Q", scale=scale, axis=alt.Axis(tickCount=5), title=None)
    dashes = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
    tints = alt.Scale(domain=list(DASHES), range=[INK, SHADES[1], SHADES[1]])
    base = alt.Chart(lines).encode(x=x, y=y)
    best = alt.Chart(lines[lines["way"] == "plan"]).encode(x=x, y=y)
    granted = alt.Chart(pd.DataFrame({"budget": [own], "label": ["your budget"]})).encode(x=x)
    words = granted.mark_text(align="left", baseline="top", dx=6, dy=2, color=SOFT)
    layers = [
        granted.mark_rule(color=SOFT, strokeDash=[4, 4]),
        words.encode(y=alt.YValue(0), text=alt.Text("label:N")),
        base.mark_line(strokeWidth=2).encode(
            color=alt.Color("way:N", scale=tints, legend=None),
            strokeDash=alt.StrokeDash("way:N", scale=dashes, legend=None),
        ),
        best.mark_point(filled=True, size=60, color=INK, opacity=1),
        *beside(labels, x, alt.Y("y:Q", scale=scale), 12),
    ]
    return finish(alt.layer(*layers), description, WIDTH, HEIGHT)
