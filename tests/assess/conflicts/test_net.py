"""Net, gross and determinacy against walks counted one by one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from lodestar.assess.conflicts.net import effects
from tests.support.registers import links, maps, walks


@settings(max_examples=300, deadline=None)
@given(maps(5))
def test_net_and_gross_are_sums_over_walks(found):
    """Oracle: every walk of up to five links, enumerated."""
    got = effects(found, range(len(found.ids)))
    for i, a in enumerate(found.ids[:2]):
        for j, b in enumerate(found.ids):
            products = [p for _, p in walks(found, a, b)]
            assert got.net[i, j] == pytest.approx(sum(products), abs=1e-9)
            assert got.gross[i, j] == pytest.approx(sum(map(abs, products)), abs=1e-9)


def test_a_chain_by_hand():
    """0.8 · −0.5 = −0.4, and one direct +0.1: net −0.3, gross 0.5, determinacy 0.6."""
    found = links("abc", [("a", "b", 0.8), ("b", "c", -0.5), ("a", "c", 0.1)])
    got = effects(found, [0])
    assert got.net[0, 2] == pytest.approx(-0.3)
    assert got.gross[0, 2] == pytest.approx(0.5)
    assert got.determinacy[0, 2] == 0.6


def test_walks_of_six_links_do_not_count():
    ids = "abcdefg"
    found = links(ids, [(x, y, 1.0) for x, y in pairwise(ids)])
    got = effects(found, [0])
    assert got.net[0, 5] == 1.0
    assert got.gross[0, 6] == 0.0


def test_cancelling_walks_have_no_sign():
    """0.1·0.3 against −0.03 cancels to float noise: neither help nor harm."""
    found = links("abc", [("a", "b", 0.1), ("b", "c", 0.3), ("a", "c", -0.03)])
    got = effects(found, [0])
    assert got.sign[0, 2] == 0
    assert got.determinacy[0, 2] == 0


def test_tiny_effects_keep_their_sign():
    rows = [(x, y, 0.01) for x, y in zip("abcde", "bcdef", strict=True)]
    got = effects(links("abcdef", rows), [0])
    assert got.net[0, 5] == pytest.approx(1e-10)
    assert got.sign[0, 5] == 1


def test_help_needs_the_wanted_direction_and_determinacy():
    found = links("abc", [("a", "b", -0.05), ("a", "c", 0.0499)])
    got = effects(found, [0])
    assert got.helps(np.array([-1.0])).tolist() == [[False, True, False]]
    assert not got.helps(np.array([np.nan])).any()
