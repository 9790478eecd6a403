"""Importance against performance: what to mend first, keep, leave or question."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.labels import beside, spread
from lodestar.charts.theme import FAINT, INK, LINE, finish

__all__ = ["quadrant"]

WIDTH, HEIGHT = 720, 400
PAD = 0.35
LABEL = 17
CORNERS = (
    ("left", "top", "mend first"),
    ("right", "top", "keep"),
    ("left", "bottom", "leave"),
    ("right", "bottom", "question the effort"),
)

UPRIGHT = {
    "titleAngle": 0,
    "titleAlign": "left",
    "titleBaseline": "bottom",
    "titleX": 0,
    "titleY": -10,
}
"""The name of the upright axis stands above it, to be read without turning the head."""


def quadrant(points: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return subjects by performance (across) and importance (up), cut at their means.

    Parameters
    ----------
    points : DataFrame
        Columns label, performance, performance_low, performance_high, importance, importance_low,
        importance_high (1–5), strong (bool: the ones to name in ink).
    description : str
        Text alternative.
    """
    x_ends, y_ends = _ends(points, "performance"), _ends(points, "importance")
    x = _axis("performance", x_ends, alt.X)
    y = _axis("importance", y_ends, alt.Y)
    base = alt.Chart(points)
    across = base.mark_rule(strokeWidth=10, strokeCap="round", color=INK, opacity=0.12)
    gap = LABEL * (y_ends[1] - y_ends[0]) / HEIGHT
    placed = points.assign(importance=spread(points["importance"].tolist(), gap, *y_ends))
    layers = [
        _cut(points, "performance").encode(x=x),
        _cut(points, "importance").encode(y=y),
        *_corners(x_ends, y_ends, x, y),
        across.encode(
            x=_axis("performance_low", x_ends, alt.X), x2=alt.X2("performance_high:Q"), y=y
        ),
        across.encode(
            y=_axis("importance_low", y_ends, alt.Y), y2=alt.Y2("importance_high:Q"), x=x
        ),
        base.mark_point(filled=True, size=120, color=INK, opacity=1).encode(x=x, y=y),
        *beside(placed, x, y, dx=12),
    ]
    return finish(alt.layer(*layers), description, WIDTH, HEIGHT)


def _ends(points: pd.DataFrame, side: str) -> tuple[float, float]:
    """Return the ends of an axis, within 1–5 and a little beyond the intervals."""
    low, high = float(points[f"{side}_low"].min()), float(points[f"{side}_high"].max())
    return max(1.0, round(low - PAD, 1)), min(5.0, round(high + PAD, 1))


def _axis(field: str, ends: tuple[float, float], kind: type[alt.X] | type[alt.Y]) -> alt.X | alt.Y:
    """Return an encoding of a field on the axis of its side."""
    side = field.partition("_")[0]
    upright = UPRIGHT if kind is alt.Y else {}
    axis = alt.Axis(tickCount=5, format=".1f", grid=False, **upright)
    scale = alt.Scale(domain=list(ends), nice=False)
    return kind(f"{field}:Q", scale=scale, axis=axis, title=f"{side} (mean 1–5)")


def _cut(points: pd.DataFrame, side: str) -> alt.Chart:
    """Return the line at the mean of all subjects."""
    mean = pd.DataFrame({side: [float(points[side].mean())]})
    return alt.Chart(mean).mark_rule(color=LINE, strokeWidth=2)


def _corners(
    x_ends: tuple[float, float], y_ends: tuple[float, float], x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Return what each quarter asks for, written in its corner."""
    layers = []
    for across, up, text in CORNERS:
        place = {
            "performance": [x_ends[across == "right"]],
            "importance": [y_ends[up == "top"]],
        }
        words = alt.Chart(pd.DataFrame({**place, "text": [text]})).mark_text(
            align="left" if across == "left" else "right",
            baseline="top" if up == "top" else "bottom",
            dx=6 if across == "left" else -6,
            dy=6 if up == "top" else -6,
            color=FAINT,
            fontStyle="italic",
            fontSize=13,
        )
        layers.append(words.encode(x=x, y=y, text=alt.Text("text:N")))
    return layers
