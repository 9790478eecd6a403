"""Leading indicators against their natural limits, one panel each."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import BAD, GOOD, INK, SHADES, finish

__all__ = ["indicator_panels"]

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 400, 130, 2


def indicator_panels(
    points: pd.DataFrame, titles: Sequence[str], description: str
) -> alt.ConcatChart:
    """Return small panels: points, centre, limits as a band, signals as triangles.

    Parameters
    ----------
    points : DataFrame
        Columns panel (title), date (ISO), value, baseline, centre, lower, upper, signal (``none``,
        ``better``, ``worse``).
    titles : sequence of str
        Panels in order.
    description : str
        Text alternative.
    """
    panels = [_panel(points[points["panel"] == title], title) for title in titles]
    grid = alt.concat(*panels, columns=COLUMNS, spacing=28).resolve_scale(x="shared")
    return finish(grid, description)


def _panel(points: pd.DataFrame, title: str) -> alt.LayerChart:
    """Return one indicator's panel."""
    axis = alt.Axis(format="%b %y", tickCount=4, grid=False, labelFlush=True)
    x = alt.X("date:T", title=None, axis=axis)
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=3), scale=alt.Scale(zero=False))
    base = alt.Chart(points).encode(x=x)
    limited = base.transform_filter("isValid(datum.upper)").encode(detail="baseline:N")
    domain = ["none", "better", "worse"]
    shape = alt.Scale(domain=domain, range=["circle", "triangle-up", "triangle-down"])
    color = alt.Scale(domain=domain, range=[SHADES[1], GOOD, BAD])
    size = alt.Scale(domain=domain, range=[18, 110, 110])
    marks = base.mark_point(filled=True, opacity=1).encode(
        y=y,
        shape=alt.Shape("signal:N", scale=shape, legend=None),
        color=alt.Color("signal:N", scale=color, legend=None),
        size=alt.Size("signal:N", scale=size, legend=None),
    )
    layers = [
        limited.mark_area(color=INK, opacity=0.1).encode(y=alt.Y("lower:Q"), y2="upper:Q"),
        limited.mark_line(color=SHADES[1], strokeWidth=1, strokeDash=[4, 3]).encode(y="centre:Q"),
        base.mark_line(color=INK, strokeWidth=1.5).encode(y=y),
        marks,
    ]
    layered = alt.layer(*layers).resolve_scale(size="independent")
    return layered.properties(width=PANEL_WIDTH, height=PANEL_HEIGHT, title=title)
