"""What history says: verdicts on series made with a known relation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts.family import family
from lodestar.assess.conflicts.history import ask, monthly, movements
from lodestar.assess.conflicts.measured import conflict_verdict, measure
from lodestar.assess.conflicts.pairtest import ASKED, PairTest, verdict
from lodestar.stats.multiplicity import adjust
from lodestar.stats.series import lagged_association
from tests.support.registers import register, registers, walks

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


def questions(*rows):
    """A family of pairs given as (a, b, directed, expected, declared lag), ends as places."""
    return pd.DataFrame(list(rows), columns=list(ASKED)).astype(ASKED)


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
    asked = family(found, ["n", "o"])
    ends = [(found.ids[a], found.ids[b]) for a, b in asked[["a", "b"]].to_numpy()]
    told = [(*pair, way) for pair, way in zip(ends, asked["directed"], strict=True)]
    assert told == [
        ("a", "b", False),
        ("a", "c", False),
        ("a", "n", True),
        ("a", "o", True),
        ("n", "o", True),
        ("u", "n", True),
    ]
    assert dict(zip(ends, asked["expected"], strict=True))["a", "o"] == 1


@given(registers())
def test_family_matches_a_loop_over_every_pair(found):
    """Oracle: every ordered pair looked at by itself, with walks enumerated."""
    net = {
        pair: sum(w for _, w in walks(found.links, *pair)) for pair in permutations(found.ids, 2)
    }
    reached = {pair for pair in net if next(walks(found.links, *pair), None)}
    paid = {found.ids[place] for place in found.rewarded}
    outcomes = {name for name in found.ids if found.is_outcome[found.at(name)]}
    joined = {(a, b) for a, b in reached if a in paid and b in paid | outcomes}
    joined |= {(row.source, row.target) for row in found.links.rows}
    functions = dict(zip(found.ids, found.function, strict=True))
    apart = {
        (a, b)
        for a, b in combinations(sorted(paid), 2)
        if functions[a] != functions[b] and not {(a, b), (b, a)} & joined
    }
    if not joined and not paid:
        apart = set(combinations(found.ids, 2))
    got = family(found, found.ids)
    ends = [(found.ids[a], found.ids[b]) for a, b in got[["a", "b"]].to_numpy()]
    assert ends == sorted(joined | apart)
    for pair, way, expected in zip(ends, got["directed"], got["expected"], strict=True):
        assert way == (pair in joined)
        if way and abs(net[pair]) > 1e-9:
            assert expected == np.sign(net[pair])


def test_a_register_without_pay_or_links_asks_every_pair():
    found = register(dict.fromkeys("abc", ("sales", 1.0, 0.0)), [])
    assert family(found, "abcz")[["a", "b"]].to_numpy().tolist() == [[0, 1], [0, 2], [1, 2]]


def test_q_is_benjamini_hochberg_over_the_tested():
    """Oracle: the published adjustment applied to p values by hand."""
    rng = np.random.default_rng(8)
    series = pd.DataFrame({n: rng.normal(size=60) for n in "abc"} | {"d": [np.nan] * 60})
    pairs = [(0, 1), (1, 2), (0, 3), (0, 2)]
    got = ask(questions(*((*pair, True, 0, 0) for pair in pairs)), tuple("abcd"), series)
    p = [lagged_association(series["abcd"[a]], series["abcd"[b]]).p for a, b in pairs]
    assert got.frame["p"].tolist() == pytest.approx(p, nan_ok=True)
    assert got.frame["q"].tolist() == pytest.approx(list(adjust(p, "bh")), nan_ok=True)
    assert [got[place].status for place in range(4)] == ["tested", "tested", "too_short", "tested"]


def test_either_direction_is_paid_for_in_p():
    series = pd.DataFrame(pair(-1)).iloc[:, ::-1]
    got = ask(questions((1, 0, False, 0, 0)), ("a", "b"), series)[0]
    assert (got.a, got.b, got.lag) == ("a", "b", 2)
    assert got.p == pytest.approx(2 * lagged_association(series["a"], series["b"]).p)


def test_a_declared_lag_widens_the_search():
    x = pair(-1, lag=9)
    short, long = (
        ask(questions((0, 1, True, -1, lag)), ("a", "b"), pd.DataFrame(x))[0] for lag in (0, 9)
    )
    assert not short.significant
    assert (long.significant, long.lag) == (True, 9)


def test_verdict_compares_settled_q_with_five_per_cent():
    test = PairTest("a", "b", True, -1, "tested", -0.5, 0, 60, 0.01, 0.05 + 1e-12)
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
