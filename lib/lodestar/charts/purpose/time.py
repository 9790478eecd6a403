"""How effort moved, and how long work lives."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.labels import beside
from lodestar.charts.theme import FAINT, INK, LINE, SHADES, finish

__all__ = ["drift_slopes", "life_steps"]


def drift_slopes(
    lines: pd.DataFrame, labels: pd.DataFrame, periods: Sequence[str], description: str
) -> alt.LayerChart:
    """Return one line a purpose from its share in one period to its share in the next.

    Parameters
    ----------
    lines : DataFrame
        Columns key, period, share (0-1), strong (bool: moved most), purpose (bool: declared).
    labels : DataFrame
        Columns period, side (left, right), y (share at which the label stands), label, strong.
    periods : sequence of str
        The two periods, earlier first.
    description : str
        Text alternative.
    """
    top = max(float(lines["share"].max()), float(labels["y"].max()), 0.01)
    scale = alt.Scale(domain=[-0.06 * top, top * 1.05], nice=False)
    x = alt.X(
        "period:N",
        sort=list(periods),
        title=None,
        scale=alt.Scale(padding=0.1),
        axis=alt.Axis(orient="top", grid=True),
    )
    base = alt.Chart(lines).encode(
        x=x, y=alt.Y("share:Q", scale=scale, axis=None), detail=alt.Detail("key:N")
    )
    color = alt.condition(alt.datum.strong, alt.value(INK), alt.value(FAINT))
    dash = alt.condition(alt.datum.purpose, alt.value([1, 0]), alt.value([5, 3]))
    layers: list[alt.Chart] = [
        base.mark_line(strokeWidth=2).encode(color=color, strokeDash=dash),
        base.mark_point(filled=True, size=60, opacity=1).encode(color=color),
    ]
    for side, dx in (("left", -12), ("right", 12)):
        layers += beside(labels[labels["side"] == side], x, alt.Y("y:Q", scale=scale), dx)
    return finish(alt.layer(*layers), description, 700, 400)


def life_steps(
    survival: pd.DataFrame, endings: pd.DataFrame, labels: pd.DataFrame, description: str
) -> alt.LayerChart:
    """Return the share of work still running by age, with its band, and how the rest ended.

    Parameters
    ----------
    survival : DataFrame
        Columns month, survival, low, high (0-1; low and high missing where not defined).
    endings : DataFrame
        Columns month, ending (finished, abandoned), share (0-1).
    labels : DataFrame
        Columns month, y, label, strong: at the right end of each line.
    description : str
        Text alternative.
    """
    x = alt.X("month:Q", title="Months since it began", axis=alt.Axis(grid=False, tickCount=8))
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=True)
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(survival).encode(x=x)
    band = (
        base.transform_filter("isValid(datum.low) && isValid(datum.high)")
        .mark_area(interpolate="step-after", color=INK, opacity=0.14)
        .encode(y=alt.Y("low:Q", scale=scale, axis=axis, title=None), y2=alt.Y2("high:Q"))
    )
    line = base.mark_line(interpolate="step-after", color=INK, strokeWidth=2.5)
    half = alt.Chart(pd.DataFrame({"y": [0.5]})).mark_rule(color=LINE, strokeWidth=2)
    colors = alt.Scale(domain=["finished", "abandoned"], range=[SHADES[1], SHADES[1]])
    dashes = alt.Scale(domain=["finished", "abandoned"], range=[[1, 0], [5, 3]])
    ends = (
        alt.Chart(endings)
        .mark_line(interpolate="step-after", strokeWidth=1.8)
        .encode(
            x=x,
            y=alt.Y("share:Q", scale=scale),
            color=alt.Color("ending:N", scale=colors, legend=None),
            strokeDash=alt.StrokeDash("ending:N", scale=dashes, legend=None),
        )
    )
    texts = beside(labels, x, alt.Y("y:Q"))
    running = line.encode(y=alt.Y("survival:Q"))
    layers = [half.encode(y=alt.Y("y:Q")), band, running, ends, *texts]
    return finish(alt.layer(*layers), description, 720, 300)
