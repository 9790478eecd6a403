"""Circles of requirements.

Oracle: the standard library's topological sorter, which refuses exactly the same maps.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lodestar.engagement.inputs.circles import circle

NAMES = st.sampled_from("abcdefg")


def _sortable(requires: dict[str, list[str]]) -> bool:
    try:
        list(TopologicalSorter(requires).static_order())
    except CycleError:
        return False
    return True


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3)))
def test_a_circle_is_found_exactly_where_there_is_one(requires: dict[str, list[str]]) -> None:
    found = circle(requires)
    assert bool(found) != _sortable(requires)
    if found:
        assert found[0] == found[-1]
        assert all(needed in requires[user] for user, needed in pairwise(found))
