"""The index on its scale of 0 to 100, for the whole and for each function."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import INK, LINE, SOFT, finish

__all__ = ["index_rows"]

ROW, INDENT, PLOT = 34, 180, 620
TICKS = (0, 25, 50, 75, 100)


def index_rows(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return indices as rows: dot = index, band = 80 % interval.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label, index, low, high`` (0-100; NaN: no band), ``text``, ``whole`` (bool: the row of
        the whole), in the order to show.
    description : str
        Text alternative.
    """
    order = frame["label"].tolist()
    height = ROW * len(order)
    y = alt.Y("label:N", sort=order, axis=None)
    base = alt.Chart(frame.assign(edge=frame[["index", "high"]].max(axis=1))).encode(y=y)
    text = {"align": "left", "baseline": "middle"}
    names = base.mark_text(**text, limit=INDENT - 8)
    strong = base.mark_text(**text, limit=INDENT - 8, fontWeight=600)
    at = {"x": alt.value(-INDENT), "text": "label:N"}
    layers = [
        *_ticks(height),
        base.mark_bar(height=14, cornerRadius=7, opacity=0.16, color=INK).encode(
            x=_x("low"), x2="high:Q"
        ),
        base.mark_point(shape="circle", filled=True, size=100, opacity=1, color=INK).encode(
            x=_x("index")
        ),
        base.mark_text(**text, dx=12, fontWeight=600).encode(x=_x("edge"), text="text:N"),
        names.transform_filter("!datum.whole").encode(**at),
        strong.transform_filter("datum.whole").encode(**at),
    ]
    return finish(alt.layer(*layers), description, PLOT, height)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False))


def _ticks(height: int) -> list[alt.Chart]:
    """Return the scale's lines and their figures."""
    base = alt.Chart(pd.DataFrame({"at": TICKS})).encode(x=_x("at"))
    lines = base.mark_rule(color=LINE).encode(y=alt.value(0), y2=alt.value(height))
    text = base.mark_text(baseline="top", color=SOFT).encode(y=alt.value(height + 8), text="at:Q")
    return [lines, text]
