"""Shades on which figures can be read: the middle of the ramp, where no ink can, is left out."""

from __future__ import annotations

import altair as alt

from lodestar.charts.theme import RAMP

__all__ = ["EDGES", "shades"]

EDGES = ("#848f99", "#58646f")
"""The darkest shade under ink and the lightest under paper (4.5 to 1), by day and turned over."""

NEAR = 1e-6


def shades(low: float, turn: float, high: float) -> alt.Scale:
    """Return a scale from light to dark for cells that hold their own figures.

    Parameters
    ----------
    low, high : float
        Ends of the quantity.
    turn : float
        From here on figures are written in the colour of the card instead of in ink.

    Examples
    --------
    >>> shades(1, 3.4, 5).to_dict()["range"][3:5]
    ['#848f99', '#58646f']
    """
    below = [low + (turn - low) * part / 3 for part in range(3)]
    above = [turn, (turn + high) / 2, high]
    domain = [*below, turn - (turn - low) * NEAR, *above]
    return alt.Scale(domain=domain, range=[*RAMP[:3], *EDGES, *RAMP[4:]], clamp=True)
