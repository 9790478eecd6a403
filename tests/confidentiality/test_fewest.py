"""Oracle: every choice of cells tried."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lodestar.confidentiality.fewest import fewest

CELLS = 8

ways = st.lists(st.frozensets(st.integers(0, CELLS - 1), min_size=1, max_size=4), max_size=8)
costs = st.lists(st.integers(1, 50), min_size=CELLS, max_size=CELLS)


@given(ways, costs)
def test_no_choice_that_stops_every_way_is_cheaper(
    found: list[frozenset[int]], cost: list[int]
) -> None:
    taken = fewest(found, cost)
    assert all(way & taken for way in found)
    choices = (set(c) for size in range(CELLS + 1) for c in combinations(range(CELLS), size))
    least = min(sum(cost[i] for i in c) for c in choices if all(way & c for way in found))
    assert sum(cost[cell] for cell in taken) == least


def test_a_search_that_runs_out_of_steps_still_stops_every_way() -> None:
    """Oracle: of 60 cells no two may stay, so that 59 go."""
    found = [frozenset(pair) for pair in combinations(range(60), 2)]
    taken = fewest(found, [1] * 60)
    assert all(way & taken for way in found)
    assert len(taken) == 59
