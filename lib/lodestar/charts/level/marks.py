"""Bands, marks and rungs that every chart of levels shares."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, FAINT, INK, LEVEL_MARKS, LINE, SOFT

__all__ = [
    "RUNGS",
    "bands",
    "ghosts",
    "hollow",
    "kind_color",
    "level_x",
    "marks",
    "moved",
    "row_y",
    "share_columns",
    "values",
]

RUNGS = (1, 2, 3, 4, 5)
OPACITY = 0.16
LETTERS = 28
TRACK = "#efece4"
MOVED = 0.05
"""A what-if value this near to the reviewed one shows no second mark."""

FILLED = [kind for kind, look in LEVEL_MARKS.items() if look["filled"]]


def level_x(field: str, names: Mapping[str, str] | None = None) -> alt.X:
    """Return a level on the common scale of the ladder, 1 to 5.

    Parameters
    ----------
    field : str
        Column with levels.
    names : mapping of str to str, optional
        Name of each rung by its number as text, written below it; numbers alone without.
    """
    axis = alt.Axis(
        values=list(RUNGS),
        title=None,
        format="d",
        gridColor=LINE,
        labelColor=FAINT,
        labelFlush=False,
        labelLimit=0,
        **({"labelExpr": _named(names)} if names else {}),
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[1, 5], nice=False, zero=False), axis=axis)


def row_y(
    order: Sequence[str], indent: int, strong: bool = False, letters: int | None = None
) -> alt.Y:
    """Return rows by label in the order given, their names left-aligned in front of the plot.

    Parameters
    ----------
    order : sequence of str
        Labels, from the top.
    indent : int
        Room for the names in pixels.
    strong : bool
        Whether the names stand out.
    letters : int, optional
        Cut names after so many letters instead of measuring them: measuring is what takes most of
        the time of a picture, so charts that follow a slider count.
    """
    fit: dict[str, Any] = {"labelLimit": max(60, indent - 8)}
    if letters:
        fit = {"labelLimit": 0, "labelExpr": f"truncate(datum.label, {letters})"}
    axis = alt.Axis(
        title=None,
        grid=True,
        gridColor=TRACK,
        labelAlign="left",
        labelPadding=indent,
        labelColor=INK if strong else SOFT,
        labelFontSize=13 if strong else 12,
        labelFontWeight=600 if strong else 400,
        **fit,
    )
    return alt.Y("label:N", sort=list(order), axis=axis)


def kind_color() -> alt.Color:
    """Return the colour of a level by its kind, the same on every page."""
    scale = alt.Scale(
        domain=list(LEVEL_MARKS), range=[str(look["color"]) for look in LEVEL_MARKS.values()]
    )
    return alt.Color("kind:N", scale=scale, legend=None)


def bands(frame: pd.DataFrame, x: alt.X, y: alt.Y, height: int = 18) -> alt.Chart:
    """Return the intervals behind the marks: ``x`` is the lower end, column ``high`` the other."""
    bar = alt.Chart(frame).mark_bar(cornerRadius=height / 2, height=height, opacity=OPACITY)
    known = bar.transform_filter("isValid(datum.low) && isValid(datum.high)")
    return known.encode(x=x, x2=alt.X2("high:Q"), y=y, color=kind_color())


def marks(frame: pd.DataFrame, x: alt.X, y: alt.Y, size: int = 150) -> alt.Chart:
    """Return the filled marks: one colour and one shape for each kind, on every page."""
    shapes = alt.Scale(domain=FILLED, range=[str(LEVEL_MARKS[kind]["shape"]) for kind in FILLED])
    point = alt.Chart(frame).mark_point(filled=True, opacity=1, size=size)
    measured = point.transform_filter(alt.FieldOneOfPredicate(field="kind", oneOf=FILLED))
    shape = alt.Shape("kind:N", scale=shapes, legend=None)
    return measured.encode(x=x, y=y, color=kind_color(), shape=shape)


def hollow(frame: pd.DataFrame, x: alt.X, y: alt.Y, size: int = 150) -> alt.Chart:
    """Return the hollow square of what was decided: the chosen level, or its target."""
    look = LEVEL_MARKS["chosen"]
    point = alt.Chart(frame).mark_point(
        shape="square", size=size, opacity=1, fill=CARD, stroke=look["color"], strokeWidth=2.5
    )
    return point.encode(x=x, y=y)


def ghosts(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return reviewed values in grey, with words above: columns ``moved``, and ``was`` or empty."""
    base = alt.Chart(frame).transform_filter("datum.moved").encode(x=x, y=y)
    point = base.mark_point(shape="cross", size=70, filled=True, color=FAINT, opacity=0.7)
    text = base.mark_text(baseline="bottom", dy=-9, color=FAINT, fontSize=12)
    return [point, text.encode(text=alt.Text("was:N"))]


def moved(now: pd.Series, reviewed: pd.Series) -> pd.Series:
    """Return which levels differ visibly from what was reviewed; NaN never does."""
    return (now - reviewed).abs() >= MOVED


def share_columns(shares: pd.DataFrame, top: float, lift: int, **look: Any) -> alt.LayerChart:
    """Return one column a level with its share in per cent above.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``level`` (1-5), ``share`` (0-1), ``text`` (per cent).
    top : float
        End of the scale of shares, above 1 to leave room for the figures.
    lift : int
        How far above its column a figure stands, in pixels.
    **look
        Properties of the columns, e.g. their colour.
    """
    axis = alt.Axis(title=None, labelColor=SOFT, grid=False)
    x = alt.X("level:O", axis=axis, scale=alt.Scale(domain=list(RUNGS)))
    y = alt.Y("share:Q", axis=None, scale=alt.Scale(domain=[0, top]))
    base = alt.Chart(shares).encode(x=x, y=y)
    figures = base.mark_text(dy=-lift, fontWeight=600).encode(text=alt.Text("text:N"))
    return alt.layer(base.mark_bar(width=26, **look), figures)


def values(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the figures in the column ``text`` beside the marks."""
    written = alt.Chart(frame).mark_text(
        align="left", baseline="middle", dx=14, color=INK, fontSize=13, fontWeight=600
    )
    return written.encode(x=x, y=y, text=alt.Text("text:N"))


def _named(names: Mapping[str, str]) -> str:
    """Return an expression for "1 Task-run" and so on; names are quoted, never code."""
    said = [f"{k} {names.get(str(k), '')}".strip() for k in RUNGS]
    return f"truncate({json.dumps(said)}[datum.value - 1], {LETTERS})"
