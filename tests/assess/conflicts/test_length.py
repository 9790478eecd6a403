"""Shorter walks and paths, as a what-if asks for: net, paths and draws against enumeration."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts import Explainer, detect
from lodestar.assess.conflicts.net import effects, joined
from lodestar.assess.conflicts.orphans import untraceable
from lodestar.assess.conflicts.uncertainty import SignDraws
from lodestar.stats.rounding import settle
from tests.support.registers import links, maps, paths, register, registers, walks

LENGTHS = st.integers(1, 5)


@settings(max_examples=250, deadline=None)
@given(maps(5), LENGTHS)
def test_effects_are_sums_over_walks_of_so_many_links(found, length):
    """Oracle: every walk of up to so many links, enumerated."""
    short, places = replace(found, reach=length), range(len(found.ids))
    got, pairs = effects(short, places), joined(short, places, places)
    for i, a in enumerate(found.ids):
        for j, b in enumerate(found.ids):
            products = [p for _, p in walks(found, a, b, length)]
            assert got.net[i, j] == pytest.approx(sum(products), abs=1e-9)
            assert got.gross[i, j] == pytest.approx(sum(map(abs, products)), abs=1e-9)
    assert pairs.net == pytest.approx(got.net[pairs.source, pairs.end], abs=1e-12)
    assert len(pairs.net) == (got.gross > 0).sum()


@settings(max_examples=400, deadline=None)
@given(maps(6), LENGTHS, st.randoms(use_true_random=False))
def test_the_path_told_is_the_strongest_of_so_many_links(found, length, random):
    """Oracle: all simple paths of the sign up to the length; else all walks of it."""
    a, b = random.sample(range(len(found.ids)), 2)
    sign, ends = random.choice([1.0, -1.0]), (found.ids[a], found.ids[b])
    simple = [row for row in paths(found, *ends, length) if row[1] * sign > 0]
    walked = [row for row in walks(found, *ends, length) if row[1] * sign > 0]
    got = Explainer(replace(found, reach=length)).explain(a, b, sign)
    if not walked:
        assert got is None
        return
    best = min(simple or walked, key=lambda row: (-round(abs(row[1]), 9), len(row[0]), row[0]))
    assert got is not None
    assert (got.path, got.via_loop) == (best[0], not simple)


@settings(max_examples=60, deadline=None)
@given(maps(5), LENGTHS, st.randoms(use_true_random=False))
def test_draws_follow_walks_of_so_many_links(found, length, random):
    """Oracle: products of the drawn strengths along every walk up to the length."""
    a, b = random.sample(found.ids, 2)
    known = list(walks(found, a, b, length))
    net = sum(product for _, product in known)
    if abs(net) < 1e-9:
        return
    short = replace(found, reach=length)
    draws, place = SignDraws(short, Explainer(short), 3), found.position
    total = sum(
        np.prod([draws._strength(place[x], place[y]) for x, y in pairwise(walk)], axis=0)
        for walk, _ in known
    )
    held = (settle(total) * net > 0).mean()
    assert draws.share(place[a], place[b], net) == pytest.approx(held, abs=0.01)


@settings(max_examples=100, deadline=None)
@given(registers())
def test_five_links_is_what_is_reviewed_and_a_length_is_kept_by_other_changes(found):
    assert detect(found.with_length(5)).items == detect(found).items
    first = [(row.source, row.target) for row in found.links.rows[:1]]
    short = found.with_length(2).without_links(first).with_threshold(0.1)
    assert short.links.reach == 2
    assert short.with_incentives({found.ids[0]: 0.3}).links.reach == 2


def test_a_conflict_of_three_links_needs_three():
    """From a by x and y to b: nothing at one or two links, −0.9³ at three."""
    rows = [("a", "x", 0.9), ("x", "y", 0.9), ("y", "b", -0.9)]
    found = register(
        {"a": ("sales", 1, 0.5), "b": ("service", 1, 0.5)}, rows, nodes={"x": "driver", "y": ""}
    )
    assert [len(detect(found.with_length(k)).items) for k in range(1, 6)] == [0, 0, 1, 1, 1]
    assert detect(found.with_length(3)).items[0].push.net == pytest.approx(-0.729)


def test_a_measure_is_untraceable_beyond_the_length():
    found = register(
        {"a": ("sales", 1, 0.5)},
        [("a", "x", 0.9), ("x", "o", 0.9)],
        {"o": ("customer", 1)},
        {"x": ""},
    )
    assert untraceable(found.with_length(1)) == ("a",)
    assert untraceable(found.with_length(2)) == ()


def test_without_links_is_a_map_that_never_had_them():
    rows = [("a", "b", -0.5), ("a", "c", 0.9), ("c", "b", 0.5)]
    found = register({k: ("f" + k, 1, 0.5) for k in "abc"}, rows)
    assert found.without_links([("a", "c")]).links.rows == links("abc", [rows[0], rows[2]]).rows
