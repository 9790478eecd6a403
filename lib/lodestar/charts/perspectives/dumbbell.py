"""Two or three values of one row on one line: how far apart they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from lodestar.charts.labels import spread
from lodestar.charts.theme import INK, LINE, SOFT, finish

__all__ = ["Series", "dumbbells"]

ROW, WIDTH = 40, 520
APART, TEXT = 100, 34


@dataclass(frozen=True)
class Series:
    """One of the values: column name, words beside the mark, colour, shape, filled or hollow."""

    name: str
    label: str
    color: str = INK
    shape: str = "circle"
    filled: bool = True


def dumbbells(
    values: pd.DataFrame,
    series: Sequence[Series],
    domain: tuple[float, float],
    description: str,
) -> alt.LayerChart:
    """Return one row a line with its values on it, each named at the top.

    Parameters
    ----------
    values : DataFrame
        Columns label, series (name), value, low, high (NaN: no interval), text; rows in order.
    series : sequence of Series
        How each value is drawn.
    domain : tuple of float
        Ends of the axis.
    description : str
        Text alternative.
    """
    order = list(dict.fromkeys(values["label"]))
    scale = alt.Scale(domain=list(domain), nice=False)
    axis = alt.Axis(labels=False, grid=True, tickCount=5)
    x = alt.X("value:Q", scale=scale, axis=axis, title=None)
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=300))
    known = _placed(values[values["value"].notna()], domain)
    base = alt.Chart(known).encode(y=y)
    ends = known.groupby("label", sort=False)["value"].agg(left="min", right="max").reset_index()
    line = alt.Chart(ends).mark_rule(color=LINE, strokeWidth=3)
    band = base.transform_filter("isValid(datum.low)").mark_bar(
        height=14, cornerRadius=7, opacity=0.14
    )
    marks = [_mark(base, one).encode(x=x) for one in series]
    layers = [
        line.encode(y=y, x=alt.X("left:Q", scale=scale), x2=alt.X2("right:Q")),
        band.encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"), color=_colors(series)),
        *marks,
        base.mark_text(dy=-14, fontSize=12).encode(
            x=alt.X("at:Q", scale=scale), text=alt.Text("text:N"), color=_colors(series)
        ),
        _names(known, series, domain, order[0]).encode(x=x, y=y, text=alt.Text("name:N")),
    ]
    return finish(alt.layer(*layers), description, WIDTH, ROW * len(order))


def _mark(base: alt.Chart, one: Series) -> alt.Chart:
    """Return the marks of one series."""
    return base.transform_filter(alt.datum.series == one.name).mark_point(
        shape=one.shape, filled=one.filled, size=120, strokeWidth=2, color=one.color, opacity=1
    )


def _colors(series: Sequence[Series]) -> alt.Color:
    """Return each series' colour, without a legend."""
    scale = alt.Scale(domain=[s.name for s in series], range=[s.color for s in series])
    return alt.Color("series:N", scale=scale, legend=None)


def _names(
    known: pd.DataFrame, series: Sequence[Series], domain: tuple[float, float], row: str
) -> alt.Chart:
    """Return the series' names above the first row's marks, apart enough to read."""
    first = known[known["label"] == row].set_index("series")["value"]
    shown = [one for one in series if one.name in first.index]
    gap = APART * (domain[1] - domain[0]) / WIDTH
    places = spread([float(first[one.name]) for one in shown], gap, *domain)
    frame = pd.DataFrame({"label": [one.label for one in shown], "value": places})
    text = alt.Chart(frame.rename(columns={"label": "name"}).assign(label=row))
    return text.mark_text(dy=-32, fontSize=12, fontWeight=600, color=SOFT)


def _placed(known: pd.DataFrame, domain: tuple[float, float]) -> pd.DataFrame:
    """Return values with the place of their text: apart enough to read within a row."""
    gap = TEXT * (domain[1] - domain[0]) / WIDTH
    rows = [
        own.assign(at=spread(own["value"].tolist(), gap, *domain))
        for _, own in known.groupby("label", sort=False)
    ]
    return pd.concat(rows, ignore_index=True)
