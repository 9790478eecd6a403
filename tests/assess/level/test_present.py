"""Oracles: the nested weights by hand and by nested loops, draw by draw."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.cells import cell_draws
from lodestar.assess.level import assess, present
from lodestar.assess.level.publish import present_section
from lodestar.engagement.model import Engagement
from lodestar.framework.model import Dimension, Framework
from tests.support.builders import engagement, small_framework

CAPABILITIES = ("C01", "C02", "C03", "C04")
FUNCTIONS = ("sales", "service")


def client(levels: dict[tuple[str, str], list[Any]], **more: Any) -> Engagement:
    """Levels by capability and function, one a rater."""
    rows = [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": level}
        for (c, f), votes in levels.items()
        for i, level in enumerate(votes)
    ]
    return engagement({"ratings": rows}, **more)


def full(value: float = 3.0, raters: int = 3) -> dict[tuple[str, str], list[Any]]:
    return {(c, f): [value] * raters for c in CAPABILITIES for f in FUNCTIONS}


def continuous(x: np.ndarray, framework: Framework, shares: list[float]) -> float:
    """Weighted means in nested loops: functions, capabilities, dimensions."""
    dimensions, weights = [], []
    for dimension in framework.dimensions:
        parts = []
        for i, capability in enumerate(framework.capabilities):
            if capability.dimension == dimension.id:
                seen = [(v, w) for v, w in zip(x[i], shares, strict=True) if not np.isnan(v)]
                if seen:
                    mean = sum(v * w for v, w in seen) / sum(w for _, w in seen)
                    parts.append((mean, capability.weight))
        if parts:
            dimensions.append(sum(v * w for v, w in parts) / sum(w for _, w in parts))
            weights.append(dimension.weight)
    return float(np.average(dimensions, weights=weights))


def test_profile_by_hand_with_missing_and_na_cells() -> None:
    """D1: C01 = (2 + 4)/2 = 3, C02 only in sales = 5 → 4; D2: 1; D3 missing → level 2.5."""
    seen: dict[tuple[str, str], list[Any]] = {
        ("C01", "sales"): [2] * 3,
        ("C01", "service"): [4] * 3,
        ("C02", "sales"): [5] * 3,
        ("C02", "service"): ["na"] * 3,
        ("C03", "service"): [1] * 3,
    }
    got = assess(client(seen), {})["present"]
    assert got["estimate"] == pytest.approx(2.5)
    levels = {d["dimension"]: d["estimate"] for d in got["dimensions"]}
    assert levels == {"D1": pytest.approx(4), "D2": pytest.approx(1), "D3": None}
    assert got["dimensions"][0]["functions"] == {"sales": 3.5, "service": 4.0}
    functions = {f["function"]: f["estimate"] for f in got["functions"]}
    assert functions == {"sales": pytest.approx(3.5), "service": pytest.approx(2.5)}
    assert got["coverage"] == pytest.approx((1 / 6 + 1 / 12 + 1 / 6) / (1 - 1 / 12))
    assert got["staged"] == 1
    assert got["disagreement"]["kind"] == "held_back"
    assert got["disagreement"]["capability"] == "C03"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.integers(2, 10), st.none()), min_size=8, max_size=8))
def test_continuous_level_by_nested_loops(halves: list[int | None]) -> None:
    x = np.array([np.nan if h is None else h / 2 for h in halves]).reshape(4, 2)
    framework = small_framework()
    cells = {
        (c, f): [x[i, j]]
        for i, c in enumerate(CAPABILITIES)
        for j, f in enumerate(FUNCTIONS)
        if not np.isnan(x[i, j])
    }
    got = present(client(cells)).estimate
    if np.isnan(x).all():
        assert np.isnan(got)
    else:
        assert got == pytest.approx(continuous(x, framework, [0.5, 0.5]))


def test_draws_of_the_level_are_the_level_of_each_draw() -> None:
    rng = np.random.default_rng(0)
    cells = {key: list(rng.integers(2, 11, 5) / 2) for key in full()}
    cells.pop(("C04", "service"))
    shown = client(cells)
    draws = cell_draws(shown, "level.present")
    found = present(shown)
    assert draws is not None
    assert found.drawn is not None
    for b in range(0, 2000, 400):
        want = continuous(draws[b], shown.framework, [0.5, 0.5])
        assert found.drawn[b] == pytest.approx(want)


def test_everybody_agreeing_gives_one_level_without_spread() -> None:
    got = assess(client(full(3)), {})["present"]
    assert (got["estimate"], got["low"], got["high"]) == (3, 3, 3)
    assert got["distribution"] == {"1": 0, "2": 0, "3": 1, "4": 0, "5": 0}
    assert got["staged"] == 3
    assert got["staged_distribution"]["3"] == 1
    assert got["gated"] == pytest.approx(3)
    assert got["disagreement"] is None


def test_one_rater_in_all_gives_a_level_without_interval_and_says_why() -> None:
    got = assess(client(full(3, raters=1)), {})["present"]
    assert got["estimate"] == 3
    assert got["low"] is None
    assert "raters" in got["low_reason"]
    assert got["distribution"] is None
    assert got["staged"] == 3
    assert got["staged_distribution"] is None


def test_without_ratings_every_pinned_key_is_null() -> None:
    got = assess(engagement(), {})["present"]
    for key in ("estimate", "low", "high", "distribution", "staged", "staged_distribution"):
        assert got[key] is None
        assert got[f"{key}_reason"]


def test_few_survey_raters_count_as_missing() -> None:
    shown = client({**full(3), ("C03", "sales"): [1]})
    hidden = shown.wave.tables["ratings"].copy()
    few = (hidden["capability"] == "C03") & (hidden["function"] == "sales")
    hidden.loc[few, "basis"] = "survey"
    got = assess(shown.with_tables(ratings=hidden), {})["present"]
    cells = full(3)
    cells.pop(("C03", "sales"))
    assert got["estimate"] == assess(client(cells), {})["present"]["estimate"]
    entry = next(c for c in got["cells"] if (c["capability"], c["function"]) == ("C03", "sales"))
    assert entry["suppressed"]
    assert entry["level"] is None
    assert entry["n"] is None


def test_weights_of_functions_count() -> None:
    cells = {(c, f): [2.0 if f == "sales" else 4.0] * 3 for c in CAPABILITIES for f in FUNCTIONS}
    shown = client(cells)
    sales, service = shown.settings.functions
    heavy = replace(shown.settings, functions=(replace(sales, weight=3.0), service))
    assert present(replace(shown, settings=heavy)).estimate == pytest.approx(2.5)


def test_targets_of_dimensions_weigh_applicable_cells() -> None:
    """At 3: C01 3, C02 2 → 2.5; where C02 applies nowhere, 3."""
    got = assess(client(full(2)), {})["present"]["dimensions"]
    assert [d["target"] for d in got] == pytest.approx([2.5, 3, 3])
    cells = {**full(2), ("C02", "sales"): ["na"] * 3, ("C02", "service"): ["na"] * 3}
    assert assess(client(cells), {})["present"]["dimensions"][0]["target"] == pytest.approx(3)
    free = assess(client(full(2), chosen_level=None), {})["present"]["dimensions"][0]
    assert free["target"] is None
    assert free["target_reason"]


def test_dimensions_without_capabilities_do_not_hinder_the_stage() -> None:
    """Two dimensions that only a survey knows: neither in the profile nor missing from it."""
    framework = small_framework()
    added = (*framework.dimensions, Dimension("A1", "Signs"), Dimension("A2", "Shops"))
    got = assess(client(full(3), framework=replace(framework, dimensions=added)), {})["present"]
    assert got["staged"] == 3
    assert [d["dimension"] for d in got["dimensions"]] == ["D1", "D2", "D3"]
    assert got["estimate"] == pytest.approx(3)
    assert got["coverage"] == pytest.approx(1)


def test_weights_of_mktor_give_the_mean_over_its_items_not_of_its_three_means() -> None:
    """MKTOR: overall = mean over all 15 items, in parts of 6, 4 and 5 (Narver & Slater 1990)."""
    sizes, framework = {"D1": 6, "D2": 4, "D3": 5}, small_framework()
    like = framework.capabilities[0]
    items = [(f"{d}-{k}", d) for d, size in sizes.items() for k in range(size)]
    scores = [1 + (7 * k % 9) / 2 for k in range(len(items))]
    shaped = replace(
        framework,
        dimensions=tuple(replace(d, weight=sizes[d.id]) for d in framework.dimensions),
        capabilities=tuple(replace(like, id=i, dimension=d) for i, d in items),
    )
    cells: dict[tuple[str, str], list[Any]] = {
        (i, "sales"): [score] for (i, _), score in zip(items, scores, strict=True)
    }
    got = present(client(cells, framework=shaped))
    assert got.estimate == pytest.approx(np.mean(scores))
    parts = [np.mean([s for (_, d), s in zip(items, scores, strict=True) if d == p]) for p in sizes]
    assert list(got.dimensions) == pytest.approx(parts)
    assert got.estimate != pytest.approx(np.mean(parts))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(2, 10), min_size=4, max_size=4), min_size=2, max_size=6),
    st.integers(1, 5),
)
def test_every_published_interval_includes_its_estimate(
    raters: list[list[int]], of_sales: int
) -> None:
    """Whatever the raters, one or two in a function included, who borrow the others' spread."""
    rows = [
        {
            "capability": c,
            "function": "sales" if i < of_sales else "service",
            "rater": f"r{i}",
            "level": half / 2,
        }
        for i, halves in enumerate(raters)
        for c, half in zip(CAPABILITIES, halves, strict=True)
    ]
    got = present_section(shown := engagement({"ratings": rows}), present(shown))
    for entry in (got, *got["dimensions"], *got["functions"]):
        if entry["low"] is not None:
            assert 1 <= entry["low"] <= entry["estimate"] <= entry["high"] <= 5
