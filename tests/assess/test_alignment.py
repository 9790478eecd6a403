"""Oracles: a small client computed by hand; rules of coverage, ordering, suppression."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lodestar.assess.alignment import align, assess, inputs
from lodestar.stats.draws import generator
from tests.support.builders import engagement, small_framework

PINNED = ("index", "distance", "misalignment", "built_for", "coverage")
CAPABILITIES = ("C01", "C02", "C03", "C04")
TARGETS_AT_3 = {"C01": 3, "C02": 2, "C03": 3, "C04": 3}
"""Weights: D1, D2, D3 a third each, so C01 and C02 one sixth, C03 and C04 one third."""


def matrix(levels: dict[str, tuple[Any, Any]], raters: int = 3) -> list[dict[str, Any]]:
    """Rows for sales and service; every rater agrees."""
    return [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": level}
        for c, pair in levels.items()
        for f, level in zip(("sales", "service"), pair, strict=True)
        for i in range(raters)
        if level is not None
    ]


def section(levels: dict[str, tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    tables = {"ratings": matrix(levels, more.pop("raters", 3)), **more.pop("tables", {})}
    return assess(engagement(tables, **more), {})


SEEN = {"C01": (2, 3), "C02": (3, 2), "C03": (3, 1), "C04": (3, 3)}


def test_small_client_by_hand() -> None:
    """Gaps C01 -1, 0; C02 +1, 0; C03 0, -2; M = (1 + 1)/12 + 4/6 = 5/6; raters agree: N = 0."""
    got = section(SEEN)
    assert got["misalignment"] == pytest.approx(5 / 6)
    assert got["distance"] == pytest.approx((5 / 6) ** 0.5)
    assert got["mean_gap"] == pytest.approx(-1 / 3)
    assert got["parts"]["height"] == pytest.approx(1 / 9)
    assert got["index"] == pytest.approx(100 * (1 - (5 / 6) ** 0.5 / 4))
    assert sum(got["parts"].values()) == pytest.approx(got["misalignment"], abs=1e-9)
    assert got["corrected"]["index"] == pytest.approx(got["index"])
    assert got["corrected"]["noise"] == pytest.approx(0)
    assert got["coverage"] == 1
    gaps = [(g["capability"], g["function"], g["gap"]) for g in got["gaps"]]
    assert gaps[:3] == [("C03", "service", -2), ("C01", "sales", -1), ("C02", "sales", 1)]
    assert len(gaps) == 8
    assert got["gaps"][0]["share"] == pytest.approx(0.8)
    closed = 100 * (1 - (1 / 6) ** 0.5 / 4)
    assert got["gaps"][0]["gain"] == pytest.approx(closed - got["index"])
    assert got["worst"] == {"cells": 8, "share": pytest.approx(1.0)}


def test_perfect_client_scores_100() -> None:
    got = section({c: (t, t) for c, t in TARGETS_AT_3.items()})
    assert got["index"] == 100
    assert got["corrected"]["index"] == 100
    assert got["built_for"] == 3.0
    assert set(got["parts"].values()) == {0.0}


def test_without_chosen_level_everything_is_null_with_the_reason() -> None:
    got = section(SEEN, chosen_level=None)
    for key in ("chosen", "index", "distance", "misalignment", "built_for"):
        assert got[key] is None
        assert "chosen_level" in got[f"{key}_reason"]
    assert set(got["parts"]) >= {"height", "capabilities", "functions", "local"}
    assert got["gaps"] == []
    assert got["gaps_reason"]
    assert got["coverage"] == 1


def test_without_ratings_everything_is_null() -> None:
    got = assess(engagement(), {})
    assert got["index"] is None
    assert "ratings" in got["index_reason"]
    assert got["coverage"] == 0
    assert got["few_raters"] == []
    assert got["few_raters_reason"]


def test_under_sixty_per_cent_index_parts_and_built_for_are_null() -> None:
    """C01 and C02 in both, C03 in one: 1/3 + 1/6 = 0.5 of the weight."""
    got = section({"C01": (2, 3), "C02": (3, 2), "C03": (3, None)})
    assert got["coverage"] == pytest.approx(0.5)
    assert got["index"] is None
    assert got["built_for"] is None
    assert got["parts"]["height"] is None
    assert got["corrected"]["index"] is None
    assert "50 %" in got["index_reason"]
    assert got["distance"] is not None


def test_exactly_sixty_per_cent_is_enough() -> None:
    """All capabilities in three of five functions."""
    rows = [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": 3}
        for c in CAPABILITIES
        for f in "abc"
        for i in range(3)
    ]
    got = assess(engagement({"ratings": rows}, functions=tuple("abcde")), {})
    assert got["coverage"] == pytest.approx(0.6)
    assert got["index"] is not None


def test_na_cells_leave_coverage_and_weights() -> None:
    got = section({**SEEN, "C03": (3, "na")})
    assert got["coverage"] == 1
    assert got["cells"] == {"present": 7, "applicable": 7, "withheld": 0}
    assert got["misalignment"] == pytest.approx((1 / 12 + 1 / 12) / (1 - 1 / 6))


def test_noise_is_the_mean_over_draws_minus_the_observed() -> None:
    """Recomputed from the picks of the same generator, one loop a draw."""
    rows = [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": level}
        for f in ("sales", "service")
        for i, levels in enumerate(((2, 3, 1, 4), (3, 2, 2, 3), (4, 2, 3, 1), (1, 2, 5, 2)))
        for c, level in zip(CAPABILITIES, levels, strict=True)
    ]
    got = assess(engagement({"ratings": rows}), {})
    levels = np.array([(2, 3, 1, 4), (3, 2, 2, 3), (4, 2, 3, 1), (1, 2, 5, 2)], dtype=float)
    weights = np.array([1 / 6, 1 / 6, 1 / 3, 1 / 3])
    target = np.array([3, 2, 3, 3])
    rng = generator(7, "alignment.corrected")
    picks = [rng.integers(0, 4, (2000, 4), dtype=np.int32) for _ in range(2)]
    drawn = [
        sum(0.5 * weights @ (np.median(levels[p[b]], axis=0) - target) ** 2 for p in picks)
        for b in range(2000)
    ]
    noise = np.mean(drawn) - got["misalignment"]
    corrected = max(0, got["misalignment"] - noise)
    shifted = np.maximum(0, np.array(drawn) - 2 * noise)
    assert got["corrected"]["noise"] == pytest.approx(noise)
    assert got["corrected"]["index"] == pytest.approx(100 * (1 - corrected**0.5 / 4))
    low, high = np.quantile(shifted, [0.1, 0.9])
    assert got["corrected"]["high"] == pytest.approx(100 * (1 - low**0.5 / 4))
    assert got["corrected"]["low"] == pytest.approx(100 * (1 - high**0.5 / 4))


def test_one_rater_in_all_leaves_no_corrected_index_and_says_why() -> None:
    got = section(SEEN, raters=1)
    assert got["index"] is not None
    assert got["corrected"]["index"] is None
    assert "two persons" in got["corrected"]["index_reason"]
    assert got["pairs"][0]["corrected"] is None
    assert got["pairs"][0]["distance"] is not None
    assert got["few_raters"] == ["sales", "service"]


def test_over_shoot_is_costed_and_uncosted_cells_say_so() -> None:
    """C02 in sales one level above target at 12,000 a level; C04 in service without a row."""
    upkeep = [{"capability": "C02", "function": "sales", "cost_year_per_level": 12_000}]
    got = section({**SEEN, "C04": (3, 3.5)}, tables={"upkeep": upkeep})
    found = got["overshoot"]
    assert found["cost_year"] == 12_000
    assert found["costed"] == 1
    assert [c["capability"] for c in found["cells"]] == ["C02", "C04"]
    assert found["cells"][1]["cost_year"] is None
    assert found["cells"][1]["cost_year_reason"]


def test_each_function_has_its_own_index() -> None:
    """Sales: gaps -1, 1, 0, 0 → M = 1/3; service: 0, 0, -2, 0 → M = 4/3; raters agree."""
    sales, service = section(SEEN)["functions"]
    assert sales["index"] == pytest.approx(100 * (1 - (1 / 3) ** 0.5 / 4))
    assert service["index"] == pytest.approx(100 * (1 - (4 / 3) ** 0.5 / 4))
    assert service["corrected"]["index"] == pytest.approx(service["index"])
    assert service["corrected"]["low"] == pytest.approx(service["corrected"]["high"])
    assert sales["gap"] == pytest.approx(0)
    assert service["gap"] == pytest.approx(-2 / 3)
    assert sales["share"] + service["share"] == pytest.approx(1)


def test_pairs_compare_gaps_not_levels() -> None:
    """Gaps differ by 1, 1, 2, 0 with weights 1/6, 1/6, 1/3, 1/3: D² = 1/3 + 4/3 = 5/3."""
    got = section(SEEN)["pairs"]
    assert len(got) == 1
    pair = got[0]
    assert (pair["function_a"], pair["function_b"]) == ("sales", "service")
    assert pair["distance"] == pytest.approx((5 / 3) ** 0.5)
    assert (pair["capability"], pair["difference"], pair["shared"]) == ("C03", 2, 4)


def test_hidden_cells_are_missing_everywhere() -> None:
    rows = matrix({**SEEN, "C03": (3, None)})
    rows += [
        {"capability": "C03", "function": "service", "rater": f"s{i}", "level": 1 + i / 2}
        | {"basis": "survey"}
        for i in range(4)
    ]
    got = assess(engagement({"ratings": rows}), {})
    without = section({**SEEN, "C03": (3, None)})
    assert got["cells"]["withheld"] == 1
    for key in ("index", "misalignment", "coverage", "gaps", "parts", "pairs"):
        assert got[key] == without[key]


def test_overshoot_weight_breaks_the_exact_split_and_says_so() -> None:
    got = section(SEEN, framework=small_framework(overshoot_weight=0.5))
    assert not got["parts_exact"]
    assert got["misalignment"] == pytest.approx((1 + 0.5) / 12 + 4 / 6)


def test_what_if_level_equals_a_client_who_chose_it() -> None:
    client = engagement({"ratings": matrix(SEEN)})
    other = engagement({"ratings": matrix(SEEN)}, chosen_level=4.5)
    moved = inputs(client).at(4.5)
    whole = assess(other, {})
    assert align(moved) == {key: value for key, value in whole.items() if key != "trend"}


def test_section_is_json_and_the_same_twice() -> None:
    one, two = section(SEEN), section(SEEN)
    assert json.dumps(one, sort_keys=True, allow_nan=False) == json.dumps(two, sort_keys=True)
    assert set(PINNED) <= set(one)
