"""Adjusted p values, against published figures and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from lodestar.stats.multiplicity import adjust
from tests.oracles.vectors import STATISTICS

family = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_benjamini_hochberg_matches_its_paper() -> None:
    """Oracle: Benjamini & Hochberg 1995, section 4.1: four rejections at .05."""
    vector = STATISTICS["bh_fdr_1995"]
    found = adjust(vector["input"]["p"], "bh")
    assert found == pytest.approx(vector["expected"]["adjusted"], abs=1e-9)
    assert int((found <= 0.05).sum()) == vector["expected"]["rejected_at_.05"]


def test_holm_by_hand() -> None:
    """Oracle: .01·4, .02·3, .03·2 held up by .06, .04 held up by .06 (Holm 1979)."""
    found = adjust([0.03, 0.01, 0.04, 0.02], "holm")
    assert found == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert adjust([0.6, 0.7], "holm") == pytest.approx([1, 1])


@given(family)
def test_false_discovery_rates_match_scipy(p: list[float]) -> None:
    """Oracle: scipy.stats.false_discovery_control."""
    for method in ("bh", "by"):
        assert adjust(p, method) == pytest.approx(false_discovery_control(p, method=method))


@given(family, st.sampled_from(["holm", "bh", "by"]))
def test_missing_p_values_stay_missing_and_are_not_counted(p: list[float], method: str) -> None:
    found = adjust([np.nan, *p, np.nan], method)
    assert np.isnan(found[[0, -1]]).all()
    assert found[1:-1] == pytest.approx(adjust(p, method))


@given(family, st.sampled_from(["holm", "bh", "by"]))
def test_adjusted_values_are_larger_bounded_and_keep_the_order(p: list[float], method: str) -> None:
    found = adjust(p, method)
    assert ((found >= np.array(p) - 1e-12) & (found <= 1)).all()
    assert (np.diff(found[np.argsort(p)]) >= -1e-12).all()


def test_what_is_no_p_value_is_refused() -> None:
    with pytest.raises(ValueError, match="0–1"):
        adjust([1.2], "bh")
    with pytest.raises(ValueError, match="holm, bh, by"):
        adjust([0.2], "bonferroni")
    assert adjust([], "bh").size == 0
