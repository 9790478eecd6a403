"""Which signs lead where, for all places at once: sets of targets as bits of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lodestar.assess.conflicts.components import Component, components
from lodestar.assess.conflicts.links import Links

__all__ = ["Closure", "Led", "Rule", "SignSets", "as_table"]


@dataclass(frozen=True)
class SignSets:
    """Inside one component: by member, bits of the members that it leads to with each sign."""

    positive: tuple[int, ...]
    negative: tuple[int, ...]


Rule = SignSets | Sequence[int] | None
"""How an unbalanced component is passed: by known sets, along one order of its places (links to
places that come later in it are left out), or as by walks: everything with both signs."""


@dataclass(frozen=True)
class Led:
    """By place, bits of the targets that positive and that negative ways lead to."""

    positive: list[int]
    negative: list[int]


class Closure:
    """Carries sets of targets backward through a map, one strong component after the other.

    Parameters
    ----------
    links : Links
        The signed links.
    targets : sequence of int
        Places of the targets; the first is bit 0.

    Notes
    -----
    Inside a balanced component all walks between two places have one sign, so it is passed
    exactly. A simple path passes each component once, without a break; so where the sets inside
    every unbalanced component are those of its simple paths, so is the result.
    """

    def __init__(self, links: Links, targets: Sequence[int] | np.ndarray) -> None:
        self.links = links
        self.parts = components(links)
        self._bits = [0] * len(links.ids)
        self.targets = tuple(int(place) for place in targets)
        for bit, place in enumerate(self.targets):
            self._bits[place] = 1 << bit

    @cached_property
    def unbalanced(self) -> tuple[int, ...]:
        """Return which components hold a negative loop."""
        return tuple(i for i, part in enumerate(self.parts) if part.colour is None)

    def led(self, rules: Mapping[int, Rule]) -> Led:
        """Return the targets of every place.

        Parameters
        ----------
        rules : mapping
            Rule of each unbalanced component, by its number; None where absent.
        """
        empty = [0] * len(self._bits)
        found = Led(empty, list(empty))
        for number, part in enumerate(self.parts):
            rule = rules.get(number)
            if len(part.members) == 1:
                self._one_by_one(found, part.members)
            elif part.colour is not None:
                self._balanced(found, part)
            elif rule is None:
                self._all(found, part)
            elif isinstance(rule, SignSets):
                self._by_sets(found, part, rule)
            else:
                self._one_by_one(found, rule)
        return found

    def _gathered(self, found: Led, place: int) -> tuple[int, int]:
        """What a place and its links to places already done lead to."""
        positive, negative = self._bits[place], 0
        ahead, against = found.positive, found.negative
        for end, flip, _ in self.links.leaving[place]:
            if flip:
                positive |= against[end]
                negative |= ahead[end]
            else:
                positive |= ahead[end]
                negative |= against[end]
        return positive, negative

    def _one_by_one(self, found: Led, order: Sequence[int]) -> None:
        for place in order:
            found.positive[place], found.negative[place] = self._gathered(found, place)

    def _balanced(self, found: Led, part: Component) -> None:
        both = [0, 0]
        for place, colour in zip(part.members, part.colour or (), strict=True):
            gathered = self._gathered(found, place)
            both[0] |= gathered[colour]
            both[1] |= gathered[1 - colour]
        for place, colour in zip(part.members, part.colour or (), strict=True):
            found.positive[place], found.negative[place] = both[colour], both[1 - colour]

    def _all(self, found: Led, part: Component) -> None:
        every = 0
        for place in part.members:
            positive, negative = self._gathered(found, place)
            every |= positive | negative
        for place in part.members:
            found.positive[place] = found.negative[place] = every

    def _by_sets(self, found: Led, part: Component, rule: SignSets) -> None:
        exits = [self._gathered(found, place) for place in part.members]
        for i, place in enumerate(part.members):
            positive, negative = exits[i]
            for j, (ahead, against) in enumerate(exits):
                if rule.positive[i] >> j & 1:
                    positive, negative = positive | ahead, negative | against
                if rule.negative[i] >> j & 1:
                    positive, negative = positive | against, negative | ahead
            found.positive[place], found.negative[place] = positive, negative


def as_table(rows: Sequence[int], columns: int) -> np.ndarray:
    """Return sets of bits as a table of truth values, (rows, columns).

    Examples
    --------
    >>> as_table([0b101, 0b010], 3).astype(int).tolist()
    [[1, 0, 1], [0, 1, 0]]
    """
    size = (columns + 7) // 8
    packed = b"".join(row.to_bytes(size, "little") for row in rows)
    flat = np.frombuffer(packed, dtype=np.uint8).reshape(len(rows), size)
    return np.unpackbits(flat, axis=1, bitorder="little", count=columns).astype(bool)
