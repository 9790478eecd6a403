"""Lines over periods: what the specification says, from two periods to many."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lodestar.charts.level import trend_lines
from lodestar.charts.render import chart_svg
from lodestar.charts.theme import LEVEL_MARKS
from tests.charts.test_level import size, texts, values


def frame(periods: int, name: str = "P") -> pd.DataFrame:
    """Three levels over so many half-years; the chosen one and no band in the last."""
    days = pd.date_range("2020-06-30", periods=periods, freq="6ME").strftime("%Y-%m-%d")
    rows = [
        (f"{name}{i}", day, kind, level + 0.1 * i, level - 0.2, level + 0.9, i == periods - 1)
        for i, day in enumerate(days)
        for kind, level in (("required", 3.2), ("present", 2.4), ("experienced", 2.35))
    ]
    rows.append((f"{name}{periods - 1}", days[-1], "chosen", 4.0, np.nan, np.nan, True))
    columns = ["period", "as_of", "kind", "estimate", "low", "high", "current"]
    return pd.DataFrame(rows, columns=columns)


@pytest.mark.parametrize("periods", [2, 8])
def test_every_period_and_every_level_is_named(periods: int) -> None:
    svg = chart_svg(trend_lines(frame(periods), "Levels by period."))
    said = texts(svg)
    assert {f"P{i}" for i in range(periods)} <= set(said)
    for kind, look in LEVEL_MARKS.items():
        rows = frame(periods)
        own = rows.loc[rows["kind"] == kind, "estimate"].iloc[-1]
        assert f"{look['label']} {own:.1f}".removesuffix(".0") in said
    assert size(svg)[0] <= 900


def test_levels_differ_by_dash_and_shape_as_well_as_colour() -> None:
    spec = trend_lines(frame(3), "Levels.").to_dict()
    dashes = next(e for e in values(spec, "strokeDash") if isinstance(e, dict))["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 3
    shapes = next(e for e in values(spec, "shape") if isinstance(e, dict))["scale"]["range"]
    assert len(set(shapes)) == 3


def test_the_current_period_is_larger() -> None:
    spec = trend_lines(frame(3), "Levels.").to_dict()
    sizes = [m["size"] for m in values(spec, "mark") if isinstance(m, dict) and m.get("filled")]
    assert max(sizes) > 2 * min(sizes)


def test_time_keeps_its_proportion() -> None:
    shown = frame(3)
    shown.loc[shown["period"] == "P2", "as_of"] = "2026-06-30"
    axis = next(
        v for v in values(trend_lines(shown, "Levels.").to_dict(), "axis") if v.get("values")
    )
    assert axis["values"] == [0, 184, 2191]


def test_labels_of_near_levels_stand_apart() -> None:
    shown = frame(2)
    near = shown["kind"].isin(["present", "experienced"]) & shown["current"]
    shown.loc[near, "estimate"] = 2.5
    spec = trend_lines(shown, "Levels.").to_dict()
    rows = [row for data in spec["datasets"].values() for row in data if "label" in row]
    low, high = sorted(row["y"] for row in rows if row["kind"] in ("present", "experienced"))
    assert high - low > 0.05


def test_a_name_of_a_period_is_text() -> None:
    said = texts(chart_svg(trend_lines(frame(2, '</script>\'"+alert(1)+"'), "Levels.")))
    assert any("alert(1)" in text for text in said)
