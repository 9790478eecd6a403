"""Lives of work. Oracles: product limit and cumulative incidence by brute force over days."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.purpose.lifetimes import (
    DAYS_PER_MONTH,
    last_revisited,
    lifetimes,
    lives,
    survival_steps,
)
from lodestar.engagement.model import Purpose

AS_OF = date(2026, 12, 31)


def activities(rows: list[tuple[str | None, str | None, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["started", "ended", "status"])
    dates = {c: pd.to_datetime(frame[c]) for c in ("started", "ended")}
    names = [f"a{i}" for i in range(len(frame))]
    return frame.assign(**dates, activity=names, function="sales")


def brute_force(rows: pd.DataFrame) -> tuple[float, dict[str, float]]:
    """Walk day by day: survival and incidence from counts at risk and ended on each day."""
    survival, incidence = 1.0, {"finished": 0.0, "abandoned": 0.0}
    for day in range(int(rows["days"].max()) + 1):
        at_risk = int((rows["days"] >= day).sum())
        today = rows[rows["days"] == day]
        for cause in incidence:
            incidence[cause] += survival * int((today["ending"] == cause).sum()) / max(at_risk, 1)
        ended = int(today["ending"].notna().sum())
        survival *= 1 - ended / max(at_risk, 1)
    return survival, incidence


def test_lives_leave_out_what_has_no_usable_dates() -> None:
    rows = activities(
        [
            ("2026-01-01", None, "active"),
            ("2026-01-01", "2026-07-01", "finished"),
            (None, "2026-07-01", "finished"),
            ("2026-01-01", None, "abandoned"),
            ("2027-02-01", None, "active"),
            ("2026-05-01", "2026-01-01", "finished"),
            ("2026-01-01", "2027-03-01", "finished"),
        ]
    )
    found = lives(rows, AS_OF)
    assert found["activity"].tolist() == ["a0", "a1", "a6"]
    assert (found["months"] * DAYS_PER_MONTH).round().tolist() == [364, 181, 364]
    assert found["ending"].tolist() == [None, "finished", None]
    assert lifetimes(rows, AS_OF).left_out == 4


def test_ended_but_reported_active_is_censored_today() -> None:
    rows = activities([("2026-01-01", "2026-03-01", "active")])
    assert lives(rows, AS_OF)["ending"].tolist() == [None]


def test_half_life_by_hand() -> None:
    """Lives of 10, 20 (abandoned), 30 days, one running since 40: half has ended at 20 days."""
    rows = activities(
        [
            ("2026-01-01", "2026-01-11", "finished"),
            ("2026-01-01", "2026-01-21", "abandoned"),
            ("2026-01-01", "2026-01-31", "finished"),
            ("2026-11-21", None, "active"),
        ]
    )
    found = lifetimes(rows, AS_OF)
    assert found.median * DAYS_PER_MONTH == pytest.approx(20)
    assert (found.finished, found.abandoned) == pytest.approx((0.5, 0.25))
    assert (found.lives, found.ended) == (4, 3)
    steps = survival_steps(found, 40 / DAYS_PER_MONTH)
    assert steps["survival"].tolist() == pytest.approx([1, 0.75, 0.5, 0.25, 0.25])


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from(["finished", "abandoned", "active"])),
        min_size=1,
        max_size=25,
    )
)
def test_curves_agree_with_brute_force(drawn: list[tuple[int, str]]) -> None:
    end = pd.Timestamp(AS_OF)
    rows = activities(
        [
            (str((end - pd.Timedelta(days=days)).date()), str(AS_OF), status)
            if status != "active"
            else (str((end - pd.Timedelta(days=days)).date()), None, status)
            for days, status in drawn
        ]
    )
    found = lifetimes(rows, AS_OF)
    known = pd.DataFrame(drawn, columns=["days", "status"])
    known["ending"] = known["status"].where(known["status"] != "active")
    survival, incidence = brute_force(known)
    shown = float(found.curve["survival"].iloc[-1]) if len(found.curve) else 1.0
    assert shown == pytest.approx(survival, abs=1e-9)
    assert found.finished == pytest.approx(incidence["finished"], abs=1e-9)
    assert found.abandoned == pytest.approx(incidence["abandoned"], abs=1e-9)
    assert shown + found.finished + found.abandoned == pytest.approx(1)


def test_last_revisited_counts_months() -> None:
    purposes = [
        Purpose("m1", "mission", "Why", date(2025, 12, 31)),
        Purpose("v1", "value", "How", None),
        Purpose("v2", "value", "Later", date(2027, 1, 1)),
    ]
    found = last_revisited(purposes, AS_OF)
    assert found["months"].round(1).tolist()[0] == 12.0
    assert found["date"].isna().tolist() == [False, True, True]
