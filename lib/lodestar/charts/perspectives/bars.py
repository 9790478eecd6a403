"""Simple rows: agreement within groups, and topics of comments."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import INK, LINE, SHADES, SOFT, finish
from lodestar.schema.numerals import numeral

__all__ = ["agreement_dots", "topic_bars"]

ROW, WIDTH = 30, 460


def agreement_dots(views: pd.DataFrame, usual: float, description: str) -> alt.LayerChart:
    """Return agreement from the weakest view, with the usual threshold as a line.

    Parameters
    ----------
    views : DataFrame
        Columns label, rwg (0–1), text; in order from the top.
    usual : float
        Conventional threshold, 0–1.
    description : str
        Text alternative.
    """
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".2~f", grid=True)
    x = alt.X("rwg:Q", scale=scale, axis=axis, title="agreement (1 = all answer alike)")
    y = alt.Y("label:N", sort=views["label"].tolist(), title=None, axis=alt.Axis(labelLimit=380))
    base = alt.Chart(views.assign(zero=0.0)).encode(y=y)
    threshold = pd.DataFrame({"rwg": [usual], "text": [f"usual threshold {numeral(usual)}"]})
    line = alt.Chart(threshold).mark_rule(color=SOFT, strokeDash=[4, 4])
    name = alt.Chart(threshold).mark_text(align="left", dx=4, dy=-8, color=SOFT, baseline="bottom")
    start = alt.X("zero:Q", scale=scale)
    stem = base.mark_rule(color=LINE, strokeWidth=3).encode(x=start, x2=alt.X2("rwg:Q"))
    dot = base.mark_point(filled=True, size=120, color=INK, opacity=1).encode(x=x)
    said = base.mark_text(align="left", fontSize=12).encode(
        x=alt.XValue(WIDTH + 12), text=alt.Text("text:N")
    )
    layers = [
        line.encode(x=x),
        name.encode(x=x, y=alt.YValue(0), text=alt.Text("text:N")),
        stem,
        dot,
        said,
    ]
    return finish(alt.layer(*layers), description, WIDTH, ROW * len(views))


def topic_bars(topics: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return persons by topic, the most first.

    Parameters
    ----------
    topics : DataFrame
        Columns label, n (persons), text; in order from the top.
    description : str
        Text alternative.
    """
    y = alt.Y("label:N", sort=topics["label"].tolist(), title=None, axis=alt.Axis(labelLimit=300))
    x = alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, float(topics["n"].max()) * 1.15]))
    base = alt.Chart(topics).encode(x=x, y=y)
    bar = base.mark_bar(height=14, color=SHADES[1])
    return finish(
        alt.layer(bar, base.mark_text(align="left", dx=8).encode(text=alt.Text("text:N"))),
        description,
        WIDTH,
        ROW * len(topics),
    )
