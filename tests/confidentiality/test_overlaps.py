"""Overlapping cuts, against the differencing attacks they must stop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.confidentiality import hide_overlaps


def cells(*groups: Sequence[int]) -> np.ndarray:
    """Return membership of persons 0 … 29."""
    return np.array([[person in group for person in range(30)] for group in groups])


def test_a_group_and_its_near_copy_are_not_shown_together() -> None:
    """Oracle: 20 − 18 persons = 2 persons by subtraction."""
    members = cells(range(20), range(18))
    assert hide_overlaps(members, np.array([True, True]), 5).tolist() == [True, False]


def test_groups_that_differ_by_enough_stay() -> None:
    members = cells(range(20), range(15))
    assert hide_overlaps(members, np.array([True, True]), 5).tolist() == [True, True]


def test_a_chain_of_three_cells_is_seen() -> None:
    """Oracle: all 30 less 12 less 16 leave 2, though no two cells are nested that closely."""
    members = cells(range(30), range(12), range(12, 28))
    assert hide_overlaps(members, np.array([True] * 3), 5).tolist() == [True, False, True]


def test_few_persons_of_three_different_cells_are_seen() -> None:
    """Oracle: 20 − 17 leave 3 persons, each of whom stands in another cell of a third cut."""
    shown = cells(range(20), range(17), [0, 1, 2, 3, 4, 17], [5, 6, 7, 8, 9, 18])
    assert len(np.unique(shown[:, 17:20], axis=1).T) == 3
    kept = shown[hide_overlaps(shown, np.ones(4, dtype=bool), 5)]
    few = np.isin(range(30), [17, 18, 19])
    assert np.linalg.matrix_rank(np.vstack([kept, few])) > np.linalg.matrix_rank(kept)


def test_a_secret_cell_does_not_follow_whatever_its_size() -> None:
    """Oracle: the hidden 10 are 30 less the shown 20."""
    members = cells(range(30), range(20), range(20, 30))
    shown, secret = np.array([True, True, False]), np.array([False, False, True])
    assert hide_overlaps(members, shown, 5).tolist() == [True, True, False]
    assert hide_overlaps(members, shown, 5, secret).tolist() == [True, False, False]


def test_what_another_page_shows_is_hidden_last() -> None:
    """Oracle: all 30 less 12 less 16 leave 2; the 12 stand elsewhere, so the 16 go, not they."""
    members = cells(range(30), range(12), range(12, 28))
    elsewhere = np.array([True, True, False])
    shown = hide_overlaps(members, np.array([True] * 3), 5, None, elsewhere)
    assert shown.tolist() == [True, True, False]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 2**14 - 1), min_size=1, max_size=5))
def test_no_sum_or_difference_of_shown_cells_leaves_few(codes: list[int]) -> None:
    """Oracle: every combination with weights −1, 0, 1 tried one by one."""
    members = np.array([[bool(code >> person & 1) for person in range(14)] for code in codes])
    shown = hide_overlaps(members, members.sum(axis=1) >= 5, 5)
    kept = members[shown].astype(int)
    for weights in product((-1, 0, 1), repeat=len(kept)):
        left = np.array(weights, dtype=int) @ kept if len(kept) else np.zeros(14, dtype=int)
        if set(left) <= {0, 1} and left.any():
            assert left.sum() >= 5
