"""Means of every subject by every group, with counts, and what may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from lodestar.charts.shades import shades
from lodestar.charts.theme import CARD, INK, SOFT, finish

__all__ = ["Panel", "view_map"]

COLUMN, ROW = 68, 28
LINE_HEIGHT = 15
DARK = 3.4


@dataclass(frozen=True)
class Panel:
    """Groups of one cut that stand side by side: title and labels in order."""

    title: str
    groups: Sequence[str]


def view_map(
    cells: pd.DataFrame,
    subjects: Sequence[str],
    lines: Sequence[Sequence[Panel]],
    description: str,
) -> alt.VConcatChart:
    """Return means as shades with their numbers, groups in panels, subjects in rows.

    Parameters
    ----------
    cells : DataFrame
        Columns subject, group (labels; a newline breaks them), mean (1–5; NaN where hidden), text
        (the mean in words, or what stands in its place), n (text; empty where hidden).
    subjects : sequence of str
        Rows from the top.
    lines : sequence of sequences of Panel
        Panels of each line of the map.
    description : str
        Text alternative.
    """
    rows = [_line(cells, subjects, line) for line in lines]
    return finish(alt.vconcat(*rows, spacing=26), description)


def _line(cells: pd.DataFrame, subjects: Sequence[str], line: Sequence[Panel]) -> alt.HConcatChart:
    """Return the panels of one line, their labels on one height."""
    breaks = max(label.count("\n") for panel in line for label in panel.groups)
    padding = 8 + LINE_HEIGHT * breaks
    panels = [_panel(cells, subjects, panel, padding, i == 0) for i, panel in enumerate(line)]
    return alt.hconcat(*panels, spacing=18)


def _panel(
    cells: pd.DataFrame, subjects: Sequence[str], panel: Panel, padding: int, first: bool
) -> alt.LayerChart:
    """Return one panel; subjects are named beside the first of a line."""
    own = cells[cells["group"].isin(list(panel.groups))]
    top = alt.Axis(
        orient="top",
        grid=False,
        title=None,
        labelExpr="split(datum.label, '\\n')",
        labelLimit=COLUMN,
        labelLineHeight=LINE_HEIGHT,
        labelPadding=padding,
    )
    beside = alt.Axis(labelLimit=230, grid=False) if first else None
    x = alt.X("group:N", sort=list(panel.groups), axis=top, scale=_band(panel.groups))
    y = alt.Y("subject:N", sort=list(subjects), axis=beside, title=None, scale=_band(subjects))
    base = alt.Chart(own).encode(x=x, y=y)
    shown = base.transform_filter("isValid(datum.mean)")
    hidden = base.transform_filter("!isValid(datum.mean)")
    shade = alt.Color("mean:Q", scale=shades(1, DARK, 5), legend=None)
    ink = alt.condition(f"datum.mean >= {DARK}", alt.value(CARD), alt.value(INK))
    layers = [
        shown.mark_rect().encode(color=shade),
        hidden.mark_rect(filled=False, stroke=SOFT, strokeDash=[3, 3], strokeWidth=1),
        shown.mark_text(fontWeight=600, align="right", dx=-1).encode(
            text=alt.Text("text:N"), color=ink
        ),
        shown.mark_text(align="left", dx=5).encode(text=alt.Text("n:N"), color=ink),
        hidden.mark_text(color=SOFT).encode(text=alt.Text("text:N")),
    ]
    size = {"width": COLUMN * len(panel.groups), "height": ROW * len(subjects)}
    return alt.layer(*layers).properties(title=panel.title, **size)


def _band(values: Sequence[str]) -> alt.Scale:
    """Return a scale that keeps a place for every value, also for one without a cell."""
    return alt.Scale(domain=list(values), paddingInner=0.05, paddingOuter=0)
