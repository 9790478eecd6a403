"""Charts of 04: what they draw, in words and numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from lodestar.charts.alignment import (
    asset_rows,
    distance_curve,
    gap_matrix,
    index_lines,
    index_rows,
    lifted_bars,
    over_shoot_bars,
    part_bar,
)
from lodestar.charts.render import chart_svg
from tests.charts.test_level import size, texts


def parts(*shares: float) -> pd.DataFrame:
    names = ["Overall height", "Functions out of step", "Uneven capabilities", "Local mismatches"]
    rows = zip(names, shares, strict=False)
    return pd.DataFrame([{"name": n, "share": s, "text": f"{100 * s:.0f} %"} for n, s in rows])


@pytest.mark.parametrize(
    "shares", [(0.25,) * 4, (0.97, 0.01, 0.01, 0.01), (1.0,), (0.6, 0.4, 0.0, 0.0)]
)
def test_labels_of_parts_stand_apart_and_inside(shares: tuple[float, ...]) -> None:
    frame = parts(*shares)
    chart = part_bar(frame, "Parts.")
    drawn = pd.DataFrame(next(iter(chart.to_dict()["datasets"].values())))
    assert drawn["end"].iloc[-1] == pytest.approx(1)
    at = drawn["at"].to_numpy()
    assert (np.diff(at) >= 150 / 860 - 1e-9).all()
    assert at[0] == 0
    assert at[-1] <= 1 - 150 / 860 + 1e-9
    said = texts(chart_svg(chart))
    assert [text for text in said if text.endswith("%")] == frame["text"].tolist()
    assert size(chart_svg(chart))[0] <= 900


def test_shades_of_parts_tell_in_grey() -> None:
    drawn = pd.DataFrame(
        next(iter(part_bar(parts(0.4, 0.3, 0.2, 0.1), "x").to_dict()["datasets"].values()))
    )
    light = [sum(bytes.fromhex(shade[1:])) for shade in drawn["shade"]]
    assert light == sorted(light)
    assert np.diff(light).min() > 60


def matrix(functions: int = 3) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    names = [f"Function number {i}" for i in range(functions)]
    rows = pd.DataFrame({"label": ["One", "Two", "Three"], "dimension": ["a", "a", "b"]})
    gaps = {"One": -2.5, "Two": 0.5, "Three": np.nan}
    grades = {"One": "A", "Two": "C", "Three": ""}
    text = {"One": "−2.5", "Two": "+0.5", "Three": "×"}
    cells = pd.DataFrame(
        [
            {"label": c, "function": f, "gap": gaps[c], "text": text[c], "worst": c == "One"}
            | {"evidence": grades[c]}
            for c in rows["label"]
            for f in names
        ]
    )
    return cells, rows, names


def test_matrix_says_every_cell_and_underlines_the_heaviest() -> None:
    svg = chart_svg(gap_matrix(*matrix(), "Matrix."))
    said = texts(svg)
    assert said.count("−2.5") == said.count("+0.5") == said.count("×") == said.count("____") == 3


def test_matrix_writes_the_grade_of_evidence_in_a_letter() -> None:
    """Two graded capabilities in three functions, and one that nobody may see."""
    said = texts(chart_svg(gap_matrix(*matrix(), "Matrix.")))
    assert said.count("A") == said.count("C") == 3
    assert "undefined" not in said


def test_matrix_tells_above_from_below_without_colour() -> None:
    """Below is filled and dark, above is outlined on white."""
    svg = chart_svg(gap_matrix(*matrix(), "Matrix."))
    outlined = re.findall(r'<path[^>]*fill="#ffffff" stroke="#17212b"[^>]*>', svg)
    shaded = re.findall(r'<path[^>]*fill="rgb\((\d+)[^>]*−2.5"', svg)
    assert len(outlined) == len(shaded) == 3
    assert max(map(int, shaded)) < 140


@pytest.mark.parametrize("functions", [1, 6, 12])
def test_matrix_fits_a_card(functions: int) -> None:
    assert size(chart_svg(gap_matrix(*matrix(functions), "Matrix.")))[0] <= 1000


def test_long_function_names_break_and_stand_above_the_cells() -> None:
    cells, rows, _ = matrix(1)
    name = "Research and development of new things for everybody"
    svg = chart_svg(gap_matrix(cells.assign(function=name), rows, [name], "Matrix."))
    said = re.sub(r"<style>.*?</style>|<[^>]+>", " ", svg, flags=re.S)
    assert " ".join(said.split()).startswith("Research and…")


def test_index_rows_start_with_the_whole() -> None:
    frame = pd.DataFrame(
        {
            "label": ["All functions", "Sales"],
            "index": [60.0, 50.0],
            "low": [55.0, np.nan],
            "high": [65.0, np.nan],
            "text": ["60", "50"],
        }
    )
    said = texts(chart_svg(index_rows(frame, "Index.")))
    assert said.index("All functions") < said.index("Sales")
    assert {"60", "50", "0", "100"} <= set(said)


def test_over_shoot_bars_say_cost_and_place() -> None:
    frame = pd.DataFrame(
        {
            "label": ["Listen · Sales", "Tell · Sales"],
            "size": [9.0, 0.0],
            "text": ["EUR 9", "not costed"],
        }
    )
    said = texts(chart_svg(over_shoot_bars(frame, "Over.")))
    assert {"Listen · Sales", "EUR 9", "not costed"} <= set(said)


def test_curve_marks_what_fits_and_what_was_chosen_with_shapes() -> None:
    curve = pd.DataFrame({"level": [1.0, 3.0, 5.0], "distance": [2.0, 0.5, 1.5]})
    marks = pd.DataFrame(
        {
            "kind": ["present", "chosen"],
            "level": [3.0, 5.0],
            "distance": [0.5, 1.5],
            "label": ["Fits today", "Chosen"],
        }
    )
    svg = chart_svg(distance_curve(curve, marks, (2.8, 3.2), "Curve."))
    assert {"Fits today", "Chosen", "Level"} <= set(texts(svg))
    assert size(svg)[0] <= 1000


@pytest.mark.parametrize("known", [True, False])
def test_index_over_time_says_each_period_and_index(known: bool) -> None:
    bounds = ([58.0, 60.0], [62.0, 66.0]) if known else ([np.nan] * 2, [np.nan] * 2)
    frame = pd.DataFrame(
        {
            "period": ["2025-Q4", "2026-Q4"],
            "as_of": ["2025-12-31", "2026-12-31"],
            "index": [60.0, 63.0],
            "low": bounds[0],
            "high": bounds[1],
            "text": ["60", "63"],
            "current": [False, True],
        }
    )
    said = texts(chart_svg(index_lines(frame, "Index.")))
    assert {"2025-Q4", "2026-Q4", "63", "70"} <= set(said)


def test_lifting_alone_and_with_what_follows_differ_without_colour() -> None:
    frame = pd.DataFrame(
        {"label": ["Journeys"], "gain": [0.5], "joint": [6.0], "text": ["32 gaps, 6.0 points"]}
    )
    svg = chart_svg(lifted_bars(frame, "Waits."))
    assert {"Journeys", "32 gaps, 6.0 points"} <= set(texts(svg))
    assert re.search(r'<path[^>]*fill="#ffffff" stroke="#17212b"', svg)
    assert re.search(r'<path[^>]*fill="#17212b"', svg)


def test_assets_draw_present_and_target() -> None:
    frame = pd.DataFrame({"label": ["Offers"], "present": [2.8], "target": [3.8]})
    svg = chart_svg(asset_rows(frame, "Assets."))
    assert {"Offers", "1", "5"} <= set(texts(svg))
    assert size(svg)[0] <= 1000
