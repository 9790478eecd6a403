"""The roof of measures: how each acts on each other and on outcomes, as a half matrix of signs."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import BAD, CARD, INK, LINE, RAMP, SOFT, WASH, finish

__all__ = ["GLYPHS", "sign_matrix"]

GLYPHS = {"opposing": "−", "mixed": "±", "reinforcing": "+", "undecided": "?", "conditional": "?"}
"""Sign in a cell: told without any shade."""

SHADES = {"−": RAMP[4], "±": RAMP[2], "+": WASH, "?": CARD, "": CARD}
PLOT, NAMES, ROOMY, TIGHT = 560, 280, 34, 15


def sign_matrix(
    cells: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    owners: pd.DataFrame,
    description: str,
) -> alt.LayerChart:
    """Return the lower half of a matrix of measures and, below them, outcomes.

    Parameters
    ----------
    cells : DataFrame
        Columns row, column (as below), glyph (− works against, ± both ways, + helps, ? not known,
        empty: nothing joins them), severe (bool); one row a cell of the half matrix.
    rows : sequence of str
        Names with their numbers, from the top.
    columns : sequence of str
        Numbers, from the left.
    owners : DataFrame
        Columns row, column, text: who is paid, written where the staircase leaves room.
    description : str
        Text alternative.
    """
    step = max(TIGHT, min(ROOMY, PLOT // max(len(columns), 1)))
    x = alt.X(
        "column:N",
        sort=list(columns),
        title=None,
        scale=alt.Scale(domain=list(columns)),
        axis=alt.Axis(orient="top", grid=False, labelPadding=4, labelOverlap=False),
    )
    y = alt.Y(
        "row:N",
        sort=list(rows),
        title=None,
        scale=alt.Scale(domain=list(rows)),
        axis=alt.Axis(labelLimit=NAMES, labelColor=INK, labelOverlap=False),
    )
    names = alt.Chart(owners).mark_text(align="left", color=SOFT, dx=-step / 2 + 5)
    layers = [*_tiles(cells, x, y), names.encode(x=x, y=y, text=alt.Text("text:N"))]
    size = {"width": step * len(columns), "height": step * len(rows)}
    return finish(alt.layer(*layers), description, **size)


def _tiles(cells: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Shaded cells, signs, and a frame round the severe ones, set off so that no hue is needed."""
    tile = {"strokeWidth": 1, "stroke": LINE}
    base = alt.Chart(cells).encode(x=x, y=y)
    shade = alt.Scale(domain=list(SHADES), range=list(SHADES.values()))
    ink = alt.condition(alt.datum.glyph == "−", alt.value(CARD), alt.value(INK))
    joined = alt.Chart(cells[cells["glyph"] != ""]).encode(x=x, y=y)
    severe = alt.Chart(cells[cells["severe"]]).encode(x=x, y=y)
    ring = {"filled": False, "fillOpacity": 0}
    return [
        base.mark_rect(**tile).encode(color=alt.Color("glyph:N", scale=shade, legend=None)),
        severe.mark_rect(**ring, stroke=CARD, strokeWidth=6),
        severe.mark_rect(**ring, stroke=BAD, strokeWidth=3),
        joined.mark_text(fontSize=14, fontWeight=600).encode(text=alt.Text("glyph:N"), color=ink),
    ]
