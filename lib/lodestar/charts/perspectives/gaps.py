"""Gaps between groups: one row a gap, dot with its interval."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import FAINT, INK, LINE, finish

__all__ = ["gap_intervals"]

ROW = 34
WIDTH = 340


def gap_intervals(gaps: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return gaps from the widest: band for the interval, dot for delta, words beside.

    Parameters
    ----------
    gaps : DataFrame
        Columns label (who above whom, on what), delta, low, high (−1 to 1), text (beside),
        certain (bool: filled where the gap holds after correction, else hollow); in order.
    description : str
        Text alternative.
    """
    order = gaps["label"].tolist()
    left = min(0.0, float(gaps["low"].min()))
    scale = alt.Scale(domain=[left, 1.0], nice=False)
    axis = alt.Axis(values=[-0.5, 0, 0.25, 0.5, 0.75, 1], format=".2~f", grid=True)
    title = "delta: 0 = no difference, 1 = every person above every other"
    x = alt.X("delta:Q", scale=scale, axis=axis, title=title)
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=400))
    base = alt.Chart(gaps).encode(y=y)
    zero = alt.Chart(pd.DataFrame({"delta": [0.0]})).mark_rule(color=LINE, strokeWidth=2)
    band = base.mark_bar(height=14, cornerRadius=7, color=INK, opacity=0.14).encode(
        x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
    )
    filled = base.transform_filter("datum.certain").mark_point(
        filled=True, size=120, color=INK, opacity=1
    )
    hollow = base.transform_filter("!datum.certain").mark_point(
        filled=False, size=110, strokeWidth=2, color=FAINT, opacity=1
    )
    said = base.mark_text(align="left", fontSize=12).encode(
        x=alt.XValue(WIDTH + 12), text=alt.Text("text:N")
    )
    layers = [zero.encode(x=x), band, filled.encode(x=x), hollow.encode(x=x), said]
    return finish(alt.layer(*layers), description, WIDTH, ROW * len(order))
