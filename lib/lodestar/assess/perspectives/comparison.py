"""Two groups on one scale, and how often chance sets groups as far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.stats.draws import generator
from lodestar.stats.permutation import (
    PERMUTATIONS,
    few_answers,
    permutation_p,
    permutation_p_alike,
)

__all__ = ["Comparison", "p_values", "reach"]

KEY = "perspectives.gaps"
CERTAIN = 0.05
FOR_EACH = 100
"""Relabellings for each comparison corrected for: the least q is then a fifth of 0.05."""

MOST = 1_000_000


@dataclass(frozen=True)
class Comparison:
    """Two groups on one scale: the scores of those who answered, and if asked the same items."""

    scale: str
    group_a: str
    group_b: str
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    same_items: bool = True

    @property
    def key(self) -> str:
        """Return the key of its draws."""
        return f"{KEY}/{self.scale}/{self.group_a}/{self.group_b}"


def reach(compared: int) -> int:
    """Return how many relabellings it takes to tell a difference from chance among so many.

    Parameters
    ----------
    compared : int
        Comparisons that Holm's correction counts.

    Returns
    -------
    int
        0 where 10,000 are enough; else 100 for each comparison, a million at most.

    Notes
    -----
    The least p of n relabellings is 1 / (n + 1), and the first of Holm's q is that times the number
    of comparisons.

    Examples
    --------
    >>> reach(500), reach(501), reach(20_000)
    (0, 50100, 1000000)
    """
    if round(compared / (PERMUTATIONS + 1), 9) <= CERTAIN:
        return 0
    return min(MOST, FOR_EACH * compared)


def p_values(
    found: Sequence[Comparison], seed: int, permutations: int = PERMUTATIONS
) -> NDArray[np.float64]:
    """Return the permutation p of each comparison.

    Parameters
    ----------
    found : sequence of Comparison
        Both groups with somebody in them.
    seed : int
        Seed of the engagement.
    permutations : int, default 10,000
        Number of relabellings; another number has draws of its own.

    Notes
    -----
    Comparisons whose groups have the same two sizes share one set of relabellings, each met in
    the order of its own draw; a comparison of few different answers needs none.
    """
    more = "" if permutations == PERMUTATIONS else f"/{permutations}"
    p = np.full(len(found), np.nan)
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        if few_answers(one.a, one.b):
            own = generator(seed, f"{one.key}/p{more}")
            p[place] = permutation_p(one.a, one.b, own, permutations)
        else:
            small, large = sorted((len(one.a), len(one.b)))
            alike[small, large].append(place)
    for (small, large), places in sorted(alike.items()):
        shared = generator(seed, f"{KEY}/{small}/{large}{more}")
        samples = [sorted((found[i].a, found[i].b), key=len) for i in places]
        own_draws = [generator(seed, f"{found[i].key}/p{more}") for i in places]
        pairs = [(a, b) for a, b in samples]
        p[places] = permutation_p_alike(pairs, shared, own_draws, permutations)
    return p
