"""What is asked of a register's links again and again, each with its budget and its memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from lodestar.assess.conflicts.classes import Classes, classes
from lodestar.assess.conflicts.inside import Purse
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.press import MOST
from lodestar.assess.conflicts.register import Register
from lodestar.assess.conflicts.signs import SignClass, Signs, shortest
from lodestar.assess.conflicts.uncertainty import SignDraws

__all__ = ["Finders"]

LOOKS = 40_000_000
"""Most links looked at for witnesses of single pairs, and again for places between two ends."""

Known = tuple[tuple[str, ...] | None, tuple[str, ...] | None]


class Finders:
    """Paths, sign classes and draws of one register, shared by all its conflicts."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.paths = Explainer(register.links)
        self.signs = Signs(register.links)
        self.draws = SignDraws(register.links, self.paths, register.seed)
        self._witnesses, self._between = Purse(LOOKS), Purse(LOOKS)

    @cached_property
    def classes(self) -> Classes:
        """Return the class of every ordered pair that a conflict can join."""
        register = self.register
        sources = np.union1d(register.rewarded, register.places("node", "policy"))
        targets = np.union1d(register.rewarded, register.places("outcome"))
        return classes(register.links, sources, targets)

    def signed(self, source: int, target: int, known: Known = (None, None)) -> SignClass:
        """Return the class of a pair, with both witnesses of a mixed one while the budget lasts.

        Parameters
        ----------
        source, target : int
            Places of two different ids.
        known : tuple of (tuple of str or None)
            A positive and a negative simple path, where they are known already.
        """
        if not self.classes.holds(source, target):
            return self.signs.of(source, target)
        found = self.classes.of(source, target)
        if found.word not in ("mixed", "undecided"):
            return found
        size = 2 * len(self.register.links.rows)
        if not self._witnesses.pay(size):
            return found
        ways = [known[sign] or self._shortest(source, target, sign) for sign in (0, 1)]
        both = tuple(way for way in ways if way is not None and len(set(way)) == len(way))
        if len(both) == 2:
            return SignClass("mixed", 0, both)
        return self.signs.of(source, target) if self._witnesses.pay(4 * size) else found

    def _shortest(self, source: int, target: int, sign: int) -> tuple[str, ...] | None:
        walk = shortest(self.register.links, source, target, sign)
        return None if walk is None else tuple(self.register.links.ids[place] for place in walk)

    def between(self, source: int, target: int) -> tuple[int, ...] | None:
        """Return the places on ways from one place to another; None where they are too many.

        Parameters
        ----------
        source, target : int
            Places of the two ends.

        Notes
        -----
        Whole strong components: a place on a way brings all that lie on loops with it. None too
        where the budget is spent.
        """
        links = self.register.links
        if not self._between.pay(2 * len(links.rows)):
            return None
        ahead = _spread([[way[0] for way in ways] for ways in links.leaving], source)
        both = _spread([[way[0] for way in ways] for ways in links.entering], target) & ahead
        return tuple(sorted(both)) if len(both) <= MOST else None


def _spread(ways: Sequence[Sequence[int]], start: int) -> set[int]:
    reached, edge = {start}, [start]
    while edge:
        for end in ways[edge.pop()]:
            if end not in reached:
                reached.add(end)
                edge.append(end)
    return reached
