"""Sign classes: whether every path of the map from one place to another has the same sign."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from lodestar.assess.conflicts.links import Links

__all__ = ["STEPS", "SignClass", "Signs", "shortest"]

STEPS = 20_000
"""Most steps of the search for one witness path."""

State = tuple[int, int]
"""A place, and the sign of the walk so far: 0 for +, 1 for −."""


@dataclass(frozen=True)
class SignClass:
    """What the map says of one ordered pair.

    Parameters
    ----------
    word : str
        ``none``, ``positive``, ``negative`` (every path has this sign: unambiguous in the map),
        ``mixed`` (a path of each sign), ``loop-only`` (paths agree, only walks round a loop
        differ), ``undecided`` (the search hit its budget).
    path_sign : int
        The paths' one sign, +1 or −1; 0 when there is none or more than one.
    witnesses : tuple of tuple of str
        The paths that were searched for and found: for ``mixed`` a positive, then a negative one
        (none where only the theorem on balanced components proves that they exist).
    """

    word: str
    path_sign: int = 0
    witnesses: tuple[tuple[str, ...], ...] = ()

    def told(self, same_way: float) -> str:
        """Return the word that pages use, given whether both ends are rewarded the same way.

        Parameters
        ----------
        same_way : float
            +1 when both ends are wanted in the same direction, −1 when in opposite ones.

        Examples
        --------
        >>> SignClass("positive", 1).told(-1), SignClass("mixed").told(1)
        ('opposing', 'mixed')
        """
        if self.word not in ("positive", "negative"):
            return self.word
        return "reinforcing" if self.path_sign * same_way > 0 else "opposing"


class Signs:
    """Finds sign classes in one set of links, remembering where walks from each source lead.

    Parameters
    ----------
    links : Links
        The signed links.
    steps : int
        Most steps of the search for one witness path.

    Attributes
    ----------
    spent : int
        Steps of the last search.
    """

    def __init__(self, links: Links, steps: int = STEPS) -> None:
        self.links, self.steps = links, steps
        self.spent = 0
        self._walks: dict[int, np.ndarray] = {}

    def walks(self, source: int) -> np.ndarray:
        """Return which signs the walks from a source have, to every place.

        Parameters
        ----------
        source : int
            Place of the source.

        Returns
        -------
        ndarray of bool, (2, ids)
            Row 0: a positive walk leads there; row 1: a negative one. Any length from one link.

        Notes
        -----
        Breadth-first search in the doubled graph of (place, sign). A superset of the paths' signs,
        and equal to them where no strong component holds a negative cycle.
        """
        if source not in self._walks:
            self._walks[source] = _spread(self.links, source)
        return self._walks[source]

    def of(self, source: int, target: int) -> SignClass:
        """Return the class of an ordered pair, over simple paths of any length.

        Parameters
        ----------
        source, target : int
            Places of two different ids.

        Notes
        -----
        One walk sign proves the class. With both, links into the source and out of the target are
        taken away (no simple path uses them); if walks still have both signs and every strong
        component on the way is sign-balanced, paths have both too. Only otherwise is the question
        NP-complete, and a search for a path of each sign is made within the budget.
        """
        self.spent = 0
        known = self.walks(source)[:, target]
        if not known.any():
            return SignClass("none")
        if known.sum() == 1:
            return SignClass("positive", 1) if known[0] else SignClass("negative", -1)
        route = _Route(self.links, source, target)
        if route.walks.sum() == 1:
            return SignClass("loop-only", 1 if route.walks[0] else -1)
        return self._searched(route)

    def _searched(self, route: _Route) -> SignClass:
        """Class of a pair that walks of both signs join."""
        found = [route.witness(sign, self.steps) for sign in (0, 1)]
        self.spent = route.spent
        paths = tuple(tuple(self.links.ids[p] for p in path) for path, _ in found if path)
        if len(paths) == 2:
            return SignClass("mixed", 0, paths)
        if route.balanced():
            return SignClass("mixed")
        if not all(path or exhausted for path, exhausted in found):
            return SignClass("undecided", 0, paths)
        return SignClass("loop-only", 1 if found[0][0] else -1, paths)


def shortest(links: Links, source: int, target: int, sign: int) -> tuple[int, ...] | None:
    """Return the walk of fewest links that has a sign; it may repeat a place.

    Parameters
    ----------
    links : Links
        The signed links.
    source, target : int
        Places of two different ids.
    sign : int
        0 for +, 1 for −.
    """
    before: dict[State, State] = {}
    queue: deque[State] = deque([(source, 0)])
    while queue and (target, sign) not in before:
        state = queue.popleft()
        for end, flip, _ in links.leaving[state[0]]:
            after = (end, state[1] ^ flip)
            if after not in before and after != (source, 0):
                before[after] = state
                queue.append(after)
    if (target, sign) not in before:
        return None
    walk: list[State] = [(target, sign)]
    while walk[-1] != (source, 0):
        walk.append(before[walk[-1]])
    return tuple(place for place, _ in reversed(walk))


class _Route:
    """The part of the map that simple paths from one place to another can use."""

    def __init__(self, links: Links, source: int, target: int) -> None:
        self.links, self.source, self.target = links, source, target
        self.states = _spread(links, source, target)
        self.walks = self.states[:, target]
        self.spent = 0

    def witness(self, sign: int, steps: int) -> tuple[tuple[int, ...] | None, bool]:
        """Return a simple path of a sign, and whether the search was exhausted without one."""
        distance = self._distances(sign)
        stack: list[tuple[tuple[int, ...], int]] = [((self.source,), 0)]
        while stack and steps > 0:
            steps -= 1
            self.spent += 1
            path, held = stack.pop()
            if path[-1] == self.target:
                if held == sign:
                    return path, False
                continue
            ways = self.links.leaving[path[-1]]
            ends = [(p, held ^ flip) for p, flip, _ in ways if p not in path]
            ends = [end for end in ends if end in distance]
            ends.sort(key=lambda end: (distance[end], end), reverse=True)
            stack.extend(((*path, p), s) for p, s in ends)
        return None, not stack

    def _distances(self, sign: int) -> dict[State, int]:
        """Links that still lie between a state and the target reached with this sign."""
        distance = {(self.target, sign): 0}
        queue = deque(distance)
        while queue:
            place, held = queue.popleft()
            if place == self.source:
                continue
            for start, flip, _ in self.links.entering[place]:
                before = (start, held ^ flip)
                if start != self.target and before not in distance:
                    distance[before] = distance[place, held] + 1
                    queue.append(before)
        return distance

    def balanced(self) -> bool:
        """Tell whether no strong component on the way holds a negative cycle."""
        size = len(self.links.ids)
        useful = {place for sign in (0, 1) for place, _ in self._distances(sign)}
        useful &= set(np.flatnonzero(self.states.any(axis=0)).tolist()) | {self.source}
        pairs = [
            (start + held * size, end + (held ^ flip) * size)
            for start in sorted(useful - {self.target})
            for end, flip, _ in self.links.leaving[start]
            if end in useful and end != self.source
            for held in (0, 1)
        ]
        return not _one_component(pairs, size, useful)


def _one_component(pairs: list[tuple[int, int]], size: int, places: set[int]) -> bool:
    """Tell whether some place shares a strong component of the doubled graph with its double."""
    rows, columns = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    doubled = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(2 * size, 2 * size))
    _, label = csgraph.connected_components(doubled, directed=True, connection="strong")
    return any(label[place] == label[place + size] for place in places)


def _spread(links: Links, source: int, target: int | None = None) -> np.ndarray:
    """Mark every [sign, place] that a walk of one link or more reaches.

    With a target, links into the source and out of the target are not used.
    """
    seen = np.zeros((2, len(links.ids)), dtype=bool)
    reached: set[State] = set()
    queue: deque[State] = deque([(source, 0)])
    while queue:
        place, held = queue.popleft()
        for end, flip, _ in links.leaving[place]:
            state = (end, held ^ flip)
            if state in reached or (target is not None and end == source):
                continue
            reached.add(state)
            seen[state[1], end] = True
            if end != target:
                queue.append(state)
    return seen
