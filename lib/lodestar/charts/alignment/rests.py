"""What lifting one capability opens for those that rest on it; and what sets a client apart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.level.marks import hollow, level_x
from lodestar.charts.theme import CARD, INK, LEVEL_MARKS, SOFT, finish

__all__ = ["asset_rows", "lifted_bars"]

ROW, INDENT, PLOT = 32, 400, 320


def lifted_bars(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return what lifting each capability gains, alone (filled) and with what follows (outlined).

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label``, ``gain``, ``joint`` (index points, joint the larger), ``text``; in the order to
        show.
    description : str
        Text alternative.
    """
    top = max(float(frame["joint"].max()), 1e-9)
    base = alt.Chart(frame).encode(y=_rows(frame))
    scale = alt.Scale(domain=[0, top * 1.6], nice=False)
    joint = base.mark_bar(height=16, fill=CARD, stroke=INK, strokeWidth=1.5)
    alone = base.mark_bar(height=16, fill=INK)
    text = base.mark_text(align="left", baseline="middle", dx=8, fontWeight=600)
    layers = [
        joint.encode(x=alt.X("joint:Q", axis=None, scale=scale)),
        alone.encode(x=alt.X("gain:Q", axis=None, scale=scale)),
        text.encode(x=alt.X("joint:Q", axis=None, scale=scale), text=alt.Text("text:N")),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(frame))


def asset_rows(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return distinctive capabilities against their targets.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label``, ``present``, ``target`` (levels 1-5); in the order to show.
    description : str
        Text alternative.

    Returns
    -------
    altair.LayerChart
        Filled circle = present, hollow square = target.
    """
    base = alt.Chart(frame).encode(y=_rows(frame))
    look = LEVEL_MARKS["present"]
    way = base.mark_rule(color=SOFT, strokeWidth=1.5)
    dot = base.mark_point(
        shape=look["shape"], filled=True, size=130, opacity=1, color=look["color"]
    )
    layers = [
        way.encode(x=level_x("present"), x2=alt.X2("target:Q")),
        hollow(frame, level_x("target"), _rows(frame), 130),
        dot.encode(x=level_x("present")),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(frame))


def _rows(frame: pd.DataFrame) -> alt.Y:
    """Return rows by label, names left-aligned in front of the plot."""
    return alt.Y("label:N", sort=frame["label"].tolist(), axis=name_axis(INDENT))
