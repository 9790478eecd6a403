"""The present level of the demo client, computed again in plain loops.

Oracle: METHOD, "Present level" (cells, dimensions, continuous, staged, gated) and the coverage of
"Alignment at the chosen level"; DESIGN's rule that a cell whose survey answers all stand at one
extreme is not shown.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent import plain
from tests.independent.plain import Cell, close, settle


def all_at_one_extreme(engagement: Engagement) -> set[Cell]:
    """Return the cells whose survey answers are all 1 or all 5."""
    said: dict[Cell, set[float]] = {}
    for row in plain.records(engagement, "ratings"):
        if row["basis"] == "survey" and row["applies"]:
            said.setdefault((row["capability"], row["function"]), set()).add(row["level"])
    return {cell for cell, levels in said.items() if levels in ({1.0}, {5.0})}


def shown_cells(engagement: Engagement) -> dict[Cell, float]:
    withheld = plain.too_few_in_survey(engagement) | all_at_one_extreme(engagement)
    return plain.medians(engagement, withheld)


def capability_levels(engagement: Engagement, cells: dict[Cell, float]) -> dict[str, float | None]:
    weights = plain.function_weights(engagement)
    return {
        c.id: plain.renormalised(weights, {f: cells.get((c.id, f)) for f in weights})
        for c in engagement.framework.capabilities
    }


def dimension_levels(engagement: Engagement, cells: dict[Cell, float]) -> dict[str, float | None]:
    levels, weights = capability_levels(engagement, cells), plain.within_weights(engagement)
    return {
        d.id: plain.renormalised(
            weights,
            {c.id: levels[c.id] for c in engagement.framework.capabilities if c.dimension == d.id},
        )
        for d in engagement.framework.dimensions
    }


def staged(engagement: Engagement, levels: dict[str, float | None]) -> int | None:
    key = [levels[d.id] for d in engagement.framework.dimensions if d.key]
    others = [levels[d.id] for d in engagement.framework.dimensions if not d.key]
    if not key or None in key or others.count(None) > 1:
        return None
    best = 1
    for k in range(2, 6):
        short = [x for x in others if x is not None and settle(x) < k - 0.5]
        if all(settle(x) >= k - 0.5 for x in key if x is not None) and len(short) <= 1:
            best = k
    return best


def gated(engagement: Engagement, cells: dict[Cell, float]) -> float:
    """Return 1 + s2 + s2 s3 + s2 s3 s4 + s2 s3 s4 s5 over the cells that are shown."""
    w, v = plain.capability_weights(engagement), plain.function_weights(engagement)
    total = sum(w[c] * v[f] for c, f in cells)
    score, product = 1.0, 1.0
    for k in range(2, 6):
        product *= sum(w[c] * v[f] for (c, f), x in cells.items() if settle(x) >= k) / total
        score += product
    return score


def coverage(engagement: Engagement, cells: dict[Cell, float]) -> float:
    w, v = plain.capability_weights(engagement), plain.function_weights(engagement)
    nowhere = plain.inapplicable(engagement)
    applicable = sum(w[c] * v[f] for c in w for f in v if (c, f) not in nowhere)
    return sum(w[c] * v[f] for c, f in cells) / applicable


@pytest.fixture(scope="module")
def cells(demo: Engagement) -> dict[Cell, float]:
    return shown_cells(demo)


@pytest.fixture(scope="module")
def present(published: dict[str, Any]) -> dict[str, Any]:
    return published["level"]["present"]


def test_every_cell_is_the_median_of_its_ratings(
    demo: Engagement, cells: dict[Cell, float], present: dict[str, Any]
) -> None:
    nowhere = plain.inapplicable(demo)
    assert len(present["cells"]) == len(demo.framework.capabilities) * len(demo.settings.functions)
    for row in present["cells"]:
        cell = (row["capability"], row["function"])
        assert close(cells.get(cell), row["level"]), row
        assert row["applies"] == (cell not in nowhere), row


def test_capabilities_and_dimensions_renormalise_what_is_absent(
    demo: Engagement, cells: dict[Cell, float], present: dict[str, Any]
) -> None:
    for row in present["capabilities"]:
        assert close(capability_levels(demo, cells)[row["capability"]], row["level"]), row
    for row in present["dimensions"]:
        assert close(dimension_levels(demo, cells)[row["dimension"]], row["estimate"]), row


def test_the_continuous_level_weighs_the_dimensions(
    demo: Engagement, cells: dict[Cell, float], present: dict[str, Any]
) -> None:
    expected = plain.renormalised(plain.dimension_weights(demo), dimension_levels(demo, cells))
    assert close(expected, present["estimate"])


def test_the_staged_level_needs_the_key_dimensions(
    demo: Engagement, cells: dict[Cell, float], present: dict[str, Any]
) -> None:
    levels = dimension_levels(demo, cells)
    step = staged(demo, levels)
    nearest = plain.nearest_level(present["estimate"])
    assert step == present["staged"]
    assert step is not None
    kind = "held_back" if step <= nearest - 1 else "one_excused" if step > nearest else None
    assert (present["disagreement"] or {"kind": None})["kind"] == kind
    blamed = present["disagreement"]["dimensions"]
    below = {d for d, x in levels.items() if x is not None and settle(x) < step + 0.5}
    assert set(blamed) <= below


def test_the_gated_level_multiplies_the_shares(
    demo: Engagement, cells: dict[Cell, float], present: dict[str, Any]
) -> None:
    assert close(gated(demo, cells), present["gated"])


def test_coverage_is_the_weight_present_over_the_weight_that_applies(
    demo: Engagement, cells: dict[Cell, float], published: dict[str, Any]
) -> None:
    expected = coverage(demo, cells)
    for section in (
        published["level"]["present"],
        published["alignment"],
        published["data_quality"],
    ):
        assert close(expected, section["coverage"])


def test_the_level_of_a_function_within_a_dimension(
    demo: Engagement, cells: dict[Cell, float], present: dict[str, Any]
) -> None:
    weights = plain.within_weights(demo)
    for row in present["dimensions"]:
        inside = [c.id for c in demo.framework.capabilities if c.dimension == row["dimension"]]
        for function, level in row["functions"].items():
            expected = plain.renormalised(weights, {c: cells.get((c, function)) for c in inside})
            assert close(expected, level), (row["dimension"], function)
