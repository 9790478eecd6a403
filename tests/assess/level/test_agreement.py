"""Agreement on market factors. Oracles: an obvious loop over raters, published rwg figures, the
formula at raters' own scores, and what survey raters must never give away."""

from __future__ import annotations

from statistics import fmean, variance
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.level import assess, required, required_level
from lodestar.assess.level.agreement import factor_agreement, moves_level
from lodestar.stats.rounding import to_level
from tests.assess.level.test_required import FACTORS, client, everything

SCORES = st.sampled_from([1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, float("nan")])
OPEN, SECRET = np.array([False]), np.array([True])


def section(*raters: dict[str, float], **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = assess(client(*raters, **more), {})["required"]
    return found


def by_factor(asked: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["factor"]: row for row in asked["factors"]}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SCORES, min_size=3, max_size=3), min_size=1, max_size=9))
def test_each_factor_equals_an_obvious_loop(votes: list[list[float]]) -> None:
    """Agreement is 1 − s²/2 within 0-1, AD mean |score − mean|, ends = least and largest score."""
    frame = factor_agreement(np.array(votes), np.zeros(3, dtype=bool))
    for column, row in zip(zip(*votes, strict=True), frame.itertuples(), strict=True):
        scores = [x for x in column if x == x]
        if len(scores) < 2:
            assert np.isnan([row.rwg, row.average_deviation, row.lowest, row.highest]).all()
            assert row.reason
            continue
        apart = fmean(abs(x - fmean(scores)) for x in scores)
        assert row.rwg == pytest.approx(min(1, max(0, 1 - variance(scores) / 2)))
        assert row.average_deviation == pytest.approx(apart)
        assert (row.lowest, row.highest, row.reason) == (min(scores), max(scores), "")


@pytest.mark.parametrize(
    ("scores", "rwg"),
    [
        ([4, 4, 5, 4, 3], 0.75),
        ([1, 1, 5, 5], 0.0),
        ([2, 2, 4, 4], 1 / 3),
        ([1, 2, 3, 4, 5], 0.0),
        ([3, 3, 3, 3], 1.0),
    ],
)
def test_published_figures(scores: list[float], rwg: float) -> None:
    """James, Demaree and Wolf (1984), five steps."""
    row = factor_agreement(np.array(scores, dtype=float)[:, None], OPEN).iloc[0]
    assert row["rwg"] == pytest.approx(rwg)


def test_overall_is_the_mean_over_factors() -> None:
    asked = section(everything(R1=2, R5=1), everything(R1=4, R5=5), everything())
    rows = by_factor(asked).values()
    agreed = asked["agreement"]
    for key in ("rwg", "average_deviation"):
        assert agreed[key] == pytest.approx(fmean(row[key] for row in rows))
    assert agreed["factors"] == 11


def test_the_widest_disagreement_and_what_settling_it_does() -> None:
    """R1 scored 1 and 5, the rest at 3: the base is 2 or 4, and no market shift."""
    widest = section(everything(R1=1), everything(R1=5))["agreement"]["widest"]
    assert widest == {
        "factor": "R1",
        "average_deviation": 2.0,
        "lowest": 1.0,
        "highest": 5.0,
        "at_lowest": pytest.approx(2.0),
        "at_highest": pytest.approx(4.0),
        "changes_level": True,
    }
    held = section(everything(R1=2.8), everything(R1=3.2))["agreement"]
    assert held["widest"]["changes_level"] is False
    assert held["decisive"] == []
    assert held["decisive_reason"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(2, 10).map(lambda k: k / 2), min_size=11, max_size=11),
        min_size=2,
        max_size=5,
    )
)
def test_decisive_factors_by_brute_force(raters: list[list[float]]) -> None:
    """Every factor held at each of a thousand scores between its lowest and highest."""
    given_so = [dict(zip(FACTORS, scores, strict=True)) for scores in raters]
    found = required(client(*given_so), draws=2)
    now = to_level(found.estimate)
    for i, factor in enumerate(FACTORS):
        low, high = min(r[factor] for r in given_so), max(r[factor] for r in given_so)
        levels = []
        for score in np.linspace(low, high, 1001):
            x = found.x.copy()
            x[i] = score
            levels.append(to_level(float(required_level(x, found.market))))
        brute = {level for level in levels if level != now}
        if not brute:
            assert not moves_level(found, i, low, high)
        elif levels[0] != now or levels[-1] != now:
            assert moves_level(found, i, low, high)


def test_one_rater_has_nobody_to_agree_with() -> None:
    agreed = section(everything())["agreement"]
    assert agreed["rwg"] is None
    assert agreed["rwg_reason"]
    assert agreed["factors"] == 0
    assert agreed["widest"]["factor"] is None


def test_raters_alike_disagree_on_nothing() -> None:
    agreed = section(everything(), everything())["agreement"]
    assert (agreed["rwg"], agreed["average_deviation"]) == (1.0, 0.0)
    assert agreed["widest"]["factor"] is None
    assert "same score" in agreed["widest"]["factor_reason"]


def test_agreement_stands_without_a_level() -> None:
    asked = section({"R1": 1.0, "R3": 2.0}, {"R1": 5.0, "R3": 2.0})
    assert asked["estimate"] is None
    assert asked["agreement"]["widest"]["highest"] == 5.0
    assert asked["agreement"]["widest"]["at_highest"] is None
    assert asked["agreement"]["decisive_reason"] == "There is no required level."


class TestSurvey:
    """Answers given in confidence: no single score, no spread that tells each one."""

    def test_ends_never_leave(self) -> None:
        votes = np.array([1.0, 2, 3, 4, 5])[:, None]
        row = factor_agreement(votes, SECRET).iloc[0]
        assert row["average_deviation"] == pytest.approx(1.2)
        assert np.isnan(row["lowest"])
        assert np.isnan(row["highest"])

    @pytest.mark.parametrize("scores", [[3, 3, 3, 3, 3], [3, 3, 3, 3, 4], [2, 3, 3, 3, 4]])
    def test_close_spreads_cannot_be_told_apart(self, scores: list[float]) -> None:
        """With the mean, a spread of nothing would tell every answer."""
        shown = factor_agreement(np.array(scores, dtype=float)[:, None], SECRET).iloc[0]
        alike = factor_agreement(np.full((5, 1), 3.0), SECRET).iloc[0]
        assert shown.drop("lowest").equals(alike.drop("lowest"))
        assert np.isnan(shown["rwg"])

    def test_too_few_persons_leave_no_figure(self) -> None:
        asked = section(*[everything(R1=k) for k in (2, 3, 4, 5)], basis="survey")
        for row in asked["factors"]:
            keys = ("score", "n", "rwg", "average_deviation", "lowest", "highest")
            assert all(row[key] is None for key in keys)
        assert asked["agreement"]["factors"] == 0

    def test_a_withheld_spread_does_not_follow_from_the_mean_of_all(self) -> None:
        raters = [{**dict.fromkeys(FACTORS, float(k)), "R1": 3.0} for k in (1, 2, 3, 4, 5)]
        asked = section(*raters, basis="survey")
        rows = by_factor(asked)
        assert rows["R1"]["average_deviation"] is None
        told = [r["average_deviation"] for r in asked["factors"] if r["average_deviation"]]
        assert asked["agreement"]["factors"] == len(told) == 10
        assert asked["agreement"]["average_deviation"] == pytest.approx(fmean(told))
        assert asked["agreement"]["widest"]["lowest"] is None
        assert asked["agreement"]["decisive"] == []
        assert asked["offer"]["scale"]["low"] is None
        assert asked["offer"]["integration"]["low"] is not None
