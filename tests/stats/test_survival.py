"""Kaplan–Meier and Aalen–Johansen, against published figures, scipy and brute force."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from lodestar.stats.survival import aalen_johansen, kaplan_meier, median_survival

REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]

lives = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(["done", "dropped", None])),
    min_size=1,
    max_size=14,
)


def brute_survival(life: list[tuple[int, str | None]], at: float) -> Fraction:
    """Multiply the share that did not end, time by time, person by person."""
    alive = Fraction(1)
    for time in sorted({t for t, _ in life if t <= at}):
        risk = sum(t >= time for t, _ in life)
        ends = sum(t == time and cause is not None for t, cause in life)
        alive *= Fraction(risk - ends, risk)
    return alive


def test_remission_times_of_leukaemia_patients() -> None:
    """Oracle: Freireich et al. 1963 (6-MP arm): .857 .807 .753 .690 .627 .538 .448; median 23."""
    curve = kaplan_meier(REMISSION + STILL, [True] * 9 + [False] * 12)
    expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve["survival"].tolist() == pytest.approx(expected, abs=6e-4)
    assert median_survival(curve) == 23


def test_intervals_match_scipy() -> None:
    """Oracle: scipy.stats.ecdf with its log-log interval."""
    curve = kaplan_meier(REMISSION + STILL, [True] * 9 + [False] * 12).set_index("time")
    sf = ecdf(CensoredData(uncensored=REMISSION, right=STILL)).sf
    bounds = sf.confidence_interval(method="log-log")
    for name, part in (("survival", sf), ("low", bounds.low), ("high", bounds.high)):
        expected = part.probabilities[np.isin(part.quantiles, curve.index)]
        assert curve[name].to_numpy() == pytest.approx(expected)


@given(lives)
def test_curves_match_brute_force_and_add_to_one(life: list[tuple[int, str | None]]) -> None:
    """Oracle: exact fractions, and survival + incidence of each cause = 1."""
    times, causes = [t for t, _ in life], [cause for _, cause in life]
    curve = kaplan_meier(times, [cause is not None for cause in causes])
    incidence = aalen_johansen(times, causes)
    assert incidence["time"].tolist() == curve["time"].tolist()
    for time, survival in zip(curve["time"], curve["survival"], strict=True):
        assert survival == pytest.approx(float(brute_survival(life, time)))
    total = incidence.drop(columns="time").sum(axis=1) + curve["survival"]
    assert total.tolist() == pytest.approx([1.0] * len(total))


@given(lives)
def test_incidence_sums_survival_just_before_times_hazard(life: list) -> None:
    """Oracle: Σ S(t−)·d/n in exact fractions."""
    incidence = aalen_johansen([t for t, _ in life], [cause for _, cause in life])
    if "done" not in incidence:
        return
    total = Fraction(0)
    for time, found in zip(incidence["time"], incidence["done"], strict=True):
        ends = sum(t == time and cause == "done" for t, cause in life)
        total += brute_survival(life, time - 1) * Fraction(ends, sum(t >= time for t, _ in life))
        assert found == pytest.approx(float(total))


def test_nobody_ended_or_nobody_observed() -> None:
    assert kaplan_meier([3, 4], [False, False]).empty
    assert np.isnan(median_survival(kaplan_meier([3], [False])))
    assert list(aalen_johansen([1, 2], [None, np.nan]).columns) == ["time"]
    assert kaplan_meier([np.nan, 2], [True, True])["at_risk"].tolist() == [1]
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([-1], [True])


def test_columns_are_frames_of_numbers() -> None:
    curve = kaplan_meier([1, 2, 3], [True, False, True])
    assert isinstance(curve, pd.DataFrame)
    assert np.isnan(curve["high"].iloc[-1])
