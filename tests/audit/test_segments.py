"""Small segments shown as one are rows of the published system; planted, they tell of few.

Oracle: all customers less the segments shown less those shown as one are those without a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lodestar.assess.inclusion.advocacy_section import advocacy_section
from lodestar.assess.level import assess, segment_merged
from lodestar.audit import Leak
from lodestar.engagement.model import Engagement
from tests.audit.organisation import found, run
from tests.support.builders import engagement

SIZES: tuple[tuple[str | None, int], ...] = (("north", 12), ("west", 10), ("south", 4), ("east", 3))


def customers(sizes: Sequence[tuple[str | None, int]]) -> Engagement:
    rng = np.random.default_rng(4)
    names = [name for name, n in sizes for _ in range(n)]
    people = [
        {"respondent": f"cust-{i}", "group": "customer", "region": name, "segment": name}
        for i, name in enumerate(names)
    ]
    said = [
        {"respondent": person["respondent"], "item": item, "value": float(rng.integers(low, high))}
        for person in people
        for item, low, high in (("I01", 1, 6), ("I02", 1, 6), ("I03", 1, 6), ("I08", 0, 11))
    ]
    return engagement({"respondents": people, "responses": said})


def leaks(material: Engagement, tmp_path: Path) -> tuple[list[Leak], dict[str, Any]]:
    level, inclusion = assess(material, {}), advocacy_section(material)
    document = {"threshold": 5, "labels": {}, "level": level, "inclusion": inclusion}
    return found(material, run(tmp_path / "run", document)), level


def together(level: dict[str, Any]) -> list[str]:
    return [row["column"] for row in level["segments"] if row.get("members")]


def test_small_segments_shown_as_one_are_clean(tmp_path: Path) -> None:
    told, level = leaks(customers(SIZES), tmp_path)
    assert together(level) == ["region", "segment"]
    assert told == []


@pytest.mark.parametrize("blank", [1, 2, 4])
def test_ungated_they_tell_of_the_few_without_a_value(
    blank: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = customers((*SIZES, (None, blank)))
    told, level = leaks(material, tmp_path / "gated")
    assert told == []
    assert together(level) == []
    monkeypatch.setattr(segment_merged, "_may_stand", lambda *_: True)
    told, level = leaks(material, tmp_path / "open")
    assert together(level) == ["region", "segment"]
    assert {leak.kind for leak in told} == {"follows"}
    assert {leak.who for leak in told} == {f"a group of {blank}" if blank > 1 else "one person"}
