"""Sign classes, against published traps and against enumeration of all simple paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts.signs import SignClass, Signs
from tests.support.registers import links, maps, walks_simple

TRAPS = json.loads(
    (Path(__file__).parents[2] / "oracles" / "conflicts" / "signed_path_traps.json").read_text()
)


def expected_word(paths: set[int], all_walks: set[int]) -> str:
    if not all_walks:
        return "none"
    if len(paths) == 2:
        return "mixed"
    if len(all_walks) == 2:
        return "loop-only"
    return "positive" if 1 in all_walks else "negative"


@pytest.mark.parametrize("case", TRAPS["cases"], ids=lambda case: case["name"])
def test_traps_come_out_as_enumerated(case):
    """Oracle: five graphs with the signs of every simple path and walk."""
    found = links(case["nodes"], [(a, b, 0.5 * sign) for a, b, sign in case["edges"]])
    for pair, signs in case["simple_path_signs"].items():
        a, b = (found.position[name] for name in pair.split("->"))
        walked = Signs(found).walks(a)[:, b]
        assert {s for s, held in zip((1, -1), walked, strict=True) if held} == set(
            case["walk_signs"][pair]
        )
        word = expected_word(set(signs), set(case["walk_signs"][pair]))
        assert Signs(found).of(a, b).word == word, pair


@settings(max_examples=700, deadline=None)
@given(maps(6), st.randoms(use_true_random=False))
def test_classes_equal_enumeration(found, random):
    """Oracle: all simple paths of a small graph, and breadth-first walks of the doubled graph."""
    a, b = random.sample(range(len(found.ids)), 2)
    signs = {1 if p > 0 else -1 for _, p in walks_simple(found, found.ids[a], found.ids[b])}
    walked = {s for s, held in zip((1, -1), Signs(found).walks(a)[:, b], strict=True) if held}
    got = Signs(found).of(a, b)
    assert signs <= walked
    assert got.word == expected_word(signs, walked)
    if got.word == "loop-only":
        assert signs == {got.path_sign}


@settings(max_examples=300, deadline=None)
@given(maps(6), st.randoms(use_true_random=False))
def test_witnesses_are_simple_paths_of_their_sign(found, random):
    a, b = random.sample(range(len(found.ids)), 2)
    got = Signs(found).of(a, b)
    known = dict(walks_simple(found, found.ids[a], found.ids[b]))
    if got.word == "mixed":
        positive, negative = got.witnesses
        assert known[positive] > 0 > known[negative]


def test_budget_hit_is_undecided_and_not_a_guess():
    """A dense unbalanced component without budget: neither sign is proven."""
    ids = "abcdef"
    rows = [(a, b, -0.5 if a < b else 0.5) for a in ids for b in ids if a != b]
    assert Signs(links(ids, rows), steps=1).of(0, 5).word == "undecided"
    assert Signs(links(ids, rows)).of(0, 5).word == "mixed"


def test_loop_through_the_source_does_not_make_paths_ambiguous():
    found = links("abc", [("a", "b", 0.5), ("a", "c", 0.5), ("c", "a", -0.5)])
    assert Signs(found).of(0, 1) == SignClass("loop-only", 1)


def test_word_follows_the_rewarded_directions():
    """Cost down and cost down: a negative effect of one on the other is against it."""
    assert SignClass("negative", -1).told(1) == "opposing"
    assert SignClass("negative", -1).told(-1) == "reinforcing"
    assert SignClass("loop-only", -1).told(-1) == "loop-only"
