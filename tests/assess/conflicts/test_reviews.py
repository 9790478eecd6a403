"""Verdicts of people over periods. Oracle: the rule that the latest one by date holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.conflicts.reviews import reviews_by_pair
from lodestar.engagement.model import Period
from tests.support.conflicts import engagement_of

PERIODS = ("2025-Q4", "2026-Q2", "2026-Q4")


def verdict(a, b, word, day, kind="structural"):
    row = {"a": a, "b": b, "kind": kind, "verdict": word, "reason": "Why", "reviewer": "COO"}
    return row | {"date": pd.Timestamp(day)}


def engagement(*waves):
    """One wave for each list of verdicts; the last is the current one."""
    base = engagement_of()
    made = [
        replace(
            base.wave,
            period=Period(name, date(2025, 1, 1), date(2026, 12, 31)),
            tables=MappingProxyType(
                dict(base.wave.tables) | ({"conflict_reviews": pd.DataFrame(rows)} if rows else {})
            ),
        )
        for name, rows in zip(PERIODS, waves, strict=False)
    ]
    return replace(base, waves=tuple(made))


def test_a_verdict_of_an_earlier_period_holds_and_says_when_it_was_given():
    found = reviews_by_pair(engagement([verdict("b", "a", "intended", "2025-11-01")], [], []))
    assert found["a", "b", "structural"] == {
        "verdict": "intended",
        "reason": "Why",
        "reviewer": "COO",
        "date": "2025-11-01",
        "period": "2025-Q4",
    }


def test_a_later_verdict_takes_the_place_of_an_earlier_one_of_its_kind_only():
    found = reviews_by_pair(
        engagement(
            [verdict("a", "b", "intended", "2025-11-01")],
            [verdict("a", "b", "dismissed", "2026-05-01")],
            [verdict("a", "b", "confirmed", "2026-11-01", kind="measured")],
        )
    )
    assert found["a", "b", "structural"]["verdict"] == "dismissed"
    assert found["a", "b", "measured"]["verdict"] == "confirmed"


def test_a_what_if_without_later_periods_sees_what_was_known_then():
    whole = engagement(
        [verdict("a", "b", "intended", "2025-11-01")],
        [verdict("a", "b", "dismissed", "2026-05-01")],
    )
    assert reviews_by_pair(whole.at(0))["a", "b", "structural"]["verdict"] == "intended"


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(st.integers(0, 2), DAYS), min_size=1, max_size=6))
def test_the_latest_day_holds_wherever_it_was_written_down(given_on):
    waves = [[], [], []]
    for place, (wave, day) in enumerate(given_on):
        waves[wave].append(verdict("a", "b", f"word {place}", day))
    held = reviews_by_pair(engagement(*waves))["a", "b", "structural"]
    assert held["date"] == max(day for _, day in given_on).isoformat()
    latest = [wave for wave, day in given_on if day.isoformat() == held["date"]]
    assert held["period"] == PERIODS[max(latest)]
