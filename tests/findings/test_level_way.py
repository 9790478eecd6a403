"""The sentence on the dimension furthest below its target. Oracle: arithmetic by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.level.way import way_sentence

NAMES = {"D1": "Purpose", "D2": "Insight", "D3": "Rewards"}


def levels(chosen: float | None, *rows: tuple[float | None, float | None]) -> dict[str, Any]:
    dimensions = [
        {"dimension": f"D{i}", "estimate": estimate, "target": target}
        for i, (estimate, target) in enumerate(rows, start=1)
    ]
    return {"chosen": chosen, "present": {"dimensions": dimensions}}


def test_furthest_by_distance_not_by_level() -> None:
    said = way_sentence(levels(4.0, (1.0, 2.0), (2.5, 4.5), (None, 5.0)), NAMES)
    assert said == "At level 4 “Insight” is furthest below its target, by 2 levels."


def test_equal_ways_name_the_first_dimension() -> None:
    said = way_sentence(levels(3.5, (2.0, 3.0), (2.5, 3.5)), NAMES)
    assert said == "At level 3.5 “Purpose” is furthest below its target, by 1 level."


@pytest.mark.parametrize("target", [2.0, 2.04, 1.0])
def test_none_below(target: float) -> None:
    said = way_sentence(levels(2.0, (2.0, target)), NAMES)
    assert said == "At level 2 no dimension is below its target."


@pytest.mark.parametrize("known", [levels(None, (2.0, None)), levels(3.0, (None, 3.0))])
def test_nothing_to_compare(known: dict[str, Any]) -> None:
    assert way_sentence(known, NAMES) == ""
