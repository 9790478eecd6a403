"""Two views of the same dimensions: the client's own and the customers'."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import bands, level_x, marks, row_y
from lodestar.charts.theme import LEVEL_MARKS, SOFT, finish

__all__ = ["two_views"]

ROW, INDENT, PLOT = 32, 236, 520


def two_views(frame: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return own and customers' level of each dimension, with both intervals.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a dimension and view, in the order to show: ``label``, ``kind`` (present or
        experienced), ``estimate, low, high``, ``gap`` (words, the same for both views; empty:
        none). A dimension may have one view only.
    description : str
        Text alternative.
    """
    order = list(dict.fromkeys(frame["label"]))
    y, gaps = row_y(order, INDENT), frame.drop_duplicates("label")
    words = alt.Chart(gaps).mark_text(align="left", baseline="middle", color=SOFT)
    layers = [
        bands(frame, level_x("low"), y, 14),
        marks(frame, level_x("estimate"), y, 100),
        *_names(frame[frame["label"] == order[0]], y),
        words.encode(x=alt.XValue(PLOT + 16), y=y, text=alt.Text("gap:N")),
        *_heading(gaps),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(order))


def _heading(gaps: pd.DataFrame) -> list[alt.Chart]:
    """Return what the words at the right say, where there are any."""
    if not gaps["gap"].any():
        return []
    text = alt.Chart(pd.DataFrame({"text": ["You see it"]})).mark_text(
        align="left", baseline="bottom", color=SOFT, fontWeight=600
    )
    return [text.encode(x=alt.XValue(PLOT + 16), y=alt.YValue(-2), text=alt.Text("text:N"))]


def _names(first: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return whose mark is whose, written once above the first row."""
    said = {"present": "you", "experienced": "customers"}
    ranked = first.sort_values("estimate")
    out = []
    for position, row in enumerate(ranked.to_dict("records")):
        left = position == 0 and len(ranked) > 1
        text = alt.Chart(pd.DataFrame([{**row, "text": said[row["kind"]]}])).mark_text(
            align="right" if left else "left",
            dx=4 if left else -4,
            dy=-15,
            color=LEVEL_MARKS[row["kind"]]["color"],
            fontWeight=600,
        )
        out.append(text.encode(x=level_x("estimate"), y=y, text=alt.Text("text:N")))
    return out
