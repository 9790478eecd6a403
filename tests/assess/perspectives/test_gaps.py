"""Gaps between groups."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from lodestar.assess.perspectives import views
from lodestar.assess.perspectives.comparison import Comparison
from lodestar.assess.perspectives.gaps import compare, comparisons
from lodestar.assess.perspectives.groups import pairs
from lodestar.confidentiality import Gate
from lodestar.stats.effects import cliffs_delta
from lodestar.stats.multiplicity import adjust
from tests.assess.perspectives.survey import crowd, survey


def some(seed: int, sizes: list[tuple[int, int]]) -> list[Comparison]:
    """Return comparisons of scattered scores, the later the further apart."""
    rng = np.random.default_rng(seed)
    return [
        Comparison(f"D{i}.level", "a", "b", rng.normal(3, 1, m), rng.normal(3 + 0.4 * i, 1, n))
        for i, (m, n) in enumerate(sizes)
    ]


def test_delta_p_and_q_follow_their_definitions() -> None:
    """Oracle: Cliff's delta itself; scipy's Mann–Whitney p (same statistic); Holm over all."""
    found = some(1, [(20, 25), (20, 25), (25, 20), (9, 11)])
    gaps = compare(found, seed=7)
    for one, row in zip(found, gaps.to_dict("records"), strict=True):
        assert row["delta"] == pytest.approx(cliffs_delta(one.a, one.b))
        exact = mannwhitneyu(one.a, one.b, method="exact").pvalue
        assert row["p"] == pytest.approx(exact, abs=0.02)
        assert row["low"] <= row["delta"] <= row["high"]
    assert gaps["q"].to_numpy() == pytest.approx(adjust(gaps["p"], "holm"))


def test_of_many_comparisons_some_can_still_be_told_from_chance() -> None:
    """Oracle: 501 · 1/10,001 > 0.05, while 501 · 1/50,101 is not; exact p far below either."""
    rng = np.random.default_rng(3)
    near = [
        Comparison(f"D{i}.level", "a", "b", *rng.integers(1, 6, (2, 12)).astype(float))
        for i in range(500)
    ]
    far = Comparison("D500.level", "a", "b", rng.normal(2, 0.3, 14), rng.normal(4, 0.3, 15))
    gaps = compare([*near, far], 7)
    assert gaps["q"].iloc[-1] == pytest.approx(501 / 10_001)
    assert gaps["p_refined"].iloc[-1] == pytest.approx(1 / 50_101)
    assert gaps["q_refined"].iloc[-1] == pytest.approx(501 / 50_101)
    assert mannwhitneyu(far.a, far.b, method="exact").pvalue < 1 / 50_101
    rest = gaps["p"] > 1.5 / 10_001
    assert (gaps["p_refined"][rest] == gaps["p"][rest]).all()
    assert gaps["q_refined"].to_numpy() == pytest.approx(adjust(gaps["p_refined"], "holm"))
    fewer = compare([*near[:499], far], 7)
    assert "p_refined" not in fewer
    assert fewer["p"].iloc[-1] == gaps["p"].iloc[-1]


def test_adding_a_comparison_shifts_no_other_draw() -> None:
    """Oracle: the first comparisons alone (q aside, which counts all)."""
    found = some(2, [(20, 25), (20, 25), (30, 12)])
    columns = ["delta", "low", "high", "p"]
    alone, beside = compare(found[:2], 7)[columns], compare(found, 7)[columns][:2]
    assert alone.to_numpy().tolist() == beside.to_numpy().tolist()
    assert compare(found, 8)["low"].tolist() != compare(found, 7)["low"].tolist()


def test_a_hidden_group_leaves_its_comparisons_without_numbers_and_out_of_q() -> None:
    people = crowd(12, 3, 1, group="employee", function="sales")
    people += crowd(14, 2, 2, group="customer") + crowd(3, 4, 3, group="partner")
    seen = views(survey(people), Gate())
    gaps = compare(comparisons(seen.persons, seen.cells, pairs(list(seen.groups))), 7)
    hidden = gaps[gaps["suppressed"]]
    assert set(hidden["group_b"]) == {"partner"}
    assert hidden[["delta", "low", "high", "p", "q"]].isna().all(axis=None)
    shown = gaps[~gaps["suppressed"]]
    assert set(zip(shown["group_a"], shown["group_b"], strict=True)) == {("customer", "employee")}
    assert shown["q"].to_numpy() == pytest.approx(adjust(shown["p"], "holm"))


def test_customers_below_employees_give_a_negative_delta() -> None:
    """Oracle: planted: customers answer about a level lower; a = customer comes first."""
    people = crowd(25, 3.8, 4, group="employee", function="sales") + crowd(
        25, 2.6, 5, group="customer"
    )
    seen = views(survey(people), Gate())
    gaps = compare(comparisons(seen.persons, seen.cells, pairs(list(seen.groups))), 7)
    row = gaps.set_index("scale").loc["D1.level"]
    assert row["delta"] < -0.5
    assert row["high"] < 0
    assert row["q"] < 0.01
