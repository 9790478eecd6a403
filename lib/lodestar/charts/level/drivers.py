"""What drives the required level: how resamples spread, and each factor moved by a point."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import RUNGS, level_x, row_y, share_columns
from lodestar.charts.theme import CARD, INK, LEVEL_MARKS, SOFT, finish

__all__ = ["drivers"]

ROW, INDENT, PLOT, ASIDE = 28, 278, 300, 18
COLUMN, SPREAD = 46, 200
COLOR = str(LEVEL_MARKS["required"]["color"])
DASHES = {"good": [1, 0], "moderate": [1, 0], "mixed": [9, 4]}
"""Lines that rest on studies are whole, on contradicting ones dashed, on anything else dotted."""
DOTS = [2, 4]


def drivers(
    shares: pd.DataFrame, swings: pd.DataFrame, estimate: float, description: str
) -> alt.HConcatChart:
    """Return the share of resamples at each level beside the factors, widest swing first.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``level`` (1-5), ``share`` (0-1), ``text``.
    swings : pandas.DataFrame
        ``label, at_below, at_above``: the level with the factor a point lower and a point higher;
        ``strength``, ``said``: the evidence in one word, and in words; in the order to show.
    estimate : float
        The required level, drawn as a line.
    description : str
        Text alternative.
    """
    height = ROW * max(4, len(swings))
    look = {"fontSize": 12, "fontWeight": 400, "color": SOFT, "anchor": "start", "offset": 14}
    columns = share_columns(shares, 1.08, 8, color=COLOR, opacity=0.75)
    left = columns.properties(
        width=COLUMN * len(RUNGS),
        height=min(SPREAD, height),
        title=alt.TitleParams("Share of resamples at each level", **look),
    )
    right = _swings(swings, estimate).properties(
        width=PLOT,
        height=height,
        title=alt.TitleParams("Level when a factor moves by a point; right: its evidence", **look),
    )
    return finish(alt.hconcat(left, right, spacing=40), description)


def _swings(swings: pd.DataFrame, estimate: float) -> alt.LayerChart:
    """Return one line a factor, hollow end a point lower, full end a point higher."""
    y = row_y(swings["label"].tolist(), INDENT)
    base = alt.Chart(swings)
    lines = base.mark_rule(color=COLOR, strokeWidth=3, opacity=0.6)
    low = base.mark_point(size=70, fill=CARD, stroke=COLOR, strokeWidth=2, opacity=1)
    high = base.mark_point(size=70, filled=True, color=COLOR, opacity=1)
    at = alt.Chart(pd.DataFrame({"estimate": [estimate]})).mark_rule(color=INK, strokeDash=[3, 3])
    return alt.layer(
        at.encode(x=level_x("estimate")),
        lines.encode(
            x=level_x("at_below"),
            x2=alt.X2("at_above:Q"),
            y=y,
            strokeDash=_dash(swings["strength"]),
        ),
        low.encode(x=level_x("at_below"), y=y),
        high.encode(x=level_x("at_above"), y=y),
        *_ends(swings.head(1), y),
        _evidence(base, y),
    )


def _dash(strengths: pd.Series) -> alt.StrokeDash:
    """Return how whole a line is, by the strength of evidence behind its factor."""
    words = sorted(set(strengths))
    scale = alt.Scale(domain=words, range=[DASHES.get(word, DOTS) for word in words])
    return alt.StrokeDash("strength:N", scale=scale, legend=None)


def _evidence(base: alt.Chart, y: alt.Y) -> alt.Chart:
    """Return the strength of evidence in words, right of the plot."""
    text = base.mark_text(align="left", dx=ASIDE, color=SOFT, fontSize=12)
    return text.encode(x=alt.datum(RUNGS[-1]), y=y, text=alt.Text("said:N"))


def _ends(first: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return the words above the ends of the first line; they hold for all below it."""
    rising = bool((first["at_above"] >= first["at_below"]).all())
    ends = (("at_below", "a point lower", rising), ("at_above", "a point higher", not rising))
    return [
        alt.Chart(first.assign(text=said))
        .mark_text(align="right" if left else "left", dx=6 if left else -6, dy=-14, color=SOFT)
        .encode(x=level_x(field), y=y, text=alt.Text("text:N"))
        for field, said, left in ends
    ]
