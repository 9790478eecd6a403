"""Months to the floor. Oracles: halving by hand, month-by-month simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.purpose.runway import HORIZON, monthly, months_to_floor, runway


def test_halving_by_hand() -> None:
    """50 stays, 80 halves each quarter: 130, 90 after 3 months, 70 after 6."""
    assert float(months_to_floor(50, 80, 90, 0.5)) == pytest.approx(3)
    assert float(months_to_floor(50, 80, 70, 0.5)) == pytest.approx(6)


@pytest.mark.parametrize(
    ("stays", "tapers", "floor", "taper", "months"),
    [
        (50, 20, 80, 0.5, 0),
        (50, 20, 70, 0.5, 0),
        (50, 20, 40, 0.5, np.inf),
        (50, 20, 50, 0.5, np.inf),
        (50, 20, 60, 1.0, np.inf),
        (50, 20, 60, 0.0, 0),
        (50, -10, 40, 0.5, 0),
    ],
)
def test_edges(stays: float, tapers: float, floor: float, taper: float, months: float) -> None:
    assert float(months_to_floor(stays, tapers, floor, taper)) == months


@given(st.floats(0, 100), st.floats(0.1, 100), st.floats(0.1, 150), st.floats(0.05, 0.95))
def test_agrees_with_walking_day_by_day(
    stays: float, tapers: float, floor: float, taper: float
) -> None:
    months = float(months_to_floor(stays, tapers, floor, taper))
    day = np.arange(0, HORIZON * 30 + 1) / 30
    below = np.flatnonzero(stays + tapers * taper ** (day / 3) <= floor + 1e-12)
    if below.size:
        assert months == pytest.approx(day[below[0]], abs=1 / 30 + 1e-6) or months > HORIZON - 1
    else:
        assert months == np.inf


def test_new_and_unnamed_revenue_is_split_as_the_rest() -> None:
    stays, tapers = monthly(np.array([600.0, 200.0, 120.0]), 280.0)
    assert float(stays) == pytest.approx((600 + 0.75 * 400) / 12)
    assert float(stays + tapers) == pytest.approx(1200 / 12)


def customers() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    names = rng.choice(["recurring", "episodic", "new"], 60, p=[0.4, 0.4, 0.2])
    ids = [f"c{i:02d}" for i in range(60)]
    return pd.DataFrame({"customer": ids, "class": names, "net": rng.lognormal(4, 1, 60)})


def test_band_holds_the_estimate_and_is_reproducible() -> None:
    rows = customers()
    total = rows["net"].sum() / 12
    first = runway(rows, 0.0, 0.6 * total, 0.5, 7)
    again = runway(rows.sample(frac=1, random_state=1), 0.0, 0.6 * total, 0.5, 7)
    assert first.low <= first.months <= first.high
    assert (again.low, again.high) == pytest.approx((first.low, first.high))
    assert (first.path["low"] <= first.path["revenue"]).all()
    assert (first.path["revenue"] <= first.path["high"]).all()
    assert first.path["revenue"].iloc[0] == pytest.approx(total)


def test_a_floor_that_nobody_reaches() -> None:
    found = runway(customers(), 0.0, 1e-6, 0.5, 7)
    assert (found.months, found.low, found.high, found.never) == (np.inf, np.inf, np.inf, 1.0)
