"""People hired and laid off over time, one panel a function."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import INK, LINE, SHADES, SOFT, finish

__all__ = ["workforce_columns"]

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 400, 120, 2


def workforce_columns(
    moves: pd.DataFrame, titles: Sequence[str], description: str
) -> alt.ConcatChart:
    """Return columns up for people hired and down for people laid off.

    Parameters
    ----------
    moves : DataFrame
        Columns panel (function), date (ISO), hired, laid_off (persons, the latter negative).
    titles : sequence of str
        Panels in order.
    description : str
        Text alternative.
    """
    low, high = float(moves["laid_off"].min()), float(moves["hired"].max())
    scale = alt.Scale(domain=[min(low, -1.0) * 1.3, max(high, 1.0) * 1.3], nice=False)
    panels = [_panel(moves[moves["panel"] == title], title, scale) for title in titles]
    return finish(alt.concat(*panels, columns=COLUMNS, spacing=28), description)


def _panel(moves: pd.DataFrame, title: str, scale: alt.Scale) -> alt.LayerChart:
    """Return one function's panel."""
    axis = alt.Axis(format="%b %y", tickCount=4, grid=False, labelFlush=True)
    x = alt.X("date:T", title=None, axis=axis)
    base = alt.Chart(moves).encode(x=x)
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=LINE, strokeWidth=2)
    up = base.mark_bar(color=SHADES[1], size=9).encode(
        y=alt.Y("hired:Q", scale=scale, title=None, axis=alt.Axis(tickCount=3))
    )
    down = base.mark_bar(color=INK, size=9).encode(y=alt.Y("laid_off:Q", scale=scale))
    words = pd.DataFrame({"word": ["hired", "laid off"]})
    texts = [
        alt.Chart(words[words["word"] == word])
        .mark_text(align="right", baseline=baseline, color=SOFT)
        .encode(x=alt.XValue(PANEL_WIDTH), y=alt.YValue(y), text=alt.Text("word:N"))
        for word, baseline, y in (("hired", "top", 0), ("laid off", "bottom", PANEL_HEIGHT))
    ]
    layers = [zero.encode(y=alt.Y("y:Q", scale=scale)), up, down, *texts]
    heading = alt.TitleParams(title, frame="group")
    return alt.layer(*layers).properties(width=PANEL_WIDTH, height=PANEL_HEIGHT, title=heading)
