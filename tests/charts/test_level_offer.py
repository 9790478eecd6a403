"""Chart of the offer: the client between two axes, lines between levels, the way to the level."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lodestar.assess.level.offer import edges
from lodestar.charts.level import offer_map
from lodestar.charts.render import chart_svg
from lodestar.charts.theme import LEVEL_MARKS
from tests.charts.test_level import size, texts, values

NAN = float("nan")
POINT: dict[str, Any] = {
    **{"x": 3.0, "x_low": 2.8, "x_high": 3.2, "x_title": "Offers"},
    **{"y": 3.3, "y_low": 3.1, "y_high": 3.5, "y_title": "Together"},
}
RUNGS = pd.DataFrame({"x": [1.3, 3.0], "y": [1.3, 1.3], "text": ["level 1", "level 2"]})
WAY = pd.DataFrame(
    [("Base", 3.1, 3.1, "3.1"), ("Shift", 3.1, 3.6, "+0.5"), ("Level", 3.6, 3.6, "3.6")],
    columns=["label", "start", "end", "text"],
)


def drawn(point: dict[str, Any] = POINT, way: pd.DataFrame = WAY) -> Any:
    return offer_map(point, pd.DataFrame(edges(0.5, 0.5)), RUNGS, way, "The offer.")


def test_axes_lines_and_way_are_labelled() -> None:
    svg = chart_svg(drawn())
    for word in ("Offers →", "↑ Together", "level 1", "level 2", "Base", "3.1", "+0.5", "3.6"):
        assert word in texts(svg)
    assert size(svg)[0] <= 1090
    assert min(map(float, re.findall(r'font-size="([\d.]+)px"', svg))) >= 12


def test_both_axes_run_from_one_to_five_and_the_client_is_the_required_mark() -> None:
    spec = drawn().to_dict()
    scales = [e["scale"]["domain"] for k in ("x", "y") for e in values(spec, k) if "scale" in e]
    assert all(domain == [1, 5] for domain in scales)
    marks = [m for m in values(spec, "mark") if m.get("shape") == "diamond"]
    assert {m["color"] for m in marks} == {LEVEL_MARKS["required"]["color"]}


def test_box_only_where_both_ranges_are_known() -> None:
    def boxes(point: dict[str, Any]) -> int:
        kinds = [m.get("type") for m in values(drawn(point).to_dict(), "mark")]
        return kinds.count("rect")

    assert boxes(POINT) == 1
    assert boxes({**POINT, "y_low": NAN, "y_high": NAN}) == 0


def test_without_a_level_the_offer_stands_alone() -> None:
    said = texts(chart_svg(drawn(way=WAY.head(0))))
    assert "Offers →" in said
    assert "Base" not in said


def test_names_are_text_and_never_code() -> None:
    said = texts(chart_svg(drawn({**POINT, "x_title": "<b>datum.x</b>"})))
    assert "&lt;b&gt;datum.x&lt;/b&gt; →" in said
