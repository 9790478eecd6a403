"""Headings of columns: names above cells, broken at words where they are long."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import SOFT

__all__ = ["column_heads", "column_x"]

LINE, LETTER, GAP = 14, 6.9, 8
MOST = 3


def column_x(names: Sequence[str]) -> alt.X:
    """Return columns by the field ``function``, in the order given, without an axis."""
    return alt.X("function:N", scale=alt.Scale(domain=list(names)), axis=None)


def column_heads(names: Sequence[str], width: int) -> list[alt.Chart]:
    """Return names above the columns, on up to three lines that end where the cells begin.

    Parameters
    ----------
    names : sequence of str
        Names of the columns, in order.
    width : int
        Width of a column in pixels.
    """
    letters = max(4, int(width / LETTER))
    lines = {name: textwrap.wrap(name, letters, max_lines=MOST, placeholder="…") for name in names}
    frame = pd.DataFrame(
        [{"function": n, "head": "\n".join(said), "lines": len(said)} for n, said in lines.items()]
    )
    return [
        alt.Chart(frame[frame["lines"] == count])
        .mark_text(
            lineBreak="\n", lineHeight=LINE, baseline="alphabetic", color=SOFT, limit=width + 6
        )
        .encode(x=column_x(names), y=alt.YValue(-GAP - LINE * (count - 1)), text=alt.Text("head:N"))
        for count in range(1, MOST + 1)
    ]
