"""The profile: dimensions with their targets, functions within them, and the climb ahead."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.heads import column_heads, column_x
from lodestar.charts.level.marks import bands, hollow, level_x, marks, row_y, values
from lodestar.charts.level.shares import level_shares
from lodestar.charts.shades import shades
from lodestar.charts.theme import CARD, INK, SOFT, finish

__all__ = ["climb", "profile"]

ROW, INDENT, LEVELS = 30, 236, 300
NARROWEST, WIDEST, ROOM = 38, 70, 430
DARK_FROM = 3.4


def profile(
    dimensions: pd.DataFrame,
    squares: pd.DataFrame,
    functions: Sequence[str],
    description: str,
    shares: pd.DataFrame | None = None,
) -> alt.VConcatChart:
    """Return each dimension with its interval and target, and each function within it.

    Parameters
    ----------
    dimensions : pandas.DataFrame
        ``label, estimate, low, high, target``; levels 1-5, NaN where there is none.
    squares : pandas.DataFrame
        ``label, function, level, text``; one row a dimension and function that has a level.
    functions : sequence of str
        Names of the functions, in order.
    description : str
        Text alternative.
    shares : pandas.DataFrame, optional
        How resamples spread over whole levels, as `level_shares` takes it; drawn below.

    Returns
    -------
    altair.VConcatChart
        One picture, as its rows belong together. Left: dot = level, band = 80 % interval, hollow
        square = target at the chosen level. Right: level in each function, darker for higher.
    """
    order = dimensions["label"].tolist()
    height, cell = ROW * len(order), max(NARROWEST, min(WIDEST, ROOM // max(1, len(functions))))
    left = _dots(dimensions, order).properties(width=LEVELS, height=height)
    right = _cells(squares, order, list(functions), cell).properties(
        width=cell * max(1, len(functions)), height=height
    )
    side_by_side = alt.hconcat(left, right, spacing=24)
    rows = [side_by_side] if shares is None else [side_by_side, level_shares(shares)]
    return finish(alt.vconcat(*rows, spacing=36), description)


def _dots(dimensions: pd.DataFrame, order: list[str]) -> alt.LayerChart:
    """Return level, interval and target of each dimension."""
    y, shown = row_y(order, INDENT), dimensions.assign(kind="present")
    return alt.layer(
        hollow(shown.dropna(subset=["target"]), level_x("target"), y, 90),
        bands(shown, level_x("low"), y, 14),
        marks(shown.dropna(subset=["estimate"]), level_x("estimate"), y, 90),
    )


def climb(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return how far each dimension is from its target, the longest way first.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``label, estimate, target, text`` (the distance in words), in the order to show.
    description : str
        Text alternative.
    """
    order = frame["label"].tolist()
    shown = frame.assign(kind="present", edge=frame[["estimate", "target"]].max(axis=1))
    y, x, goal = row_y(order, INDENT), level_x("estimate"), level_x("target")
    ways = alt.Chart(shown).mark_rule(color=SOFT, strokeWidth=2)
    layers = [
        ways.encode(x=x, x2=alt.X2("target:Q"), y=y),
        hollow(shown, goal, y, 110),
        marks(shown, x, y, 110),
        values(shown, level_x("edge"), y),
    ]
    return finish(alt.layer(*layers), description, 560, ROW * len(order))


def _cells(
    squares: pd.DataFrame, order: list[str], functions: list[str], cell: int
) -> alt.LayerChart:
    """Return the level of each dimension in each function, darker for higher."""
    y = alt.Y("label:N", sort=order, scale=alt.Scale(domain=order), axis=None)
    base = alt.Chart(squares).encode(x=column_x(functions), y=y)
    shade = alt.Color("level:Q", scale=shades(1, DARK_FROM, 5), legend=None)
    dark = alt.condition(alt.datum.level >= DARK_FROM, alt.value(CARD), alt.value(INK))
    tiles = base.mark_rect(stroke=CARD, strokeWidth=2).encode(color=shade)
    figures = base.mark_text(fontSize=12).encode(text=alt.Text("text:N"), color=dark)
    return alt.layer(*column_heads(functions, cell), tiles, figures)
