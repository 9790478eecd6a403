"""Who raises a topic: one row a group, its share beside everybody else's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import headed
from lodestar.charts.theme import FAINT, INK, SOFT, finish

__all__ = ["topic_shares"]

ROW, WIDTH, INDENT = 30, 380, 260
OTHERS = "others"


def topic_shares(shares: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return the share of each group that raises a topic, with its interval, topic by topic.

    Parameters
    ----------
    shares : DataFrame
        One row a line, in the order to show: ``label``; ``heading``, whether the line names a
        topic; ``share, low, high`` (0–1; NaN on headings); ``others``, everybody else's share
        (NaN: nobody else raises it or it is not told); ``apart``, whether the group differs from
        the others beyond its interval (filled, else hollow); ``text``, words beside.
    description : str
        Text alternative.
    """
    rows = shares.assign(row=[f"{place:03d}" for place in range(len(shares))])
    y = alt.Y("row:N", scale=alt.Scale(domain=rows["row"].tolist()), axis=headed(rows, INDENT))
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "share:Q",
        scale=scale,
        axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=True),
        title="share of the group's people who commented",
    )
    base = alt.Chart(rows[~rows["heading"]]).encode(y=y)
    band = base.mark_bar(height=14, cornerRadius=7, color=INK, opacity=0.14).encode(
        x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
    )
    filled = base.transform_filter("datum.apart").mark_point(
        filled=True, size=120, color=INK, opacity=1
    )
    hollow = base.transform_filter("!datum.apart").mark_point(
        filled=False, size=110, strokeWidth=2, color=FAINT, opacity=1
    )
    tick = base.transform_filter("isValid(datum.others)").mark_tick(
        color=SOFT, thickness=3, height=20, opacity=1
    )
    said = base.mark_text(align="left", fontSize=12).encode(
        x=alt.XValue(WIDTH + 12), text=alt.Text("text:N")
    )
    layers = [
        band,
        tick.encode(x=alt.X("others:Q")),
        filled.encode(x=x),
        hollow.encode(x=x),
        said,
        _key(rows),
    ]
    return finish(alt.layer(*layers), description, WIDTH, ROW * len(rows))


def _key(rows: pd.DataFrame) -> alt.Chart:
    """Return what the upright line means, above the first that is drawn."""
    first = rows[rows["others"].notna()].head(1).assign(name=OTHERS)
    return (
        alt.Chart(first)
        .mark_text(dy=-ROW / 2, baseline="bottom", fontSize=11, color=SOFT)
        .encode(x=alt.X("others:Q"), y=alt.Y("row:N"), text=alt.Text("name:N"))
    )
