"""Colours of the pages. Oracle: WCAG 2.2's contrast ratio, computed here."""

from __future__ import annotations

import re
from itertools import product

import pytest

from lodestar.schema import resources

SHEET = resources.templates() / "voila" / "lodestar" / "static" / "tokens.css"
SCREEN, _, _ = SHEET.read_text(encoding="utf-8").partition("@media print")
LIGHT, DARK = SCREEN.split("prefers-color-scheme: dark")
TEXT = ("ink", "soft", "faint", "required", "chosen", "present", "experienced", "bad", "good")


def tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("sheet", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), list(product(TEXT, ("paper", "card"))))
def test_text_is_legible_on_paper_and_card(sheet: str, text: str, ground: str) -> None:
    found = tokens(sheet)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("sheet", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_ink_and_wash_is_legible(sheet: str) -> None:
    found = tokens(sheet)
    assert contrast(found["on-ink"], found["ink"]) >= 4.5
    assert contrast(found["on-ink-soft"], found["ink"]) >= 4.5
    assert contrast(found["soft"], found["wash"]) >= 4.5


def test_every_colour_of_the_charts_that_means_something_has_its_dark_twin() -> None:
    from lodestar.charts import theme

    used = {theme.CARD, theme.INK, theme.SOFT, theme.FAINT, theme.LINE, theme.WASH}
    used |= {theme.BAD, theme.GOOD}
    used |= {mark["color"] for mark in theme.LEVEL_MARKS.values()}
    assert {colour.strip("#") for colour in used} <= set(re.findall(r"--tone-([0-9a-f]{6}):", DARK))
