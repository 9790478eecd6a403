"""The path that explains an effect: the strongest simple one of at most five links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

import numpy as np

from lodestar.assess.conflicts.links import EVIDENCE, REACH, Links

__all__ = ["BUDGET", "Explainer", "Explanation"]

BUDGET = 100_000
"""Most steps of one search for a simple path; beyond it the path says so."""

_Step = tuple[tuple[int, ...], int, float]

TIE = 1e-9
"""Products that differ by less than this share are ties."""


@dataclass(frozen=True)
class Explanation:
    """Why one place moves another.

    Parameters
    ----------
    path : tuple of str
        Ids from the source to the target.
    strength : float
        Product of the links' strengths, 0–1.
    evidence : str
        Word of the weakest link's evidence.
    via_loop : bool
        Only a walk that repeats a place has this sign; it is the path given.
    complete : bool
        False when the search hit its budget before it had seen every path.
    """

    path: tuple[str, ...]
    strength: float
    evidence: str
    via_loop: bool = False
    complete: bool = True

    @property
    def weight(self) -> float:
        """Return the weight of the weakest link's evidence."""
        return EVIDENCE[self.evidence]


class Explainer:
    """Finds explaining paths in one set of links, remembering what it learned of each target.

    Parameters
    ----------
    links : Links
        The signed links.
    budget : int
        Most steps of one search.
    """

    def __init__(self, links: Links, budget: int = BUDGET) -> None:
        self.links = links
        self.budget = budget
        self._bounds: dict[int, np.ndarray] = {}

    def explain(self, source: int, target: int, sign: float) -> Explanation | None:
        """Return the explaining path of an effect, or None when no walk has this sign.

        Parameters
        ----------
        source, target : int
            Places of the two ids.
        sign : float
            Sign of the effect to explain, +1 or −1.

        Returns
        -------
        Explanation or None
            The simple path of at most five links with this sign and the largest product of
            strengths; ties go to fewer links, then to ids. Where only a walk that repeats a place
            has the sign, the strongest walk, marked ``via_loop``.

        Notes
        -----
        The best walks of each length to the target (dynamic programming over links and signs) give
        the strongest walk at once; it is the answer where it is simple. Else a depth-first search
        looks for simple paths, bounded by those same walks.
        """
        bounds = self._walks_to(target)
        wanted = int(sign < 0)
        walk = self._strongest_walk(source, target, wanted, bounds)
        if walk is None:
            return None
        if len(set(walk)) == len(walk):
            return self._told(walk)
        search = _Search(self.links, target, bounds, self.budget)
        path = search.run(source, wanted)
        if path is None:
            return self._told(walk, via_loop=True, complete=search.complete)
        return self._told(path, complete=search.complete)

    def _walks_to(self, target: int) -> np.ndarray:
        """Best product of walks to the target: [links 0–5, sign, place], 0 where there is none."""
        if target not in self._bounds:
            self._bounds[target] = _best_walks(self.links, target)
        return self._bounds[target]

    def _strongest_walk(
        self, source: int, target: int, wanted: int, bounds: np.ndarray
    ) -> tuple[int, ...] | None:
        products = bounds[1:, wanted, source]
        best = products.max(initial=0.0)
        if best <= 0:
            return None
        left = 1 + int(np.flatnonzero(products >= best * (1 - TIE))[0])
        walk, place, sign = [source], source, wanted
        while left:
            place, sign, left = self._next_place(place, sign, left, bounds)
            walk.append(place)
        return tuple(walk)

    def _next_place(
        self, place: int, sign: int, left: int, bounds: np.ndarray
    ) -> tuple[int, int, int]:
        """First link, by id, that keeps the best product with the links that are left."""
        best = bounds[left, sign, place]
        return next(
            (end, sign ^ flip, left - 1)
            for end, flip, strength in self.links.leaving[place]
            if strength * bounds[left - 1, sign ^ flip, end] >= best * (1 - TIE)
        )

    def _told(
        self, path: tuple[int, ...], via_loop: bool = False, complete: bool = True
    ) -> Explanation:
        ids = tuple(self.links.ids[place] for place in path)
        rows = [self.links.by_pair[pair] for pair in pairwise(ids)]
        strength = float(np.prod([abs(row.strength) for row in rows]))
        weakest = min((row.evidence for row in rows), key=lambda word: EVIDENCE[word])
        return Explanation(ids, strength, weakest, via_loop, complete)


def _best_walks(links: Links, target: int) -> np.ndarray:
    best = np.zeros((REACH + 1, 2, len(links.ids)))
    best[0, 0, target] = 1.0
    flip, strength = (links.strength < 0).astype(int), np.abs(links.strength)
    for length in range(1, REACH + 1):
        for sign in (0, 1):
            through = strength * best[length - 1, sign ^ flip, links.target]
            np.maximum.at(best[length, sign], links.source, through)
    return best


class _Search:
    """Depth-first search for the strongest simple path, the most promising step first."""

    def __init__(self, links: Links, target: int, bounds: np.ndarray, budget: int) -> None:
        self.links, self.target, self.left = links, target, budget
        self.bounds = bounds
        self.best: tuple[float, int, tuple[int, ...]] | None = None
        self.least = 0.0
        self.complete = True

    @cached_property
    def reachable(self) -> np.ndarray:
        """Best product with at most so many links: [links, sign, place]."""
        return np.maximum.accumulate(self.bounds, axis=0)

    def run(self, source: int, wanted: int) -> tuple[int, ...] | None:
        """Return the strongest simple path of the wanted sign, None when there is none."""
        stack: list[_Step] = [((source,), wanted, 1.0)]
        while stack and self.left > 0:
            self.left -= 1
            path, sign, product = stack.pop()
            if path[-1] == self.target:
                self._keep(path, sign, product)
                continue
            stack.extend(self._onward(path, sign, product))
        self.complete = not stack
        return None if self.best is None else self.best[2]

    def _onward(self, path: tuple[int, ...], sign: int, product: float) -> list[_Step]:
        """Steps that may still reach the best product, the most promising last."""
        left = REACH - len(path)
        if left < 0:
            return []
        found = []
        for end, flip, strength in self.links.leaving[path[-1]]:
            bound = product * strength * self.reachable[left, sign ^ flip, end]
            if end not in path and bound > 0 and bound >= self.least * (1 - 10 * TIE):
                found.append((bound, ((*path, end), sign ^ flip, product * strength)))
        return [step for _, step in sorted(found)]

    def _keep(self, path: tuple[int, ...], sign: int, product: float) -> None:
        if sign:
            return
        found = (round(-log(product), 9), len(path), path)
        if self.best is None or found < self.best:
            self.best = found
            self.least = max(self.least, product)
