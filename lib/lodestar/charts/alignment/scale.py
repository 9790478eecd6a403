"""The index on its scale of 0 to 100, for the whole and for each function."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.theme import INK, LINE, SOFT, finish

__all__ = ["index_rows"]

ROW, INDENT, PLOT = 34, 180, 620
TICKS = (0, 25, 50, 75, 100)


def index_rows(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return indices as rows: dot = index, band = 80 % interval.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label, index, low, high`` (0-100; NaN: no band), ``text``, in the order to show, the
        whole first.
    description : str
        Text alternative.
    """
    order = frame["label"].tolist()
    first = alt.condition(alt.datum.index == 0, alt.value(600), alt.value(400))
    axis = name_axis(INDENT, labelFontWeight=first)
    shown = frame.assign(edge=frame[["index", "high"]].max(axis=1))
    base = alt.Chart(shown).encode(y=alt.Y("label:N", sort=order, axis=axis))
    band = base.mark_bar(height=14, cornerRadius=7, opacity=0.16, color=INK)
    point = base.mark_point(shape="circle", filled=True, size=100, opacity=1, color=INK)
    text = base.mark_text(align="left", baseline="middle", dx=12, fontWeight=600)
    layers = [
        band.encode(x=_x("low"), x2=alt.X2("high:Q")),
        point.encode(x=_x("index")),
        text.encode(x=_x("edge"), text=alt.Text("text:N")),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(order))


def _x(field: str) -> alt.X:
    axis = alt.Axis(
        values=list(TICKS), title=None, gridColor=LINE, labelColor=SOFT, labelFlush=False
    )
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
