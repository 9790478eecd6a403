"""Why the plan does without an investment; every rule on a case that can be told by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.roadmap import OUT, choose
from lodestar.assess.roadmap.left import left_by
from tests.support.portfolios import budget, capacity, problem
from tests.support.roadmaps import effect, investment, roadmap


def told(made: dict[str, Any], name: str) -> dict[str, Any]:
    row = next(row for row in made["investments"] if row["investment"] == name)
    return dict(row["left_by"])


def test_what_is_in_the_plan_is_not_left() -> None:
    made = roadmap([investment("a")], [effect("a", "C03", 1)])
    assert made["investments"][0]["left_by"] is None
    assert made["investments"][0]["left_by_reason"]


def test_rules_are_told_with_those_who_stand_in_the_way() -> None:
    """One is excluded by the plan, one forbidden, one needs that, one makes nothing better."""
    rows = [
        investment("a"),
        investment("c"),
        investment("d", excludes=["a"]),
        investment("e", choice="must-not"),
        investment("f", requires=["e"]),
    ]
    effects = [effect(n, "C03", s) for n, s in (("a", 2), ("d", 1), ("e", 1), ("f", 1))]
    made = roadmap(rows, [*effects, effect("c", "C04", 1)])
    assert made["chosen"] == ["a"]
    found = {name: told(made, name) for name in "cdef"}
    rules = {name: row["rule"] for name, row in found.items()}
    assert rules == {"c": "gain", "d": "excludes", "e": "must-not", "f": "requires"}
    assert found["d"]["names"] == ["a"]
    assert found["f"]["names"] == ["e"]
    row = next(row for row in made["investments"] if row["investment"] == "a")
    assert row["excludes"] == ["d"]


def test_money_that_lacks_is_counted() -> None:
    """130 of capital; a takes 100, b would need 100 more: 70 are missing."""
    rows = [investment("a"), investment("b")]
    money = [{"period": "2027-Q1", "kind": "capital", "amount": 130}]
    made = roadmap(rows, [effect("a", "C03", 1), effect("b", "C01", 1)], budgets=money)
    found = told(made, "b")
    assert found["rule"] == "room"
    assert [(s["kind"], s["name"]) for s in found["short"]] == [("budget", "capital")]
    assert found["short"][0]["lacks"] == pytest.approx(70)


def test_people_that_lack_are_named_by_function() -> None:
    made = problem(
        [-2, -1],
        [(0, 1, [0]), (1, 1, [1])],
        2,
        resources=[capacity([2, 2], [3], "service")],
    )
    found = left_by(made, np.array([0, OUT]), 1)
    assert found["rule"] == "room"
    assert found["short"][0]["kind"] == "capacity"
    assert found["short"][0]["name"] == "service"
    assert found["short"][0]["lacks"] == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-3, 1), min_size=3, max_size=3),
    st.lists(st.integers(1, 3), min_size=3, max_size=3),
    st.integers(0, 6),
)
def test_beside_a_proven_plan_room_is_what_lacks(
    gap: list[int], cost: list[int], room: int
) -> None:
    """Law: what a proven plan leaves out does not gain beside it or does not fit beside it."""
    effects = [(k, 1.0, [k]) for k in range(3)]
    made = problem(gap, effects, 3, resources=[budget(cost, [room])])
    plan = choose(made)
    assert plan is not None
    for i in np.flatnonzero(plan.starts == OUT):
        found = left_by(made, plan.starts, int(i))
        assert found["rule"] in {"gain", "room"}
        short = room - sum(cost[j] for j in np.flatnonzero(plan.starts != OUT)) - cost[i]
        if found["rule"] == "room":
            assert found["short"][0]["lacks"] == pytest.approx(-short)
