"""Revenue by class and quarter, its concentration, and how long it stays above the floor."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.labels import beside
from lodestar.charts.theme import BAD, CARD, INK, LINE, SHADES, WASH, finish

__all__ = ["concentration_line", "revenue_columns", "runway_line"]

COLUMNS_WIDTH = 760
CLASS_SHADES = {
    "recurring": SHADES[0],
    "episodic": SHADES[1],
    "new": SHADES[2],
    "gone": SHADES[3],
    "unnamed": WASH,
}


def revenue_columns(
    pieces: pd.DataFrame, labels: pd.DataFrame, quarters: Sequence[str], description: str
) -> alt.LayerChart:
    """Return net revenue of each quarter, stacked by what its customers are.

    Parameters
    ----------
    pieces : DataFrame
        Columns quarter, class, start, end (currency; the ends of the piece on the axis).
    labels : DataFrame
        Columns quarter, class, y, label, strong: right of the last quarter, with their shade.
    quarters : sequence of str
        Quarters, oldest first.
    description : str
        Text alternative.
    """
    gaps, plain = alt.Scale(paddingInner=0.35), alt.Axis(grid=False)
    x = alt.X("quarter:N", sort=list(quarters), title=None, axis=plain, scale=gaps)
    axis = alt.Axis(format="~s", tickCount=5)
    scale = alt.Scale(domain=list(CLASS_SHADES), range=list(CLASS_SHADES.values()))
    columns = (
        alt.Chart(pieces)
        .mark_bar(stroke=CARD, strokeWidth=1)
        .encode(
            x=x,
            y=alt.Y("start:Q", axis=axis, title=None),
            y2=alt.Y2("end:Q"),
            color=alt.Color("class:N", scale=scale, legend=None),
        )
    )
    step = COLUMNS_WIDTH / max(len(quarters), 1)
    right = round(step * 0.38) + 8
    keys = (
        alt.Chart(labels.assign(square="■"))
        .mark_text(align="left", dx=right, fontSize=14)
        .encode(
            x=x, y=alt.Y("y:Q"), text=alt.Text("square:N"), color=alt.Color("class:N", scale=scale)
        )
    )
    texts = beside(labels, x, alt.Y("y:Q"), right + 16)
    return finish(alt.layer(columns, keys, *texts), description, COLUMNS_WIDTH, 300)


def concentration_line(
    curve: pd.DataFrame, marks: pd.DataFrame, description: str
) -> alt.LayerChart:
    """Return the share of revenue held by the largest customers.

    Parameters
    ----------
    curve : DataFrame
        Columns customer_share, revenue_share (0-1), from (0, 0) to (1, 1).
    marks : DataFrame
        Columns customer_share, revenue_share, label, strong (bool: with a point).
    description : str
        Text alternative.
    """
    share = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], grid=True)
    x = alt.X(
        "customer_share:Q",
        axis=share,
        title="Share of customers, largest first",
        scale=alt.Scale(domain=[0, 1]),
    )
    y = alt.Y("revenue_share:Q", axis=share, title=None, scale=alt.Scale(domain=[0, 1]))
    equal = pd.DataFrame({"customer_share": [0.0, 1.0], "revenue_share": [0.0, 1.0]})
    base, points = alt.Chart(curve).encode(x=x, y=y), alt.Chart(marks[marks["strong"]])
    layers = [
        alt.Chart(equal).mark_line(color=LINE, strokeWidth=2).encode(x=x, y=y),
        base.mark_area(color=INK, opacity=0.08),
        base.mark_line(color=INK, strokeWidth=2.5),
        points.mark_point(filled=True, size=70, color=INK, opacity=1).encode(x=x, y=y),
        *beside(marks, x, y, 12),
    ]
    return finish(alt.layer(*layers), description, 780, 320)


def runway_line(
    path: pd.DataFrame, floor: float, labels: pd.DataFrame, description: str
) -> alt.LayerChart:
    """Return revenue a month from today on, with its band, against the floor.

    Parameters
    ----------
    path : DataFrame
        Columns month, revenue, low, high (currency).
    floor : float
        Revenue a month not to fall below.
    labels : DataFrame
        Columns month, y, label, strong.
    description : str
        Text alternative.
    """
    x = alt.X("month:Q", title="Months from now", axis=alt.Axis(grid=False, tickCount=8))
    top = float(max(path["high"].max(), floor)) * 1.08
    scale = alt.Scale(domain=[0, top], nice=False)
    y = alt.Y("revenue:Q", scale=scale, axis=alt.Axis(format="~s", tickCount=5), title=None)
    base = alt.Chart(path).encode(x=x)
    rule = alt.Chart(pd.DataFrame({"revenue": [floor]})).mark_rule(
        color=BAD, strokeDash=[6, 4], strokeWidth=1.5
    )
    layers = [
        base.mark_area(color=INK, opacity=0.12).encode(
            y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")
        ),
        base.mark_line(color=INK, strokeWidth=2.5).encode(y=y),
        rule.encode(y=y),
        *beside(labels, x, alt.Y("y:Q")),
    ]
    return finish(alt.layer(*layers), description, 720, 280)
