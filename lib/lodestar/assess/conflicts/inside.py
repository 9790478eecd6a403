"""Signs of simple paths inside a component that holds a negative loop."""

from __future__ import annotations

from collections.abc import Sequence

from lodestar.assess.conflicts.closure import Closure, SignSets
from lodestar.assess.conflicts.links import Links
from lodestar.assess.conflicts.signs import SignClass, Signs

__all__ = ["Purse", "order_from", "order_into", "path_sets"]

ORDERS = 8
"""Orders looked along before single pairs are searched."""


class Purse:
    """What may still be spent on searches, counted in links looked at."""

    def __init__(self, left: int) -> None:
        self.left = left

    def pay(self, links: int) -> bool:
        """Take the price, and tell whether it could be paid."""
        self.left -= links
        return self.left >= 0


def path_sets(links: Links, members: Sequence[int], purse: Purse) -> tuple[SignSets, SignSets]:
    """Return which signs simple paths inside a component have: for sure, and possibly.

    Parameters
    ----------
    links : Links
        The signed links.
    members : sequence of int
        Places of an unbalanced strong component, ascending.
    purse : Purse
        Budget of the searches.

    Returns
    -------
    tuple of SignSets
        Signs that a path was found for, and signs that no search has ruled out. They are equal
        unless the budget was hit.
    """
    inner = _inner(links, members)
    size = len(members)
    sure = _along_orders(inner)
    possible = [[(1 << size) - 1 & ~(1 << i)] * 2 for i in range(size)]
    signs = Signs(inner)
    for i in range(size):
        for j in range(size):
            if i != j and not (sure[i][0] & sure[i][1]) >> j & 1:
                _search(signs, i, j, sure, possible, purse)
    return _sets(sure), _sets(possible)


def _inner(links: Links, members: Sequence[int]) -> Links:
    """The links between the members, and nothing else."""
    ids = tuple(links.ids[place] for place in members)
    inside = set(ids)
    ends = (end for place in members for end, _, _ in links.leaving[place])
    starts = (place for place in members for _ in links.leaving[place])
    pairs = ((links.ids[a], links.ids[b]) for a, b in zip(starts, ends, strict=True))
    return Links(ids, tuple(links.by_pair[pair] for pair in pairs if pair[1] in inside))


def _along_orders(inner: Links) -> list[list[int]]:
    """Signs of the walks that go along an order of the places: they repeat none."""
    size = len(inner.ids)
    closure, every = Closure(inner, range(size)), tuple(range(size))
    sure = [[0, 0] for _ in range(size)]
    for turn in range(ORDERS):
        root = (turn // 2) * size // (ORDERS // 2)
        order = (order_into if turn % 2 else order_from)(inner, every, root, turn // 2)
        found = closure.led({0: order})
        for i in range(size):
            sure[i][0] |= found.positive[i] & ~(1 << i)
            sure[i][1] |= found.negative[i]
    return sure


def _search(
    signs: Signs, i: int, j: int, sure: list[list[int]], possible: list[list[int]], purse: Purse
) -> None:
    """Settle one pair, where the budget allows."""
    if not purse.pay(4 * len(signs.links.rows)):
        return
    found = signs.of(i, j)
    purse.pay(signs.spent)
    for sign, held in enumerate(_signs(found)):
        if held:
            sure[i][sign] |= 1 << j
        elif found.word != "undecided":
            possible[i][sign] &= ~(1 << j)


def _signs(found: SignClass) -> tuple[bool, bool]:
    """Whether a positive and whether a negative path is known."""
    if found.word == "mixed":
        return True, True
    return found.path_sign > 0, found.path_sign < 0


def _sets(rows: list[list[int]]) -> SignSets:
    return SignSets(tuple(row[0] for row in rows), tuple(row[1] for row in rows))


def order_from(links: Links, members: Sequence[int], root: int, turn: int) -> list[int]:
    """Return the members in the order in which a depth-first search leaves them.

    Parameters
    ----------
    links : Links
        The signed links.
    members : sequence of int
        Places of a strong component.
    root : int
        Where the search begins; it comes last.
    turn : int
        Which of a place's links is followed first, so that orders differ.
    """
    return _left(links.leaving, members, root, turn)


def order_into(links: Links, members: Sequence[int], root: int, turn: int) -> list[int]:
    """Return the members so that the root, searched against the links, comes first."""
    return _left(links.entering, members, root, turn)[::-1]


def _left(
    ways: Sequence[Sequence[tuple[int, int, float]]],
    members: Sequence[int],
    root: int,
    turn: int,
) -> list[int]:
    fresh, order = set(members), []
    fresh.discard(root)
    stack = [(root, 0)]
    while stack:
        place, step = stack.pop()
        around = ways[place]
        while step < len(around):
            end = around[(step + turn) % len(around)][0]
            step += 1
            if end in fresh:
                fresh.discard(end)
                stack += [(place, step), (end, 0)]
                break
        else:
            order.append(place)
    return order
