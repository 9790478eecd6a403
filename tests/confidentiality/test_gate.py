"""Oracles: the differencing and remainder cases of leading survey systems, and properties."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lodestar.confidentiality import Gate, complementary


def test_direct_and_remainder_rule() -> None:
    """Sales 4 and Technology 9 of one total: both go (Culture Amp's published case)."""
    n = np.array([4, 9, 30])
    assert complementary(n, n < 5, 5).tolist() == [True, True, False]


def test_differencing_of_means_is_blocked() -> None:
    """All 13 (mean 3.60) and group A of 9 (mean 3.90) would give the hidden 4 away as 2.925."""
    frame = pd.DataFrame(
        {"group": ["A", "B"], "n": [9, 4], "mean": [3.9, 2.925], "of": ["all"] * 2}
    )
    out = Gate().release(frame, ["mean"], parent="of")
    assert out["suppressed"].all()
    assert out["mean"].isna().all()


def test_a_total_is_not_hidden_with_its_parts() -> None:
    frame = pd.DataFrame(
        {
            "group": ["all", "A", "B"],
            "n": [13, 9, 4],
            "mean": [3.6, 3.9, 2.9],
            "of": [None, "all", "all"],
        }
    )
    out = Gate().release(frame, ["mean"], parent="of")
    assert out["suppressed"].tolist() == [False, True, True]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(3, 8))
def test_nothing_small_follows_by_subtraction(counts: list[int], minimum: int) -> None:
    """Total minus shown parts, which an outsider knows, is nobody or a threshold of two parts."""
    n = np.array(counts)
    hidden = complementary(n, (n > 0) & (n < minimum), minimum)
    rest = n[hidden].sum()
    everything = hidden[n > 0].all()
    assert rest == 0 or everything or (rest >= minimum and hidden.sum() >= 2)
    assert not (hidden & (n == 0)).any()


@given(st.permutations(range(6)))
def test_order_of_rows_changes_nothing(order: list[int]) -> None:
    frame = pd.DataFrame(
        {"group": list("abcdef"), "n": [3, 5, 9, 14, 21, 2], "mean": 3.0, "of": "all"}
    )
    kept = Gate().release(frame.iloc[order], ["mean"], parent="of").sort_values("group")
    assert kept["suppressed"].tolist() == [True, False, False, False, False, True]


def test_cells_of_few_survey_raters_are_hidden_and_workshops_are_not() -> None:
    rows = [("C01", "sales", f"r{i}", "survey") for i in range(4)]
    rows += [("C01", "sales", "w", "workshop"), ("C02", "sales", "w", "workshop")]
    rows += [("C03", "sales", f"r{i}", "survey") for i in range(5)]
    frame = pd.DataFrame(rows, columns=["capability", "function", "rater", "basis"])
    kept, hidden = Gate().protect_cells(frame, ["capability", "function"])
    assert set(hidden["capability"]) == {"C01"}
    assert set(kept["capability"]) == {"C02", "C03"}


def test_everybody_in_one_extreme_is_coarsened() -> None:
    assert Gate().extreme(0.0, 1.0) == "high end"
    assert Gate().extreme(1.0, 0.0) == "low end"
    assert Gate().extreme(0.5, 0.5) is None


def test_withheld_rows_are_hidden_and_protected_from_subtraction() -> None:
    """Oracle: one withheld part of a published total takes the next smallest with it."""
    frame = pd.DataFrame(
        {"group": list("abc"), "n": [9, 6, 20], "mean": [3.0, 5.0, 4.0], "total": "all"}
    )
    frame["same"] = [False, True, False]
    shown = Gate().release(frame, ["mean"], parent="total", withheld="same")
    assert shown["suppressed"].tolist() == [True, True, False]
