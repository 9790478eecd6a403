"""What waits for what in the demo client, walked again cell by cell.

Oracle: the rule in words. A need holds a capability back in a function where it is rated below the
lower of both targets; a gap closed, or a need lifted with all that rests on it, is worth the index
of the matrix with those cells changed.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent.plain import Cell, close
from tests.independent.test_alignment_at_level import shares, target
from tests.independent.test_present_level import shown_cells


def beneath(engagement: Engagement, capability: str) -> set[str]:
    """Return all that a capability rests on, at any depth."""
    own = next(c for c in engagement.framework.capabilities if c.id == capability).needs
    return set(own).union(*(beneath(engagement, need) for need in own))


class Matrix:
    """The demo's cells with their targets."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement, self.x = engagement, shown_cells(engagement)
        self.share = shares(engagement, self.x)
        self.t = {cell: target(engagement, cell, 4) for cell in self.x}

    def index(self, x: dict[Cell, float]) -> float:
        m = sum(self.share[cell] * (x[cell] - self.t[cell]) ** 2 for cell in x)
        return 100 * (1 - math.sqrt(m) / 4)

    def holds_back(self, x: dict[Cell, float], cell: Cell) -> list[tuple[float, str]]:
        """Return what is too low for this cell, with its level."""
        needs = [(need, cell[1]) for need in beneath(self.engagement, cell[0])]
        known = [need for need in needs if need in x]
        return sorted((x[n], n[0]) for n in known if x[n] < min(self.t[n], self.t[cell]))

    def limit(self, x: dict[Cell, float], cell: Cell) -> float:
        low = self.holds_back(x, cell)
        return min(self.t[cell], low[0][0]) if low else self.t[cell]


@pytest.fixture(scope="module")
def matrix(demo: Engagement) -> Matrix:
    return Matrix(demo)


@pytest.fixture(scope="module")
def alignment(published: dict[str, Any]) -> dict[str, Any]:
    return published["alignment"]


def test_every_gap_says_what_holds_it_back_and_what_closing_it_gains(
    matrix: Matrix, alignment: dict[str, Any]
) -> None:
    now = matrix.index(matrix.x)
    for row in alignment["gaps"]:
        cell = (row["capability"], row["function"])
        closed = matrix.index({**matrix.x, cell: matrix.t[cell]})
        assert close(closed - now, row["gain"], 1e-5)
        if matrix.x[cell] >= matrix.t[cell]:
            assert row["blocked_by"] == []
            continue
        low = matrix.holds_back(matrix.x, cell)
        assert {name for _, name in low} == set(row["blocked_by"])
        top = max(matrix.x[cell], matrix.limit(matrix.x, cell))
        assert close(top, row["reachable"])
        assert close(matrix.t[cell] - top, row["blocked"])
        risen = matrix.index({**matrix.x, cell: top})
        assert close(risen - now, row["gain_now"], 1e-5)


def test_lifting_a_need_opens_what_rests_on_it(
    demo: Engagement, matrix: Matrix, alignment: dict[str, Any]
) -> None:
    """Everything that it held back rises as far as it can, over and over until nothing moves."""
    now = matrix.index(matrix.x)
    assert alignment["needs"]
    for row in alignment["needs"]:
        lifted = {(row["capability"], f): matrix.t[row["capability"], f] for f in row["functions"]}
        x = {**matrix.x, **lifted}
        assert close(matrix.index(x) - now, row["gain"], 1e-5)
        held = [(cell["capability"], cell["function"]) for cell in row["holds"]]
        assert all(row["capability"] in beneath(demo, capability) for capability, _ in held)
        moving = True
        while moving:
            risen = {cell: max(x[cell], matrix.limit(x, cell)) for cell in held}
            moving = any(risen[cell] > x[cell] for cell in held)
            x |= risen
        assert close(matrix.index(x) - now, row["gain_joint"], 1e-5)


def test_every_gap_below_target_stands_once_in_the_order_behind_its_weakest_need(
    matrix: Matrix, alignment: dict[str, Any]
) -> None:
    seen: dict[Cell, int] = {}
    for row in alignment["order"]:
        cell = (row["capability"], row["function"])
        assert cell not in seen
        if row["behind"] is None:
            assert row["depth"] == 0
        else:
            assert row["behind"] == matrix.holds_back(matrix.x, cell)[0][1]
            assert seen[row["behind"], cell[1]] == row["depth"] - 1
        seen[cell] = row["depth"]
    assert set(seen) == {cell for cell in matrix.x if matrix.x[cell] < matrix.t[cell]}
