"""Colours that can be read. Oracle: WCAG 2.2's own figures, and the definition by brute force."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.schema.colour import DARK, LEGIBLE, LIGHT, contrast, legible

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0000ff", "#ffffff") == pytest.approx(8.59, abs=0.01)


@given(COLOURS, COLOURS)
def test_the_ratio_has_no_direction_and_no_colour_stands_out_from_itself(
    one: str, other: str
) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1
    assert contrast(one, one) == 1


@given(COLOURS, st.sampled_from([LIGHT, DARK]))
def test_what_is_legible_stays_and_what_is_not_becomes_so_in_its_own_hue(
    colour: str, grounds: tuple[str, ...]
) -> None:
    shade = legible(colour, grounds)
    assert min(contrast(shade, ground) for ground in grounds) >= LEGIBLE
    if min(contrast(colour, ground) for ground in grounds) >= LEGIBLE:
        assert shade == colour
    elif shade not in ("#000000", "#ffffff"):
        assert _hue(shade) == pytest.approx(_hue(colour), abs=0.05) or _grey(shade)


def _hue(colour: str) -> float:
    """Return where on the wheel a colour lies; red is where it begins and ends."""
    hue = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]
    return 0.0 if hue > 0.97 else hue


def _grey(colour: str) -> bool:
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return max(parts) - min(parts) < 24
