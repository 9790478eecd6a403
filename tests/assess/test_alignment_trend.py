"""Trend of alignment. Oracles: each period's own section, subtraction, loops over the cells that
both periods have, and simulated clients that did not change."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from lodestar.assess.alignment import assess, misalignment
from lodestar.engagement import load
from lodestar.engagement.model import Engagement
from tests.support.builders import engagement, small_framework, wave

Rows = list[dict[str, Any]]
LEVELS = {"C01": (2.0, 3.0), "C02": (3.5, 2.0), "C03": (3.0, 1.0), "C04": (3.0, 2.5)}


def ratings(up: float = 0.0, raters: int = 4, tag: str = "", basis: str = "workshop") -> Rows:
    """Raters of each function half a level apart around middle levels, moved up."""
    return [
        {"capability": c, "function": f, "rater": f"{f}{j}{tag}", "basis": basis}
        | {"level": min(5.0, max(1.0, middle + up + (j - raters // 2) / 2))}
        for c, pair in LEVELS.items()
        for f, middle in zip(("sales", "service"), pair, strict=True)
        for j in range(raters)
    ]


def client(*periods: Rows, **more: Any) -> Engagement:
    earlier = [
        wave({"ratings": rows}, f"20{10 + i}-Q4", f"20{10 + i}-10-01", f"20{10 + i}-12-31")
        for i, rows in enumerate(periods[:-1])
    ]
    return engagement({"ratings": periods[-1]}, earlier=earlier, **more)


def trend(*periods: Rows, **more: Any) -> dict[str, Any]:
    return assess(client(*periods, **more), {})["trend"]


@pytest.fixture(scope="module")
def demo() -> Engagement:
    return load("demo")


@pytest.fixture(scope="module")
def section(demo: Engagement) -> dict[str, Any]:
    return assess(demo, {})


def test_each_period_says_what_its_own_run_says(demo: Engagement, section: dict[str, Any]) -> None:
    """The section of every period computed alone, at the level chosen now."""
    periods = section["trend"]["periods"]
    assert [one["period"] for one in periods] == [wave.period.id for wave in demo.waves]
    for position, one in enumerate(periods):
        own = section if position == len(periods) - 1 else assess(demo.at(position), {})
        for key in ("index", "low", "high"):
            assert one[key] == own["corrected"][key]
        assert one["coverage"] == own["coverage"]


def test_changes_are_between_neighbours_then_first_and_last(section: dict[str, Any]) -> None:
    found = section["trend"]
    ids = [one["period"] for one in found["periods"]]
    rows = found["changes"]
    assert [(row["from"], row["to"]) for row in rows] == [*pairwise(ids), (ids[0], ids[-1])]
    stands = {one["period"]: one["index"] for one in found["periods"]}
    for row in rows:
        assert row["change"] == pytest.approx(stands[row["to"]] - stands[row["from"]])
        assert row["low"] <= row["change"] <= row["high"]
        assert row["beyond_noise"] == (row["low"] > 0 or row["high"] < 0)


def test_one_period_has_nothing_to_compare() -> None:
    found = trend(ratings())
    assert len(found["periods"]) == 1
    for key in ("changes", "parts", "functions", "capabilities"):
        assert found[key] == []
        assert "one period" in found[f"{key}_reason"]


def test_a_period_without_ratings_or_too_few_cells_is_passed_over() -> None:
    found = trend(ratings(-1), ratings()[:8], ratings())
    assert [one["index"] is None for one in found["periods"]] == [False, True, False]
    assert "60 %" in found["periods"][1]["index_reason"]
    assert [(row["from"], row["to"]) for row in found["changes"]] == [("2010-Q4", "2026-Q4")]


def test_same_raters_same_answers_moved_nothing() -> None:
    found = trend(ratings(), ratings())
    change = found["changes"][0]
    assert (change["change"], change["low"], change["high"]) == (0, 0, 0)
    assert change["beyond_noise"] is False
    assert not any(row["beyond_noise"] for row in found["capabilities"])


def test_a_rise_of_a_level_with_the_same_raters_is_more_than_noise() -> None:
    found = trend(ratings(-1), ratings(-0.5), ratings())
    assert all(row["beyond_noise"] and row["change"] > 0 for row in found["changes"])
    height = next(row for row in found["parts"] if row["part"] == "height")
    assert height["change"] < 0
    assert [row["function"] for row in found["functions"]] == ["sales", "service"]


def test_inside_a_change_only_cells_of_both_periods_count() -> None:
    """C04 in service is new; without rater noise in one voice, so M is the plain one."""

    def alone(rows: Rows) -> Rows:
        return [{**row, "level": 2.0 + (row["capability"] == "C02")} for row in rows]

    old = [r for r in alone(ratings()) if (r["capability"], r["function"]) != ("C04", "service")]
    found = trend(old, [{**r, "level": r["level"] + 0.5} for r in alone(ratings())])
    alike = found["changes"][0]["like_for_like"]
    assert alike["cells"] == 7
    x = np.array([[2.0, 2], [3, 3], [2, 2], [2, np.nan]])
    target = np.repeat([[3.0], [2], [3], [3]], 2, axis=1)
    weights = np.outer([1 / 6, 1 / 6, 1 / 3, 1 / 3], [0.5, 0.5])
    before, after = (
        100 * (1 - misalignment(levels, target, weights) ** 0.5 / 4) for levels in (x, x + 0.5)
    )
    assert (alike["before"], alike["after"]) == pytest.approx((before, after))
    rows = {row["capability"]: row for row in found["capabilities"]}
    assert all(row["change"] == pytest.approx(0.5) for row in rows.values())
    assert (rows["C04"]["before"], rows["C04"]["target"]) == pytest.approx((2, 3))


def test_a_function_of_one_or_two_raters_does_not_tell_a_change_from_noise() -> None:
    thin = [r for r in ratings() if r["function"] == "sales" or r["rater"] < "service2"]
    found = trend(ratings(-1), thin)
    told = {row["function"]: row["beyond_noise"] for row in found["functions"]}
    assert told["sales"] is not None
    assert told["service"] is None


def test_few_survey_raters_who_changed_their_mind_are_not_given_away() -> None:
    """Ten answer both times, one of them otherwise: the earlier index is withheld."""
    old = ratings(raters=10, basis="survey")
    new = [{**row, "level": 3.0} if row["rater"] == "sales4" else row for row in old]
    found = trend(old, new)
    first = found["periods"][0]
    assert first["suppressed"]
    assert first["index"] is None
    assert first["coverage"] is None
    assert found["changes"] == []
    assert found["capabilities"] == []


def test_without_a_chosen_level_nothing_is_compared() -> None:
    found = trend(ratings(-1), ratings(), chosen_level=None)
    assert found["changes"] == []
    assert all("chosen_level" in one["index_reason"] for one in found["periods"])


def test_an_index_that_stood_still_looks_moved_about_one_time_in_five() -> None:
    """Two panels of 8 other raters of the same organisation, 60 times: 20 % ± 3 errors.

    The share itself is measured by the benchmark ``alignment_coverage``.
    """
    rng = np.random.default_rng(3)
    framework = small_framework()
    moved = 0
    for seed in range(60):
        middle = rng.uniform(1.5, 4.5, (4, 2))
        periods = [
            [
                {"capability": f"C0{c + 1}", "function": f, "rater": f"{f}{j}-{wave_}"}
                | {"level": float(np.clip(np.round(2 * (middle[c, k] + e)) / 2, 1, 5))}
                for k, f in enumerate(("sales", "service"))
                for j in range(8)
                for c, e in enumerate(0.4 * rng.standard_normal() + 0.5 * rng.standard_normal(4))
            ]
            for wave_ in range(2)
        ]
        found = trend(*periods, framework=framework, seed=seed)
        moved += bool(found["changes"][0]["beyond_noise"])
    assert 0.05 <= moved / 60 <= 0.36


def test_trend_is_json_and_the_same_twice() -> None:
    one, two = (trend(ratings(-1), ratings()) for _ in range(2))
    assert json.dumps(one, allow_nan=False) == json.dumps(two, allow_nan=False)
