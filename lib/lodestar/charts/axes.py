"""Axes that charts of several pages share: names in front of the plot, periods below it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from lodestar.charts.theme import INK, LINE, SOFT

__all__ = ["headed", "name_axis", "period_x"]


def name_axis(indent: int, gap: int = 8, **look: Any) -> alt.Axis:
    """Return the axis of rows by name, left-aligned in front of the plot.

    Parameters
    ----------
    indent : int
        Room for the names in pixels.
    gap : int
        Pixels of it that stay free before the plot.
    **look
        Further properties of the axis, e.g. the weight of its labels.
    """
    return alt.Axis(
        title=None,
        labelAlign="left",
        labelPadding=indent,
        labelLimit=indent - gap,
        labelColor=INK,
        **look,
    )


def headed(rows: pd.DataFrame, indent: int) -> alt.Axis:
    """Return the axis of rows some of which are headings; names are quoted, never code.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``row``, the value on the axis; ``label``; ``heading``, whether the line names what follows.
    indent : int
        Room for the names in pixels.
    """
    said = dict(zip(rows["row"], rows["label"], strict=True))
    headings = json.dumps(rows.loc[rows["heading"], "row"].tolist())
    is_heading = f"indexof({headings}, datum.value) >= 0"
    return alt.Axis(
        title=None,
        labelAlign="left",
        labelPadding=indent,
        labelLimit=indent - 12,
        labelFontSize=12,
        labelExpr=f"{json.dumps(said)}[datum.value]",
        labelColor={"condition": {"test": is_heading, "value": INK}, "value": SOFT},
        labelFontWeight={"condition": {"test": is_heading, "value": 600}, "value": 400},
    )


def period_x(days: Sequence[int], periods: Sequence[str]) -> alt.X:
    """Return time in true proportion, named by period; names are quoted, never code.

    Parameters
    ----------
    days : sequence of int
        Days since the first period, rising; drawn from the column ``day``.
    periods : sequence of str
        Their names.
    """
    values, names = list(map(int, days)), json.dumps(list(map(str, periods)))
    axis = alt.Axis(
        title=None,
        values=values,
        labelExpr=f"{names}[indexof({json.dumps(values)}, datum.value)]",
        labelColor=SOFT,
        labelOverlap="greedy",
        labelFlush=False,
        gridColor=LINE,
    )
    return alt.X("day:Q", axis=axis, scale=alt.Scale(domain=[0, max(*values, 1)], nice=False))
