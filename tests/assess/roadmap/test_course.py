"""The course of an effect, by hand from METHOD's 3t² − 2t³ after a dip and a delay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.roadmap import delivering, risen, shown


@pytest.mark.parametrize(
    ("elapsed", "share"),
    [(0, 0), (6, 0), (9, 0), (10.5, 0.15625), (12, 0.5), (13.5, 0.84375), (15, 1), (40, 1)],
)
def test_rise_after_delivery_and_delay(elapsed: float, share: float) -> None:
    """Six months of delivery, three of delay: t = (elapsed − 9)/6; t = ¼ gives 3/16 − 2/64."""
    assert risen(elapsed, 6, 3) == pytest.approx(share)


def test_dip_lasts_as_long_as_delivery_and_is_not_smoothed_away() -> None:
    """A fifth of the effect is lost in each of the months of delivery, nothing before or after."""
    seen = [shown(month, 4, 2, 0.2) for month in range(12)]
    assert seen[:7] == [0, *[-0.2] * 4, 0, 0]
    assert seen[7:] == pytest.approx([0.15625, 0.5, 0.84375, 1, 1])


def test_dip_lowers_levels_whichever_way_the_effect_goes() -> None:
    """An effect of −1 shows +0.2 of itself, which is −0.2 levels."""
    assert -1 * shown(2, 4, 0, 0.2, sign=-1) == pytest.approx(-0.2)


def test_what_needs_no_delivery_is_a_step() -> None:
    assert [risen(m, 0, 2) for m in (0, 1, 2, 3)] == [0, 0, 1, 1]
    assert [risen(m, 0, 0) for m in (0, 1)] == [0, 1]
    assert not delivering(1, 0)


@given(st.floats(0.5, 36), st.floats(0, 24))
def test_rise_is_monotone_from_nothing_to_all(months: float, delay: float) -> None:
    share = risen(np.arange(0, 120), months, delay)
    assert np.all(np.diff(share) >= 0)
    assert share[0] == 0
    assert share[-1] == 1
