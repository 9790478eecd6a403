"""What is published of history: intervals, common drivers, where a pair is known from, series."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts import history_entries as published
from lodestar.assess.conflicts.history_entries import history_entry
from lodestar.assess.conflicts.measured import measure
from lodestar.stats.whitening import whiten
from tests.support.registers import register

TODAY = date(2026, 12, 31)
MONTHS = pd.period_range(end="2026-12", periods=60, freq="M")


def entry(links, series, metrics=None, nodes=None):
    """History of a register of paid metrics in functions of their own, of given series."""
    names = metrics or [name for name in series if name not in (nodes or {})]
    made = register({n: (f"of {n}", 1.0, 0.5) for n in names}, links, nodes=nodes)
    table = pd.DataFrame(series, index=MONTHS.to_timestamp().rename("date"))
    rows = table.melt(var_name="node", ignore_index=False).reset_index()
    found = measure(made, rows, TODAY)
    return history_entry(found, detect(found).items, None)


def walk(seed, size=1.0):
    return size * np.random.default_rng(seed).normal(size=60).cumsum()


def later(x, lag, seed, noise=0.3):
    """A series that follows another, with changes of its own."""
    return np.r_[np.zeros(lag), x[: 60 - lag]] + walk(seed, noise)


def test_where_a_pair_is_known_from():
    """Oracle: made so: a link that shows, one that does not, a tie without a link, and neither."""
    a, b, c = walk(1), walk(2), walk(3)
    series = {"a": a, "b": later(a, 2, 4), "c": c, "d": later(c, 1, 5), "e": b}
    found = entry([("a", "b", 0.5), ("c", "e", 0.5)], series)
    seen = {frozenset((p["a"], p["b"])): p["seen_in"] for p in found["pairs"]}
    assert seen[frozenset("ab")] == "both"
    assert seen[frozenset("ce")] == "map"
    assert seen[frozenset("cd")] == "history"
    assert seen[frozenset("be")] == "neither"
    assert found["tested"] == len(found["pairs"]) == found["family"] == 10


def test_a_common_driver_explains_what_it_drives():
    """Oracle: both follow z, nothing joins them but z: r is strong, without z about nothing."""
    z = walk(6)
    series = {"a": later(z, 1, 7), "b": later(z, 3, 8), "z": z}
    found = entry([("z", "a", 0.5), ("z", "b", 0.5)], series, ["a", "b"], {"z": "driver"})
    pair = next(p for p in found["pairs"] if {p["a"], p["b"]} == {"a", "b"})
    assert (pair["a"], pair["lag"], pair["driver"], pair["seen_in"]) == ("a", 2, "z", "history")
    assert pair["r"] > 0.8
    assert abs(pair["r_without_driver"]) < found["weakest_r"]
    assert found["pairs"][0]["driver"] is None
    assert "driver_reason" in found["pairs"][0]


def test_what_a_driver_does_not_explain_stays():
    """Oracle: b follows a, and a bystander z drives both weakly: r without z is nearly r."""
    a, z = walk(9), walk(10)
    series = {"a": a + 0.3 * z, "b": later(a, 1, 11) + 0.3 * z, "z": z}
    links = [("z", "a", 0.5), ("z", "b", 0.5), ("a", "b", 0.5)]
    found = entry(links, series, ["a", "b"], {"z": "driver"})
    pair = next(p for p in found["pairs"] if {p["a"], p["b"]} == {"a", "b"})
    assert abs(pair["r_without_driver"]) > 0.7


@given(st.integers(0, 10_000))
def test_every_interval_holds_its_correlation_and_stays_in_range(seed):
    series = {name: walk([seed, place]) for place, name in enumerate("abc")}
    for pair in entry([("a", "b", -0.5)], series)["pairs"]:
        assert -1 <= pair["low"] <= pair["r"] <= pair["high"] <= 1


def test_one_more_series_shifts_no_interval():
    """Oracle: resamples belong to a number of months, not to a place in a list."""
    series = {name: walk(place) for place, name in enumerate("ab")}
    one = entry([("a", "b", -0.5)], series)["pairs"][0]
    more = entry([("a", "b", -0.5)], series | {"c": walk(2)})["pairs"]
    same = next(p for p in more if (p["a"], p["b"]) == ("a", "b"))
    assert (same["low"], same["high"]) == pytest.approx((one["low"], one["high"]))


def test_pairs_of_conflicts_come_before_stronger_ones_where_not_all_can_be_shown(monkeypatch):
    """Oracle: room for one pair: that of the conflict stays, though another has a smaller q."""
    c = walk(3)
    series = {"a": walk(1), "b": walk(2), "c": c, "d": later(c, 1, 5)}
    monkeypatch.setattr(published, "MOST_PAIRS", 1)
    found = entry([("a", "b", -0.5)], series)
    assert [(p["a"], p["b"]) for p in found["pairs"]] == [("a", "b")]
    assert found["tested"] == 6
    monkeypatch.setattr(published, "MOST_PAIRS", 9)
    monkeypatch.setattr(published, "MOST_DRAWN", 1)
    drawn = [(p["a"], p["b"]) for p in entry([("a", "b", -0.5)], series)["pairs"] if p["low"]]
    assert drawn == [("a", "b")]


def test_series_are_the_last_three_years_as_they_were_given():
    """Oracle: the numbers put in, six figures of them; a hole is null and says so."""
    values = 1000 + walk(12)
    values[40] = np.nan
    found = entry([("a", "b", -0.5)], {"a": values, "b": walk(13)})["series"]["a"]
    assert found["start"] == "2024-01"
    shown = [None if np.isnan(v) else v for v in values[-36:]]
    assert found["values"] == [None if v is None else pytest.approx(v, rel=1e-5) for v in shown]
    assert found["values_reason"]


def test_weakest_r_is_what_a_pair_needs_alone():
    """Oracle: |r| at or above it exactly where p, corrected for lags, is 0.05 or less."""
    series = {f"m{place}": walk(place) for place in range(12)}
    names = sorted(series)
    links = [(a, b, 0.5) for a, b in pairwise(names)]
    found = entry(links, series)
    memory = whiten(np.column_stack([series[n] for n in names])).inertia_terms
    for pair in found["pairs"]:
        if pair["directed"] and memory[[names.index(pair["a"]), names.index(pair["b"])]].max() == 0:
            near = abs(abs(pair["r"]) - found["weakest_r"]) < 0.03
            assert near or (abs(pair["r"]) > found["weakest_r"]) == (pair["p"] <= 0.05)


def test_without_history_every_null_says_why():
    made = register({"a": ("s", 1.0, 0.5), "b": ("t", 1.0, 0.5)}, [("a", "b", -0.5)])
    found = history_entry(made, detect(made).items, None)
    for key in ("weakest_r", "changes", "pairs", "movements", "series"):
        assert not found[key]
        assert found[f"{key}_reason"]
