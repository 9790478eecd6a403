"""Sign classes: whether every path of the map from one place to another has the same sign."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from lodestar.assess.conflicts.links import Links

__all__ = ["STEPS", "SignClass", "sign_class", "walk_signs"]

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


def walk_signs(links: Links, source: int) -> np.ndarray:
    """Return which signs the walks from a source have, to every place.

    Parameters
    ----------
    links : Links
        The signed links.
    source : int
        Place of the source.

    Returns
    -------
    ndarray of bool, (2, ids)
        Row 0: a positive walk leads there; row 1: a negative one. Any length from one link on.

    Notes
    -----
    Breadth-first search in the doubled graph of (place, sign). A superset of the paths' signs, and
    equal to them where no strong component holds a negative cycle.
    """
    return _spread(_forward(links), source)


def sign_class(links: Links, source: int, target: int, steps: int = STEPS) -> SignClass:
    """Return the class of an ordered pair, over simple paths of any length.

    Parameters
    ----------
    links : Links
        The signed links.
    source, target : int
        Places of two different ids.
    steps : int
        Most steps of the search for a witness path.

    Notes
    -----
    One walk sign proves the class. With both, links into the source and out of the target are
    taken away (no simple path uses them); if walks still have both signs and every strong
    component on the way is sign-balanced, paths have both too. Only otherwise is the question
    NP-complete, and a search for a path of each sign is made within the budget.
    """
    if not walk_signs(links, source)[:, target].any():
        return SignClass("none")
    route = _Route(links, source, target)
    found = route.walks
    if found.sum() == 1:
        one_way = walk_signs(links, source)[:, target].sum() == 1
        sign = 1 if found[0] else -1
        word = ("positive" if sign > 0 else "negative") if one_way else "loop-only"
        return SignClass(word, sign)
    return _of_both(links, route, steps)


def _of_both(links: Links, route: _Route, steps: int) -> SignClass:
    """Class of a pair that walks of both signs join."""
    searched = [route.witness(sign, steps) for sign in (0, 1)]
    paths = tuple(tuple(links.ids[p] for p in path) for path, _ in searched if path)
    if len(paths) == 2:
        return SignClass("mixed", 0, paths)
    if route.balanced():
        return SignClass("mixed")
    if not all(path or exhausted for path, exhausted in searched):
        return SignClass("undecided", 0, paths)
    return SignClass("loop-only", 1 if searched[0][0] else -1, paths)


class _Route:
    """The part of the map that simple paths from one place to another can use."""

    def __init__(self, links: Links, source: int, target: int) -> None:
        self.source, self.target, self.size = source, target, len(links.ids)
        self.onward = _forward(links, into=source, out_of=target)
        self.states = _spread(self.onward, source)
        self.walks = self.states[:, target]

    def witness(self, sign: int, steps: int) -> tuple[tuple[int, ...] | None, bool]:
        """Return a simple path of a sign, and whether the search was exhausted without one."""
        distance = self._distances(sign)
        stack: list[tuple[tuple[int, ...], int]] = [((self.source,), 0)]
        while stack and steps > 0:
            steps -= 1
            path, held = stack.pop()
            if path[-1] == self.target:
                if held == sign:
                    return path, False
                continue
            ends = [(p, held ^ f) for p, f in self.onward[path[-1]] if p not in path]
            ends = [end for end in ends if end in distance]
            ends.sort(key=lambda end: (distance[end], end), reverse=True)
            stack.extend(((*path, p), s) for p, s in ends)
        return None, not stack

    def _distances(self, sign: int) -> dict[State, int]:
        """Links that still lie between a state and the target reached with this sign."""
        back: dict[State, list[State]] = {}
        for start, ends in enumerate(self.onward):
            for end, flip in ends:
                for held in (0, 1):
                    back.setdefault((end, held ^ flip), []).append((start, held))
        distance = {(self.target, sign): 0}
        queue = deque(distance)
        while queue:
            state = queue.popleft()
            for before in back.get(state, ()):
                if before not in distance:
                    distance[before] = distance[state] + 1
                    queue.append(before)
        return distance

    def balanced(self) -> bool:
        """Tell whether no strong component on the way holds a negative cycle."""
        useful = {p for sign in (0, 1) for p, _ in self._distances(sign)}
        useful &= set(np.flatnonzero(self.states.any(axis=0)).tolist()) | {self.source}
        pairs = [
            (start + held * self.size, end + (held ^ flip) * self.size)
            for start in sorted(useful)
            for end, flip in self.onward[start]
            if end in useful
            for held in (0, 1)
        ]
        return not _one_component(pairs, self.size, useful)


def _one_component(pairs: list[tuple[int, int]], size: int, places: set[int]) -> bool:
    """Tell whether some place shares a strong component of the doubled graph with its double."""
    rows, columns = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    doubled = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(2 * size, 2 * size))
    _, label = csgraph.connected_components(doubled, directed=True, connection="strong")
    return any(label[place] == label[place + size] for place in places)


def _forward(links: Links, into: int = -1, out_of: int = -1) -> list[list[tuple[int, int]]]:
    """Return each place's links out, without those into one place and out of another."""
    return [
        [] if start == out_of else [(end, flip) for end, flip, _ in ends if end != into]
        for start, ends in enumerate(links.leaving)
    ]


def _spread(onward: list[list[tuple[int, int]]], source: int) -> np.ndarray:
    """Mark every [sign, place] that a walk of one link or more reaches."""
    seen = np.zeros((2, len(onward)), dtype=bool)
    queue: deque[State] = deque([(source, 0)])
    while queue:
        place, held = queue.popleft()
        for end, flip in onward[place]:
            if not seen[held ^ flip, end]:
                seen[held ^ flip, end] = True
                queue.append((end, held ^ flip))
    return seen
