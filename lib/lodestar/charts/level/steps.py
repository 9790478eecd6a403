"""The steps of the ladder: what each one adds, and how much of it ties functions together."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import hollow, marks, row_y
from lodestar.charts.theme import INK, LEVEL_MARKS, SHADES, SOFT, finish

__all__ = ["step_bars"]

ROW, INDENT, PLOT = 58, 236, 420
BAR = 16
AWAY = {"present": -15, "chosen": 16}
"""How far from the bar a mark stands, in pixels: apart where both lie in one step."""

DARK, LIGHT = SHADES[1], SHADES[3]


def step_bars(frame: pd.DataFrame, stands: pd.DataFrame, description: str) -> alt.LayerChart:
    """Return each step as a bar: first what ties functions together, then the rest.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a step, in the order to show: ``label``, ``tied`` and ``points`` (levels: the first
        part, and the whole), ``text`` (its length), ``cost`` (words; empty: not known).
    stands : pandas.DataFrame
        Levels to mark: ``label`` (the step they lie in), ``kind`` (present, chosen), ``at`` (how
        far along its bar, levels), ``text``.
    description : str
        Text alternative.
    """
    y, top = row_y(frame["label"].tolist(), INDENT), max(float(frame["points"].max()), 1e-9)
    y["axis"]["grid"] = False
    scale = alt.Scale(domain=[0, top], nice=False)
    base = alt.Chart(frame.assign(zero=0.0))
    bar = {"height": BAR, "stroke": SOFT, "strokeWidth": 1}
    light = base.mark_bar(fill=LIGHT, **bar).encode(x=_x("tied", scale), x2=alt.X2("points:Q"), y=y)
    dark = base.mark_bar(fill=DARK, **bar).encode(x=_x("zero", scale), x2=alt.X2("tied:Q"), y=y)
    layers = [light, dark, *_figures(base, y, scale), *_stands(stands, y, scale)]
    return finish(alt.layer(*layers), description, PLOT, ROW * len(frame))


def _figures(base: alt.Chart, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    """Return the length of each bar and its cost, beside its end."""
    text = {"align": "left", "baseline": "middle", "dx": 10}
    x = _x("points", scale)
    return [
        base.mark_text(**text, dy=-7, fontSize=13, fontWeight=600, color=INK).encode(
            x=x, y=y, text=alt.Text("text:N")
        ),
        base.mark_text(**text, dy=9, color=SOFT).encode(x=x, y=y, text=alt.Text("cost:N")),
    ]


def _stands(stands: pd.DataFrame, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    """Return where the client stands, above the bar, and what was chosen, below it."""
    x, layers = _x("at", scale), []
    for kind, away in AWAY.items():
        rows = stands[stands["kind"] == kind]
        mark = hollow(rows, x, y, 90) if kind == "chosen" else marks(rows, x, y, 90)
        mark["mark"]["yOffset"] = away
        layers.append(mark)
        for left in (True, False):
            text = alt.Chart(rows[(rows["at"] > scale["domain"][1] / 3) == left]).mark_text(
                align="right" if left else "left",
                baseline="middle",
                dx=-9 if left else 9,
                dy=away,
                color=LEVEL_MARKS[kind]["color"],
            )
            layers.append(text.encode(x=x, y=y, text=alt.Text("text:N")))
    return layers


def _x(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=scale)
