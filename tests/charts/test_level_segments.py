"""The chart of segments: one mark a segment, named lines, the level of all customers."""

from __future__ import annotations

import pandas as pd

from lodestar.charts.level import segment_levels
from lodestar.charts.render import chart_svg
from tests.charts.test_level import texts, values

NOTHING = {"estimate": None, "low": None, "high": None, "n": "", "score": ""}


def lines() -> pd.DataFrame:
    rows = [
        {**NOTHING, "label": "Region", "heading": True, "missing": ""},
        {"label": "north", "heading": False, "missing": ""}
        | {"estimate": 2.1, "low": 2.0, "high": 2.2, "n": "1,041", "score": "+10 (4 to 16)"},
        {**NOTHING, "label": "south", "heading": False, "missing": "too few to show"},
        {**NOTHING, "label": "Tier", "heading": True, "missing": ""},
        {"label": "north", "heading": False, "missing": ""}
        | {"estimate": 4.9, "low": 4.8, "high": 5.0, "n": "40", "score": "−3 (−20 to 14)"},
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(("estimate", "low", "high"), float))


def test_names_counts_and_scores_are_written_in_the_order_given() -> None:
    """Oracle: the words of the frame; two segments of one name stay two lines."""
    svg = chart_svg(segment_levels(lines(), 4.6, "Segments."))
    said = texts(svg)
    assert [t for t in said if t in ("Region", "Tier")] == ["Region", "Tier"]
    assert said.count("north") == 2
    for word in ("1,041", "+10 (4 to 16)", "too few to show", "all customers 4.6", "NPS"):
        assert word in said
    assert "NaN" not in " ".join(said)


def test_the_whole_ladder_is_the_scale_and_the_alternative_text_is_passed() -> None:
    spec = segment_levels(lines(), 2.4, "Customers by segment.").to_dict()
    assert spec["description"] == "Customers by segment."
    assert [1, 5] in [scale["domain"] for scale in values(spec, "scale") if "domain" in scale]
