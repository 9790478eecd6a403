"""Charts redrawn while somebody moves a control: what stays is drawn once, what moves each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from lodestar.charts.pointed import retold
from lodestar.charts.render import compiled, drawn, figure_html, lettered, specification
from lodestar.charts.unmeasured import drawn_unmeasured

__all__ = ["Live"]

ROWS, ROW_NAME = "rows", "label"
SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
WIDTH = re.compile(r'( width=")[\d.]+(" height="[\d.]+" viewBox="0 0 )[\d.]+( )')
ORIGIN = re.compile(r'transform="translate\(([\d.]+),([\d.]+)\)"')
PLOT = re.compile(r'd="M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)h')
MARKS = re.compile(r'<g class="mark-\w+ role-mark [^"]*"[^>]*(?:/>|(?<!/)>.*?</g>)', re.S)
ABOUT_WORDS = ("x", "y", "dx", "dy", "align", "baseline", "fontSize", "fontWeight")


class Live:
    """A chart that follows a slider: only marks are drawn anew.

    Parameters
    ----------
    draw : callable
        Makes the chart from its rows. It is one plot; all its layers share these rows, and beside
        rows and description only its axis of ``label`` may depend on them. Tests hold each chart
        used here to that.
    margin : int
        Room at the right, in pixels, for words that may come to stand beyond the plot.

    Notes
    -----
    Compiling a chart takes longer than drawing it, and most of drawing is measuring the words of
    its axes. Grammar and axes are kept; the plot stays where it is, so that nothing jumps.
    """

    def __init__(self, draw: Callable[[pd.DataFrame], alt.TopLevelMixin], margin: int = 0) -> None:
        self._draw, self._margin = draw, margin
        self._made: tuple[dict[str, Any], dict[str, Any]] | None = None
        self._frame: tuple[list[Any], str, dict[str, float]] = ([], "", {})
        self._last: tuple[Any, str] = (None, "")

    def html(self, rows: pd.DataFrame, description: str) -> str:
        """Return the chart of these rows as an offline figure.

        Parameters
        ----------
        rows : pandas.DataFrame
            With the columns of the first rows.
        description : str
            Text alternative.
        """
        values = _records(rows)
        if self._last[0] != (values, description):
            self._last = ((values, description), self._figure(rows, values, description))
        return self._last[1]

    def _figure(self, rows: pd.DataFrame, values: list[dict[str, Any]], description: str) -> str:
        if self._made is None:
            self._made = _laid_out(self._draw(rows))
        spec, vega = self._made
        values = retold(spec, values)
        said = {**spec, "description": description, "datasets": {ROWS: values}}
        return figure_html(said, lettered(self._picture(_filled(vega, values), values)))

    def _picture(self, vega: dict[str, Any], values: list[dict[str, Any]]) -> str:
        """Return the axes as they are kept with the marks of these rows upon them."""
        names = [row.get(ROW_NAME) for row in values]
        if not self._frame[1] or names != self._frame[0]:
            whole = drawn({**vega, "marks": _once(vega["marks"])})
            room = _room(whole, self._margin)
            self._frame = (names, _widened(MARKS.sub("", whole), room), room)
        _, still, room = self._frame
        moving = drawn_unmeasured(_placed({**vega, "axes": []}, room))
        return still.removesuffix("</svg>") + moving[moving.index(">") + 1 :]


def _laid_out(chart: alt.TopLevelMixin) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the Vega-Lite and the Vega specification, both reading rows of a fixed name."""
    spec = specification(chart)
    (rows,) = spec.pop("datasets").values()
    named = {**spec, "data": {"name": ROWS}}
    return named, compiled({**named, "datasets": {ROWS: rows}})


def _filled(vega: dict[str, Any], values: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a compiled chart with other rows."""
    source = {"name": ROWS, "values": values}
    return {**vega, "data": [source if own["name"] == ROWS else own for own in vega["data"]]}


def _placed(vega: dict[str, Any], room: dict[str, float]) -> dict[str, Any]:
    """Return a compiled chart whose plot stands where it is told to."""
    return {**vega, "autosize": "none", "padding": room}


def _once(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return marks without the halos of words: the same words in the same place."""

    def place(mark: dict[str, Any]) -> dict[str, Any]:
        shown = mark["encode"]["update"]
        return {key: shown.get(key) for key in ("text", *ABOUT_WORDS)}

    words = [mark for mark in marks if mark["type"] == "text"]
    halos = [a for a, b in pairwise(words) if place(a) == place(b)]
    return [mark for mark in marks if mark not in halos]


def _widened(svg: str, room: dict[str, float]) -> str:
    """Return a picture that ends where the room at its right does."""
    found = PLOT.search(svg)
    width = room["left"] + float(found[1] if found else 0) + room["right"]
    return WIDTH.sub(rf"\g<1>{width:g}\g<2>{width:g}\g<3>", svg, count=1)


def _room(svg: str, margin: int) -> dict[str, float]:
    """Return the room that words need on each side of the plot of a picture."""
    found = (pattern.search(svg) for pattern in (SIZE, ORIGIN, PLOT))
    (width, height), (left, top), (across, down) = (
        map(float, match.groups()) for match in found if match
    )
    right = max(margin, width - left - across)
    return {"left": left, "top": top, "right": right, "bottom": height - top - down}


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values, missing ones as null."""
    plain = rows.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]
