"""The charts' colours as colour-blind people see them.

Oracle: published simulations, L*a*b*, WCAG 2.

Hue is never alone: each level has a shape of its own (test_page_two), harm and gain a word or sign.
"""

from __future__ import annotations

import itertools
import re

import pytest

from lodestar.charts import theme
from lodestar.schema import resources
from tests.support.colour import DEFICIENCIES, contrast, difference

GLANCE, GRAPHIC, STEP = 12, 3, 8
TOKENS = (resources.templates() / "voila/lodestar/static/tokens.css").read_text(encoding="utf-8")
DARK = dict(re.findall(r"--tone-([0-9a-f]{6}): (#[0-9a-f]{6});", TOKENS))


def look(dark: bool) -> dict[str, str]:
    named = {kind: str(mark["color"]) for kind, mark in theme.LEVEL_MARKS.items()}
    named |= {"harm": theme.BAD, "gain": theme.GOOD, "card": theme.CARD}
    return {name: DARK[c.strip("#")] if dark else c for name, c in named.items()}


def test_the_measure_tells_what_is_known() -> None:
    assert difference("#ffffff", "#000000") == pytest.approx(100, abs=0.5)
    assert difference("#b3261e", "#b3261e", "protanopia") == 0
    assert difference("#ff0000", "#00ff00", "deuteranopia") < difference("#ff0000", "#00ff00")


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
class TestSeenSo:
    def test_levels_differ_at_a_glance_from_each_other(self, dark: bool, deficiency: str) -> None:
        levels = [colour for name, colour in look(dark).items() if name in theme.LEVEL_MARKS]
        for one, other in itertools.combinations(levels, 2):
            assert difference(one, other, deficiency) >= GLANCE

    def test_harm_differs_from_gain(self, dark: bool, deficiency: str) -> None:
        seen = look(dark)
        assert difference(seen["harm"], seen["gain"], deficiency) >= GLANCE

    def test_all_that_means_something_stands_out_from_the_card(
        self, dark: bool, deficiency: str
    ) -> None:
        card, *marks = sorted(look(dark).items(), key=lambda item: item[0] != "card")
        for _, colour in marks:
            assert contrast(colour, card[1], deficiency) >= GRAPHIC


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_steps_of_shade_stay_steps(deficiency: str) -> None:
    for scale in (theme.SHADES, theme.RAMP):
        for one, other in itertools.pairwise(scale):
            assert difference(one, other, deficiency) >= STEP
