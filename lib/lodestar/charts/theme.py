"""The look of every chart: colours that mean something, type, and one finishing touch."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import altair as alt
from altair.utils import schemapi

from lodestar.schema.numerals import ENGLISH, Numerals, current

__all__ = [
    "BAD",
    "CARD",
    "FAINT",
    "FONT",
    "GOOD",
    "HALF",
    "INK",
    "LEVEL_MARKS",
    "LINE",
    "RAMP",
    "SHADES",
    "SOFT",
    "WASH",
    "WIDTH",
    "finish",
]

Chart = TypeVar("Chart", bound=alt.TopLevelMixin)

# Altair checks each piece of a chart against its schema as it is made, which takes longer than all
# else; tests check every chart of every sample whole.
schemapi.disable_debug_mode()

FONT = "Inter, Helvetica, Arial, sans-serif"
CARD, INK, SOFT, FAINT = "#ffffff", "#17212b", "#55606b", "#69727a"
LINE, WASH = "#e4e1d8", "#f1efe8"
BAD, GOOD = "#b3261e", "#1f7a4d"
"""Red and green mean harm and gain only, never high and low."""

SHADES = ("#17212b", "#7b8791", "#b9c0c6", "#dfe2e4")
"""Ink in four steps, told apart in greyscale; darkest for what matters most."""

RAMP = ("#f1efe8", "#d6dadd", "#a9b2b9", "#6f7c87", "#3a4753", "#17212b")
"""Ordered quantities, light to dark."""

LEVEL_MARKS: dict[str, dict[str, Any]] = {
    "required": {"color": "#b4540a", "shape": "diamond", "filled": True, "label": "Required"},
    "chosen": {"color": "#5b4b9a", "shape": "square", "filled": False, "label": "Chosen"},
    "present": {"color": "#17212b", "shape": "circle", "filled": True, "label": "Present"},
    "experienced": {
        "color": "#0a7c86",
        "shape": "triangle-up",
        "filled": True,
        "label": "Experienced",
    },
}
"""One colour and one shape for each of the four levels, on every page."""

WIDTH, HALF = 860, 400
"""Plot widths in pixels: a full card, and half a card."""

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "mark": {"color": INK},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": LINE,
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": 400,
        "labelPadding": 8,
        "labelLimit": 280,
        "labelAngle": 0,
    },
    "axisY": {"grid": False},
    "text": {"font": FONT, "fontSize": 12, "color": INK},
    "header": {"labelFontSize": 12, "labelColor": SOFT, "titleFontSize": 12, "titleColor": SOFT},
    "legend": {"disable": True},
    "title": {"anchor": "start", "fontSize": 13, "fontWeight": 600, "color": INK, "offset": 10},
}


def finish(chart: Chart, description: str, width: int | None = None, height: Any = None) -> Chart:
    """Return the chart, now in the house look, with its text alternative.

    Parameters
    ----------
    chart : altair.Chart
        A single, layered, concatenated or faceted chart, made for this: it is changed.
    description : str
        What a person who cannot see the chart needs to know: the finding, not the encoding.
    width, height : optional
        Plot size in pixels, where the chart is a single or layered view.
    """
    size = {k: v for k, v in (("width", width), ("height", height)) if v is not None}
    for name, value in {"description": description, "config": _config(current()), **size}.items():
        chart[name] = value
    return chart


@cache
def _config(numerals: Numerals) -> alt.Config:
    """Return the house look as Altair holds it; making it takes longer than many a chart."""
    number = {"decimal": numerals.decimal, "thousands": numerals.group, "grouping": [3]}
    signs = {"locale": {"number": {**number, "currency": ["", ""]}}}
    own = {} if numerals == ENGLISH else signs
    return alt.Config.from_dict({**CONFIG, **own}, validate=False)
