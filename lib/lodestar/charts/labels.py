"""Labels beside marks: apart enough to read, in the house type."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from lodestar.charts.theme import INK, SOFT

__all__ = ["beside", "spread"]


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions moved as little as needed to lie at least a gap apart.

    Parameters
    ----------
    positions : sequence of float
        Where labels would stand, in the axis' unit.
    gap : float
        Least distance between two.
    low, high : float
        Range to stay in, as far as all fit.

    Returns
    -------
    list of float
        New positions in the order given; the order along the axis is kept.

    Examples
    --------
    >>> spread([0.5, 0.5, 0.9], 0.25, 0.0, 1.0)
    [0.375, 0.625, 0.9]
    """
    values = np.asarray(positions, dtype=float)
    order = np.argsort(values, kind="stable")
    groups: list[list[float]] = []
    for x in values[order]:
        groups.append([float(x)])
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap, low, high):
            groups[-2:] = [groups[-2] + groups[-1]]
    placed = [place for group in groups for place in _places(group, gap, low, high)]
    out = [0.0] * len(placed)
    for place, position in zip(order, placed, strict=True):
        out[int(place)] = round(position, 6)
    return out


def beside(frame: pd.DataFrame, x: alt.X, y: alt.Y, dx: int = 8) -> list[alt.Chart]:
    """Return labels to the right of positions, to the left with a negative `dx`.

    Parameters
    ----------
    frame : DataFrame
        Columns of `x` and `y`, ``label``, and ``strong`` (bool: in ink and semi-bold).
    x, y : altair.X, altair.Y
        Encodings of the chart that the labels join.
    dx : int
        Distance in pixels.
    """
    layers = []
    for strong in (True, False):
        marks = alt.Chart(frame[frame["strong"] == strong]).mark_text(
            align="left" if dx > 0 else "right",
            baseline="middle",
            dx=dx,
            color=INK if strong else SOFT,
            fontSize=12,
            fontWeight=600 if strong else 400,
        )
        layers.append(marks.encode(x=x, y=y, text=alt.Text("label:N")))
    return layers


def _places(group: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return a group's labels a gap apart, round their mean as far as the range allows."""
    half = (len(group) - 1) / 2 * gap
    centre = min(max(float(np.mean(group)), low + half), max(high - half, low + half))
    return [centre - half + k * gap for k in range(len(group))]


def _touch(first: list[float], second: list[float], gap: float, low: float, high: float) -> bool:
    """Tell whether two groups of labels come closer than the gap."""
    above, below = _places(second, gap, low, high)[0], _places(first, gap, low, high)[-1]
    return above - below < gap - 1e-12
