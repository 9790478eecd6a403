"""Needs by what they rest on and how old that is."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import FAINT, INK, SHADES, SOFT, finish
from lodestar.schema.numerals import numeral

__all__ = ["needs_strip"]

ROW = 40


def needs_strip(
    needs: pd.DataFrame, bases: Sequence[str], fresh_months: float, description: str
) -> alt.LayerChart:
    """Return a dot a need: row = what it rests on, position = months since it was asked.

    Parameters
    ----------
    needs : DataFrame
        Columns name, label (basis with its count), months (position; those without a day stand at
        a negative one), offset (pixels, so that dots do not cover each other), direct (bool).
    bases : sequence of str
        Row labels, closest to the customer first.
    fresh_months : float
        Age up to which a need counts as fresh.
    description : str
        Text alternative.
    """
    longest = max(float(needs["months"].max()), fresh_months * 1.5)
    domain = [2 * min(float(needs["months"].min()), 0.0), longest * 1.02]
    scale = alt.Scale(domain=domain, nice=False)
    ticks = list(range(0, int(longest) + 1, 6 if longest <= 40 else 12))
    axis = alt.Axis(values=ticks, grid=False)
    x = alt.X("months:Q", scale=scale, axis=axis, title="Months since customers were asked")
    y = alt.Y("label:N", sort=list(bases), axis=alt.Axis(grid=True), title=None)
    scale_color = alt.Scale(domain=[True, False], range=[INK, SHADES[2]])
    dots = (
        alt.Chart(needs)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=x,
            y=y,
            yOffset=alt.YOffset("offset:Q", scale=alt.Scale(domain=[-16, 16])),
            color=alt.Color("direct:N", scale=scale_color, legend=None),
            tooltip=[alt.Tooltip("name:N")],
        )
    )
    fresh = pd.DataFrame(
        {"months": [fresh_months], "label": [f"{numeral(fresh_months, '.0f')} months"]}
    )
    rule = alt.Chart(fresh).mark_rule(color=FAINT, strokeDash=[4, 4]).encode(x=x)
    title = alt.Chart(fresh).mark_text(align="left", dx=5, dy=-8, color=SOFT)
    layers = [rule, title.encode(x=x, y=alt.YValue(0), text=alt.Text("label:N")), dots]
    if domain[0] < 0:
        none = pd.DataFrame({"months": [domain[0] / 2], "label": ["no day given"]})
        text = alt.Chart(none).mark_text(dy=-8, color=SOFT)
        layers.append(text.encode(x=x, y=alt.YValue(0), text=alt.Text("label:N")))
    return finish(alt.layer(*layers), description, 700, ROW * len(bases))
