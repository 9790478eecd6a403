"""Agreement within groups and between raters, against published figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f_oneway
from scipy.stats import t as student

from lodestar.stats.agreement import (
    ad_mean,
    icc_groups,
    icc_raters,
    krippendorff_alpha,
    krippendorff_interval,
    rwg,
    rwg_j,
)
from tests.oracles.vectors import STATISTICS

answers = st.integers(1, 5)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ([4, 4, 5, 4, 3], 0.75),
        ([1, 1, 5, 5], 0.0),
        ([2, 2, 4, 4], 1 / 3),
        ([1, 2, 3, 4, 5], 0.0),
        ([3, 3, 3, 3], 1.0),
        ([4, np.nan, 4, 5, 4, 3], 0.75),
    ],
)
def test_rwg_matches_hand_computed_cases(x: list[float], expected: float) -> None:
    """Oracle: 1 − s²/2 by hand, truncated (James, Demaree & Wolf 1984; five steps)."""
    assert rwg(x) == pytest.approx(expected)


def test_rwg_of_several_items_is_one_each() -> None:
    """Oracle: each column on its own."""
    items = np.array([[4, 1], [4, 1], [5, 5], [4, 5], [3, np.nan]])
    assert rwg(items) == pytest.approx([0.75, 0.0])
    assert np.isnan(rwg([3.0]))


def test_rwg_j_of_four_items_with_mean_variance_half() -> None:
    """Oracle: 4·0.75 / (4·0.75 + 0.25) = 0.923077 for mean item variance 0.5."""
    spread = np.array([-1, -1, 1, 1]) * np.sqrt(0.375)
    items = 3 + np.column_stack([spread] * 4)
    assert items.var(axis=0, ddof=1) == pytest.approx(0.5)
    assert rwg_j(items) == pytest.approx(0.923077, abs=1e-6)


def test_rwg_j_never_turns_dissensus_into_agreement() -> None:
    """Oracle: the untruncated formula would give 1.33 for two items of variance 4; it is 0."""
    assert rwg_j(np.array([[1, 1], [5, 5], [1, 1], [5, 5.0]])) == 0.0
    assert np.isnan(rwg_j(np.full((4, 2), np.nan)))


def test_rwg_j_leaves_out_items_with_one_answer() -> None:
    items = np.array([[4, 4, 2], [5, 4, np.nan], [4, 5, np.nan]])
    assert rwg_j(items) == pytest.approx(rwg_j(items[:, :2]))


def test_ad_mean_is_the_mean_deviation_from_the_mean() -> None:
    """Oracle: by hand: items 1,1,5,5 (deviation 2) and 3,3,3,3 (0) average to 1."""
    assert ad_mean([[1, 3], [1, 3], [5, 3], [5, 3]]) == pytest.approx(1.0)
    assert ad_mean([1, 1, 5, 5, np.nan]) == pytest.approx(2.0)
    assert np.isnan(ad_mean([np.nan]))


@given(st.lists(st.tuples(answers, answers, answers), min_size=2, max_size=12), st.randoms())
def test_agreement_is_bounded_and_knows_no_order_of_persons(rows: list, random: object) -> None:
    items = np.array(rows, dtype=float)
    shuffled = np.array(random.sample(rows, len(rows)), dtype=float)
    assert 0 <= rwg_j(items) <= 1
    assert rwg_j(items) == pytest.approx(rwg_j(shuffled))
    assert 0 <= ad_mean(items) <= 2
    assert ad_mean(items) == pytest.approx(ad_mean(shuffled))


def test_icc_raters_matches_shrout_and_fleiss() -> None:
    """Oracle: Shrout & Fleiss 1979, Table 4: .17 .29 .71 .44 .62 .91."""
    vector = STATISTICS["shrout_fleiss_1979_icc"]
    found = icc_raters(vector["input"]["matrix"])
    for name, expected in vector["expected"].items():
        assert found[name] == pytest.approx(expected["icc"], abs=1e-9)
        assert isinstance(found[name], float)
    printed = [round(found[name], 2) for name in vector["expected"]]
    assert printed == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_icc_raters_leaves_out_incomplete_targets() -> None:
    matrix = STATISTICS["shrout_fleiss_1979_icc"]["input"]["matrix"]
    with_gap = [*matrix, [5, np.nan, 3, 4]]
    assert icc_raters(with_gap) == icc_raters(pd.DataFrame(matrix))
    assert all(np.isnan(value) for value in icc_raters([[1, 2]]).values())


def test_icc_groups_of_balanced_groups_is_the_one_way_icc() -> None:
    """Oracle: Shrout & Fleiss 1979, ICC(1,1) and ICC(1,k): groups as targets, members as judges."""
    vector = STATISTICS["shrout_fleiss_1979_icc"]
    matrix = np.array(vector["input"]["matrix"], dtype=float)
    groups = np.repeat([f"g{i}" for i in range(len(matrix))], matrix.shape[1])
    icc1, icc2 = icc_groups(matrix.ravel(), groups)
    assert icc1 == pytest.approx(vector["expected"]["ICC1"]["icc"])
    assert icc2 == pytest.approx(vector["expected"]["ICC1k"]["icc"])


def test_icc_groups_of_unequal_groups_uses_their_mean_size() -> None:
    """Oracle: scipy's one-way F: ICC2 = 1 − 1/F, ICC1 = (F − 1)/(F + k − 1), k = N/G."""
    parts = [[1.0, 2, 2], [4.0, 5, 3, 4, 5], [2.0, 4]]
    f = f_oneway(*parts).statistic
    x = np.concatenate([*parts, [np.nan, 3.0]])
    groups = [*["a"] * 3, *["b"] * 5, *["c"] * 2, "a", None]
    icc1, icc2 = icc_groups(x, groups)
    assert icc2 == pytest.approx(1 - 1 / f)
    assert icc1 == pytest.approx((f - 1) / (f + 10 / 3 - 1))


