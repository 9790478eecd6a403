"""XmR limits and signals, against hand-made series."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.stats.xmr import xmr


def test_limits_by_hand() -> None:
    """Oracle: mean 12, moving ranges 4, 2, 6, 4 (mean 4): limits 12 ± 10.64."""
    chart = xmr([10, 14, 12, 18, 6])
    assert chart["moving_range"].tolist()[1:] == [4, 2, 6, 12]
    chart = xmr([10, 14, 12, 6, 18])
    width = 2.66 * (4 + 2 + 6 + 12) / 4
    assert chart["centre"].unique() == pytest.approx([12])
    assert chart["upper"].iloc[0] == pytest.approx(12 + width)
    assert chart["lower"].iloc[0] == pytest.approx(12 - width)
    assert not chart["signal"].any()


def test_one_point_outside() -> None:
    """Oracle: limits of 10, 11 × 8 and 30 reach about 15; only the last lies outside."""
    chart = xmr([10, 11] * 8 + [30])
    assert np.flatnonzero(chart["outside"]).tolist() == [16]


@pytest.mark.parametrize(("length", "signals"), [(7, False), (8, True)])
def test_eight_on_one_side(length: int, signals: bool) -> None:
    """Oracle: 7 points above the centre are usual, 8 are a signal."""
    high = [11, 12] * 4
    chart = xmr([9, 8] * (length // 2) + high[:length] + [8] * (length % 2))
    assert bool(chart["run"].any()) == signals


def test_a_point_on_the_centre_breaks_a_run() -> None:
    """Oracle: symmetric around 0, so the centre is 0 and the zero belongs to no side."""
    side = [1, 2, 1, 2, 0, 1, 2, 1, 2]
    chart = xmr([*side, *[-value for value in side]])
    assert chart["centre"].iloc[0] == 0
    assert not chart["run"].any()


def test_three_of_four_beyond_half_way() -> None:
    """Oracle: ranges 2 for 20 points: limits ± 5.3 or so; three points near +4 of four."""
    base = [1, -1] * 10
    chart = xmr([*base, 4, 4, -1, 4, *base])
    assert chart["near"].sum() == 3
    assert not chart["outside"].any()
    assert not xmr([*base, 4, -1, -1, 4, *base])["near"].any()


def test_declared_changes_restart_the_baseline() -> None:
    """Oracle: each part alone has its own centre and no signal; together they have."""
    values = [10, 11] * 6 + [20, 21] * 6
    assert xmr(values)["signal"].any()
    chart = xmr(values, changes=[12])
    assert chart["baseline"].tolist() == [0] * 12 + [1] * 12
    assert sorted(chart["centre"].unique()) == [10.5, 20.5]
    assert not chart["signal"].any()


def test_missing_points_are_skipped() -> None:
    """Oracle: the series without them."""
    whole, holed = xmr([1, 3, 2, 5]), xmr([1, np.nan, 3, 2, np.nan, 5])
    assert holed["upper"].iloc[0] == pytest.approx(whole["upper"].iloc[0])
    assert not holed["signal"].iloc[1]
    assert xmr([]).empty
    assert np.isnan(xmr([4])["upper"].iloc[0])
    assert not xmr([4, 9, 9], changes=[1])["signal"].any()


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30), st.integers(-9, 9))
def test_shifting_the_series_shifts_its_limits(values: list[int], shift: int) -> None:
    chart, moved = xmr(values), xmr([value + shift for value in values])
    assert moved["upper"].to_numpy() == pytest.approx(chart["upper"].to_numpy() + shift)
    assert moved["signal"].tolist() == chart["signal"].tolist()
