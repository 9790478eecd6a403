"""Who rates: each function's view of the same work beside everybody else's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import level_x, row_y
from lodestar.charts.theme import CARD, INK, SOFT, finish

__all__ = ["rater_views"]

ROW, INDENT, PLOT = 34, 130, 420
PANELS = (("all", "All work it shares with other raters"), ("own", "Its own work"))


def rater_views(frame: pd.DataFrame, description: str) -> alt.VConcatChart:
    """Return how each function rates against how others rate the same cells.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a function and panel, in the order to show: ``on`` (all or own), ``label``,
        ``own, others`` (levels 1-5), ``low, high`` (ends of the distance's interval, counted from
        the others' mark; NaN without interval), ``text`` (the distance in words).
    description : str
        Text alternative.

    Returns
    -------
    altair.VConcatChart
        Dot = the function, hollow diamond = all others, band = interval; a panel without rows is
        left out.
    """
    panels = [
        _panel(rows.reset_index(drop=True), heading, named=on == "all")
        for on, heading in PANELS
        if not (rows := frame[frame["on"] == on]).empty
    ]
    return finish(alt.vconcat(*panels, spacing=28), description)


def _panel(rows: pd.DataFrame, heading: str, named: bool) -> alt.LayerChart:
    """Return one panel: bands behind, lines between the two views, marks and words on top."""
    order = rows["label"].tolist()
    y, base = row_y(order, INDENT), alt.Chart(rows)
    banded = alt.Chart(rows.dropna(subset=["low", "high"]))
    band = banded.mark_bar(cornerRadius=7, height=14, color=INK, opacity=0.16)
    line = base.mark_rule(color=SOFT, strokeWidth=1.5)
    others = base.mark_point(
        shape="diamond", size=120, fill=CARD, stroke=INK, strokeWidth=2, opacity=1
    )
    own = base.mark_point(shape="circle", size=110, filled=True, color=INK, opacity=1)
    words = base.mark_text(align="left", baseline="middle", color=INK)
    look = {
        "fontSize": 12,
        "fontWeight": 400,
        "color": SOFT,
        "anchor": "start",
        "offset": 24 if named else 10,
    }
    return alt.layer(
        band.encode(x=level_x("low"), x2=alt.X2("high:Q"), y=y),
        line.encode(x=level_x("own"), x2=alt.X2("others:Q"), y=y),
        others.encode(x=level_x("others"), y=y),
        own.encode(x=level_x("own"), y=y),
        words.encode(x=alt.XValue(PLOT + 12), y=y, text=alt.Text("text:N")),
        *(_names(rows.head(1), y) if named else []),
    ).properties(width=PLOT, height=ROW * len(order), title=alt.TitleParams(heading, **look))


def _names(first: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return whose mark is whose, once, above the first row."""
    higher = bool((first["own"] >= first["others"]).all())
    return [
        alt.Chart(first.assign(said=said))
        .mark_text(align="left" if right else "right", dx=2 if right else -2, dy=-16, color=SOFT)
        .encode(x=level_x(field), y=y, text=alt.Text("said:N"))
        for field, said, right in (
            ("own", "the function", higher),
            ("others", "others", not higher),
        )
    ]
