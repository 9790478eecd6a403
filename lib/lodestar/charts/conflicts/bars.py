"""Severity, and what a plan clears, as bars."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from lodestar.charts.theme import BAD, CARD, FAINT, INK, LINE, SHADES, SOFT, finish

__all__ = ["before_after", "severity_bars"]

EVIDENCE_SHADES = dict(zip(("measured", "observed", "stated", "assumed"), SHADES, strict=True))
NAMES, BARS, WIDE = 400, 230, 460


def severity_bars(bars: pd.DataFrame, threshold: float, description: str) -> alt.LayerChart:
    """Return conflicts with their severity, shaded by evidence; everything is read from its rows.

    Parameters
    ----------
    bars : DataFrame
        Columns label (what against what), severity (0–1), evidence (measured, observed, stated,
        assumed), text (beside the bar); one row a conflict, worst first.
    threshold : float
        Severity from which a conflict is severe.
    description : str
        Text alternative.
    """
    rows = bars.assign(threshold=threshold)
    x = alt.X("severity:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=NAMES, labelColor=INK))
    scale = alt.Scale(domain=list(EVIDENCE_SHADES), range=list(EVIDENCE_SHADES.values()))
    base = alt.Chart(rows).encode(x=x, y=y)
    marks = base.mark_bar(height=16, stroke=FAINT, strokeWidth=0.5).encode(
        color=alt.Color("evidence:N", scale=scale, legend=None)
    )
    text = base.encode(text=alt.Text("text:N"))
    halo = text.mark_text(align="left", dx=6, stroke=CARD, strokeWidth=4)
    texts = text.mark_text(align="left", dx=6, color=SOFT)
    line = alt.Chart(rows).mark_rule(color=BAD, strokeDash=[4, 3])
    rule = line.encode(x=alt.X("max(threshold):Q", axis=None))
    return finish(alt.layer(marks, rule, halo, texts), description, BARS, 28 * len(rows))


def before_after(bars: pd.DataFrame, order: Sequence[str], description: str) -> alt.LayerChart:
    """Return counts and total severity before a plan and after it, each on its own scale.

    Parameters
    ----------
    bars : DataFrame
        Columns label (what is counted), when (before, after), share (of the value before, 0–1),
        text; two rows a label.
    order : sequence of str
        Labels from the top.
    description : str
        Text alternative.
    """
    y = alt.Y(
        "label:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=NAMES, labelColor=INK)
    )
    x = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    offset = alt.YOffset("when:N", sort=["before", "after"])
    scale = alt.Scale(domain=["before", "after"], range=[SHADES[2], SHADES[0]])
    base = alt.Chart(bars).encode(x=x, y=y, yOffset=offset)
    marks = base.mark_bar(height=13, stroke=LINE, strokeWidth=0.5).encode(
        color=alt.Color("when:N", scale=scale, legend=None)
    )
    texts = base.mark_text(align="left", dx=6, color=SOFT).encode(text=alt.Text("text:N"))
    return finish(alt.layer(marks, texts), description, WIDE, 44 * len(order))
