"""The matrix: every capability in every function against its target."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.axes import name_axis
from lodestar.charts.heads import column_heads, column_x
from lodestar.charts.theme import CARD, FAINT, INK, LINE, RAMP, finish

__all__ = ["gap_matrix"]

ROW, INDENT = 23, 360
NARROWEST, WIDEST, ROOM = 52, 76, 600
DEEP = 2.4
"""From this many levels below target the shade is dark enough for white figures."""

SHADES = {
    -4.0: RAMP[5],
    -3.2: RAMP[4],
    -DEEP: "#58646f",
    -DEEP + 0.01: "#848f99",
    -1.6: RAMP[2],
    -0.8: RAMP[1],
    0.0: RAMP[0],
}
"""Gap to shade. The ramp's mid-grey is left out: neither ink nor paper is legible on it (4.5 to 1),
in the light or turned over in the dark."""


def gap_matrix(
    cells: pd.DataFrame,
    capabilities: pd.DataFrame,
    functions: Sequence[str],
    description: str,
) -> alt.LayerChart:
    """Return gaps as a matrix, readable in grey: shaded below target, outlined above.

    Parameters
    ----------
    cells : pandas.DataFrame
        ``label`` (capability), ``function``, ``gap`` (levels; NaN without one), ``text`` (what the
        cell says), ``worst`` (bool: among the heaviest), ``evidence`` (letter; empty: none).
    capabilities : pandas.DataFrame
        ``label, dimension``, in the order to show; rows of one dimension lie together.
    functions : sequence of str
        Names of the functions, in order.
    description : str
        Text alternative.

    Returns
    -------
    altair.LayerChart
        Figure = gap in levels, small letter = best evidence; the heaviest cells underlined.
    """
    order = capabilities["label"].tolist()
    axis = name_axis(INDENT)
    y = alt.Y("label:N", sort=order, scale=alt.Scale(domain=order), axis=axis)
    cell = max(NARROWEST, min(WIDEST, ROOM // max(1, len(functions))))
    width = cell * max(1, len(functions))
    base = alt.Chart(cells).encode(x=column_x(functions), y=y)
    layers = [*column_heads(functions, cell), *_tiles(base, cell), *_figures(base)]
    layers.append(_letters(base, cell))
    layers.append(_lines(capabilities, y, width))
    return finish(alt.layer(*layers), description, width, ROW * len(order))


def _tiles(base: alt.Chart, cell: int) -> list[alt.Chart]:
    """Return shaded tiles below target, outlined ones above."""
    depth = alt.Scale(domain=list(SHADES), range=list(SHADES.values()), clamp=True)
    below = base.transform_filter("datum.gap !== null && datum.gap < 0")
    above = base.transform_filter("datum.gap !== null && datum.gap > 0")
    return [
        base.mark_rect(fill=CARD, stroke=LINE, strokeWidth=1),
        below.mark_rect(stroke=CARD, strokeWidth=2).encode(
            color=alt.Color("gap:Q", scale=depth, legend=None)
        ),
        above.mark_rect(fill=CARD, stroke=INK, strokeWidth=1.5, width=cell - 10, height=ROW - 5),
    ]


def _figures(base: alt.Chart) -> list[alt.Chart]:
    """Return the gaps as figures, the heaviest bold and underlined."""
    dark = alt.condition(
        f"datum.gap !== null && datum.gap <= -{DEEP}", alt.value(CARD), alt.value(INK)
    )
    plain = base.transform_filter("!datum.worst").mark_text(baseline="middle")
    worst = base.transform_filter("datum.worst")
    line = worst.mark_text(baseline="middle", dy=3).encode(text=alt.TextValue("____"), color=dark)
    bold = worst.mark_text(baseline="middle", fontWeight=600).encode(
        text=alt.Text("text:N"), color=dark
    )
    return [plain.encode(text=alt.Text("text:N"), color=dark), bold, line]


def _letters(base: alt.Chart, cell: int) -> alt.Chart:
    """Return the grade of evidence at the right of each cell."""
    dark = alt.condition(
        f"datum.gap !== null && datum.gap <= -{DEEP}", alt.value(CARD), alt.value(INK)
    )
    graded = base.transform_filter("datum.evidence !== ''")
    small = graded.mark_text(baseline="middle", align="right", dx=cell / 2 - 7, fontSize=11)
    return small.encode(text=alt.Text("evidence:N"), color=dark)


def _lines(capabilities: pd.DataFrame, y: alt.Y, width: int) -> alt.Chart:
    """Return a line where a dimension begins."""
    firsts = capabilities.drop_duplicates("dimension").iloc[1:]
    rules = alt.Chart(firsts).mark_rule(color=FAINT, strokeWidth=0.75, yOffset=-ROW / 2)
    return rules.encode(x=alt.XValue(-INDENT), x2=alt.X2Value(width), y=y)
