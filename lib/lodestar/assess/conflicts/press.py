"""Loop analysis: how one place answers to steady pressure on another, and how surely.

``A[i][j]`` is the sign of the direct effect of j on i; every place damps itself, a_ii = −1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.assess.conflicts.links import Links

__all__ = ["MOST", "Press", "community", "determinant", "permanent", "press", "response", "settles"]

MOST = 15
"""Most places whose feedbacks are counted; the count doubles with each place."""

Matrix = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Press:
    """Answer of one place to a press on another.

    Parameters
    ----------
    feedback : int
        Entry of the adjugate of −A: positive less negative products of feedback.
    total : int
        Products of feedback in all (the permanent of the same minor).
    """

    feedback: int
    total: int

    @property
    def determinacy(self) -> float:
        """Return |feedback| / total, 0–1; 1 where there is no feedback at all (no answer)."""
        return abs(self.feedback) / self.total if self.total else 1.0

    @property
    def sign(self) -> int:
        """Return +1, −1, or 0 where positive and negative products balance."""
        return (self.feedback > 0) - (self.feedback < 0)


def press(links: Links, places: Sequence[int], source: int, target: int) -> Press:
    """Return how a target answers to pressure on a source within some places.

    Parameters
    ----------
    links : Links
        The signed links.
    places : sequence of int
        At most :data:`MOST`, with both ends among them.
    source, target : int
        Places of the two ends.
    """
    at = {place: i for i, place in enumerate(places)}
    return response(community(links, places), at[target], at[source])


def community(links: Links, places: Sequence[int]) -> list[list[int]]:
    """Return A of some places: +1 or −1 where j acts on i, −1 on the diagonal, else 0."""
    at = {place: i for i, place in enumerate(places)}
    matrix = [[-int(i == j) for j in range(len(places))] for i in range(len(places))]
    for place, j in at.items():
        for end, flip, _ in links.leaving[place]:
            if end in at:
                matrix[at[end]][j] = -1 if flip else 1
    return matrix


def settles(links: Links, places: Sequence[int]) -> bool:
    """Tell whether pressure dies out among some places: without that there is no lasting answer.

    Notes
    -----
    All eigenvalues of A with the links' strengths, each place damping itself by 1, lie left of 0.
    """
    signed = np.array(community(links, places), dtype=float)
    for (i, j), value in np.ndenumerate(signed):
        if i != j and value:
            pair = links.ids[places[j]], links.ids[places[i]]
            signed[i, j] = links.by_pair[pair].strength
    return bool(np.linalg.eigvals(signed).real.max() < -1e-9)


def response(matrix: Matrix, of: int, to: int) -> Press:
    """Return the answer of one place to a press on another.

    Parameters
    ----------
    matrix : sequence of sequences of int
        A, square.
    of, to : int
        Row of the place that answers, column of the one that is pressed.

    Notes
    -----
    adj(−A)[of, to] is (−1)^(of + to) times the determinant of −A without row `to` and column `of`;
    the permanent of the same minor of |A| counts the products (Dambacher, Li & Rossignol 2002).
    Both in whole numbers, without rounding.

    Examples
    --------
    A predator answers to more prey, and both damp themselves:

    >>> found = response([[-1, -1], [1, -1]], of=1, to=0)
    >>> found.feedback, found.total
    (1, 1)
    """
    negative = [[-value for value in row] for row in matrix]
    minor = _without(negative, to, of)
    size = [[abs(value) for value in row] for row in minor]
    sign = -1 if (of + to) % 2 else 1
    return Press(sign * determinant(minor), permanent(size))


def _without(matrix: Matrix, row: int, column: int) -> list[list[int]]:
    return [
        [value for j, value in enumerate(values) if j != column]
        for i, values in enumerate(matrix)
        if i != row
    ]


def determinant(matrix: Matrix) -> int:
    """Return the determinant of a matrix of whole numbers, exactly (Bareiss 1968).

    Examples
    --------
    >>> determinant([[2, 1], [7, 4]]), determinant([])
    (1, 1)
    """
    rows, sign, before = [list(map(int, row)) for row in matrix], 1, 1
    for k in range(len(rows) - 1):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot], sign = rows[pivot], rows[k], -sign
        for i in range(k + 1, len(rows)):
            for j in range(k + 1, len(rows)):
                product = rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]
                rows[i][j] = product // before
        before = rows[k][k]
    return sign * rows[-1][-1] if rows else 1


def permanent(matrix: Matrix) -> int:
    """Return the permanent of a matrix of small whole numbers, exactly.

    Notes
    -----
    Row by row over sets of columns already used, n·2^n steps.

    Examples
    --------
    >>> permanent([[1, 1], [1, 1]]), permanent([])
    (2, 1)
    """
    size = len(matrix)
    ways = np.zeros(1 << size, dtype=np.int64)
    ways[0] = 1
    for row in matrix:
        after = np.zeros_like(ways)
        used = np.flatnonzero(ways)
        for column, value in enumerate(row):
            free = used[(used >> column & 1) == 0]
            after[free | 1 << column] += value * ways[free]
        ways = after
    return int(ways[-1])
