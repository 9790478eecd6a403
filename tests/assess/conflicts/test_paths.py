"""Explaining paths against enumeration of all simple paths of up to five links."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts.paths import Explainer
from tests.support.registers import links, maps, paths, walks, weakest


@settings(max_examples=700, deadline=None)
@given(maps(6), st.randoms(use_true_random=False))
def test_explaining_path_is_the_strongest_simple_path(found, random):
    """Oracle: all simple paths of the sign; largest product, then fewer links, then ids."""
    a, b = random.sample(range(len(found.ids)), 2)
    sign = random.choice([1.0, -1.0])
    known = [(path, p) for path, p in paths(found, found.ids[a], found.ids[b]) if p * sign > 0]
    got = Explainer(found).explain(a, b, sign)
    if known:
        best = min(known, key=lambda row: (-round(abs(row[1]), 9), len(row[0]), row[0]))
        assert got is not None
        assert not got.via_loop
        assert (got.path, got.evidence) == (best[0], weakest(found, best[0]))
        assert got.strength == pytest.approx(abs(best[1]))
        return
    walked = [(w, p) for w, p in walks(found, found.ids[a], found.ids[b]) if p * sign > 0]
    if not walked:
        assert got is None
        return
    best = min(walked, key=lambda row: (-round(abs(row[1]), 9), len(row[0]), row[0]))
    assert got is not None
    assert got.via_loop
    assert (got.path, got.evidence) == (best[0], weakest(found, best[0]))


def test_ties_go_to_fewer_links_then_ids():
    rows = [("a", "x", 0.5), ("x", "b", 0.5), ("a", "w", 0.5), ("w", "b", 0.5), ("a", "b", 0.25)]
    found = links("abwx", rows)
    assert Explainer(found).explain(0, 1, 1.0).path == ("a", "b")
    assert Explainer(links("abwx", rows[:4])).explain(0, 1, 1.0).path == ("a", "w", "b")


def test_only_a_loop_has_the_sign():
    """a→x→b is positive; only round the balancing loop x→y→x does it turn negative."""
    rows = [
        ("a", "x", 0.9, "measured"),
        ("x", "b", 0.9, "measured"),
        ("x", "y", 0.5, "stated"),
        ("y", "x", -0.5, "assumed"),
    ]
    found = links("abxy", rows)
    got = Explainer(found).explain(0, 1, -1.0)
    assert got.via_loop
    assert got.path == ("a", "x", "y", "x", "b")
    assert got.evidence == "assumed"
    assert Explainer(found).explain(0, 1, 1.0).evidence == "measured"


def test_a_search_cut_short_says_so():
    rows = [("a", "x", 0.9), ("x", "b", 0.9), ("x", "y", 0.5), ("y", "x", -0.5)]
    found = links("abxy", rows)
    assert not Explainer(found, budget=1).explain(0, 1, -1.0).complete
    assert Explainer(found).explain(0, 1, -1.0).complete
