"""How resamples spread over whole levels: the continuous reading beside the strict one."""

from __future__ import annotations

import altair as alt
import pandas as pd

from lodestar.charts.level.marks import RUNGS, share_columns
from lodestar.charts.theme import CARD, INK, SOFT

__all__ = ["level_shares"]

COLUMN, HEIGHT, GAP = 46, 110, 64
READINGS = (
    ("level", "Share of resamples that round to each level", INK),
    ("stage", "Share of resamples that reach each stage", CARD),
)
"""Reading, heading, fill: full for the level, hollow for the stage, so grey tells them apart."""


def level_shares(shares: pd.DataFrame) -> alt.HConcatChart:
    """Return one small column chart for each reading that could be drawn, side by side.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``reading`` (level or stage), ``level`` (1-5), ``share`` (0-1), ``text`` (per cent).

    Returns
    -------
    altair.HConcatChart
        Both on one scale of shares, so that their columns compare.
    """
    panels = [
        _columns(own, heading, fill)
        for reading, heading, fill in READINGS
        if not (own := shares[shares["reading"] == reading]).empty
    ]
    return alt.hconcat(*panels, spacing=GAP)


def _columns(shares: pd.DataFrame, heading: str, fill: str) -> alt.LayerChart:
    """Return one reading's columns under its heading."""
    drawn = share_columns(shares, 1.15, 9, fill=fill, stroke=INK, strokeWidth=1.5)
    look = {"fontSize": 12, "fontWeight": 400, "color": SOFT, "anchor": "start"}
    return drawn.properties(
        width=COLUMN * len(RUNGS), height=HEIGHT, title=alt.TitleParams(heading, **look)
    )
