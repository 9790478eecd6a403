"""The steps of the ladder and the last level's cost for the demo client, in plain loops.

Oracle: METHOD's weights (na cells leave them, renormalised over functions, then capabilities), the
framework's targets, the tables `upkeep` and `transactions` row by row.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent import plain
from tests.independent.plain import Cell, close, settle


def cell_weights(engagement: Engagement) -> dict[Cell, float]:
    outside, weights = plain.inapplicable(engagement), plain.function_weights(engagement)
    kept: dict[str, dict[str, float]] = {}
    for c in engagement.framework.capabilities:
        own = {f: w for f, w in weights.items() if (c.id, f) not in outside}
        kept[c.id] = {f: w / sum(own.values()) for f, w in own.items()}
    shares = plain.capability_weights(engagement)
    return {(c, f): shares[c] * w for c, own in kept.items() for f, w in own.items()}


def rise(engagement: Engagement, low: float, high: float) -> dict[Cell, float]:
    target = engagement.framework.target
    return {
        (c, f): settle(target(c, f, high) - target(c, f, low)) for c, f in cell_weights(engagement)
    }


def yearly(engagement: Engagement, risen: dict[Cell, float]) -> float:
    return sum(
        row["cost_year_per_level"] * risen.get((row["capability"], row["function"]), 0.0)
        for row in plain.records(engagement, "upkeep")
    )


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_a_step_of_the_demo(demo: Engagement, published: dict[str, Any], k: int) -> None:
    step, weights = published["level"]["steps"][k - 1], cell_weights(demo)
    risen = rise(demo, k, k + 1)
    assert close(step["points"], sum(weights[cell] * x for cell, x in risen.items()))
    assert step["cells"] == sum(x > 0 for x in risen.values())
    assert close(step["cost_year"], yearly(demo, risen))
    owner = {c.id: c.dimension for c in demo.framework.capabilities}
    tied = {cell: x for cell, x in risen.items() if owner[cell[0]] in ("D3", "D4", "D6", "D7")}
    got = step["coordination"]
    assert close(got["points"], sum(weights[cell] * x for cell, x in tied.items()))
    assert close(got["cost_year"], yearly(demo, tied))
    agreed = [
        (one, other)
        for c in owner
        for one, other in combinations(plain.function_weights(demo), 2)
        if tied.get((c, one), 0) > 0 and tied.get((c, other), 0) > 0
    ]
    assert (got["ties"], got["pairs"]) == (len(agreed), len(set(agreed)))


def test_cells_below_each_step_are_those_published(
    demo: Engagement, published: dict[str, Any]
) -> None:
    cells = [c for c in published["level"]["present"]["cells"] if c["level"] is not None]
    for step in published["level"]["steps"]:
        below = [
            c
            for c in cells
            if c["level"] < demo.framework.target(c["capability"], c["function"], step["to"])
        ]
        assert (step["below"], step["rated"]) == (len(below), len(cells))


def test_the_last_level_of_the_demo(demo: Engagement, published: dict[str, Any]) -> None:
    got, asked = published["level"]["consequence"]["last_level"], 3.6
    assert round(published["level"]["required"]["estimate"], 1) == asked
    assert (got["from"], got["to"]) == (asked, 4)
    cost = yearly(demo, rise(demo, asked, 4))
    assert close(got["cost_year"], cost)
    year = sum(
        row["amount"] for row in plain.records(demo, "transactions") if row["date"].year == 2026
    )
    assert close(got["share_of_revenue"], cost / year)
    classes = {row["class"]: row for row in published["purpose"]["revenue"]["classes"]}
    assert close(got["per_recurring_customer"], cost / classes["recurring"]["customers"], 1e-5)
