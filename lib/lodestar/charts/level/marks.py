"""Bands, marks and rungs that every chart of levels shares."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, FAINT, INK, LEVEL_MARKS, LINE, SOFT

__all__ = ["RUNGS", "bands", "hollow", "kind_color", "level_x", "marks", "row_y", "values"]

RUNGS = (1, 2, 3, 4, 5)
OPACITY = 0.16
TRACK = "#efece4"
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
        labelLimit=190,
        **({"labelExpr": _named(names)} if names else {}),
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[1, 5], nice=False, zero=False), axis=axis)


def row_y(order: Sequence[str], indent: int, strong: bool = False) -> alt.Y:
    """Return rows by label in the order given, their names left-aligned in front of the plot."""
    axis = alt.Axis(
        title=None,
        grid=True,
        gridColor=TRACK,
        labelAlign="left",
        labelPadding=indent,
        labelLimit=max(60, indent - 8),
        labelColor=INK if strong else SOFT,
        labelFontSize=13 if strong else 12,
        labelFontWeight=600 if strong else 400,
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
    bar = alt.Chart(frame.dropna(subset=["low", "high"])).mark_bar(
        cornerRadius=height / 2, height=height, opacity=OPACITY
    )
    return bar.encode(x=x, x2="high:Q", y=y, color=kind_color())


def marks(frame: pd.DataFrame, x: alt.X, y: alt.Y, size: int = 150) -> alt.Chart:
    """Return the filled marks: one colour and one shape for each kind, on every page."""
    shapes = alt.Scale(domain=FILLED, range=[str(LEVEL_MARKS[kind]["shape"]) for kind in FILLED])
    point = alt.Chart(frame[frame["kind"].isin(FILLED)]).mark_point(
        filled=True, opacity=1, size=size
    )
    shape = alt.Shape("kind:N", scale=shapes, legend=None)
    return point.encode(x=x, y=y, color=kind_color(), shape=shape)


def hollow(frame: pd.DataFrame, x: alt.X, y: alt.Y, size: int = 150) -> alt.Chart:
    """Return the hollow square of what was decided: the chosen level, or its target."""
    look = LEVEL_MARKS["chosen"]
    point = alt.Chart(frame).mark_point(
        shape="square", size=size, opacity=1, fill=CARD, stroke=look["color"], strokeWidth=2.5
    )
    return point.encode(x=x, y=y)


def values(frame: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the figures in the column ``text`` beside the marks."""
    written = alt.Chart(frame).mark_text(
        align="left", baseline="middle", dx=14, color=INK, fontSize=13, fontWeight=600
    )
    return written.encode(x=x, y=y, text="text:N")


def _named(names: Mapping[str, str]) -> str:
    """Return an expression for "1 Task-run" and so on; names are quoted, never code."""
    said = [f"{k} {names.get(str(k), '')}".strip() for k in RUNGS]
    return f"{json.dumps(said)}[datum.value - 1]"
