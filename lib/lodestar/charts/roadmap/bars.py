"""What each investment adds by itself, to both sides of nothing."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.theme import BAD, INK, LINE, SHADES, finish

__all__ = ["impact_bars"]

ROW, INDENT, PLOT = 30, 400, 430
SHADE = {"chosen": SHADES[0], "left": SHADES[2], "harm": BAD}


def impact_bars(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return index points by investment, the largest first.

    Parameters
    ----------
    frame : DataFrame
        Columns label (name), gain (index points, either sign), text (at the end of the bar),
        state (chosen, left, harm); one row an investment, in the order to show.
    description : str
        Text alternative.
    """
    axis = name_axis(INDENT, gap=12)
    y = alt.Y("label:N", sort=frame["label"].tolist(), axis=axis)
    x = alt.X("gain:Q", axis=None, scale=_scale(frame))
    color = alt.Color(
        "state:N", scale=alt.Scale(domain=list(SHADE), range=list(SHADE.values())), legend=None
    )
    base = alt.Chart(frame).encode(y=y)
    zero = alt.Chart(pd.DataFrame({"gain": [0.0]})).mark_rule(color=LINE, strokeWidth=1.5)
    bars = base.mark_bar(height=14).encode(x=x, color=color)
    text_color = alt.condition(alt.datum.state == "harm", alt.value(BAD), alt.value(INK))
    labels = alt.Chart(frame.assign(at=frame["gain"].clip(lower=0.0)))
    text = labels.mark_text(align="left", baseline="middle", dx=8)
    text = text.encode(
        y=y, x=alt.X("at:Q", scale=_scale(frame)), text=alt.Text("text:N"), color=text_color
    )
    return finish(alt.layer(zero.encode(x=x), bars, text), description, PLOT, ROW * len(frame))


def _scale(frame: pd.DataFrame) -> alt.Scale:
    """Return a scale with room for the words at the end of the longest bar."""
    low, high = min(float(frame["gain"].min()), 0.0), max(float(frame["gain"].max()), 0.0)
    span = max(high - low, 1e-9)
    return alt.Scale(domain=[low - 0.02 * span, high + 0.75 * span], nice=False)
