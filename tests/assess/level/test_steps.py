"""What each step adds. Oracles: the telescoping sum Σ w_c v_f (t(5) − t(1)), counts by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.cells import cell_matrix
from lodestar.assess.level import steps, targets
from lodestar.engagement.model import Engagement, Function
from lodestar.framework.model import Capability, Dimension
from tests.support.builders import engagement, small_framework

DIMENSIONS = (
    Dimension("D1", "Purpose", weight=2),
    Dimension("D2", "Understanding", coordination=True),
    Dimension("D3", "Insight", coordination=True),
)
PROFILES = st.lists(st.sampled_from([1, 1.5, 2, 3, 3.5, 4, 5]), min_size=5, max_size=5).map(sorted)


def found(shown: Engagement) -> list[dict[str, Any]]:
    cells = cell_matrix(shown)
    made: list[dict[str, Any]] = steps(shown.framework, cells, targets(shown, cells))["steps"]
    return made


def tied(**changes: Any) -> Engagement:
    """Two of three dimensions tie functions together; C01 to C04 as in the small framework."""
    return engagement(framework=small_framework(dimensions=DIMENSIONS), **changes)


def drawn(profiles: Sequence[Sequence[float]], own: Sequence[float]) -> Engagement:
    """Three capabilities with drawn targets, one with its own in sales; functions weigh 1 and 3."""
    capabilities = tuple(
        Capability(
            f"C{i}",
            f"D{i}",
            f"C{i}",
            weight=float(i),
            target=dict(zip(range(1, 6), profile, strict=True)),
            target_by_function=(
                {"sales": dict(zip(range(1, 6), own, strict=True))} if i == 2 else {}
            ),
        )
        for i, profile in enumerate(profiles, 1)
    )
    shown = engagement(framework=small_framework(dimensions=DIMENSIONS, capabilities=capabilities))
    functions = (Function("sales", "Sales", 1), Function("service", "Service", 3))
    return replace(shown, settings=replace(shown.settings, functions=functions))


@settings(max_examples=30)
@given(st.lists(PROFILES, min_size=3, max_size=3), PROFILES)
def test_steps_add_up_to_the_whole_way_from_1_to_5(
    profiles: list[list[float]], own: list[float]
) -> None:
    shown = drawn(profiles, own)
    got, weight = found(shown), {"D1": 0.5, "D2": 0.25, "D3": 0.25}
    way = sum(
        weight[c.dimension] * share * (shown.framework.target(c.id, f, 5) - start)
        for c in shown.framework.capabilities
        for f, share in (("sales", 0.25), ("service", 0.75))
        for start in [shown.framework.target(c.id, f, 1)]
    )
    assert sum(step["points"] for step in got) == pytest.approx(way)
    for step in got:
        part = sum(weight[row["dimension"]] * row["rise"] for row in step["dimensions"])
        assert step["points"] == pytest.approx(part)
        assert 0 <= step["coordination"]["points"] <= step["points"] + 1e-12
        pairs = step["coordination"]["pairs"]
        assert pairs <= step["coordination"]["ties"] <= step["coordination"]["cells"]


def test_a_step_counted_by_hand() -> None:
    """2 → 3: C01 +1 and C02 +1 (weigh ½ together), C03 +1, C04 +1: all eight cells, a level."""
    step = found(tied())[1]
    assert (step["from"], step["to"]) == (2, 3)
    assert step["points"] == pytest.approx(1)
    assert (step["cells"], step["applicable"], step["capabilities"]) == (8, 8, 4)
    assert step["coordination"] == {
        "dimensions": ["D2", "D3"],
        "weight": pytest.approx(0.5),
        "points": pytest.approx(0.5),
        "share": pytest.approx(0.5),
        "cells": 4,
        "capabilities": 2,
        "functions": 2,
        "pairs": 1,
        "ties": 2,
        "cost_year": None,
        "cost_year_reason": "The table `upkeep` would say what levels cost to hold.",
        "costed": 0,
    }


def test_where_some_targets_stand_still() -> None:
    """1 → 2: C02 stays at 1. 4 → 5: C04 stays at 4, so C03 alone ties the two functions."""
    got = found(tied())
    assert [row["capability"] for row in got[0]["top"]] == ["C01", "C03", "C04"]
    assert (got[0]["cells"], got[0]["points"]) == (6, pytest.approx(0.75))
    assert (got[3]["coordination"]["cells"], got[3]["coordination"]["ties"]) == (2, 1)
    rises = {row["dimension"]: row["rise"] for row in got[3]["dimensions"]}
    assert rises == {"D1": 1, "D2": 1, "D3": 0}


def test_what_stands_below_today_grows_with_the_level() -> None:
    """C01 at 2.5 in sales is below 3 and above 2; unrated cells are not counted as below."""
    ratings = [{"capability": "C01", "function": "sales", "rater": "a", "level": 2.5}]
    got = found(tied(tables={"ratings": ratings}))
    assert [step["below"] for step in got] == [0, 1, 1, 1]
    assert {step["rated"] for step in got} == {1}
    bare = found(tied())[0]
    assert bare["below"] is None
    assert "ratings" in bare["below_reason"]


def test_a_cell_that_does_not_apply_asks_for_nothing() -> None:
    """C03 in service leaves the weights: D2 is C03 in sales, and one function has no pair."""
    ratings = [{"capability": "C03", "function": "service", "rater": "a", "applies": False}]
    step = found(tied(tables={"ratings": ratings}))[3]
    assert (step["applicable"], step["cells"]) == (7, 5)
    assert step["points"] == pytest.approx(0.75)
    assert step["coordination"]["pairs"] == 0


def test_costs_of_a_step_and_of_its_coordination() -> None:
    """3 → 4: C02 and C03 rise a level in sales, at 400 and 70; nothing else is costed."""
    upkeep = [
        {"capability": "C02", "function": "sales", "cost_year_per_level": 400},
        {"capability": "C03", "function": "sales", "cost_year_per_level": 70},
    ]
    got = found(tied(tables={"upkeep": upkeep}))
    assert (got[2]["cost_year"], got[2]["costed"]) == (470, 2)
    assert (got[2]["coordination"]["cost_year"], got[2]["coordination"]["costed"]) == (70, 1)
    assert (got[0]["cost_year"], got[0]["costed"]) == (70, 1)


def test_cost_that_covers_nothing_that_rises_is_no_zero() -> None:
    upkeep = [{"capability": "C02", "function": "sales", "cost_year_per_level": 400}]
    step = found(tied(tables={"upkeep": upkeep}))[0]
    assert step["cost_year"] is None
    assert "none of the cells" in step["cost_year_reason"]


def test_a_framework_without_the_mark_says_so() -> None:
    tied_part = found(engagement())[0]["coordination"]
    assert tied_part["share"] is None
    assert "coordination: true" in tied_part["share_reason"]
    assert tied_part["dimensions_reason"]


def test_nothing_applies() -> None:
    ratings = [
        {"capability": f"C0{c}", "function": f, "rater": "a", "applies": False}
        for c in range(1, 5)
        for f in ("sales", "service")
    ]
    shown = tied(tables={"ratings": ratings})
    cells = cell_matrix(shown)
    got = steps(shown.framework, cells, targets(shown, cells))
    assert got == {"steps": [], "steps_reason": "No capability applies in any function."}
