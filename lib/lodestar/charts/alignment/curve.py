"""The distance to the target profile of every level, and where today's work fits."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import RUNGS, hollow
from lodestar.charts.theme import INK, LEVEL_MARKS, LINE, SOFT, WASH, finish

__all__ = ["distance_curve"]

PLOT, HEIGHT = 620, 240


def distance_curve(
    frame: pd.DataFrame, marks: pd.DataFrame, nearly: tuple[float, float], description: str
) -> alt.LayerChart:
    """Return distance by level as a line, with what fits and what was chosen marked.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``level`` (1-5), ``distance`` (levels), rising by level.
    marks : pandas.DataFrame
        ``kind`` (present: built for; chosen), ``level``, ``distance``, ``label``.
    nearly : tuple of float
        Lowest and highest level that fits nearly as well, shaded.
    description : str
        Text alternative.

    Returns
    -------
    altair.LayerChart
        Filled circle = built for, hollow square = chosen.
    """
    top = max(1.0, float(frame["distance"].max()) * 1.15)
    x = alt.X(
        "level:Q",
        scale=alt.Scale(domain=[1, 5], nice=False),
        axis=alt.Axis(
            title="Level", values=list(RUNGS), format="d", gridColor=LINE, labelFlush=False
        ),
    )
    y = alt.Y(
        "distance:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(
            title="Distance, levels",
            tickCount=4,
            grid=True,
            gridColor=LINE,
            labelColor=SOFT,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleBaseline="bottom",
            titleX=0,
            titleY=-8,
        ),
    )
    near = alt.Chart(pd.DataFrame({"level": [nearly[0]], "end": [nearly[1]]}))
    shade = near.mark_rect(color=WASH, opacity=1).encode(x=x, x2=alt.X2("end:Q"))
    line = alt.Chart(frame).mark_line(color=INK, strokeWidth=2).encode(x=x, y=y)
    present, look = marks[marks["kind"] == "present"], LEVEL_MARKS["present"]
    dot = alt.Chart(present).mark_point(
        shape=look["shape"], filled=True, size=150, opacity=1, color=look["color"]
    )
    square = hollow(marks[marks["kind"] == "chosen"], x, y)
    layers = [shade, line, dot.encode(x=x, y=y), square, *_names(marks, x, y)]
    return finish(alt.layer(*layers), description, PLOT, HEIGHT)


def _names(marks: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the name of what fits below the curve, of what was chosen above it."""
    level = marks.set_index("kind")["level"]
    rising = bool(level["chosen"] >= level["present"])
    places: dict[str, dict[str, Any]] = {
        "present": {"dy": 22},
        "chosen": {"dy": -18, "dx": -4 if rising else 4, "align": "right" if rising else "left"},
    }
    return [
        alt.Chart(marks[marks["kind"] == kind])
        .mark_text(baseline="middle", color=INK, fontWeight=600, **place)
        .encode(x=x, y=y, text=alt.Text("label:N"))
        for kind, place in places.items()
    ]
