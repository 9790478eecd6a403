"""The path that explains an effect: the strongest simple one of at most five links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log, prod

from lodestar.assess.conflicts.best import Bounds, best_walks, from_source, state, up_to
from lodestar.assess.conflicts.links import EVIDENCE, Links

__all__ = ["BUDGET", "Explainer", "Explanation"]

BUDGET = 100_000
"""Most links looked at in one search for a simple path; beyond it the path says so."""

ALTOGETHER = 20_000_000
"""Most links looked at in all searches of one register; after that each gets the least."""

LEAST = 2_000
"""Links that any search may look at."""

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
        Most links looked at in one search.
    """

    def __init__(self, links: Links, budget: int = BUDGET) -> None:
        self.links = links
        self.budget = budget
        self._left = ALTOGETHER
        self._bounds: dict[int, Bounds] = {}

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
        bounds = self.walks(source, target)
        wanted = int(sign < 0)
        walk = self._strongest_walk(source, wanted, bounds)
        if walk is None:
            return None
        if len(set(walk)) == len(walk):
            return self._told(walk)
        path, complete = self._searched(source, target, wanted, bounds)
        if path is None:
            return self._told(walk, via_loop=True, complete=complete)
        return self._told(path, complete=complete)

    def walks(self, source: int, target: int) -> Bounds:
        """Return the best walks from a source to a target, and from all places between.

        By number of links that are left, 0–4, as in :mod:`lodestar.assess.conflicts.best`; those of
        four start beside the source.
        """
        if target not in self._bounds:
            self._bounds[target] = best_walks(self.links, target)
        return from_source(self.links, self._bounds[target], source)

    def _searched(
        self, source: int, target: int, wanted: int, bounds: Bounds
    ) -> tuple[tuple[int, ...] | None, bool]:
        """The strongest simple path, and whether the search saw every one that could be it."""
        budget = min(self.budget, max(LEAST, self._left))
        search = _Search(self.links, target, bounds, budget)
        path = search.run(source, wanted)
        self._left -= budget - search.left
        return path, search.complete

    def _strongest_walk(self, source: int, wanted: int, bounds: Bounds) -> tuple[int, ...] | None:
        products = [self._first_step(source, wanted, level) for level in bounds]
        best = max(products)
        if best <= 0:
            return None
        left = next(i for i, product in enumerate(products) if product >= best * (1 - TIE))
        walk, place, sign, best = [source], source, wanted, products[left]
        for level in reversed(bounds[: left + 1]):
            place, sign = self._next_place(place, sign, best, level)
            walk.append(place)
            best = level[state(place, sign)]
        return tuple(walk)

    def _first_step(self, source: int, sign: int, level: dict[int, float]) -> float:
        """Best product of a link from the source and a walk of one level."""
        ways = self.links.leaving[source]
        return max((s * level.get(state(end, sign ^ f), 0.0) for end, f, s in ways), default=0.0)

    def _next_place(
        self, place: int, sign: int, best: float, level: dict[int, float]
    ) -> tuple[int, int]:
        """First link, by id, that keeps the best product with the links that are left."""
        return next(
            (end, sign ^ flip)
            for end, flip, strength in self.links.leaving[place]
            if strength * level.get(state(end, sign ^ flip), 0.0) >= best * (1 - TIE)
        )

    def _told(
        self, path: tuple[int, ...], via_loop: bool = False, complete: bool = True
    ) -> Explanation:
        ids = tuple(self.links.ids[place] for place in path)
        rows = [self.links.by_pair[pair] for pair in pairwise(ids)]
        strength = prod(abs(row.strength) for row in rows)
        weakest = min((row.evidence for row in rows), key=EVIDENCE.__getitem__)
        return Explanation(ids, strength, weakest, via_loop, complete)


class _Search:
    """Depth-first search for the strongest simple path, the most promising step first."""

    def __init__(self, links: Links, target: int, bounds: Bounds, budget: int) -> None:
        self.links, self.target, self.left = links, target, budget
        self.reachable = up_to(bounds)
        self.best: tuple[float, int, tuple[int, ...]] | None = None
        self.least = 0.0
        self.complete = True

    def run(self, source: int, wanted: int) -> tuple[int, ...] | None:
        """Return the strongest simple path of the wanted sign, None when there is none."""
        stack: list[_Step] = [((source,), wanted, 1.0)]
        while stack and self.left > 0:
            path, sign, product = stack.pop()
            self.left -= 1 + len(self.links.leaving[path[-1]])
            if path[-1] == self.target:
                self._keep(path, sign, product)
                continue
            stack.extend(self._onward(path, sign, product))
        self.complete = not stack
        return None if self.best is None else self.best[2]

    def _onward(self, path: tuple[int, ...], sign: int, product: float) -> list[_Step]:
        """Steps that may still reach the best product, the most promising last."""
        left = self.links.reach - len(path)
        if left < 0:
            return []
        found, level = [], self.reachable[left]
        for end, flip, strength in self.links.leaving[path[-1]]:
            bound = product * strength * level.get(state(end, sign ^ flip), 0.0)
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
