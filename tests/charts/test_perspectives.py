"""Charts of 05: what is encoded, what is labelled, what has a text alternative."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest

from lodestar.charts.perspectives import (
    Panel,
    Series,
    agreement_dots,
    dumbbells,
    gap_intervals,
    place_map,
    quadrant,
    topic_bars,
    topic_shares,
    view_map,
)
from lodestar.charts.render import chart_svg


def layer(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """Return the layers of one mark."""
    return [one for one in spec["layer"] if one["mark"]["type"] == mark]


def gaps() -> alt.LayerChart:
    frame = pd.DataFrame(
        {"label": ["A above B", "C above D"], "delta": [0.6, 0.2], "low": [0.4, -0.1]}
    ).assign(high=[0.8, 0.5], text=["4.0 against 3.0", "3.0 against 2.8"], certain=[True, False])
    return gap_intervals(frame, "A is above B.")


def views() -> alt.VConcatChart:
    cells = pd.DataFrame({"subject": ["S", "S"], "group": ["One\ntwo", "Three"]})
    cells = cells.assign(mean=[3.0, None], text=["3.0", "too few"], n=["12", ""])
    return view_map(cells, ["S"], [[Panel("People", ["One\ntwo", "Three"])]], "S is 3.0.")


def points() -> alt.LayerChart:
    frame = pd.DataFrame({"label": ["P", "Q"], "performance": [2.0, 3.0], "importance": [4.5, 3.5]})
    for side in ("performance", "importance"):
        frame[f"{side}_low"], frame[f"{side}_high"] = frame[side] - 0.2, frame[side] + 0.2
    return quadrant(frame.assign(strong=[True, False]), "P first.")


def places() -> alt.LayerChart:
    frame = pd.DataFrame({"label": ["P", "Q", "R"], "x": [0.0, 1.0, 1.01], "y": [0.0, 0.2, 0.2]})
    frame = frame.assign(n=[8, 90, 30], shape=["square", "circle", "circle"])
    return place_map(frame.assign(agreed=[True, True, False]), "P stands alone.")


def pairs() -> alt.LayerChart:
    frame = pd.DataFrame({"label": ["R", "R"], "series": ["a", "b"], "value": [2.0, 2.05]})
    frame = frame.assign(low=[1.8, None], high=[2.2, None], text=["2.0", "2.1"])
    return dumbbells(frame, (Series("a", "first"), Series("b", "second")), (1.0, 5.0), "R is near.")


def dots() -> alt.LayerChart:
    frame = pd.DataFrame({"label": ["V"], "rwg": [0.4], "text": ["0.40 (n 9)"]})
    return agreement_dots(frame, 0.7, "V is weak.")


def bars() -> alt.LayerChart:
    return topic_bars(pd.DataFrame({"label": ["T"], "n": [14], "text": ["14"]}), "T leads.")


def shares() -> alt.LayerChart:
    frame = pd.DataFrame({"label": ["T", "P", "Q"], "heading": [True, False, False]})
    frame = frame.assign(share=[None, 0.6, 0.2], low=[None, 0.4, 0.1], high=[None, 0.8, 0.3])
    frame = frame.assign(others=[None, 0.3, 0.3], apart=[False, True, False])
    return topic_shares(frame.assign(text=["", "12 of 20", "6 of 30"]), "T is raised by P.")


@pytest.mark.parametrize("make", [gaps, views, points, places, pairs, dots, bars, shares])
def test_draws_with_words_and_without_legend(make: Any) -> None:
    chart = make()
    spec = chart.to_dict()
    assert spec["description"].endswith(".")
    assert spec["config"]["legend"] == {"disable": True}
    assert "<svg" in chart_svg(chart)


def test_gap_intervals_are_bands_behind_the_dot_on_a_scale_that_holds_them() -> None:
    spec = gaps().to_dict()
    kinds = [one["mark"]["type"] for one in spec["layer"]]
    assert kinds.index("bar") < kinds.index("point")
    domain = layer(spec, "point")[0]["encoding"]["x"]["scale"]["domain"]
    assert domain == [-0.1, 1.0]


def test_shares_of_a_topic_tell_certain_from_uncertain_without_colour() -> None:
    """Oracle: P filled and Q hollow, each a mark on its own line, others as an upright line."""
    spec = shares().to_dict()
    points = layer(spec, "point")
    assert [(one["mark"]["filled"], one["transform"]) for one in points] == [
        (True, [{"filter": "datum.apart"}]),
        (False, [{"filter": "!datum.apart"}]),
    ]
    assert len(layer(spec, "tick")) == 1
    band = layer(spec, "bar")[0]["encoding"]
    assert (band["x"]["field"], band["x2"]["field"]) == ("low", "high")
    svg = chart_svg(shares())
    assert all(words in svg for words in ("12 of 20", "6 of 30", ">others<"))


def test_hidden_cells_are_outlined_and_named() -> None:
    panel = views().to_dict()["vconcat"][0]["hconcat"][0]
    dashed = [one for one in layer(panel, "rect") if "strokeDash" in one["mark"]]
    assert dashed[0]["transform"] == [{"filter": "!isValid(datum.mean)"}]
    assert "too few" in chart_svg(views())


def test_quadrant_says_what_each_corner_asks_for() -> None:
    svg = chart_svg(points())
    for words in ("mend first", "keep", "leave", "question the effort"):
        assert words in svg


def test_texts_of_near_values_are_moved_apart() -> None:
    """Oracle: 0.05 of 4 units on 520 px is 6.5 px; texts need 34 px."""
    data = pairs().to_dict()["datasets"].values()
    places = [row["at"] for rows in data for row in rows if "at" in row]
    assert (max(places) - min(places)) * 520 / 4 == pytest.approx(34, abs=0.01)


def test_both_directions_of_the_map_have_one_scale_and_names_stand_apart() -> None:
    """Oracle: pixels for a point of the scale, across and up; names 17 px apart or more."""
    spec = places().to_dict()
    encoding = layer(spec, "point")[0]["encoding"]
    ends = {side: encoding[side]["scale"]["domain"] for side in ("x", "y")}
    across = spec["width"] / (ends["x"][1] - ends["x"][0])
    assert across == pytest.approx(spec["height"] / (ends["y"][1] - ends["y"][0]))
    rows = [row for data in spec["datasets"].values() for row in data if "to_y" in row]
    heights = {row["label"]: row["to_y"] for row in rows}
    assert abs(heights["Q"] - heights["R"]) * across == pytest.approx(17, abs=0.01)
    assert heights["P"] == 0


def test_a_group_that_disagrees_within_is_hollow() -> None:
    """Oracle: of three marks, R is the one on the card's own ground."""
    marks = layer(places().to_dict(), "point")
    assert len(marks) == 3
    assert len({mark["mark"]["fill"] for mark in marks}) == 2
