"""Where pay points, function by function, on one axis from against the outcomes to toward them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import BAD, INK, LINE, SOFT, finish

__all__ = ["direction_dots"]

WIDE, ROW = 400, 34
WORDS = "datum.value < 0 ? '−1 against' : datum.value > 0 ? '1 straight at' : '0 past'"


def direction_dots(dots: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return functions on one axis, furthest against what outcomes are worth first.

    Parameters
    ----------
    dots : DataFrame
        Columns label (function), cosine (−1 to 1), against (bool), text; one row a function.
    description : str
        Text alternative.
    """
    order = dots["label"].tolist()
    scale = alt.Scale(domain=[-1, 1], nice=False)
    axis = alt.Axis(values=[-1, 0, 1], labelExpr=WORDS, title=None, gridColor=LINE)
    x = alt.X("cosine:Q", scale=scale, axis=axis)
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, labelLimit=220))
    zero = alt.Chart(pd.DataFrame({"cosine": [0.0]})).mark_rule(color=SOFT).encode(x=x)
    layers = [zero]
    for against, colour, shape in ((True, BAD, "diamond"), (False, INK, "circle")):
        base = alt.Chart(dots[dots["against"] == against].assign(zero=0.0)).encode(x=x, y=y)
        layers += [
            base.mark_rule(strokeWidth=3, color=colour).encode(x2=alt.X2("zero:Q")),
            base.mark_point(shape=shape, size=150, filled=True, opacity=1, color=colour),
        ]
    end = alt.X("end:Q", scale=scale)
    texts = alt.Chart(dots.assign(end=1.0)).mark_text(align="left", dx=14, color=SOFT)
    return finish(
        alt.layer(*layers, texts.encode(x=end, y=y, text=alt.Text("text:N"))),
        description,
        WIDE,
        ROW * len(order),
    )
