"""Charts of 02: what their specifications say; one colour and one shape for each level."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lodestar.charts.level import climb, drivers, ladder, profile, rater_views, two_views
from lodestar.charts.render import chart_svg
from lodestar.charts.theme import LEVEL_MARKS

NAMES = {"1": "Task-run", "2": "Complaint-led", "3": "Segments", "4": "Relations", "5": "Adaptive"}


def four(**more: Any) -> pd.DataFrame:
    rows = [
        ("required", 3.6, 3.2, 4.0),
        ("chosen", 4.0, np.nan, np.nan),
        ("present", 2.4, 2.2, 2.6),
        ("experienced", 2.0, 1.8, 2.3),
    ]
    return pd.DataFrame(rows, columns=["kind", "estimate", "low", "high"]).assign(**more)


def values(node: Any, key: str) -> list[Any]:
    """Every value of a key anywhere in a specification."""
    if isinstance(node, list):
        return [v for child in node for v in values(child, key)]
    if not isinstance(node, dict):
        return []
    own = [node[key]] if key in node else []
    return own + [
        v for name, child in node.items() if name != "datasets" for v in values(child, key)
    ]


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def size(svg: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert found
    return float(found[1]), float(found[2])


def test_ladder_keeps_colour_and_shape_of_each_level() -> None:
    spec = ladder(four(), NAMES).to_dict()
    colours = next(e["scale"] for e in values(spec, "color") if isinstance(e, dict))
    assert dict(zip(colours["domain"], colours["range"], strict=True)) == {
        kind: look["color"] for kind, look in LEVEL_MARKS.items()
    }
    shapes = next(e["scale"] for e in values(spec, "shape") if isinstance(e, dict))
    assert dict(zip(shapes["domain"], shapes["range"], strict=True)) == {
        "required": "diamond",
        "present": "circle",
        "experienced": "triangle-up",
    }
    square = next(m for m in values(spec, "mark") if m.get("shape") == "square")
    assert square["stroke"] == LEVEL_MARKS["chosen"]["color"]


def test_ladder_labels_marks_and_rungs_and_needs_no_legend() -> None:
    chart = ladder(four(), NAMES)
    said = texts(chart_svg(chart))
    for word in ("Required", "Chosen", "Present", "Experienced", "3.6", "4", "2.4", "2.0"):
        assert word in said
    assert [f"{k} {name}" for k, name in NAMES.items()] == [
        t for t in said if t[2:] in NAMES.values()
    ]
    assert all(legend in (None, {"disable": True}) for legend in values(chart.to_dict(), "legend"))


def test_ladder_spans_the_whole_ladder_with_bands_behind() -> None:
    spec = ladder(four(), NAMES).to_dict()
    domains = [x["scale"]["domain"] for x in values(spec, "x") if "scale" in x]
    assert all(domain == [1, 5] for domain in domains)
    assert spec["layer"][0]["mark"]["type"] == "bar"
    bands = re.search(r"layer_0_marks.*?</g>", chart_svg(spec))
    assert bands
    assert re.findall(r'fill="(#\w+)"', bands[0]) == [
        LEVEL_MARKS[kind]["color"] for kind in ("required", "present", "experienced")
    ]


def test_ladder_says_itself_in_words() -> None:
    said = ladder(four()).to_dict()["description"]
    assert "Required 3.6, from 3.2 to 4.0." in said
    assert "Chosen 4." in said


def test_ladder_shows_what_is_known() -> None:
    only = four()[lambda frame: frame["kind"] == "experienced"]
    said = texts(chart_svg(ladder(only, NAMES)))
    assert "Experienced" in said
    assert "Required" not in said
    unknown = four()
    unknown.loc[0, "estimate"] = np.nan
    assert "Required" not in ladder(unknown).to_dict()["description"]


def test_reviewed_values_stay_in_grey_where_they_moved() -> None:
    shown = texts(chart_svg(ladder(four(reviewed=[3.2, 4.0, 2.4, 2.0]), NAMES)))
    assert "reviewed 3.2" in shown
    assert len([text for text in shown if text.startswith("reviewed")]) == 1


def test_names_of_rungs_are_text_and_never_code() -> None:
    names = {**NAMES, "3": '"] || alert(1) //'}
    assert '3 "] || alert(1) //' in [
        t.replace("&quot;", '"') for t in texts(chart_svg(ladder(four(), names)))
    ]


def dimensions(rows: int = 3, long: bool = False) -> pd.DataFrame:
    name = "A dimension with quite a long name" if long else "Dimension"
    return pd.DataFrame(
        {
            "label": [f"{name} {i}" for i in range(rows)],
            "estimate": [2.0 + i / 4 for i in range(rows)],
            "low": [1.9 + i / 4 for i in range(rows)],
            "high": [2.2 + i / 4 for i in range(rows)],
            "target": [3.0] * rows,
            "text": ["+1.0"] * rows,
        }
    )


@pytest.mark.parametrize("functions", [2, 6, 12])
def test_profile_fits_a_card_whatever_the_number_of_functions(functions: int) -> None:
    names = [f"Function {i}" for i in range(functions)]
    frame = dimensions(10, long=True)
    squares = pd.DataFrame(
        [
            {"label": label, "function": f, "level": 2.5, "text": "2.5"}
            for label in frame["label"]
            for f in names
        ]
    )
    svg = chart_svg(profile(frame, squares, names, "Profile."))
    assert size(svg)[0] <= 1090
    assert texts(svg).count("2.5") == 10 * functions


def test_profile_without_chosen_level_or_interval_still_draws() -> None:
    frame = dimensions().assign(target=np.nan, low=np.nan, high=np.nan)
    frame.loc[1, "estimate"] = np.nan
    squares = pd.DataFrame(
        [{"label": "Dimension 0", "function": "Sales", "level": 2.0, "text": "2.0"}]
    )
    assert chart_svg(profile(frame, squares, ["Sales"], "Profile.")).startswith("<svg")


def shares(*readings: str) -> pd.DataFrame:
    rows = [
        {"reading": r, "level": k, "share": s, "text": f"{round(100 * s)} %"}
        for r in readings
        for k, s in enumerate((0.0, 0.3, 0.7, 0.0, 0.0), start=1)
    ]
    return pd.DataFrame(rows)


def test_profile_shows_both_readings_in_per_cent_told_apart_without_hue() -> None:
    squares = pd.DataFrame(
        [{"label": "Dimension 0", "function": "Sales", "level": 2.0, "text": "2.0"}]
    )

    def drawn(*readings: str) -> Any:
        return profile(dimensions(), squares, ["Sales"], "Profile.", shares(*readings))

    both = chart_svg(drawn("level", "stage"))
    assert texts(both).count("70 %") == texts(both).count("30 %") == 2
    bars = [m for m in values(drawn("level", "stage").to_dict(), "mark") if m.get("width") == 26]
    assert len({bar["fill"] for bar in bars}) == 2
    assert size(both)[0] <= 1090
    assert texts(chart_svg(drawn("level"))).count("70 %") == 1


def test_rater_views_name_whose_mark_is_whose_once_and_leave_out_an_empty_panel() -> None:
    row = {"own": 3.0, "others": 2.0, "low": 2.6, "high": 3.3, "text": "1 level higher"}
    frame = pd.DataFrame(
        [
            {"on": "all", "label": "Sales", **row},
            {"on": "all", "label": "Service", **row, "low": np.nan, "high": np.nan},
            {"on": "own", "label": "Sales", **row},
        ]
    )
    said = texts(chart_svg(rater_views(frame, "Views.")))
    assert said.count("the function") == said.count("others") == 1
    assert said.count("1 level higher") == 3
    spec = rater_views(frame, "Views.").to_dict()
    assert {m["shape"] for m in values(spec, "mark") if "shape" in m} == {"circle", "diamond"}
    alone = texts(chart_svg(rater_views(frame[frame["on"] == "all"], "Views.")))
    assert "Its own work" not in alone


def test_climb_keeps_the_order_given_and_shows_the_way() -> None:
    spec = climb(dimensions(), "Way.").to_dict()
    order = next(y["sort"] for y in values(spec, "y") if "sort" in y)
    assert order == ["Dimension 0", "Dimension 1", "Dimension 2"]
    assert texts(chart_svg(climb(dimensions(), "Way."))).count("+1.0") == 3


def test_drivers_show_shares_and_ends_in_words() -> None:
    shares = pd.DataFrame({"level": [1, 2, 3, 4, 5], "share": [0, 0, 0.4, 0.6, 0]})
    shares["text"] = ["0 %", "0 %", "40 %", "60 %", "0 %"]
    swings = pd.DataFrame({"label": ["Up", "Down"], "at_below": [3.0, 4.0], "at_above": [4.0, 3.5]})
    swings = swings.assign(strength=["good", "mixed"], said=["good", "mixed; studies disagree"])
    said = texts(chart_svg(drivers(shares, swings, 3.6, "Drivers.")))
    for word in ("40 %", "60 %", "a point lower", "a point higher", "Up", "Down", "good"):
        assert word in said
    assert "mixed; studies disagree" in said


def test_drivers_tell_evidence_without_colour() -> None:
    """Whole, dashed and dotted lines, whatever words a framework uses."""
    words = ["good", "moderate", "mixed", "practitioner", "hearsay"]
    swings = pd.DataFrame({"label": list("abcde"), "strength": words, "said": words})
    swings = swings.assign(at_below=3.0, at_above=4.0)
    shares = pd.DataFrame({"level": [3], "share": [1.0], "text": ["100 %"]})
    spec = drivers(shares, swings, 3.5, "Drivers.").to_dict()
    scale = next(d["scale"] for d in values(spec, "strokeDash") if isinstance(d, dict))
    dash = dict(zip(scale["domain"], map(tuple, scale["range"]), strict=True))
    assert dash["good"] == dash["moderate"] == (1, 0)
    assert len({dash["good"], dash["mixed"], dash["practitioner"]}) == 3
    assert dash["hearsay"] == dash["practitioner"]


def test_two_views_name_whose_mark_is_whose_once() -> None:
    row = {"low": 2.0, "high": 3.0, "gap": "half a level higher"}
    frame = pd.DataFrame(
        [
            {"label": "One", "kind": "experienced", "estimate": 2.3, **row},
            {"label": "One", "kind": "present", "estimate": 2.8, **row},
            {"label": "Two", "kind": "experienced", "estimate": 2.5, **row, "gap": ""},
        ]
    )
    said = texts(chart_svg(two_views(frame, "Views.")))
    assert said.count("you") == said.count("customers") == said.count("You see it") == 1


def test_type_is_never_smaller_than_twelve() -> None:
    shares = pd.DataFrame({"level": [3], "share": [1.0], "text": ["100 %"]})
    swings = pd.DataFrame({"label": ["Up"], "at_below": [3.0], "at_above": [4.0]})
    swings = swings.assign(strength="good", said="good")
    for chart in (ladder(four(), NAMES), climb(dimensions(), "x"), drivers(shares, swings, 3, "x")):
        svg = chart_svg(chart)
        assert min(map(float, re.findall(r'font-size="([\d.]+)px"', svg))) >= 12
