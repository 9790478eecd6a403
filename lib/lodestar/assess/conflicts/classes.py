"""Sign classes of all ordered pairs at once: what the map says of each, or that it was not found.

A class of the table is never a guess: what the budget leaves open is ``undecided``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lodestar.assess.conflicts.closure import Closure, Led, Rule, as_table
from lodestar.assess.conflicts.inside import Purse, order_from, order_into, path_sets
from lodestar.assess.conflicts.links import Links
from lodestar.assess.conflicts.signs import SignClass

__all__ = ["WORDS", "Classes", "classes"]

WORDS = ("none", "positive", "negative", "mixed", "loop-only", "loop-only", "undecided")
"""Word by code; of the two ``loop-only`` the first has positive paths, the second negative ones."""

SIGNS = (0, 1, -1, 0, 1, -1, 0)

SMALL = 40
"""Most members of a component inside which every pair is searched until it is settled."""

LOOKS = 400_000
"""Most links looked at in searches inside small components."""

FOLLOWED = 1_500_000
"""Most links followed along orders of large components."""

ORDERS = 40
"""Most orders of a large component that are looked along."""


@dataclass(frozen=True, eq=False)
class Classes:
    """Sign classes of ordered pairs, over simple paths of any length.

    Parameters
    ----------
    sources, targets : ndarray of int
        Places, of the rows and of the columns.
    code : ndarray of int, (sources, targets)
        Place in :data:`WORDS`; 0 where source and target are one.
    """

    sources: np.ndarray
    targets: np.ndarray
    code: np.ndarray

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {int(place): row for row, place in enumerate(self.sources)}

    @cached_property
    def _columns(self) -> dict[int, int]:
        return {int(place): column for column, place in enumerate(self.targets)}

    def of(self, source: int, target: int) -> SignClass:
        """Return the class of one pair of places."""
        code = int(self.code[self._rows[source], self._columns[target]])
        return SignClass(WORDS[code], SIGNS[code])

    def holds(self, source: int, target: int) -> bool:
        """Tell whether a pair is in the table."""
        return source in self._rows and target in self._columns

    def kept(self, rows: np.ndarray, columns: np.ndarray) -> Classes:
        """Return some of the sources and of the targets, told by truth values."""
        return Classes(self.sources[rows], self.targets[columns], self.code[rows][:, columns])

    def counts(self, pushed: np.ndarray, wanted: np.ndarray) -> dict[str, int]:
        """Return how many pairs are of each class, told from how both ends are rewarded.

        Parameters
        ----------
        pushed, wanted : ndarray
            +1 or −1 for each source and each target.

        Returns
        -------
        dict
            reinforcing, opposing, mixed, loop-only, undecided and none, over pairs of two ids.
        """
        same = pushed[:, None] * wanted[None, :] > 0
        eases = np.where(same, self.code == 1, self.code == 2)
        unlike = self.sources[:, None] != self.targets[None, :]
        count = {word: int((self.code == i).sum()) for i, word in ((3, "mixed"), (6, "undecided"))}
        single = int(np.isin(self.code, (1, 2)).sum())
        return {
            "reinforcing": int(eases.sum()),
            "opposing": single - int(eases.sum()),
            **count,
            "loop-only": int(np.isin(self.code, (4, 5)).sum()),
            "none": int((unlike & (self.code == 0)).sum()),
        }


def classes(
    links: Links, sources: Sequence[int] | np.ndarray, targets: Sequence[int] | np.ndarray
) -> Classes:
    """Return the sign classes of all pairs of a source and a target.

    Parameters
    ----------
    links : Links
        The signed links.
    sources, targets : sequence of int
        Places.

    Notes
    -----
    One walk sign proves a class. Walks of both signs prove ``mixed`` where no component between
    holds a negative loop. Inside one that does, the question is NP-complete: up to 40 members
    every pair is searched; in larger ones the walks along many orders of the places (which repeat
    none) prove ``mixed``. Both within a budget; the rest is ``undecided``.
    """
    rows, columns = (np.asarray(side, dtype=np.int64) for side in (sources, targets))
    closure = Closure(links, columns)
    walked = closure.led({})
    sure, possible = (walked, walked) if not closure.unbalanced else _paths(closure, walked)
    tables = [
        as_table([side[place] for place in rows], len(columns))
        for led in (walked, sure, possible)
        for side in (led.positive, led.negative)
    ]
    code = _coded(*tables)
    code[rows[:, None] == columns[None, :]] = 0
    return Classes(rows, columns, code)


def _coded(
    ahead: np.ndarray,
    against: np.ndarray,
    sure_ahead: np.ndarray,
    sure_against: np.ndarray,
    maybe_ahead: np.ndarray,
    maybe_against: np.ndarray,
) -> np.ndarray:
    code = ahead + 2 * against.astype(np.int8)
    both = code == 3
    code[both] = 6
    code[both & sure_ahead & sure_against] = 3
    code[both & ~maybe_against] = 4
    code[both & ~maybe_ahead] = 5
    return code


def _paths(closure: Closure, walked: Led) -> tuple[Led, Led]:
    """What paths lead to for sure, and possibly."""
    sure: dict[int, Rule] = {}
    possible: dict[int, Rule] = {}
    purse = Purse(LOOKS)
    large = []
    for number in closure.unbalanced:
        members = closure.parts[number].members
        if len(members) > SMALL:
            large.append(number)
        else:
            sure[number], possible[number] = path_sets(closure.links, members, purse)
    maybe = closure.led(possible)
    if not large:
        return closure.led(sure), maybe
    return _along_orders(closure, walked, sure, large), maybe


def _along_orders(closure: Closure, walked: Led, rules: dict[int, Rule], large: list[int]) -> Led:
    """What walks along many orders of the large components lead to, together."""
    found = Led([0] * len(walked.positive), [0] * len(walked.positive))
    purse = Purse(FOLLOWED)
    turn = 0
    while turn < ORDERS and (purse.pay(len(closure.links.rows)) or turn < 2):
        orders = {n: _order(closure, walked, found, n, turn) for n in large}
        _merge(found, closure.led({**rules, **orders}))
        turn += 1
    return found


def _merge(found: Led, more: Led) -> None:
    for known, fresh in ((found.positive, more.positive), (found.negative, more.negative)):
        known[:] = map(int.__or__, known, fresh)


def _order(closure: Closure, walked: Led, found: Led, number: int, turn: int) -> list[int]:
    """An order of a component from, or into, a place whose pairs are settled least."""
    members = closure.parts[number].members
    left = [_open(walked, found, place) for place in members]
    if turn % 2 == 0:
        counts = [row.bit_count() for row in left]
        return order_from(closure.links, members, members[counts.index(max(counts))], turn // 2)
    return order_into(closure.links, members, _neediest(closure, left, members, turn), turn // 2)


def _neediest(closure: Closure, left: list[int], members: tuple[int, ...], turn: int) -> int:
    """The target inside a component whose pairs are settled least; any member without targets."""
    column = {place: bit for bit, place in enumerate(closure.targets)}
    inside = [place for place in members if place in column]
    if not inside:
        return members[turn * len(members) // ORDERS]
    count = as_table(left, len(column)).sum(axis=0)[[column[place] for place in inside]]
    return inside[int(count.argmax())]


def _open(walked: Led, found: Led, place: int) -> int:
    """Targets that walks of both signs lead to, and paths not yet."""
    both = walked.positive[place] & walked.negative[place]
    return both & ~(found.positive[place] & found.negative[place])
