"""The levels over the periods of a client, each with its band."""

from __future__ import annotations

import math

import altair as alt
import numpy as np
import pandas as pd

from lodestar.charts.axes import period_x
from lodestar.charts.labels import beside, spread
from lodestar.charts.level.marks import FILLED, hollow, kind_color
from lodestar.charts.theme import FAINT, LEVEL_MARKS, LINE, finish
from lodestar.findings.words import level

__all__ = ["trend_lines"]

WIDTH, HEIGHT = 620, 340
LABEL = 18
"""Least distance of two labels in pixels."""
DASHES = {"required": [7, 4], "present": [1, 0], "experienced": [2, 3]}
"""Lines told apart without colour."""


def trend_lines(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return one line a level over the periods, the current period emphasised.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a period and known level: ``period``, ``as_of`` (date), ``kind`` (required, chosen,
        present, experienced), ``estimate``, ``low``, ``high`` (levels 1-5, NaN without interval),
        ``current`` (bool). Any number of periods from two on; a level may miss periods.
    description : str
        Text alternative.

    Returns
    -------
    altair.LayerChart
        Time in true proportion; band = interval, mark = estimate, name and figure at the line's
        end, hollow square = the level chosen today.
    """
    shown = frame.dropna(subset=["estimate"]).copy()
    days = pd.to_datetime(shown["as_of"])
    shown["day"] = (days - days.min()).dt.days
    ends = _ends(shown)
    stops = shown.drop_duplicates("period").sort_values("day")
    x = period_x(stops["day"].tolist(), stops["period"].tolist())
    scale = alt.Scale(domain=list(ends), nice=False, zero=False)
    y = alt.Y("estimate:Q", axis=_rungs(ends), scale=scale)
    layers = [
        *_ways(shown, x, y, scale),
        *_points(shown, x, y),
        hollow(shown[shown["kind"] == "chosen"], x, y, 130),
        *beside(_labels(shown, *ends), x, alt.Y("y:Q", scale=scale), 14),
    ]
    return finish(alt.layer(*layers), description, WIDTH, HEIGHT)


def _ends(shown: pd.DataFrame) -> tuple[int, int]:
    """Return the whole levels that hold every band."""
    low = float(np.nanmin(shown[["low", "estimate"]].to_numpy()))
    high = float(np.nanmax(shown[["high", "estimate"]].to_numpy()))
    lowest = min(4, max(1, math.floor(low)))
    return lowest, max(lowest + 1, min(5, math.ceil(high)))


def _rungs(ends: tuple[int, int]) -> alt.Axis:
    """Return the ladder's rungs between two levels."""
    values = list(range(ends[0], ends[1] + 1))
    return alt.Axis(
        title=None, values=values, format="d", grid=True, gridColor=LINE, labelColor=FAINT
    )


def _ways(shown: pd.DataFrame, x: alt.X, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    """Return bands and lines."""
    dashes = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
    band = alt.Chart(shown.dropna(subset=["low", "high"])).mark_area(opacity=0.14)
    line = alt.Chart(shown[shown["kind"].isin(FILLED)]).mark_line(strokeWidth=2)
    return [
        band.encode(x=x, y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q"), color=kind_color()),
        line.encode(
            x=x,
            y=y,
            color=kind_color(),
            strokeDash=alt.StrokeDash("kind:N", scale=dashes, legend=None),
        ),
    ]


def _points(shown: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the marks: large in the current period, small in the earlier ones."""
    shapes = alt.Scale(domain=FILLED, range=[str(LEVEL_MARKS[kind]["shape"]) for kind in FILLED])
    shape = alt.Shape("kind:N", scale=shapes, legend=None)
    filled = shown[shown["kind"].isin(FILLED)]
    return [
        alt.Chart(filled[filled["current"] == now])
        .mark_point(filled=True, opacity=1, size=size)
        .encode(x=x, y=y, color=kind_color(), shape=shape)
        for now, size in ((False, 60), (True, 170))
    ]


def _labels(shown: pd.DataFrame, low: int, high: int) -> pd.DataFrame:
    """Return name and figure of each level where its line ends, apart enough to read."""
    ends = shown.sort_values("day").drop_duplicates("kind", keep="last")
    gap = LABEL / HEIGHT * (high - low)
    names = [str(LEVEL_MARKS[kind]["label"]) for kind in ends["kind"]]
    figures = [level(x) for x in ends["estimate"]]
    return ends.assign(
        y=spread(ends["estimate"].tolist(), gap, low, high),
        label=[f"{name} {figure}" for name, figure in zip(names, figures, strict=True)],
        strong=ends["current"],
    )
