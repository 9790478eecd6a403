"""The steps as bars: what the specification says."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from lodestar.charts.level import step_bars
from lodestar.charts.render import chart_svg
from lodestar.charts.theme import LEVEL_MARKS
from tests.charts.test_level import size, texts, values

COLUMNS = ["label", "kind", "at", "text"]


def frame(**more: Any) -> pd.DataFrame:
    rows = [("1 to 2 Complaint-led", 0.4, 0.7), ("2 to 3 Segment-coordinated", 0.4, 1.1)]
    shown = pd.DataFrame(rows, columns=["label", "tied", "points"])
    return shown.assign(text=["+0.7", "+1.1"], cost=["EUR 2 million a year", ""], **more)


def stands(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS).astype({"at": float})


HERE = stands(
    ("2 to 3 Segment-coordinated", "present", 0.6, "present 2.6"),
    ("2 to 3 Segment-coordinated", "chosen", 1.1, "chosen 3"),
)


def test_bars_are_told_apart_without_colour_and_say_their_length_and_cost() -> None:
    chart = step_bars(frame(), HERE, "Steps.")
    bars = [m for m in values(chart.to_dict(), "mark") if m.get("type") == "bar"]
    light, dark = (int(mark["fill"][1:3], 16) for mark in bars)
    assert light - dark > 64
    assert all(mark["stroke"] for mark in bars)
    said = texts(chart_svg(chart))
    for word in ("+0.7", "+1.1", "EUR 2 million a year", "present 2.6", "chosen 3"):
        assert word in said
    assert chart.to_dict()["description"] == "Steps."


def test_marks_keep_colour_and_shape_and_stand_apart_within_a_step() -> None:
    marks = [m for m in values(step_bars(frame(), HERE, "x").to_dict(), "mark") if "shape" in m]
    square = next(m for m in marks if m["shape"] == "square")
    assert square["stroke"] == LEVEL_MARKS["chosen"]["color"]
    points = [m for m in values(step_bars(frame(), HERE, "x").to_dict(), "mark") if "yOffset" in m]
    above, below = (m["yOffset"] for m in points)
    assert above < 0 < below


@pytest.mark.parametrize("shown", [stands(), HERE.head(1), HERE.tail(1)])
def test_what_is_not_known_is_not_marked(shown: pd.DataFrame) -> None:
    said = texts(chart_svg(step_bars(frame(), shown, "Steps.")))
    assert [word for word in ("present 2.6", "chosen 3") if word in said] == shown["text"].tolist()


def test_it_fits_a_card_in_letters_that_can_be_read() -> None:
    svg = chart_svg(step_bars(frame(), HERE, "Steps."))
    assert size(svg)[0] <= 1000
    assert min(map(float, re.findall(r'font-size="([\d.]+)px"', svg))) >= 12
    flat = frame().assign(points=0.0, tied=0.0)
    assert chart_svg(step_bars(flat, stands(), "Steps.")).startswith("<svg")
