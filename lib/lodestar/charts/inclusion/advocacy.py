"""Net promoter scores on one scale, each with its interval."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import INK, LINE, finish

__all__ = ["advocacy_intervals"]

ROW = 44


def advocacy_intervals(scores: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return one row a score: band for the interval, dot for the estimate.

    Parameters
    ----------
    scores : DataFrame
        Columns label, score, low, high (-100 to 100), text; in order from the top.
    description : str
        Text alternative.
    """
    order = scores["label"].tolist()
    y = alt.Y("label:N", sort=order, title=None)
    signed = "datum.value > 0 ? '+' + datum.value : replace('' + datum.value, '-', '−')"
    axis = alt.Axis(values=[-100, -50, 0, 50, 100], grid=True, labelExpr=signed)
    scale = alt.Scale(domain=[-100, 100], nice=False)
    x = alt.X("score:Q", scale=scale, axis=axis, title=None)
    base = alt.Chart(scores).encode(y=y)
    zero = alt.Chart(pd.DataFrame({"score": [0]})).mark_rule(color=LINE, strokeWidth=2)
    band = base.mark_bar(height=18, cornerRadius=9, color=INK, opacity=0.16).encode(
        x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
    )
    dot = base.mark_point(filled=True, size=150, color=INK, opacity=1).encode(x=x)
    text = base.mark_text(align="left", dx=10, fontWeight=600, fontSize=13).encode(
        x=alt.X("high:Q", scale=scale), text=alt.Text("text:N")
    )
    return finish(alt.layer(zero.encode(x=x), band, dot, text), description, 620, ROW * len(order))
