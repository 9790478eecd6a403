"""Leading indicators against their natural limits, one panel each."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import BAD, CARD, GOOD, INK, SHADES, finish

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
        ``better``: hollow; ``worse``: filled), above (bool: the triangle points up).
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
    limited = base.transform_filter("isValid(datum.upper)").encode(detail=alt.Detail("baseline:N"))
    above = alt.Scale(domain=[True, False], range=["triangle-up", "triangle-down"])
    shape = alt.Shape("above:N", scale=above, legend=None)
    usual, worse, better = (
        base.transform_filter(alt.datum.signal == signal) for signal in ("none", "worse", "better")
    )
    layers = [
        limited.mark_area(color=INK, opacity=0.1).encode(y=alt.Y("lower:Q"), y2=alt.Y2("upper:Q")),
        limited.mark_line(color=SHADES[1], strokeWidth=1, strokeDash=[4, 3]).encode(
            y=alt.Y("centre:Q")
        ),
        base.mark_line(color=INK, strokeWidth=1.5).encode(y=y),
        usual.mark_point(filled=True, size=16, color=SHADES[1], opacity=1).encode(y=y),
        worse.mark_point(filled=True, size=80, color=BAD, opacity=1).encode(y=y, shape=shape),
        better.mark_point(filled=False, size=60, color=GOOD, fill=CARD, opacity=1).encode(
            y=y, shape=shape
        ),
    ]
    heading = alt.TitleParams(title, frame="group")
    return alt.layer(*layers).properties(width=PANEL_WIDTH, height=PANEL_HEIGHT, title=heading)
