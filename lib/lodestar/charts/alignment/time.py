"""The alignment index over the periods of a client."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from lodestar.charts.axes import period_x
from lodestar.charts.theme import INK, LINE, finish

__all__ = ["index_lines"]

PLOT, HEIGHT = 620, 240
TENS = 10


def index_lines(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return the index by period, the current one emphasised.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``period``, ``as_of`` (date), ``index``, ``low``, ``high`` (0-100; NaN: no interval),
        ``text``, ``current`` (bool); oldest first.
    description : str
        Text alternative.

    Returns
    -------
    altair.LayerChart
        Time in true proportion; dot = index, upright bar = interval. The scale holds the tens
        around them, not all of 0 to 100.
    """
    shown = frame.copy()
    days = pd.to_datetime(shown["as_of"])
    shown["day"] = (days - days.min()).dt.days
    shown["top"] = shown[["index", "high"]].max(axis=1)
    x = period_x(shown["day"].tolist(), shown["period"].tolist())
    base, ends = alt.Chart(shown).encode(x=x), _ends(shown)
    way = base.mark_line(color=INK, strokeWidth=1.5).encode(y=_y("index", ends))
    bar = base.mark_bar(width=14, cornerRadius=7, opacity=0.16, color=INK)
    bars = bar.transform_filter("isValid(datum.low)").encode(y=_y("low", ends), y2=alt.Y2("high:Q"))
    dots = [
        base.transform_filter(f"datum.current == {str(now).lower()}")
        .mark_point(filled=True, opacity=1, size=size, color=INK)
        .encode(y=_y("index", ends))
        for now, size in ((False, 60), (True, 150))
    ]
    text = base.mark_text(dy=-12, fontWeight=600, baseline="bottom")
    return finish(
        alt.layer(bars, way, *dots, text.encode(y=_y("top", ends), text=alt.Text("text:N"))),
        description,
        PLOT,
        HEIGHT,
    )


def _y(field: str, ends: tuple[int, int]) -> alt.Y:
    values = list(range(ends[0], ends[1] + 1, TENS))
    axis = alt.Axis(title=None, values=values, grid=True, gridColor=LINE)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=list(ends), nice=False))


def _ends(shown: pd.DataFrame) -> tuple[int, int]:
    """Return the tens that hold every interval, two steps apart at least."""
    low = float(np.nanmin(shown[["low", "index"]].to_numpy()))
    high = float(np.nanmax(shown[["high", "index"]].to_numpy()))
    first = min(100 - 2 * TENS, math.floor(low / TENS) * TENS)
    return first, min(100, max(first + 2 * TENS, math.ceil((high + 2) / TENS) * TENS))
