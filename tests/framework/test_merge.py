"""Laws of merging; oracle: the entries changed here by plain assignment."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.framework.merge import merge

SHIPPED: dict[str, Any] = {
    "id": "f",
    "version": 1,
    "capabilities": [
        {"id": id, "name": id, "weight": 1, "target": {str(k): k for k in range(1, 6)}}
        for id in ("C1", "C2", "C3")
    ],
}
WEIGHTS = st.dictionaries(st.sampled_from(["C1", "C2", "C3", "C4", "C5"]), st.integers(1, 3))


def _override(weights: dict[str, int]) -> dict[str, Any]:
    return {"capabilities": [{"id": id, "weight": weight} for id, weight in weights.items()]}


def _plainly(weights: dict[str, int]) -> dict[str, dict[str, Any]]:
    entries = {entry["id"]: copy.deepcopy(entry) for entry in SHIPPED["capabilities"]}
    for id, weight in weights.items():
        entries.setdefault(id, {"id": id})["weight"] = weight
    return entries


@given(WEIGHTS)
@settings(deadline=None)
def test_merging_is_assignment_and_each_change_is_told_once(weights: dict[str, int]) -> None:
    merged, changes = merge(SHIPPED, _override(weights))
    assert {entry["id"]: entry for entry in merged["capabilities"]} == _plainly(weights)
    changed = [id for id, weight in weights.items() if id > "C3" or weight != 1]
    assert len(changes) == len(changed)
    assert all(id in change for id, change in zip(changed, changes, strict=True))


@given(WEIGHTS, WEIGHTS)
@settings(deadline=None)
def test_merging_twice_is_merging_both(first: dict[str, int], second: dict[str, int]) -> None:
    once, _ = merge(SHIPPED, _override(first))
    twice, _ = merge(once, _override(second))
    both = _plainly({**first, **second})
    assert {entry["id"]: entry for entry in twice["capabilities"]} == both


def test_the_shipped_data_are_left_alone() -> None:
    before = copy.deepcopy(SHIPPED)
    merged, _ = merge(SHIPPED, {"capabilities": [{"id": "C1", "target": {"4": 2}}]})
    assert before == SHIPPED
    assert merged["capabilities"][0]["target"]["4"] == 2


def test_a_client_may_say_what_ties_its_functions_together() -> None:
    shipped = {"dimensions": [{"id": "D1", "name": "Air"}, {"id": "D3", "coordination": True}]}
    own = {"dimensions": [{"id": "D1", "coordination": True}, {"id": "D3", "coordination": False}]}
    merged, changes = merge(shipped, own)
    assert [entry["coordination"] for entry in merged["dimensions"]] == [True, False]
    assert changes == (
        "dimension D1 'Air': coordination set to yes",
        "dimension D3 '': coordination changed from yes to no",
    )


def test_a_part_that_was_not_there_is_said_to_be_set() -> None:
    own = {"capabilities": [{"id": "C1", "needs": ["C2"]}], "transition": {"dip": 0.1}}
    assert merge(SHIPPED, own)[1] == (
        "capability C1 'C1': needs set to 'C2'",
        "transition: dip set to 0.1",
    )
