"""Oracles: the formula by hand, draws by an obvious loop, smallest change by brute force."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.bands import level_with_band
from lodestar.assess.level import (
    assess,
    market,
    required,
    required_level,
    smallest_change,
    tornado,
)
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import generator
from lodestar.stats.rounding import to_level
from tests.support.builders import engagement, small_framework

FACTORS = tuple(f"R{i}" for i in range(1, 12))
MARKET = market(small_framework(), FACTORS)


def level(**scores: float) -> float:
    """The level with every factor at 3 but those given."""
    x = np.array([scores.get(f, 3.0) for f in FACTORS])
    return float(required_level(x, MARKET))


def client(*raters: dict[str, float], **more: Any) -> Engagement:
    rows = [
        {"factor": f, "rater": f"r{i}", "score": score, **more}
        for i, scores in enumerate(raters)
        for f, score in scores.items()
    ]
    return engagement({"context": rows})


def everything(**scores: float) -> dict[str, float]:
    return {f: scores.get(f, 3.0) for f in FACTORS}


def test_all_factors_neutral_ask_for_three() -> None:
    assert level() == 3


def test_base_and_shift_by_hand() -> None:
    """B = 4; S = 3 · (5 − 3)/2 / 9 = 1/3."""
    assert level(R1=5, R4=5) == pytest.approx(4 + 1 / 3)
    assert level(R1=5, R2=3, R8=5) == pytest.approx(4 - 1 / 3)


def test_shift_is_capped() -> None:
    """All shift factors fully up: 3 · 1 = 3, capped at 1.5; R7 = 1 sets no floor."""
    up = {f: 1.0 if f in ("R7", "R8", "R9") else 5.0 for f in FACTORS[2:]}
    assert level(**up) == pytest.approx(4.5)


def test_low_competition_with_low_margin_caps_at_three_faded_over_a_point() -> None:
    """R5 = 2.5, R9 = 4: h = 0.5, cap 4; uncapped 5 − 0.25."""
    assert level(R1=5, R2=5, R5=2, R9=4) == 3
    assert level(R1=5, R2=5, R5=2.5, R9=4) == 4
    assert level(R1=5, R2=5, R5=1, R9=3) == pytest.approx(5 - 3 / 9)


def test_organised_rivals_set_a_floor() -> None:
    assert level(R1=1, R2=1, R7=4) == 3
    assert level(R1=1, R2=1, R7=3.5) == 2
    assert level(R1=1, R2=1, R7=3) == 1


def test_floor_comes_after_the_cap() -> None:
    assert level(R1=5, R2=5, R5=1, R9=5, R7=5) == 3


def test_missing_factors_leave_the_weights_and_their_rules() -> None:
    """Without R9 there is no cap; five of nine others: S = 3 · (−0.5)/5."""
    seen = dict.fromkeys(("R3", "R4", "R6", "R8"), 3.0) | {"R1": 5.0, "R2": 5.0, "R5": 2.0}
    got = required(client(seen))
    assert got.estimate == pytest.approx(5 - 0.3)


@pytest.mark.parametrize("gone", [("R1",), ("R2",), ("R3", "R4", "R5", "R6", "R7")])
def test_too_few_factors_give_no_level(gone: tuple[str, ...]) -> None:
    """Both base factors and half of the nine others are needed: four are too few."""
    got = assess(client({f: 3.0 for f in FACTORS if f not in gone}), {})["required"]
    assert got["estimate"] is None
    assert "context" in got["estimate_reason"]
    assert got["distribution"] is None
    assert got["tornado"] == []


def test_five_of_nine_others_are_enough() -> None:
    assert required(client(dict.fromkeys(FACTORS[:7], 3.0))).known


def test_draws_equal_the_obvious_loop() -> None:
    """Pick raters, average, draw weights from Dirichlet(10 · n · w): Dirichlet(10, …) here."""
    rng = np.random.default_rng(2)
    raters = [
        {f: float(rng.integers(1, 6)) for f in FACTORS if rng.random() < 0.8}
        | {"R1": 3.0, "R2": 4.0}
        for _ in range(4)
    ]
    found = required(client(*raters), draws=50)
    same = generator(7, "level.required")
    picks = same.integers(0, 4, size=(50, 4), dtype=np.int32)
    base, shift = same.dirichlet([10.0] * 2, 50), same.dirichlet([10.0] * 9, 50)
    assert found.draws is not None
    for draw in range(50):
        x = np.empty(11)
        for j, factor in enumerate(FACTORS):
            every = [r[factor] for r in raters if factor in r]
            taken = [raters[p][factor] for p in picks[draw] if factor in raters[p]]
            x[j] = np.mean(taken) if taken else np.mean(every)
        weights = np.concatenate([base[draw], np.zeros(9)]), np.concatenate([[0, 0], shift[draw]])
        want = required_level(x, found.market, *weights)
        assert found.draws[draw] == pytest.approx(float(want))


def test_interval_holds_the_estimate_and_shares_add_up() -> None:
    got = assess(client(everything(R1=5), everything(R1=4, R4=5)), {})["required"]
    assert got["low"] <= got["estimate"] <= got["high"]
    assert sum(got["distribution"].values()) == pytest.approx(1)


def test_few_survey_raters_are_not_scored() -> None:
    got = assess(client(*[everything(R1=k) for k in (2, 3, 4, 5)], basis="survey"), {})["required"]
    assert got["estimate"] is None
    assert got["factors"][0]["suppressed"]
    assert got["factors"][0]["n"] is None
    assert got["factors"][0]["score"] is None
    five = [everything(**{f: float(k) for f in FACTORS}) for k in (2, 3, 4, 5, 1)]
    assert assess(client(*five, basis="survey"), {})["required"]["estimate"] is not None


def test_tornado_moves_one_factor_a_point_each_way() -> None:
    frame = tornado(np.array([3.0] * 11), MARKET).set_index("factor")
    assert list(frame.index[:2]) == ["R1", "R2"]
    assert frame.loc["R1", ["at_below", "at_above"]].tolist() == [2.5, 3.5]
    assert frame.loc["R9", ["at_below", "at_above"]].tolist() == pytest.approx(
        [3 + 1 / 6, 3 - 1 / 6]
    )


def test_smallest_change_by_hand() -> None:
    """From R = 3 a base factor moves the level by half its change: 3.5 needs R1 = 4."""
    least = smallest_change(np.array([3.0] * 11), MARKET)
    assert least is not None
    assert least.factor == "R1"
    assert abs(least.change) == pytest.approx(1.0)
    assert least.to_level in (2, 4)


def test_no_single_factor_can_lift_a_capped_market() -> None:
    """Only the base factors left in the formula, both at 1: 5 and 1 give 3; a lone base cannot."""
    framework = small_framework(shift_scale=0.0)
    fixed = market(framework, FACTORS)
    x = np.array([3.0] * 11)
    x[[0, 1]] = 1.0
    least = smallest_change(x, fixed)
    assert least is not None
    assert least.factor == "R7"
    assert least.to_score == pytest.approx(3.25)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(4, 20).map(lambda k: k / 4), min_size=11, max_size=11))
def test_smallest_change_by_brute_force(scores: list[float]) -> None:
    """Every factor at every thousandth of a point."""
    x = np.array(scores)
    now = to_level(float(required_level(x, MARKET)))
    best = np.inf
    for i in range(11):
        tried = np.linspace(1, 5, 4001)
        grid = np.repeat(x[None], len(tried), axis=0)
        grid[:, i] = tried
        changed = tried[to_level(required_level(grid, MARKET)) != now]
        best = min(best, np.abs(changed - x[i]).min() if changed.size else np.inf)
    least = smallest_change(x, MARKET)
    if least is None:
        assert best == np.inf
    else:
        assert abs(least.change) == pytest.approx(best, abs=1.1e-3)
        moved = x.copy()
        moved[FACTORS.index(least.factor)] = least.to_score
        assert to_level(float(required_level(moved, MARKET))) == least.to_level != now


def test_what_if_scores_equal_a_client_with_that_score() -> None:
    """Every rater at 5 on R1: the same estimate as holding R1 at 5."""
    raters = [everything(R1=2, R4=4), everything(R1=4)]
    found = required(client(*raters)).holding({"R1": 5.0})
    held = level_with_band(found.estimate, found.draws)
    given_so = assess(client(*[{**r, "R1": 5.0} for r in raters]), {})["required"]
    for key in ("estimate", "low", "high"):
        assert held[key] == pytest.approx(given_so[key])
