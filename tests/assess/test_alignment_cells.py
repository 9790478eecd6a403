"""What stands behind cells, fits, sets apart. Oracles: loops over cells, rules in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lodestar.assess.alignment import assess, built_for, misalignment, parts, target_at
from lodestar.assess.alignment.fit import built_for_curve
from lodestar.framework.model import Capability
from tests.support.builders import IDENTITY, engagement, small_framework

HALVES = st.integers(2, 10).map(lambda k: k / 2)


def rated(
    levels: list[float], basis: str = "workshop", grade: str | None = None, function: str = "sales"
) -> list[dict[str, Any]]:
    """One cell's ratings, C01."""
    return [
        {"capability": "C01", "function": function, "rater": f"r{i}", "level": level}
        | {"basis": basis, "evidence_grade": grade}
        for i, level in enumerate(levels)
    ]


def first(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return assess(engagement({"ratings": rows}), {})["gaps"][0]


def test_agreement_is_the_mean_distance_from_the_mean() -> None:
    """1, 2 and 3 lie 1, 0 and 1 from 2."""
    assert first(rated([1, 2, 3]))["average_deviation"] == pytest.approx(2 / 3)


def test_one_rater_agrees_with_nobody() -> None:
    got = first(rated([2]))
    assert got["average_deviation"] is None
    assert "two raters" in got["average_deviation_reason"]


def test_survey_raters_close_together_are_not_told_apart() -> None:
    """With a spread under half a level the mean would tell what each one said."""
    close = first(rated([2, 2, 2.5, 2.5, 2], "survey"))
    assert close["average_deviation"] is None
    wide = first(rated([1, 2, 3, 4, 5], "survey"))
    assert wide["average_deviation"] == pytest.approx(1.2)


def test_the_best_grade_of_evidence_stands_behind_a_cell() -> None:
    rows = [*rated([2], grade="C"), {**rated([3], grade="A")[0], "rater": "other"}]
    assert first(rows)["evidence"] == "A"
    none = first(rated([2]))
    assert none["evidence"] is None
    assert none["evidence_reason"]


@settings(max_examples=60, deadline=None)
@given(st.lists(HALVES, min_size=6, max_size=6), st.lists(HALVES, min_size=6, max_size=6))
def test_curve_is_the_distance_at_each_level_and_lowest_where_built_for(
    levels: list[float], ends: list[float]
) -> None:
    """Each level tried alone; the nearest is *built for*; what is nearly as near, by a loop."""
    x = np.array(levels).reshape(3, 2)
    lows, highs = np.sort(np.array([ends, ends[::-1]]), axis=0).reshape(2, 3, 2)
    points = np.stack([lows + (highs - lows) * k / 4 for k in range(5)], axis=-1)
    weights = np.full((3, 2), 1 / 6)
    got = built_for_curve(x, points, weights)
    assert [row["level"] for row in got["built_for_curve"]] == pytest.approx(np.arange(10, 51) / 10)
    for row in got["built_for_curve"][::8]:
        m = misalignment(x, target_at(points, row["level"]), weights)
        assert row["distance"] == pytest.approx(m**0.5)
    best = min(got["built_for_curve"], key=lambda row: (round(row["distance"], 9), row["level"]))
    assert best["level"] == built_for(x, points, weights)
    near = [
        row["level"]
        for row in got["built_for_curve"]
        if round(row["distance"], 9) <= round(best["distance"] + 0.05, 9)
    ]
    assert got["built_for_nearly"] == {"low": min(near), "high": max(near)}


def distinctive(*names: str) -> Any:
    made = tuple(
        Capability(c, "D1", c, target=IDENTITY, distinctive=c in names)
        for c in ("C01", "C02", "C03", "C04")
    )
    return small_framework(capabilities=made)


def test_assets_are_the_distinctive_capabilities_by_their_mean_gap() -> None:
    """Targets 3; C02 stands at 3.5 and 2.5, on target on average; C01 below; C03 not rated."""
    levels = {"C01": (2, 3), "C02": (3.5, 2.5), "C04": (5, 5)}
    rows = [
        {"capability": c, "function": f, "rater": "a", "level": level}
        for c, pair in levels.items()
        for f, level in zip(("sales", "service"), pair, strict=True)
    ]
    framework = distinctive("C01", "C02", "C03")
    got = assess(engagement({"ratings": rows}, framework=framework), {})["assets"]
    assert [row["capability"] for row in got] == ["C02", "C01"]
    assert [row["strong"] for row in got] == [True, False]
    assert [row["gap"] for row in got] == pytest.approx([0, -0.5])
    assert [row["functions"] for row in got] == [["sales"], ["service"]]
    assert [(row["rank"], row["of"]) for row in got] == [(2, 3), (3, 3)]
    none = assess(engagement({"ratings": rows}, framework=distinctive()), {})
    assert none["assets"] == []
    assert none["assets_reason"]


def test_parts_add_up_in_three_thousand_matrices_with_holes() -> None:
    """Every size to 12 × 9, up to nine cells in ten missing, weights over three decades."""
    rng = np.random.default_rng(11)
    worst = 0.0
    for _ in range(3000):
        shape = rng.integers(1, 13), rng.integers(1, 10)
        x = rng.integers(2, 11, shape) / 2
        x[rng.random(shape) < rng.uniform(0, 0.9)] = np.nan
        if np.isnan(x).all():
            continue
        target = rng.integers(2, 11, shape) / 2
        weights = np.outer(10 ** rng.uniform(-3, 0, shape[0]), 10 ** rng.uniform(-3, 0, shape[1]))
        split = parts(x, target, weights)
        worst = max(worst, abs(split.total - misalignment(x, target, weights)))
        assert min(split.height, split.capabilities, split.functions, split.local) >= 0
    assert worst < 1e-9


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(8)))
def test_order_of_ratings_changes_nothing(order: list[int]) -> None:
    rows = [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": 1 + (i + j) % 4}
        for i, c in enumerate(("C01", "C02", "C03", "C04"))
        for j, f in enumerate(("sales", "service"))
    ]
    assume(order != list(range(8)))
    turned = assess(engagement({"ratings": [rows[i] for i in order]}), {})
    assert turned == assess(engagement({"ratings": rows}), {})
