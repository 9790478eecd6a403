"""Bars: what misalignment is made of, and what stands above target."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.theme import CARD, INK, SHADES, SOFT, WIDTH, finish

__all__ = ["over_shoot_bars", "part_bar", "part_chart", "part_marks"]

HEIGHT, LABEL = 34, 150
ROW, INDENT, PLOT = 30, 420, 300


def part_bar(frame: pd.DataFrame, description: str, width: int = WIDTH) -> alt.LayerChart:
    """Return the parts of misalignment as one bar, the largest first and darkest.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``name``, ``share`` (0-1, adding up to 1), ``text`` (the share in words), largest first;
        at most four rows.
    description : str
        Text alternative.
    width : int
        Width in pixels.
    """
    return part_chart(part_marks(frame, width), description, width)


def part_marks(frame: pd.DataFrame, width: int = WIDTH) -> pd.DataFrame:
    """Return the parts with their places and shades: ``start, end, at, shade`` besides."""
    shown = frame.copy()
    shown["end"] = shown["share"].cumsum()
    shown["start"] = shown["end"] - shown["share"]
    shown["at"] = _apart(shown["start"].tolist(), LABEL / width)
    shown["shade"] = list(SHADES[: len(shown)])
    return shown


def part_chart(shown: pd.DataFrame, description: str = "", width: int = WIDTH) -> alt.LayerChart:
    """Return the bar of rows made by `part_marks`; any such rows give the same grammar."""
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("start:Q", axis=None, scale=scale)
    color = alt.Color("shade:N", scale=None, legend=None)
    bar = alt.Chart(shown).mark_bar(height=HEIGHT, stroke=CARD, strokeWidth=2)
    bar = bar.encode(x=x, x2=alt.X2("end:Q"), y=alt.YValue(HEIGHT / 2), color=color)
    base = alt.Chart(shown).encode(x=alt.X("at:Q", axis=None, scale=scale))
    key = base.mark_point(
        shape="square", filled=True, size=90, opacity=1, stroke=SOFT, strokeWidth=0.5
    )
    key = key.encode(y=alt.YValue(HEIGHT + 21), color=color, xOffset=alt.XOffsetValue(5))
    text = {"align": "left", "baseline": "middle"}
    figure = base.mark_text(**text, dx=16, fontSize=13, fontWeight=600, color=INK)
    name = base.mark_text(**text, color=SOFT, limit=LABEL - 8)
    labels = [
        figure.encode(y=alt.YValue(HEIGHT + 21), text=alt.Text("text:N")),
        name.encode(y=alt.YValue(HEIGHT + 40), text=alt.Text("name:N")),
    ]
    return finish(alt.layer(bar, key, *labels), description, width, HEIGHT + 50)


def _apart(starts: list[float], gap: float) -> list[float]:
    """Return where labels begin: at their pieces, or as near as leaves room for the others."""
    at: list[float] = []
    for start in starts:
        at.append(max(start, at[-1] + gap) if at else start)
    return [min(x, 1 - (len(at) - i) * gap) for i, x in enumerate(at)]


def over_shoot_bars(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return cells above target as bars, with what they cost to hold.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label`` (capability and function), ``size`` (length: cost a year or levels), ``text``;
        one row a cell, in the order to show.
    description : str
        Text alternative.
    """
    order = frame["label"].tolist()
    axis = name_axis(INDENT)
    top = max(float(frame["size"].max()), 1e-9)
    x = alt.X("size:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.3], nice=False))
    base = alt.Chart(frame).encode(x=x, y=alt.Y("label:N", sort=order, axis=axis))
    bars = base.mark_bar(height=14, fill=CARD, stroke=INK, strokeWidth=1.5)
    text = base.mark_text(align="left", baseline="middle", dx=8, fontWeight=600)
    layers = [bars, text.encode(text=alt.Text("text:N"))]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(order))
