"""Who takes part in which decision, and how decisions are taken by kind."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import CARD, FAINT, INK, LINE, SOFT, finish

__all__ = ["decision_matrix", "mode_steps"]

ROW, COLUMN, STEP = 26, 92, 52
PARTS = ("takes part", "left out", "joins")


def decision_matrix(
    cells: pd.DataFrame, decisions: Sequence[str], parties: Sequence[str], description: str
) -> alt.LayerChart:
    """Return a row a decision and a column a party: disc, ring or dot for its part.

    Parameters
    ----------
    cells : DataFrame
        Columns label (decision), party (name), part: ``takes part`` (disc), ``left out`` (ring),
        ``joins`` (small dot: takes part though not affected).
    decisions, parties : sequence of str
        Labels of rows and columns, in order.
    description : str
        Text alternative.
    """
    top = alt.Axis(orient="top", grid=False, labelLimit=COLUMN, title=None)
    x = alt.X("party:N", sort=list(parties), axis=top, scale=alt.Scale(domain=list(parties)))
    lines = alt.Axis(grid=True, labelLimit=330)
    y = alt.Y("label:N", sort=list(decisions), axis=lines, title=None)
    base = alt.Chart(cells).encode(x=x, y=y)
    disc, ring, dot = (base.transform_filter(alt.datum.part == part) for part in PARTS)
    layers = [
        disc.mark_point(filled=True, size=150, color=INK, opacity=1),
        ring.mark_point(filled=False, size=150, strokeWidth=2, color=INK, fill=CARD, opacity=1),
        dot.mark_point(filled=True, size=30, color=FAINT, opacity=1),
    ]
    size = {"width": COLUMN * len(parties), "height": ROW * len(decisions)}
    return finish(alt.layer(*layers), description, **size)


def mode_steps(
    today: pd.DataFrame,
    recommended: pd.DataFrame,
    kinds: Sequence[str],
    modes: Sequence[str],
    description: str,
) -> alt.LayerChart:
    """Return decisions by kind and mode today, and the mode recommended.

    Parameters
    ----------
    today : DataFrame
        Columns kind, mode, decisions (count), text; sized dots.
    recommended : DataFrame
        Columns kind, mode: squares.
    kinds, modes : sequence of str
        Rows from the top, and columns from least to most say.
    description : str
        Text alternative.
    """
    top = alt.Axis(orient="top", grid=False, title="less say  →  more say")
    x = alt.X("mode:N", sort=list(modes), axis=top, scale=alt.Scale(domain=list(modes)))
    y = alt.Y("kind:N", sort=list(kinds), axis=alt.Axis(grid=True), title=None)
    base = alt.Chart(today).encode(x=x, y=y)
    largest = max(float(today["decisions"].max()), 1.0)
    size = alt.Size(
        "decisions:Q", scale=alt.Scale(domain=[0, largest], range=[0, 1100]), legend=None
    )
    square = alt.Chart(recommended).mark_point(
        shape="square", filled=False, size=1500, strokeWidth=2, color=INK, opacity=1
    )
    layers = [
        base.mark_point(filled=True, color=LINE, opacity=1).encode(size=size),
        base.mark_text(fontWeight=600, color=SOFT).encode(text=alt.Text("text:N")),
        square.encode(x=x, y=y),
    ]
    return finish(alt.layer(*layers), description, 600, STEP * len(kinds))
