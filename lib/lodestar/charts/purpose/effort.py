"""Effort by what it serves, and by why against how."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.shades import shades
from lodestar.charts.theme import CARD, INK, SHADES, finish

__all__ = ["focus_map", "why_how_bars"]

ROW, BAR_WIDTH, CELL_WIDTH = 34, 230, 70
DARK_FROM = 0.58


def focus_map(
    bars: pd.DataFrame, cells: pd.DataFrame, functions: Sequence[str], description: str
) -> alt.HConcatChart:
    """Return effort by what it serves: bars for all, shaded cells for each function.

    Parameters
    ----------
    bars : DataFrame
        Columns label, share (0-1), purpose (bool: declared), text; one row a purpose, in order.
    cells : DataFrame
        Columns label, function (name), share (of the function's effort, 0-1), text.
    functions : sequence of str
        Function names, in order.
    description : str
        Text alternative.
    """
    order = bars["label"].tolist()
    height = ROW * len(order)
    left = _bars(bars, order).properties(width=BAR_WIDTH, height=height)
    right = _cells(cells, order, list(functions)).properties(
        width=CELL_WIDTH * len(functions), height=height
    )
    return finish(alt.hconcat(left, right, spacing=18), description)


def why_how_bars(frame: pd.DataFrame, order: Sequence[str], description: str) -> alt.LayerChart:
    """Return effort on the client's benefit against internal method, one bar a function.

    Parameters
    ----------
    frame : DataFrame
        Columns label (function or all), concern (why, how), start, end (share 0-1), text; the
        pieces of a bar add up to 1.
    order : sequence of str
        Labels from the top.
    description : str
        Text alternative.
    """
    y = alt.Y("label:N", sort=list(order), title=None)
    scale = alt.Scale(domain=["why", "how"], range=[SHADES[0], SHADES[2]])
    base = alt.Chart(frame)
    pieces = base.mark_bar(height=20, stroke=CARD).encode(
        x=alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
        x2=alt.X2("end:Q"),
        y=y,
        color=alt.Color("concern:N", scale=scale, legend=None),
    )
    marks = [
        base.transform_filter(alt.datum.concern == name)
        .mark_text(align=align, dx=dx, color=color, fontWeight=600)
        .encode(x=x, y=y, text=alt.Text("text:N"))
        for name, align, dx, color, x in (
            ("why", "left", 8, CARD, "start:Q"),
            ("how", "right", -8, INK, "end:Q"),
        )
    ]
    return finish(alt.layer(pieces, *marks), description, 700, ROW * len(order))


def _bars(bars: pd.DataFrame, order: list[str]) -> alt.LayerChart:
    """Return one bar a purpose with its share at its end."""
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=270))
    top = max(float(bars["share"].max()), 0.01)
    x = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.25]))
    scale = alt.Scale(domain=[True, False], range=[SHADES[0], SHADES[2]])
    base = alt.Chart(bars).encode(x=x, y=y)
    marks = base.mark_bar(height=16).encode(color=alt.Color("purpose:N", scale=scale, legend=None))
    labels = base.mark_text(align="left", dx=6, fontWeight=600).encode(text=alt.Text("text:N"))
    return alt.layer(marks, labels)


def _cells(cells: pd.DataFrame, order: list[str], functions: list[str]) -> alt.LayerChart:
    """Return a cell for each purpose and function, darker for more of the function's effort."""
    y = alt.Y("label:N", sort=order, axis=None)
    title = "Share of each function’s effort"
    axis = alt.Axis(orient="top", labelLimit=CELL_WIDTH, title=title, grid=False)
    x = alt.X("function:N", sort=functions, scale=alt.Scale(domain=functions), axis=axis)
    base = alt.Chart(cells).encode(x=x, y=y)
    shade = alt.Color("share:Q", scale=shades(0, DARK_FROM, 1), legend=None)
    tiles = base.mark_rect(stroke=CARD, strokeWidth=2).encode(color=shade)
    dark = alt.condition(alt.datum.share >= DARK_FROM, alt.value(CARD), alt.value(INK))
    return alt.layer(tiles, base.mark_text().encode(text=alt.Text("text:N"), color=dark))
