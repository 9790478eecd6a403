"""The offer between two axes, and the way from what it asks for to the required level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import RUNGS, level_x, row_y
from lodestar.charts.theme import CARD, FAINT, INK, LEVEL_MARKS, LINE, SOFT, finish

__all__ = ["offer_map"]

SIDE, ROW, INDENT, PLOT = 330, 56, 150, 380
LOOK = LEVEL_MARKS["required"]
COLOR = str(LOOK["color"])
RANGE = alt.Scale(domain=[1, 5], nice=False, zero=False)


def offer_map(
    point: Mapping[str, Any],
    edges: pd.DataFrame,
    rungs: pd.DataFrame,
    way: pd.DataFrame,
    description: str,
) -> alt.HConcatChart:
    """Return the client between scale and integration, and beside it the way to the level.

    Parameters
    ----------
    point : mapping
        ``x, y, x_low, x_high, y_low, y_high`` (scores 1-5, NaN without a range), ``x_title``,
        ``y_title``.
    edges : pandas.DataFrame
        ``scale_from, integration_from, scale_to, integration_to``: lines between whole levels.
    rungs : pandas.DataFrame
        ``x, y, text``: the name of each level between the lines.
    way : pandas.DataFrame
        ``label, start, end, text``: steps from the base to the level, from the top; empty without
        a level.
    description : str
        Text alternative.
    """
    heading = {"fontSize": 12, "fontWeight": 400, "color": SOFT, "anchor": "start", "offset": 14}
    # Nobody turns the head to read an axis: what runs upwards is named above it.
    upwards = {"subtitle": f"↑ {point['y_title']}", "subtitleColor": INK, "subtitleFontSize": 12}
    asked = alt.TitleParams("What the offer alone asks for", **heading, **upwards)
    field = _field(point, edges, rungs).properties(width=SIDE, height=SIDE, title=asked)
    if way.empty:
        return finish(alt.hconcat(field), description)
    beside = _way(way).properties(
        width=PLOT,
        height=ROW * len(way),
        title=alt.TitleParams("From the offer to the required level", **heading),
    )
    return finish(alt.hconcat(field, beside, spacing=40), description)


def _field(point: Mapping[str, Any], edges: pd.DataFrame, rungs: pd.DataFrame) -> alt.LayerChart:
    """Return the two axes with the lines, the client's range and the client."""
    x = alt.X("x:Q", title=f"{point['x_title']} →", scale=RANGE, axis=_axis())
    y = alt.Y("y:Q", title=None, scale=RANGE, axis=_axis())
    lines = alt.Chart(edges).mark_rule(color=FAINT, strokeWidth=1.5, strokeDash=[5, 4])
    here = pd.DataFrame([{k: v for k, v in point.items() if not k.endswith("title")}])
    base = alt.Chart(here)
    box = base.mark_rect(color=COLOR, opacity=0.18, stroke=COLOR, strokeWidth=1)
    client = base.mark_point(shape=LOOK["shape"], filled=True, color=COLOR, size=170, opacity=1)
    ranged = here.dropna().any(axis=None) and [
        box.encode(
            x=alt.X("x_low:Q", scale=RANGE),
            x2=alt.X2("x_high:Q"),
            y=alt.Y("y_low:Q"),
            y2=alt.Y2("y_high:Q"),
        )
    ]
    return alt.layer(
        lines.encode(
            x=alt.X("scale_from:Q", scale=RANGE),
            x2=alt.X2("scale_to:Q"),
            y=alt.Y("integration_from:Q", scale=RANGE),
            y2=alt.Y2("integration_to:Q"),
        ),
        alt.Chart(rungs)
        .mark_text(color=FAINT, fontSize=12)
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("text:N")),
        *(ranged or []),
        client.encode(x=x, y=y),
    )


def _axis() -> alt.Axis:
    return alt.Axis(
        values=list(RUNGS), format="d", gridColor=LINE, titleColor=INK, titlePadding=10, grid=True
    )


def _way(way: pd.DataFrame) -> alt.LayerChart:
    """Return one row a step: where it starts (hollow), where it ends (full), and its figure."""
    y = row_y(way["label"].tolist(), INDENT)
    base = alt.Chart(way)
    start = base.mark_point(size=60, fill=CARD, stroke=COLOR, strokeWidth=2, opacity=1)
    end = base.mark_point(shape=LOOK["shape"], size=110, filled=True, color=COLOR, opacity=1)
    moved = start.transform_filter("abs(datum.start - datum.end) > 0.001")
    return alt.layer(
        base.mark_rule(color=COLOR, strokeWidth=4, opacity=0.4).encode(
            x=level_x("start"), x2=alt.X2("end:Q"), y=y
        ),
        moved.encode(x=level_x("start"), y=y),
        end.encode(x=level_x("end"), y=y),
        base.mark_text(align="center", baseline="bottom", dy=-10, fontWeight=600).encode(
            x=level_x("end"), y=y, text=alt.Text("text:N")
        ),
    )
