"""What history says of pairs of measures, as dots with their intervals."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, FAINT, INK, SOFT, finish

__all__ = ["history_dots"]

LOOKS = {"agrees": (INK, INK), "against": (CARD, INK), "missed": (CARD, FAINT)}
NAMES, WIDE = 400, 230


def history_dots(dots: pd.DataFrame, weakest: float, description: str) -> alt.LayerChart:
    """Return how strongly pairs of measures move together.

    Parameters
    ----------
    dots : DataFrame
        Columns label (what and what), r (−1 to 1), low and high (its interval, NaN where none was
        drawn), look (agrees: filled; against: hollow; missed: faint and hollow), text; one row a
        pair.
    weakest : float
        Correlation from which chance is told off: dashed on both sides of nothing.
    description : str
        Text alternative.
    """
    axis = alt.Axis(values=[-1, -0.5, 0, 0.5, 1], format=".1f", title=None)
    scale = alt.Scale(domain=[-1, 1], nice=False)
    x = alt.X("r:Q", axis=axis, scale=scale)
    order = dots["label"].tolist()
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=NAMES, labelColor=INK))
    layers = [_lines([0.0], [1, 0], x), _lines([-weakest, weakest], [4, 3], x)]
    for look, (fill, stroke) in LOOKS.items():
        rows = alt.Chart(dots[dots["look"] == look])
        ends = rows.transform_filter("isValid(datum.low)").mark_rule(color=stroke, strokeWidth=1.5)
        layers.append(ends.encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"), y=y))
        point = rows.mark_point(size=120, opacity=1, strokeWidth=2, fill=fill, stroke=stroke)
        layers.append(point.encode(x=x, y=y))
    texts = alt.Chart(dots.assign(end=1.0)).mark_text(align="left", dx=12, color=SOFT)
    layers.append(texts.encode(x=alt.X("end:Q", scale=scale), y=y, text=alt.Text("text:N")))
    return finish(alt.layer(*layers), description, WIDE, 28 * len(order))


def _lines(at: list[float], dash: list[int], x: alt.X) -> alt.Chart:
    return alt.Chart(pd.DataFrame({"r": at})).mark_rule(color=SOFT, strokeDash=dash).encode(x=x)
