"""The cheapest choice of cells that takes one out of every way in which something follows."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["fewest"]

STEPS = 2_000
"""Branches looked at; small tables need a few dozen, and beyond it the best found stands."""


def fewest(ways: Sequence[frozenset[int]], cost: Sequence[int]) -> frozenset[int]:
    """Return the cheapest cells of which every way needs at least one.

    Parameters
    ----------
    ways : sequence of frozenset of int
        Each a set of cells that give something away together; taking out one of them stops it.
    cost : sequence of int
        Cost of taking out each cell.

    Returns
    -------
    frozenset of int
        Cheapest of all where the search ends within its steps, which depend on nothing but the
        input; else the best found.

    Notes
    -----
    Minimum-cost hitting set by branch and bound: the shortest way not yet stopped is branched on;
    ways that share no cell bound the cost from below.

    Examples
    --------
    >>> sorted(fewest([frozenset({0, 1}), frozenset({1, 2}), frozenset({2, 3})], [1, 1, 1, 1]))
    [0, 2]
    """
    search = _Search(cost)
    search.branch(tuple(sorted(set(ways), key=lambda way: (len(way), sorted(way)))), (), 0)
    return frozenset(search.best)


class _Search:
    """Depth first, the cheapest cell of a way first."""

    def __init__(self, cost: Sequence[int]) -> None:
        self.cost = cost
        self.best: tuple[int, ...] = ()
        self.least: int | None = None
        self.steps = 0

    def branch(
        self, open_ways: tuple[frozenset[int], ...], taken: tuple[int, ...], paid: int
    ) -> None:
        """Take out one cell of the shortest open way after another."""
        self.steps += 1
        if self.least is not None and paid + self.bound(open_ways) >= self.least:
            return
        if not open_ways:
            self.best, self.least = taken, paid
            return
        if self.steps > STEPS and self.least is not None:
            return
        left = open_ways
        for cell in sorted(open_ways[0], key=lambda cell: (self.cost[cell], cell)):
            rest = tuple(way for way in left if cell not in way)
            self.branch(rest, (*taken, cell), paid + self.cost[cell])
            # What follows leaves this cell in, so no way can be stopped by it any more.
            left = tuple(sorted((way - {cell} for way in left), key=lambda w: (len(w), sorted(w))))
            if not left[0]:
                return

    def bound(self, open_ways: tuple[frozenset[int], ...]) -> int:
        """Return what ways that share no cell cost at least."""
        met: set[int] = set()
        total = 0
        for way in open_ways:
            if met.isdisjoint(way):
                met |= way
                total += min(self.cost[cell] for cell in way)
        return total
