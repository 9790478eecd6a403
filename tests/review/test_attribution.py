"""The split of a movement against sums over orders written out by hand, and its laws."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.review.attribution import SOURCES, Split, rounded_parts, split_movement

CORNERS = [frozenset(c) for size in range(4) for c in combinations(SOURCES, size)]
numbers = st.floats(-1e4, 1e4).map(lambda x: round(x, 6))
games = st.lists(numbers, min_size=8, max_size=8).map(
    lambda values: dict(zip(CORNERS, values, strict=True))
)


def _subset_formula(game, player):
    """Shapley's own formula: a weighted sum over the coalitions without the player."""
    others = [name for name in SOURCES if name != player]
    coalitions = [frozenset(c) for size in range(3) for c in combinations(others, size)]
    weight = {0: 2 / 6, 1: 1 / 6, 2: 2 / 6}
    return sum(weight[len(c)] * (game[c | {player}] - game[c]) for c in coalitions)


def _six_orders(game, player):
    """The mean over the six orders, written out one by one."""
    d, f, c = SOURCES
    orders = [(d, f, c), (d, c, f), (f, d, c), (f, c, d), (c, d, f), (c, f, d)]
    before = [frozenset(order[: order.index(player)]) for order in orders]
    return sum(game[b | {player}] - game[b] for b in before) / 6


@given(games)
def test_equals_both_independent_formulas(game):
    found = split_movement(game.__getitem__)
    for name in SOURCES:
        assert math.isclose(found.parts[name], _subset_formula(game, name), abs_tol=1e-9)
        assert math.isclose(found.parts[name], _six_orders(game, name), abs_tol=1e-9)


@given(games)
def test_parts_add_up_to_the_movement(game):
    found = split_movement(game.__getitem__)
    moved = game[frozenset(SOURCES)] - game[frozenset()]
    assert found.complete
    assert abs(math.fsum(found.parts.values()) - moved) <= 1e-9
    assert abs(found.total - moved) <= 1e-9


@given(games, games)
def test_law_of_additivity_holds_with_interactions(one, other):
    """Shapley's axiom: the split of a sum of two games is the sum of their splits."""
    both = split_movement(lambda corner: one[corner] + other[corner])
    first, second = split_movement(one.__getitem__), split_movement(other.__getitem__)
    for name in SOURCES:
        apart = first.parts[name] + second.parts[name]
        assert math.isclose(both.parts[name], apart, abs_tol=1e-8)


@given(games, st.sampled_from(SOURCES))
def test_a_source_that_changes_nothing_gets_nothing(game, idle):
    found = split_movement(lambda corner: game[corner - {idle}])
    assert found.parts[idle] == 0


@given(games, st.sampled_from(CORNERS[1:-1]))
def test_orders_through_a_mixture_without_a_number_are_left_out(game, gone):
    """Oracle: the mean over the orders that never pass the missing corner; it adds up still."""
    found = split_movement(lambda corner: None if corner == gone else game[corner])
    passing = [o for o in found.orders if frozenset(o[: len(gone)]) == gone]
    moved = game[frozenset(SOURCES)] - game[frozenset()]
    assert not passing
    assert not found.complete
    assert len(found.orders) == 4
    assert abs(math.fsum(found.parts.values()) - moved) <= 1e-9


def test_no_split_when_no_order_can_be_computed():
    ends = {frozenset(): 1.0, frozenset(SOURCES): 2.0}
    assert split_movement(ends.get) is None


@given(games, st.integers(0, 3))
def test_rounded_figures_add_up_and_stay_near(game, decimals):
    found = split_movement(game.__getitem__)
    parts, unit = rounded_parts(found, decimals), 10.0**-decimals
    total = float(f"{found.total:.{decimals}f}")
    assert math.isclose(sum(parts.values()), total, abs_tol=1e-6 * unit)
    assert all(abs(parts[name] - found.parts[name]) < unit * (1 + 1e-9) for name in SOURCES)


@given(games, st.integers(0, 3))
def test_figures_add_up_to_the_difference_of_the_two_ends_as_shown(game, decimals):
    found = split_movement(game.__getitem__)
    ends = [round(game[corner], decimals) for corner in (frozenset(SOURCES), frozenset())]
    shown = round(ends[0] - ends[1], decimals)
    parts, unit = rounded_parts(found, decimals, shown), 10.0**-decimals
    assert math.isclose(sum(parts.values()), shown, abs_tol=1e-6 * unit)
    assert all(abs(parts[name] - found.parts[name]) <= unit * (1 + 1e-9) for name in SOURCES)


@pytest.mark.parametrize("total", [0.05, 0.15, 2.849999, -0.05, -2.85])
def test_one_mover_is_shown_as_the_movement_and_the_others_as_nothing(total):
    split = Split(total, {"data": total, "framework": 0.0, "code": 0.0}, (), True)
    assert rounded_parts(split, 1) == {"data": float(f"{total:.1f}"), "framework": 0, "code": 0}
