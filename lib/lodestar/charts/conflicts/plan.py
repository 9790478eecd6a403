"""What a repair plan does for each two functions, today and after."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, INK, LINE, SOFT, finish

__all__ = ["relief_dots"]

WIDE, ROW = 400, 30


def relief_dots(dots: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return a hollow mark for today and a filled one for after, joined by a line.

    Parameters
    ----------
    dots : DataFrame
        Columns label, before, after (severity, 0 or more), text; one row two functions, worst
        first.
    description : str
        Text alternative.
    """
    order = dots["label"].tolist()
    most = max(float(dots[["before", "after"]].max().max()), 0.01)
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(tickCount=4, format=".2f", title=None, gridColor=LINE)
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, labelLimit=280))
    before, after = (alt.X(f"{key}:Q", scale=scale, axis=axis) for key in ("before", "after"))
    base = alt.Chart(dots).encode(y=y)
    marks = [
        base.mark_rule(strokeWidth=2, color=SOFT).encode(x=before, x2=alt.X2("after:Q")),
        _points(base, CARD).encode(x=before),
        _points(base, INK).encode(x=after),
    ]
    end = alt.X("end:Q", scale=scale)
    texts = alt.Chart(dots.assign(end=most)).mark_text(align="left", dx=14, color=SOFT)
    labels = texts.encode(x=end, y=y, text=alt.Text("text:N"))
    return finish(alt.layer(*marks, labels), description, WIDE, ROW * len(order))


def _points(base: alt.Chart, fill: str) -> alt.Chart:
    return base.mark_point(size=110, opacity=1, strokeWidth=2, filled=False, fill=fill, stroke=INK)
