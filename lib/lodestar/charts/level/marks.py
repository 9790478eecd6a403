"""Bands, marks and rungs that every chart of levels shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, FAINT, INK, LEVEL_MARKS, LINE

__all__ = ["BAND", "RUNGS", "bands", "level_x", "marks", "row_y", "rows", "rungs", "values"]

RUNGS = (1, 2, 3, 4, 5)
BAND, MARK = 18, 150
OPACITY = 0.16
TRACK = "#efece4"


def level_x(field: str) -> alt.X:
    """Return a level on the common axis of the ladder, 1 to 5, without an axis of its own."""
    scale = alt.Scale(domain=[1, 5], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def row_y(order: Sequence[str]) -> alt.Y:
    """Return rows by label, in the order given."""
    return alt.Y("label:N", sort=list(order), axis=None)


def rungs(names: Mapping[str, str] | None, height: int, every: bool = True) -> list[alt.Chart]:
    """Return the vertical lines of the five levels, and their names below.

    Parameters
    ----------
    names : mapping of str to str, optional
        Name of each level by its number as text; without it numbers alone.
    height : int
        Height of the plot in pixels.
    every : bool, default True
        Name every rung; else number the inner ones only, for narrow plots.
    """
    known = names or {}
    frame = pd.DataFrame({"level": RUNGS, "name": [f"{k} {known.get(str(k), '')}" for k in RUNGS]})
    if not every:
        frame["name"] = frame["level"].astype(str)
    base = alt.Chart(frame).encode(x=level_x("level"))
    lines = base.mark_rule(color=LINE).encode(y=alt.value(0), y2=alt.value(height))
    text = base.mark_text(baseline="top", color=FAINT, fontSize=12)
    return [lines, text.encode(y=alt.value(height + 8), text="name:N")]


def rows(frame: pd.DataFrame, order: Sequence[str], indent: int, strong: bool = True) -> alt.Chart:
    """Return row labels, left-aligned in front of the plot; above their rows without indent."""
    return (
        alt.Chart(frame)
        .mark_text(
            align="left",
            baseline="middle",
            color=INK,
            fontSize=13 if strong else 12,
            fontWeight=600 if strong else 400,
            limit=max(0, indent - 8),
            dy=0 if indent else -20,
        )
        .encode(x=alt.value(-indent), y=row_y(order), text="label:N")
    )


def track(frame: pd.DataFrame, order: Sequence[str]) -> alt.Chart:
    """Return the faint line each row's marks stand on."""
    ends = frame[["label"]].drop_duplicates().assign(start=1.0, end=5.0)
    base = alt.Chart(ends).mark_rule(color=TRACK)
    return base.encode(x=level_x("start"), x2="end:Q", y=row_y(order))


def bands(frame: pd.DataFrame, order: Sequence[str], kind: str, height: int = BAND) -> alt.Chart:
    """Return the intervals behind the marks, in the level's colour."""
    known = frame.dropna(subset=["low", "high"])
    return (
        alt.Chart(known)
        .mark_bar(
            cornerRadius=height / 2,
            height=height,
            opacity=OPACITY,
            color=LEVEL_MARKS[kind]["color"],
        )
        .encode(x=level_x("low"), x2="high:Q", y=row_y(order))
    )


def marks(
    frame: pd.DataFrame, order: Sequence[str], kind: str, field: str = "estimate", size: int = MARK
) -> alt.Chart:
    """Return the marks of one of the four levels: one colour and one shape on every page."""
    look = LEVEL_MARKS[kind]
    point = alt.Chart(frame.dropna(subset=[field])).mark_point(
        shape=look["shape"],
        size=size,
        opacity=1,
        fill=look["color"] if look["filled"] else CARD,
        stroke=look["color"],
        strokeWidth=0 if look["filled"] else 2.5,
    )
    return point.encode(x=level_x(field), y=row_y(order))


def values(frame: pd.DataFrame, order: Sequence[str], at: str, text: str = "text") -> alt.Chart:
    """Return the figures beside the marks."""
    written = alt.Chart(frame.dropna(subset=[at])).mark_text(
        align="left", baseline="middle", dx=14, color=INK, fontSize=13, fontWeight=600
    )
    return written.encode(x=level_x(at), y=row_y(order), text=f"{text}:N")