def test_icc_groups_may_be_negative_and_may_be_undefined() -> None:
    """Oracle: equal group means give MSB = 0, so ICC(1) = −1/(k − 1)."""
    icc1, icc2 = icc_groups([1, 3, 1, 3], ["a", "a", "b", "b"])
    assert icc1 == pytest.approx(-1.0)
    assert np.isnan(icc2)
    assert all(np.isnan(v) for v in icc_groups([1, 2, 3], ["a"] * 3))
    assert all(np.isnan(v) for v in icc_groups([1, 2], ["a", "b"]))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_matches_his_own_example(level: str) -> None:
    """Oracle: Krippendorff 2011, four observers and twelve units: .743 .815 .849 .797."""
    vector = STATISTICS[f"krippendorff_4x12_{level}"]
    found = krippendorff_alpha(vector["input"]["raters_by_units"], level)
    assert isinstance(found, float)
    assert found == pytest.approx(vector["expected"]["alpha"], abs=1e-9)


def test_krippendorff_takes_words_at_the_nominal_level() -> None:
    """Oracle: relabelling changes no nominal alpha."""
    numbers = [[1, 2, 2, None], [1, 2, 1, 1], [1, 2, 2, 2]]
    words = [[None if v is None else "xyz"[v] for v in row] for row in numbers]
    assert krippendorff_alpha(words, "nominal") == krippendorff_alpha(numbers, "nominal")


def test_krippendorff_without_pairs_or_variation_is_missing() -> None:
    assert np.isnan(krippendorff_alpha([[1, 2, 3], [None, None, None]], "interval"))
    assert np.isnan(krippendorff_alpha([[3, 3], [3, 3]], "interval"))
    with pytest.raises(ValueError, match="one of"):
        krippendorff_alpha([[1, 2]], "metric")


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_is_disagreement_over_pairs(level: str) -> None:
    """Oracle: a second way: every pair of ratings within units, and every pair at all, by loops."""
    rng = np.random.default_rng(7)
    table = np.where(rng.random((5, 9)) < 0.3, np.nan, rng.integers(1, 5, (5, 9)))
    units = [own[np.isfinite(own)] for own in table.T]
    units = [own for own in units if len(own) > 1]
    pool = np.concatenate(units)

    def apart(a: float, b: float) -> float:
        low, high = sorted((a, b))
        between = (pool > low).sum() - (pool >= high).sum()
        ends = ((pool == low).sum() + (pool == high).sum()) / 2
        return {
            "nominal": float(a != b),
            "ordinal": float(a != b) * (between + ends) ** 2,
            "interval": (a - b) ** 2,
            "ratio": ((a - b) / (a + b)) ** 2,
        }[level]

    within = sum(sum(apart(a, b) for a in own for b in own) / (len(own) - 1) for own in units)
    anywhere = sum(apart(a, b) for a in pool for b in pool) / (len(pool) - 1)
    assert krippendorff_alpha(table, level) == pytest.approx(1 - within / anywhere)


def test_krippendorff_interval_leaves_raters_out_one_by_one() -> None:
    """Oracle: the jackknife by a loop over raters, each alpha computed anew."""
    rng = np.random.default_rng(8)
    table = np.clip(np.round(rng.normal(3, 1, 12) + rng.normal(0, 0.7, (6, 12))), 1, 5)
    left = np.array([krippendorff_alpha(np.delete(table, i, axis=0), "ordinal") for i in range(6)])
    error = np.sqrt(5 / 6 * ((left - left.mean()) ** 2).sum())
    alpha = krippendorff_alpha(table, "ordinal")
    low, high = krippendorff_interval(table, "ordinal")
    assert low == pytest.approx(alpha - student.ppf(0.975, 5) * error)
    assert high == pytest.approx(min(1, alpha + student.ppf(0.975, 5) * error))
    assert all(np.isnan(bound) for bound in krippendorff_interval(table[:2], "ordinal"))


def test_krippendorff_interval_covers_about_what_it_promises() -> None:
    """Oracle: simulation: 12 raters of 40 units; the alpha of 2,000 such raters is covered."""
    rng = np.random.default_rng(9)
    units = rng.normal(3, 1, 40)
    true = krippendorff_alpha(np.round(units + rng.normal(0, 0.8, (2000, 40))), "interval")
    tables = (np.round(units + rng.normal(0, 0.8, (12, 40))) for _ in range(300))
    bounds = [krippendorff_interval(table, "interval") for table in tables]
    assert np.mean([low <= true <= high for low, high in bounds]) == pytest.approx(0.95, abs=0.05)
