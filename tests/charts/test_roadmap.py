"""Charts of 07: what their specifications say and their pictures show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.charts.render import chart_svg
from lodestar.charts.roadmap import frontier_lines, gantt, impact_bars, index_path
from lodestar.charts.theme import BAD, INK, SHADES
from tests.charts.test_level import size, texts, values

SAID = "What the chart says."


def bars(*rows: tuple[str, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["label", "gain", "state"])
    return frame.assign(text=[f"{gain:+.1f}" for gain in frame["gain"]])


def plan(**changes: Any) -> pd.DataFrame:
    rows = {
        "label": ["First", "Second"],
        "start": [0.0, 6.0],
        "end": [3.0, 9.0],
        "full": [9.0, 12.0],
        "text": ["COO", "CFO"],
        "sponsor": [np.nan, 4.0],
        "warning": ["", "sponsor until April 2027"],
    }
    return pd.DataFrame({**rows, **changes})


QUARTERS = pd.DataFrame({"month": [0.0, 3.0, 6.0, 9.0], "label": ["2027", "Q2", "Q3", "Q4"]})


def lines() -> pd.DataFrame:
    rows = [
        (way, budget, 60 + step + budget / 10)
        for step, way in enumerate(("plan", "greedy", "even"))
        for budget in (0.0, 10.0, 20.0)
    ]
    return pd.DataFrame(rows, columns=["way", "budget", "index"])


def ends() -> pd.DataFrame:
    rows = [(20.0, 62.0, "this plan 62.0", True), (20.0, 63.0, "an even spread 63.0", False)]
    return pd.DataFrame(rows, columns=["budget", "y", "label", "strong"])


def months(*index: float) -> pd.DataFrame:
    frame = pd.DataFrame({"month": range(len(index)), "index": index})
    return frame.assign(low=frame["index"] - 1.0, high=frame["index"] + 1.0)


PLACES = pd.DataFrame(
    [(4, 66.0, "66.0 in 2027", True), (1, 55.0, "56.0 in 2026", False)],
    columns=["month", "y", "label", "strong"],
)


def test_harm_alone_is_red_and_what_is_in_the_plan_is_dark() -> None:
    spec = impact_bars(
        bars(("A", 2, "chosen"), ("B", 1, "left"), ("C", -1, "harm")), SAID
    ).to_dict()
    scale = next(c["scale"] for c in values(spec, "color") if isinstance(c, dict) and "scale" in c)
    shades = dict(zip(scale["domain"], scale["range"], strict=True))
    assert shades == {"chosen": SHADES[0], "left": SHADES[2], "harm": BAD}
    assert spec["description"] == SAID


def test_bars_to_both_sides_have_their_words_in_sight() -> None:
    svg = chart_svg(impact_bars(bars(("A", 2, "chosen"), ("C", -1, "harm")), SAID))
    for word in ("A", "C", "+2.0", "-1.0"):
        assert word in texts(svg)
    only_harm = bars(("C", -1, "harm"))
    spec = impact_bars(only_harm, SAID).to_dict()
    low, high = next(x["scale"]["domain"] for x in values(spec, "x") if "scale" in x)
    assert low < -1 < 0 < high


def test_gantt_runs_from_today_beyond_the_horizon_and_names_quarters() -> None:
    chart = gantt(plan(), QUARTERS, 12.0, SAID)
    said = texts(chart_svg(chart))
    for word in ("First", "Second", "2027", "Q2", "COO", "CFO", "sponsor until April 2027"):
        assert word in said
    domains = [x["scale"]["domain"] for x in values(chart.to_dict(), "x") if "scale" in x]
    assert all(low == 0 and high > 12 for low, high in domains)


def test_gantt_draws_an_arrow_from_what_is_required() -> None:
    order = pd.DataFrame(
        [(0, "First", 0.0, False), (0, "Second", 6.0, True)],
        columns=["link", "label", "month", "head"],
    )
    spec = gantt(plan(), QUARTERS, 12.0, SAID, order).to_dict()
    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    plain = gantt(plan(), QUARTERS, 12.0, SAID, order.iloc[:0]).to_dict()
    assert len(kinds) == len(plain["layer"]) + 2
    head = next(x for x in spec["layer"] if x["mark"].get("shape") == "triangle-right")
    assert [row["label"] for row in spec["datasets"][head["data"]["name"]]] == ["Second"]


def test_gantt_draws_a_sponsor_only_where_one_leaves() -> None:
    spec = gantt(plan(sponsor=[np.nan, np.nan], warning=["", ""]), QUARTERS, 12.0, SAID).to_dict()
    ticks = [layer for layer in spec["layer"] if layer["mark"].get("type") == "tick"]
    assert [layer["mark"]["color"] for layer in ticks] == [BAD]
    assert spec["datasets"][ticks[0]["data"]["name"]] == []


def test_names_of_quarters_and_owners_are_text_and_never_code() -> None:
    evil = "'] || alert(1) //"
    quarters = QUARTERS.assign(label=["2027", "Q2", evil, "Q4"])
    said = texts(chart_svg(gantt(plan(text=[evil, "CFO"]), quarters, 12.0, SAID)))
    assert len([t for t in said if "alert(1)" in t]) == 2


def test_path_shows_the_band_and_the_fall_in_red() -> None:
    frame = months(58, 56, 59, 62, 66)
    spec = index_path(frame, PLACES, SAID).to_dict()
    areas = [layer for layer in spec["layer"] if layer["mark"].get("type") == "area"]
    assert [layer["mark"]["color"] for layer in areas] == [INK, BAD]
    below = spec["datasets"][areas[1]["data"]["name"]]
    assert [row["low"] for row in below] == [58, 56, 58, 58, 58]
    assert {row["high"] for row in below} == {58}
    said = texts(chart_svg(index_path(frame, PLACES, SAID)))
    assert "66.0 in 2027" in said
    assert "56.0 in 2026" in said


def test_path_keeps_its_range_within_0_and_100() -> None:
    spec = index_path(months(0.5, 99.5, 99.9), PLACES, SAID).to_dict()
    domains = [y["scale"]["domain"] for y in values(spec, "y") if "scale" in y]
    assert all(domain == [0.0, 100.0] for domain in domains)


def test_frontier_tells_ways_apart_without_colour() -> None:
    spec = frontier_lines(lines(), ends(), 10.0, SAID).to_dict()
    dashes = next(d["scale"] for d in values(spec, "strokeDash") if isinstance(d, dict))
    assert len({str(dash) for dash in dashes["range"]}) == 3
    said = texts(chart_svg(frontier_lines(lines(), ends(), 10.0, SAID)))
    for word in ("your budget", "this plan 62.0", "an even spread 63.0"):
        assert word in said


def test_every_chart_is_of_a_card_and_needs_no_legend() -> None:
    charts = [
        impact_bars(bars(("A", 2, "chosen")), SAID),
        gantt(plan(), QUARTERS, 12.0, SAID),
        index_path(months(58, 57, 59, 62, 66), PLACES, SAID),
        frontier_lines(lines(), ends(), 10.0, SAID),
    ]
    for chart in charts:
        width, height = size(chart_svg(chart))
        assert 300 < width < 1000
        assert height > 20
        assert all(
            legend in (None, {"disable": True}) for legend in values(chart.to_dict(), "legend")
        )
