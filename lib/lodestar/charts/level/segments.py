"""What customers of each segment experience, beside all customers."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.axes import headed
from lodestar.charts.level.marks import bands, level_x, marks
from lodestar.charts.theme import FAINT, LEVEL_MARKS, SOFT, finish
from lodestar.schema.numerals import numeral

__all__ = ["segment_levels"]

ROW, INDENT, PLOT = 28, 236, 430
COUNTS, SCORES = PLOT + 74, PLOT + 96
CROWDED = 4.2


def segment_levels(frame: pd.DataFrame, total: float, description: str) -> alt.LayerChart:
    """Return each segment's level with its interval, grouped by column.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a line, in the order to show: ``label``; ``heading``, whether the line names a
        column of segments; ``estimate, low, high``, levels 1–5 (NaN: none); ``n`` and ``score``,
        words for how many customers and their net promoter score; ``missing``, words in place of
        a mark (empty: none).
    total : float
        Level of all customers, drawn as a line through all rows.
    description : str
        Text alternative.
    """
    rows = frame.assign(row=[f"{place:03d}" for place in range(len(frame))], kind="experienced")
    y = alt.Y("row:N", scale=alt.Scale(domain=rows["row"].tolist()), axis=headed(rows, INDENT))
    layers = [
        *_total(total),
        bands(rows, level_x("low"), y, 12),
        marks(rows.dropna(subset=["estimate"]), level_x("estimate"), y, 90),
        _words(rows, y, "n", COUNTS, "right", SOFT),
        _words(rows, y, "score", SCORES, "left", SOFT),
        _words(rows, y, "missing", 8, "left", FAINT),
        _head("customers", COUNTS, "right"),
        _head("NPS", SCORES, "left"),
    ]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(rows))


def _total(total: float) -> list[alt.Chart]:
    """Return the line of all customers with its name above."""
    at = pd.DataFrame({"total": [total], "text": [f"all customers {numeral(total, '.1f')}"]})
    color = LEVEL_MARKS["experienced"]["color"]
    rule = alt.Chart(at).mark_rule(color=color, strokeDash=[4, 3], strokeWidth=1.2)
    # Far to the right the name would run into the heading of the counts.
    align = "right" if total > CROWDED else "center"
    text = alt.Chart(at).mark_text(align=align, baseline="bottom", color=color, fontWeight=600)
    return [
        rule.encode(x=level_x("total")),
        text.encode(x=level_x("total"), y=alt.YValue(-4), text=alt.Text("text:N")),
    ]


def _words(rows: pd.DataFrame, y: alt.Y, field: str, x: int, align: str, color: str) -> alt.Chart:
    """Return words at one place of every row that has any."""
    text = alt.Chart(rows[rows[field] != ""]).mark_text(align=align, baseline="middle", color=color)
    return text.encode(x=alt.XValue(x), y=y, text=alt.Text(f"{field}:N"))


def _head(text: str, x: int, align: str) -> alt.Chart:
    """Return what a column of words says, above it."""
    mark = alt.Chart(pd.DataFrame({"text": [text]})).mark_text(
        align=align, baseline="bottom", color=SOFT, fontWeight=600
    )
    return mark.encode(x=alt.XValue(x), y=alt.YValue(-4), text=alt.Text("text:N"))
