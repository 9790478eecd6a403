"""What history says: verdicts on series made with a known relation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts.history import ask, family, monthly, movements
from lodestar.assess.conflicts.measured import conflict_verdict, measure
from lodestar.assess.conflicts.pairtest import PairTest, Question, verdict
from lodestar.stats.multiplicity import adjust
from lodestar.stats.series import lagged_association
from tests.support.registers import register

TODAY = date(2026, 12, 31)


def history(months=60, **series):
    dates = pd.date_range(end=TODAY, periods=months, freq="ME")
    rows = [pd.DataFrame({"node": n, "date": dates, "value": v}) for n, v in series.items()]
    return pd.concat(rows, ignore_index=True)


def pair(sign, months=60, lag=2, noise=0.2):
    """A random walk, and one that follows it two months later."""
    rng = np.random.default_rng(11)
    x = rng.normal(size=months).cumsum()
    y = sign * np.r_[np.zeros(lag), x[:-lag]] + noise * rng.normal(size=months)
    return {"a": 50 + x, "b": 80 + y}


def two(strength=-0.6, **change):
    metrics = {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.5)} | change
    return register(metrics, [("a", "b", strength)] if strength else [])


@pytest.mark.parametrize(
    ("sign", "months", "said"),
    [(-1, 60, "confirmed"), (1, 60, "contradicted"), (-1, 24, "too_short"), (-1, 25, "confirmed")],
)
def test_verdict_of_a_planted_relation(sign, months, said):
    """The map expects a fall of b after a; 24 months give 23 changes, one too few."""
    found = measure(two(), history(months, **pair(sign, months)), TODAY)
    assert conflict_verdict(found, detect(found).items[0]) == said
    test = found.tests[0]
    assert test.n == months - 1
    if said == "confirmed" and months == 60:
        assert (test.lag, test.r < -0.8) == (2, True)


def test_unrelated_series_are_not_found_and_no_series_is_none():
    rng = np.random.default_rng(5)
    noise = {"a": rng.normal(size=60), "b": rng.normal(size=60)}
    found = measure(two(), history(**noise), TODAY)
    assert conflict_verdict(found, detect(found).items[0]) == "not_found"
    alone = measure(two(), history(a=noise["a"]), TODAY)
    assert conflict_verdict(alone, detect(alone).items[0]) == "none"


def test_history_alone_makes_a_measured_conflict():
    """Severity w_a·w_b·|r|; the same pair with a path is not listed twice."""
    found = measure(two(strength=0.0), history(**pair(-1)), TODAY)
    item = detect(found).items[0]
    assert (item.kind, item.a, item.b, item.push.why) == ("measured", "a", "b", None)
    assert item.severity == pytest.approx(0.25 * abs(found.tests[0].r))
    assert item.severe
    assert conflict_verdict(found, item) == "confirmed"
    both = detect(measure(two(), history(**pair(-1)), TODAY)).items
    assert [c.kind for c in both] == ["structural"]


@pytest.mark.parametrize(
    "change",
    [
        {"b": ("sales", 1.0, 0.5)},
        {"b": ("service", -1.0, 0.5)},
        {"b": ("service", 0.0, 0.5)},
        {"b": ("service", float("nan"), 0.5)},
        {"b": ("service", 1.0, 0.0)},
    ],
)
def test_no_measured_conflict_within_a_function_or_in_the_same_direction_or_unpaid(change):
    found = measure(two(strength=0.0, **change), history(**pair(-1)), TODAY)
    assert detect(found).items == ()


def test_family_is_what_could_matter():
    """Direct links, ways from paid metrics, and paid metrics of different functions; no more."""
    found = register(
        {
            "a": ("sales", 1.0, 0.5),
            "b": ("service", 1.0, 0.5),
            "c": ("service", 1.0, 0.5),
            "u": ("sales", 1.0, 0.0),
        },
        [("a", "n", 0.5), ("n", "o", 0.5), ("u", "n", 0.2)],
        {"o": ("customer", 1.0)},
        {"n": "driver"},
    )
    asked = [(q.a, q.b, q.directed) for q in family(found, [])]
    assert asked == [
        ("a", "b", False),
        ("a", "c", False),
        ("a", "n", True),
        ("a", "o", True),
        ("n", "o", True),
        ("u", "n", True),
    ]


def test_a_register_without_pay_or_links_asks_every_pair():
    found = register(dict.fromkeys("abc", ("sales", 1.0, 0.0)), [])
    assert [(q.a, q.b) for q in family(found, "abcz")] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_q_is_benjamini_hochberg_over_the_tested():
    """Oracle: the published adjustment applied to p values by hand."""
    rng = np.random.default_rng(8)
    series = pd.DataFrame({n: rng.normal(size=60) for n in "abc"} | {"d": [np.nan] * 60})
    asked = [Question("a", "b"), Question("b", "c"), Question("a", "d"), Question("a", "c")]
    got = ask(asked, series)
    p = [lagged_association(series[q.a], series[q.b]).p for q in asked]
    assert [t.p for t in got] == pytest.approx(p, nan_ok=True)
    assert [t.q for t in got] == pytest.approx(list(adjust(p, "bh")), nan_ok=True)
    assert got[2].status == "too_short"


def test_either_direction_is_paid_for_in_p():
    series = pd.DataFrame(pair(-1)).iloc[:, ::-1]
    (got,) = ask([Question("b", "a", directed=False)], series)
    assert (got.question.a, got.question.b) == ("a", "b")
    assert got.p == pytest.approx(2 * lagged_association(series["a"], series["b"]).p)


def test_a_declared_lag_widens_the_search():
    x = pair(-1, lag=9)
    (short,) = ask([Question("a", "b")], pd.DataFrame(x))
    (long,) = ask([Question("a", "b", lag=9)], pd.DataFrame(x))
    assert not short.significant
    assert (long.significant, long.lag) == (True, 9)


def test_verdict_compares_settled_q_with_five_per_cent():
    test = PairTest(Question("a", "b"), "tested", -0.5, 0, 60, 0.01, 0.05 + 1e-12)
    assert verdict(test, -1) == "confirmed"
    assert verdict(replace(test, q=0.0500001), -1) == "not_found"
    assert verdict(None, 1) == "none"


def test_months_are_averaged_on_an_unbroken_grid():
    rows = [("m", "2026-01-10", 1), ("m", "2026-01-20", 3), ("m", "2026-03-31", 5)]
    table = pd.DataFrame(
        [{"node": n, "date": pd.Timestamp(d), "value": float(v)} for n, d, v in rows]
        + [{"node": "m", "date": pd.Timestamp("2027-01-31"), "value": 9.0}]
    )
    got = monthly(table, TODAY)["m"]
    assert got.index.astype(str).tolist() == ["2026-01", "2026-02", "2026-03"]
    assert got.tolist()[::2] == [2.0, 5.0]
    assert np.isnan(got.iloc[1])


def test_movement_compares_whole_years():
    """Twelve months at 10, then twelve at 12: up a fifth; b, wanted down, rose too."""
    level = np.r_[np.full(12, 10.0), np.full(12, 12.0)]
    found = register({"a": ("s", 1.0, 0.0), "b": ("s", -1.0, 0.1), "c": ("s", 1.0, 0.1)}, [])
    rows = history(24, a=level, b=level)
    short = history(23, c=level[1:])
    got = movements(found, pd.concat([rows, short]), TODAY).set_index("node")
    assert got.index.tolist() == ["a", "b"]
    assert got["change"].tolist() == pytest.approx([0.2, 0.2])
    assert got["wanted"].tolist() == [True, False]
