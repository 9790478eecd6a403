"""Shades under figures. Oracle: WCAG's ratio along the whole scale, and the ramp's own order."""

from __future__ import annotations

import pytest

from lodestar.charts.shades import shades
from lodestar.charts.theme import CARD, INK
from lodestar.schema.colour import contrast


def between(one: str, other: str, part: float) -> str:
    """Return the colour that a renderer draws between two of a scale."""
    pairs = zip((one[1:3], one[3:5], one[5:7]), (other[1:3], other[3:5], other[5:7]), strict=True)
    mixed = (int(a, 16) + (int(b, 16) - int(a, 16)) * part for a, b in pairs)
    return "#" + "".join(f"{round(value):02x}" for value in mixed)


@pytest.mark.parametrize(("low", "turn", "high"), [(1, 3.4, 5), (0, 0.58, 1), (0, 0.5, 1)])
def test_figures_are_legible_on_every_shade_and_darker_means_more(
    low: float, turn: float, high: float
) -> None:
    scale = shades(low, turn, high).to_dict()
    domain, colours = scale["domain"], scale["range"]
    assert domain == sorted(domain)
    assert (domain[0], domain[-1]) == (low, high)
    light = [contrast(colour, "#000000") for colour in colours]
    assert light == sorted(light, reverse=True)
    for place, (start, colour, follows) in enumerate(
        zip(domain, colours, colours[1:], strict=False)
    ):
        if place == 3:
            continue  # the leap over the middle, too narrow for a value to lie in
        ink = INK if start < turn else CARD
        for part in (0, 0.25, 0.5, 0.75, 1):
            assert contrast(between(colour, follows, part), ink) >= 4.5
