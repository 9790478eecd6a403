"""The value chain: who serves whom, how far missions overlap, where experience ripples."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, INK, RAMP, SOFT, finish

__all__ = ["chain_map"]

HEIGHT, WIDTH = 96, 860


def chain_map(nodes: pd.DataFrame, links: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return the chain from suppliers on the left to customers' customers on the right.

    Parameters
    ----------
    nodes : DataFrame
        Columns name, x (stage, 0 at the left), y (place within the stage).
    links : DataFrame
        Columns x, y, x2, y2 (ends), mx, my (where the label stands), overlap (0-1; 0 where not
        known), text, ripples (bool).
    description : str
        Text alternative.
    """
    last, rows = float(nodes["x"].max()), float(nodes["y"].max())
    x_scale = alt.Scale(domain=[-0.35, last + 0.35], nice=False)
    y_scale = alt.Scale(domain=[rows + 0.5, -0.5], nice=False)
    x, y = alt.X("x:Q", scale=x_scale, axis=None), alt.Y("y:Q", scale=y_scale, axis=None)
    width = alt.StrokeWidth("overlap:Q", scale=alt.Scale(domain=[0, 1], range=[1, 14]), legend=None)
    color = alt.condition(alt.datum.ripples, alt.value(INK), alt.value(RAMP[2]))
    base = alt.Chart(links)
    lines = base.mark_rule(strokeCap="round").encode(
        x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), strokeWidth=width, color=color
    )
    mx, my = alt.X("mx:Q", scale=x_scale, axis=None), alt.Y("my:Q", scale=y_scale, axis=None)
    halo = base.mark_text(stroke=CARD, strokeWidth=8, color=CARD)
    said = base.mark_text(color=SOFT)
    dots = alt.Chart(nodes).mark_point(filled=True, size=260, color=INK, opacity=1)
    named = alt.Chart(nodes).encode(x=x, y=y, text=alt.Text("name:N"))
    style = {"dy": 22, "fontWeight": 600}
    layers = [
        lines,
        halo.encode(x=mx, y=my, text=alt.Text("text:N")),
        said.encode(x=mx, y=my, text=alt.Text("text:N")),
        dots.encode(x=x, y=y),
        named.mark_text(**style, stroke=CARD, strokeWidth=6, color=CARD),
        named.mark_text(**style),
    ]
    return finish(alt.layer(*layers), description, WIDTH, HEIGHT * (int(rows) + 1) + 30)
