"""A thousand random hierarchies: nothing follows, and hardly a cell is hidden without need.

Oracle: `rowspace`, an implementation of its own, and the optimum of an integer programme.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.confidentiality import hide_overlaps
from tests.confidentiality.rowspace import atoms, few, follows, optimum

RATIO = 1.3


@st.composite
def hierarchies(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    """Return cells × persons of a tree and a cut across it, homogeneous cells, and a threshold."""
    minimum = draw(st.integers(3, 5))
    teams = draw(st.integers(2, 5))
    branches = draw(st.lists(st.integers(0, 2), min_size=teams, max_size=teams))
    levels = draw(st.integers(1, 3))
    sizes = draw(st.lists(st.integers(0, 8), min_size=teams * levels, max_size=teams * levels))
    team = np.repeat(np.repeat(np.arange(teams), levels), sizes)
    across = np.repeat(np.tile(np.arange(levels), teams), sizes)
    branch = np.array(branches)[team]
    rows = [np.ones(len(team), dtype=bool)]
    for labels in (branch, team, across):
        rows += [labels == one for one in np.unique(labels)]
    cells = np.unique(np.array(rows), axis=0)
    alike = draw(st.lists(st.integers(0, 9), min_size=len(cells), max_size=len(cells)))
    return cells, np.array(alike) == 0, minimum


def _asked(cells: np.ndarray, alike: np.ndarray, minimum: int) -> tuple[np.ndarray, ...]:
    """Return cells by atoms, what may be shown by its own size, and what must not follow."""
    by_atom, sizes = atoms(cells)
    shown = (cells.sum(axis=1) >= minimum) & ~alike
    secret = by_atom[~shown]
    targets = np.vstack([few(sizes, minimum), secret[secret.any(axis=1)]])
    return by_atom, shown, targets


@settings(deadline=None, max_examples=1000)
@given(hierarchies())
def test_nothing_follows_and_little_is_hidden(table: tuple[np.ndarray, np.ndarray, int]) -> None:
    cells, alike, minimum = table
    by_atom, shown, targets = _asked(cells, alike, minimum)
    kept = hide_overlaps(cells, shown, minimum, ~shown)
    assert not (kept & ~shown).any()
    assert not follows(targets, by_atom[kept]).any()
    primary = int((~shown).sum())
    least = primary + optimum(by_atom, shown, targets)
    assert (~kept).sum() <= RATIO * least


def test_the_one_cell_of_every_disclosure_goes() -> None:
    """Oracle: all 60 less each of three groups of 57 leave 3; without all 60 nothing follows."""
    near = [range(57), range(3, 60), [*range(20), *range(23, 60)]]
    cells = np.array([[p in group for p in range(60)] for group in (range(60), *near)])
    kept = hide_overlaps(cells, np.ones(4, dtype=bool), 5)
    assert kept.tolist() == [False, True, True, True]
