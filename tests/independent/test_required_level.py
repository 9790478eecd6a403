"""The required level of the demo client, computed again in plain loops.

Oracle: METHOD, "Required level", read alone: means over raters, base, shift, the cap of low
competition with low margin, the floor of parity, and the smallest change by a dense scan.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from lodestar.framework.model import Framework
from tests.independent.plain import clip, close, mean, nearest_level, records

STEP = 0.001


def factor_scores(engagement: Engagement) -> dict[str, float]:
    """Return x of every factor that somebody scored."""
    scores: dict[str, list[float]] = {}
    for row in records(engagement, "context"):
        if row["score"] is not None:
            scores.setdefault(row["factor"], []).append(row["score"])
    return {factor: mean(values) for factor, values in scores.items()}


def required(framework: Framework, x: Mapping[str, float]) -> float | None:
    """Return R; None without R1 or R2 or with fewer than half of the other factors."""
    base = [f for f in framework.factors if f.role == "base"]
    others = [f for f in framework.factors if f.role != "base"]
    known = [f for f in others if f.id in x]
    if any(f.id not in x for f in base) or 2 * len(known) < len(others):
        return None
    start = sum(f.weight * x[f.id] for f in base) / sum(f.weight for f in base)
    pull = sum(f.weight * f.sign * (x[f.id] - 3) / 2 for f in known) / sum(f.weight for f in known)
    cap = framework.shift_cap
    level = clip(start + clip(framework.shift_scale * pull, -cap, cap), 1, 5)
    if "R5" in x and "R9" in x:
        level = min(level, 3 + 2 * max(clip(x["R5"] - 2, 0, 1), clip(4 - x["R9"], 0, 1)))
    if "R7" in x:
        level = max(level, 1 + 2 * clip(x["R7"] - 3, 0, 1))
    return level


def smallest_change(framework: Framework, x: Mapping[str, float]) -> tuple[str, float] | None:
    """Return the factor and signed change, to a step of the scan, that first moves the level."""
    today = nearest_level(required(framework, x) or math.nan)
    best: tuple[float, str, float] | None = None
    for factor in sorted(x):
        for sign in (-1, 1):
            for k in range(1, round(4 / STEP) + 1):
                moved = x[factor] + sign * k * STEP
                if not 1 <= moved <= 5:
                    break
                if nearest_level(required(framework, {**x, factor: moved}) or 0.0) != today:
                    if best is None or k * STEP < best[0]:
                        best = (k * STEP, factor, sign * k * STEP)
                    break
    return None if best is None else (best[1], best[2])


def test_the_estimate_is_the_formula_at_nominal_weights(
    demo: Engagement, published: dict[str, Any]
) -> None:
    assert close(
        required(demo.framework, factor_scores(demo)), published["level"]["required"]["estimate"]
    )


def test_every_factor_is_the_mean_over_its_raters(
    demo: Engagement, published: dict[str, Any]
) -> None:
    scores = factor_scores(demo)
    shown = {row["factor"]: row["score"] for row in published["level"]["required"]["factors"]}
    assert shown.keys() == {factor.id for factor in demo.framework.factors}
    assert all(close(scores[factor], score) for factor, score in shown.items())


def test_the_smallest_change_is_the_first_a_dense_scan_meets(
    demo: Engagement, published: dict[str, Any]
) -> None:
    found = smallest_change(demo.framework, factor_scores(demo))
    shown = published["level"]["required"]["smallest_change"]
    assert found is not None
    assert shown["factor"] == found[0]
    assert math.copysign(1, shown["change"]) == math.copysign(1, found[1])
    assert abs(found[1]) - STEP <= abs(shown["change"]) <= abs(found[1]) + 1e-6


def test_the_tornado_moves_one_factor_and_applies_every_rule(
    demo: Engagement, published: dict[str, Any]
) -> None:
    x = factor_scores(demo)
    for row in published["level"]["required"]["tornado"]:
        for side in ("below", "above"):
            moved = {**x, row["factor"]: row[side]}
            assert close(required(demo.framework, moved), row[f"at_{side}"]), row


@pytest.mark.parametrize("removed", ["R3", "R5", "R7", "R9"])
def test_a_missing_factor_leaves_the_weights(demo: Engagement, removed: str) -> None:
    from lodestar.assess.results import Results

    frame = demo.wave.tables["context"]
    less = demo.with_tables(context=frame[frame["factor"] != removed].reset_index(drop=True))
    assert close(
        required(demo.framework, factor_scores(less)),
        Results(less)["level"]["required"]["estimate"],
    )
