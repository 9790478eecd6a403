"""Net promoter score and its interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.nps import nps
from tests.oracles.vectors import STATISTICS

VECTORS = [vector for name, vector in STATISTICS.items() if name.startswith("nps_")]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_score_matches_published_cases(vector: dict) -> None:
    """Oracle: test cases of the R package NPS (as fractions there)."""
    found = nps(vector["input"]["scores"])
    assert found.score == pytest.approx(100 * vector["expected"]["nps"])
    assert found.n == len(vector["input"]["scores"])


def test_interval_is_the_pinned_adjusted_wald() -> None:
    """Oracle: by hand for 2 promoters, 1 detractor, 1 passive.

    p = 2.75/7, q = 1.75/7, s = 1/7, half-width 1.96·√((4.5/7 − 1/49)/7).
    """
    found = nps([10, 9, 7, 0])
    half = 1.96 * np.sqrt((4.5 / 7 - 1 / 49) / 7)
    assert found.low == pytest.approx(100 * (1 / 7 - half))
    assert found.high == pytest.approx(100 * (1 / 7 + half))


def test_interval_tends_to_the_textbook_one() -> None:
    """Oracle: p = (1/2, 1/3, 1/6), n = 324: standard error 4.141 points."""
    found = nps([9] * 162 + [7] * 108 + [0] * 54)
    assert found.score == pytest.approx(100 / 3)
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(4.141, abs=0.05)


def test_small_groups_have_wide_intervals_by_the_textbook_and_by_ours() -> None:
    """Oracle: shares 1/2, 1/3, 1/6 and 20 answers: 33.3 ± 32.7 points by the plain formula.

    Ours is the plain one after ¾ promoter, ¾ detractor and 1½ passives were added, hence narrower
    and nearer to 0; no 20 answers have those shares, so 18 are compared.
    """

    def plain(p: float, q: float, n: float) -> float:
        return 196 * np.sqrt((p + q - (p - q) ** 2) / n)

    assert plain(1 / 2, 1 / 6, 20) == pytest.approx(32.7, abs=0.05)
    found = nps([9] * 9 + [7] * 6 + [0] * 3)
    half = (found.high - found.low) / 2
    assert half == pytest.approx(plain(9.75 / 21, 3.75 / 21, 21))
    assert half == pytest.approx(plain(1 / 2, 1 / 6, 18), abs=2.5)
    assert (found.high + found.low) / 2 == pytest.approx(100 * 6 / 21)


def test_no_answer_and_impossible_answers() -> None:
    assert np.isnan(nps([np.nan]).score)
    assert nps([]).n == 0
    with pytest.raises(ValueError, match="0–10"):
        nps([11])


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_interval_holds_the_score_within_the_scale(scores: list[int]) -> None:
    found = nps(scores)
    assert -100 <= found.low <= found.score <= found.high <= 100
    assert nps(scores[::-1]) == found
