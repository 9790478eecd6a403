"""How often each investment would be chosen."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.theme import INK, LINE, SHADES, finish

__all__ = ["share_bars"]

ROW, INDENT, PLOT = 30, 400, 430
SHADE = {"in the plan": SHADES[0], "left out": SHADES[2]}


def share_bars(frame: pd.DataFrame, line: float, description: str) -> alt.LayerChart:
    """Return the share of draws by investment, with the line from which on it is sure.

    Parameters
    ----------
    frame : DataFrame
        Columns label (name), share (0-1), text (at the end of the bar), state (in the plan, left
        out); one row an investment, in the order to show.
    line : float
        Where the rule stands, 0-1.
    description : str
        Text alternative.
    """
    axis = name_axis(INDENT, gap=12)
    y = alt.Y("label:N", sort=frame["label"].tolist(), axis=axis)
    scale = alt.Scale(domain=[0, 1.75], nice=False)
    x = alt.X("share:Q", axis=None, scale=scale)
    color = alt.Color(
        "state:N", scale=alt.Scale(domain=list(SHADE), range=list(SHADE.values())), legend=None
    )
    base = alt.Chart(frame).encode(y=y, x=x)
    bars = base.mark_bar(height=14).encode(color=color)
    text = base.mark_text(align="left", baseline="middle", dx=8, color=INK).encode(
        text=alt.Text("text:N")
    )
    rule = alt.Chart(pd.DataFrame({"share": [line]}))
    rule = rule.mark_rule(color=LINE, strokeWidth=1.5, strokeDash=[4, 3]).encode(x=x)
    return finish(alt.layer(bars, rule, text), description, PLOT, ROW * len(frame))
