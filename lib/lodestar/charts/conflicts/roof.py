"""The roof: how much the measures of each two functions collide."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, INK, RAMP, WASH, finish

__all__ = ["roof"]

CELL, ROW = 104, 44
DARK = 0.5


def roof(
    cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], description: str
) -> alt.LayerChart:
    """Return severity between each two functions, and of functions on outcomes.

    Parameters
    ----------
    cells : DataFrame
        Columns row, column (names), share (severity ÷ the largest, 0–1; 0 where nothing collides),
        text (severity), count (how many conflicts, in words); one row a cell of the half matrix.
    rows, columns : sequence of str
        Names in order; the cells form a staircase.
    description : str
        Text alternative.
    """
    x = alt.X(
        "column:N",
        sort=list(columns),
        title=None,
        axis=alt.Axis(orient="top", labelLimit=CELL, grid=False),
        scale=alt.Scale(domain=list(columns)),
    )
    y = alt.Y("row:N", sort=list(rows), title=None, scale=alt.Scale(domain=list(rows)))
    base = alt.Chart(cells).encode(x=x, y=y)
    shade = alt.condition(
        alt.datum.share > 0,
        alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=list(RAMP)[1:]), legend=None),
        alt.value(WASH),
    )
    ink = alt.condition(alt.datum.share >= DARK, alt.value(CARD), alt.value(INK))
    tiles = base.mark_rect(stroke=CARD, strokeWidth=3, cornerRadius=3).encode(color=shade)
    texts = base.mark_text(dy=-7, fontWeight=600, fontSize=13).encode(
        text=alt.Text("text:N"), color=ink
    )
    counts = base.mark_text(dy=9).encode(text=alt.Text("count:N"), color=ink)
    width, height = CELL * len(columns), ROW * len(rows)
    return finish(alt.layer(tiles, texts, counts), description, width, height)
