"""Sparklines: how a measure ran, small enough for a cell of a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from lodestar.charts.theme import FAINT

__all__ = ["spark"]

WIDTH, HEIGHT, EDGE = 112, 26, 2.0
DASHES = ("none", "3 2")
"""The first line is whole, the second dashed: told apart without a hue."""


def spark(series: Sequence[Sequence[float | None]]) -> str:
    """Return one or two series over the same months as a small SVG.

    Parameters
    ----------
    series : sequence of sequences of (float or None)
        Each a value a month, None where there is none; each fills the height on its own.

    Examples
    --------
    >>> spark([[1.0, 2.0, None, 3.0]]).count("<polyline")
    2
    """
    longest = max((len(values) for values in series), default=0)
    lines = [
        f"<polyline points='{points}' stroke-dasharray='{dash}'/>"
        for values, dash in zip(series, DASHES, strict=False)
        for points in _pieces(values, longest)
    ]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' "
        f"viewBox='0 0 {WIDTH} {HEIGHT}'><g fill='none' stroke='{FAINT}' stroke-width='1.5' "
        f"stroke-linejoin='round' stroke-linecap='round'>{''.join(lines)}</g></svg>"
    )


def _pieces(values: Sequence[float | None], longest: int) -> list[str]:
    """Runs of months without a gap, as points of lines; the last month stands at the right."""
    known = [value for value in values if value is not None and isfinite(value)]
    if not known:
        return []
    low, high = min(known), max(known)
    first = longest - len(values)
    pieces: list[list[str]] = [[]]
    for month, value in enumerate(values):
        if value is None or not isfinite(value):
            pieces.append([])
            continue
        across = EDGE + (WIDTH - 2 * EDGE) * (first + month) / max(longest - 1, 1)
        share = (value - low) / (high - low) if high > low else 0.5
        down = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share
        pieces[-1].append(f"{across:.1f},{down:.1f}")
    return [" ".join(points) for points in pieces if points]
