"""The shipped framework keeps its contract; oracle: counts and rules of the contract."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from lodestar.framework import load_framework
from lodestar.framework.model import Item

FRAMEWORK = load_framework("customer-alignment")


def _items(kind: str) -> list[Item]:
    return [item for item in FRAMEWORK.items if item.kind == kind]


def test_ladder_dimensions_and_keys() -> None:
    names = ["Task-run", "Complaint-led", "Segment-coordinated", "Relationship-integrated"]
    assert [level.name for level in FRAMEWORK.levels] == [*names, "Jointly adaptive"]
    assert [dimension.id for dimension in FRAMEWORK.dimensions] == [f"D{i}" for i in range(1, 11)]
    keys = [dimension.id for dimension in FRAMEWORK.dimensions if dimension.key]
    assert keys == ["D1", "D2", "D4", "D6"]


def test_dimensions_that_tie_functions_together_rest_on_a_source() -> None:
    tying = {dimension.id for dimension in FRAMEWORK.dimensions if dimension.coordination}
    assert tying == {"D3", "D4", "D6", "D7"}
    rests = {s.id: set(s.rests) for s in FRAMEWORK.sources if s.id in ("day-2006", "lee-2015")}
    assert tying <= set().union(*rests.values())


def test_every_dimension_has_capabilities_with_a_descriptor_at_each_level() -> None:
    counts = Counter(capability.dimension for capability in FRAMEWORK.capabilities)
    assert set(counts) == {dimension.id for dimension in FRAMEWORK.dimensions}
    assert sum(counts.values()) >= 30
    for capability in FRAMEWORK.capabilities:
        assert list(capability.descriptors) == [1, 2, 3, 4, 5]
        assert all(len(text) > 40 for text in capability.descriptors.values())


def test_no_two_descriptors_are_the_same() -> None:
    texts = [text for one in FRAMEWORK.capabilities for text in one.descriptors.values()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("level", [2, 3, 4])
def test_targets_differ_by_at_least_a_level(level: int) -> None:
    targets = [capability.target[level] for capability in FRAMEWORK.capabilities]
    assert max(targets) - min(targets) >= 1


def test_some_functions_have_targets_of_their_own() -> None:
    functions = {name for one in FRAMEWORK.capabilities for name in one.target_by_function}
    assert {"finance", "operations"} <= functions
    assert any(capability.distinctive for capability in FRAMEWORK.capabilities)


def test_a_capability_needs_nothing_above_its_own_target() -> None:
    """What comes first must not be asked for later: at level 3 a need lags by a level at most."""
    for capability in FRAMEWORK.capabilities:
        for need in capability.needs:
            assert FRAMEWORK.capability(need).target[3] >= capability.target[3] - 1


def test_items_are_in_english_and_french() -> None:
    assert len(FRAMEWORK.items) >= 64
    for item in FRAMEWORK.items:
        assert set(item.text) == {"en", "fr"}
        assert item.text["en"] != item.text["fr"]
    texts = [item.text["fr"] for item in FRAMEWORK.items]
    assert len(set(texts)) == len(texts)


def test_french_has_its_spaces_and_apostrophes() -> None:
    for item in FRAMEWORK.items:
        assert not re.search("[^\u00a0][?!;:]", item.text["fr"]), item.id
        assert "'" not in item.text["fr"], item.id


def test_kinds_pairs_and_subjects_are_all_asked() -> None:
    assert {item.subject for item in _items("nps")} == {"offer", "employer"}
    assert len(_items("importance5")) == len(_items("performance5")) >= 4
    assert len(_items("know5")) == len(_items("do5")) >= 4
    assert any(item.role == "clarity" for item in FRAMEWORK.items)
    assert sum(item.reverse for item in FRAMEWORK.items) >= 8
    asked = {group for item in FRAMEWORK.items for group in item.audience}
    assert asked == {"executive", "manager", "employee", "customer", "partner"}


def test_every_dimension_has_three_level_items_for_employees_and_most_for_customers() -> None:
    levels = [item for item in FRAMEWORK.items if item.to_level]
    staff = Counter(item.dimension for item in levels if "employee" in item.audience)
    customers = Counter(item.dimension for item in levels if "customer" in item.audience)
    assert len(staff) == 10
    # D1 asks its third question, stated clarity, outside the level.
    assert min(staff.values()) >= 3
    assert len(customers) == 10


def test_factors_have_the_signs_of_their_sources() -> None:
    signs = {factor.id: factor.sign for factor in FRAMEWORK.factors}
    assert list(signs) == [f"R{i}" for i in range(1, 12)]
    assert [id for id, sign in signs.items() if sign == -1] == ["R7", "R8", "R9"]
    assert [factor.id for factor in FRAMEWORK.factors if factor.role == "base"] == ["R1", "R2"]
    for factor in FRAMEWORK.factors:
        assert list(factor.descriptors) == [1, 2, 3, 4, 5]
        assert factor.source
        assert factor.strength


def test_everything_rests_on_a_source() -> None:
    rests = {part for source in FRAMEWORK.sources for part in source.rests}
    assert {dimension.id for dimension in FRAMEWORK.dimensions} <= rests
    assert {factor.id for factor in FRAMEWORK.factors} - rests == {"R1", "R2"} - rests
