"""The plan by quarter: delivery, the effect after it, owners and sponsors at the bars."""

from __future__ import annotations

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.theme import BAD, INK, SHADES, SOFT, finish

__all__ = ["gantt"]

ROW, INDENT, PLOT = 40, 350, 540
WORDS = 0.34
"""Room at the right for words, as a share of the months drawn."""


def gantt(
    frame: pd.DataFrame,
    quarters: pd.DataFrame,
    horizon: float,
    description: str,
    order: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """Return a bar from start to delivery for each investment, and a line until its effect is full.

    Parameters
    ----------
    frame : DataFrame
        Columns label (name), start, end, full (months from today), text (owner), sponsor (month
        in which a sponsor leaves too soon, else missing), warning (words beside it); one row an
        investment, in order.
    quarters : DataFrame
        Columns month (start of a quarter, from today), label (its name).
    horizon : float
        Last month drawn.
    description : str
        Text alternative.
    order : DataFrame, optional
        What requires what: columns link (one value an arrow), label, month, head (bool); two rows
        an arrow, from where one starts to where the one that requires it does.
    """
    axis = name_axis(INDENT, gap=12)
    y = alt.Y("label:N", sort=frame["label"].tolist(), axis=axis)
    scale = alt.Scale(domain=[0, horizon * (1 + WORDS)], nice=False)
    base = alt.Chart(frame).encode(y=y)
    layers = [
        base.mark_rule(color=SHADES[1], strokeWidth=2).encode(
            x=_x("end", scale), x2=alt.X2("full:Q")
        ),
        base.mark_bar(height=14, color=INK).encode(x=_time(quarters, scale), x2=alt.X2("end:Q")),
        *_arrows(order, y, scale),
        *_words(base, scale),
        *_sponsors(frame, y, scale),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(frame))


def _arrows(order: pd.DataFrame | None, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    """Return dashed lines from what comes first to what requires it, with a head at that end."""
    if order is None or order.empty:
        return []
    base = alt.Chart(order).encode(x=_x("month", scale), y=y)
    line = base.mark_line(color=SOFT, strokeWidth=1.5, strokeDash=[3, 3])
    heads = alt.Chart(order[order["head"]]).encode(x=_x("month", scale), y=y)
    head = heads.mark_point(
        shape="triangle-right", filled=True, size=90, color=SOFT, opacity=1, xOffset=-6
    )
    return [line.encode(detail=alt.Detail("link:N")), head]


def _x(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", scale=scale)


def _time(quarters: pd.DataFrame, scale: alt.Scale) -> alt.X:
    """Return the axis of quarters, each named where it begins."""
    months: Sequence[float] = quarters["month"].tolist()
    pairs = json.dumps({f"{m:g}": n for m, n in zip(months, quarters["label"], strict=True)})
    axis = alt.Axis(
        title=None,
        orient="top",
        values=list(months),
        labelAlign="left",
        labelPadding=6,
        labelOverlap="parity",
        labelSeparation=8,
    )
    axis.labelExpr = f"({pairs})[toString(datum.value)]"
    return alt.X("start:Q", scale=scale, axis=axis)


def _words(base: alt.Chart, scale: alt.Scale) -> list[alt.Chart]:
    """Return owners right of where the effect is full, higher where a warning stands below."""
    layers = []
    for alone in (True, False):
        kept = base.transform_filter((alt.datum.warning == "") == alone)
        text = kept.mark_text(align="left", baseline="middle", dx=8, dy=0 if alone else -8)
        layers.append(
            text.encode(x=_x("full", scale), text=alt.Text("text:N"), color=alt.ColorValue(SOFT))
        )
    return layers


def _sponsors(frame: pd.DataFrame, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    """Return when a sponsor leaves too soon, as a red stroke, with its words below the owner."""
    risky = alt.Chart(frame[frame["sponsor"].notna()]).encode(y=y)
    stroke = risky.mark_tick(color=BAD, thickness=3, height=24, orient="vertical")
    text = risky.mark_text(align="left", baseline="middle", dx=8, dy=8, color=BAD, fontSize=12)
    return [
        stroke.encode(x=_x("sponsor", scale)),
        text.encode(x=_x("full", scale), text=alt.Text("warning:N")),
    ]
