"""Every moved number explained: by data, framework and code, through the mixtures of two sides."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lodestar.review.attribution import SOURCES, Corner, Split, split_movement
from lodestar.review.ingredients import Ingredients, differing
from lodestar.review.mixtures import UnavailableError, mixed_sections
from lodestar.review.places import Place, place_of, reason_at, value_at
from lodestar.review.sides import Side

__all__ = ["Attribution", "Explained", "attribute"]

Progress = Callable[[int, int, str], None]
Sections = Mapping[str, Any] | str
"""Sections of results, or why a mixture has none."""

NEAR = 1e-6
"""Published decimals: a movement computed anew is the published one when it is as near as this."""


@dataclass(frozen=True)
class Explained:
    """One moved number and its split.

    Parameters
    ----------
    pointer : str
        JSON pointer, on the later side where it differs.
    before, after : float or None
        The published values.
    split : Split or None
        The parts; None when there is no split.
    reason : str
        Why there is none, or why the split depends on an order; empty otherwise.
    """

    pointer: str
    before: float | None
    after: float | None
    split: Split | None = None
    reason: str = ""


@dataclass(frozen=True)
class Attribution:
    """How two sides' numbers are explained.

    Parameters
    ----------
    differing : tuple of str
        Sources in which the sides differ.
    numbers : mapping of str to Explained
        By pointer.
    computed : int
        Mixtures that were computed.
    seconds : float
        What that cost.
    remainder : str
        Names the side whose code is not at hand, so that code is what is left over; else empty.
    """

    differing: tuple[str, ...]
    numbers: Mapping[str, Explained]
    computed: int = 0
    seconds: float = 0.0
    remainder: str = ""


def attribute(
    before: Side, after: Side, pointers: Sequence[str], progress: Progress | None = None
) -> Attribution:
    """Split the movement of numbers into data, framework and code.

    Parameters
    ----------
    before, after : Side
        The two sides.
    pointers : sequence of str
        JSON pointers of the numbers, as the later side has them, else the earlier one. Entries of
        lists are found again by who they are, not by position.
    progress : callable, optional
        Called with mixtures done, mixtures in all and the one under way.

    Notes
    -----
    Where one source alone differs, it accounts for everything and nothing is computed. Else the
    results of every mixture are computed once and the parts are Shapley's values. When a side's
    code is not at hand, data and framework are split under the code that is, and code is the
    remainder: what the two codes say otherwise of the same material. Either way the parts add up
    to the movement.
    """
    places = {p: place_of(p, after.results) or place_of(p, before.results) for p in pointers}
    known = {pointer: place for pointer, place in places.items() if place}
    game = _Game(Ingredients(before), Ingredients(after), known.values(), progress)
    started = time.perf_counter()
    numbers = {p: _explained(p, known[p], game) for p in known}
    spent = time.perf_counter() - started if game.computed else 0.0
    return Attribution(game.differing, numbers, game.computed, spent, game.remainder)


class _Game:
    """The mixtures of two sides, each computed once."""

    def __init__(
        self,
        before: Ingredients,
        after: Ingredients,
        places: Any,
        progress: Progress | None,
    ) -> None:
        self.before, self.after = before, after
        self.differing = differing(before, after)
        self.names = sorted({place[0] for place in places})
        self.computed, self._progress = 0, progress
        self._known: dict[Corner, Sections] = {}
        lacking = [side for side in (before, after) if not side.has_code]
        self.split_code = "code" in self.differing and not lacking
        self.remainder = lacking[0].side.title() if lacking and "code" in self.differing else ""
        self.sources = tuple(s for s in self.differing if s != "code" or self.split_code)
        self.total = 2 ** len(self.sources) - len(self._published())

    @property
    def alone(self) -> bool:
        """Tell whether one source at most differs."""
        return len(self.differing) < 2

    def sections(self, corner: Corner) -> Sections:
        """Return what a mixture gives: the sources named are the later side's."""
        if corner not in self._known:
            ends = self._published()
            self._known[corner] = ends[corner] if corner in ends else self._computed(corner)
        return self._known[corner]

    def _published(self) -> dict[Corner, Sections]:
        """Return the mixtures that are a side as published, by code that is at hand."""
        ends = {frozenset[str](): self.before, frozenset(self.sources): self.after}
        coded = self.split_code or "code" not in self.differing
        return {
            corner: side.side.results
            for corner, side in ends.items()
            if side.has_code and (coded or self._code(corner) is side)
        }

    def _computed(self, corner: Corner) -> Sections:
        if self._progress:
            self._progress(self.computed, self.total, _said(corner, self.sources))
        self.computed += 1
        data, framework = self._of("data", corner), self._of("framework", corner)
        try:
            return mixed_sections(data, framework, self._code(corner), self.names)
        except UnavailableError as error:
            return f"{_said(corner, self.sources)} cannot be computed: {error}"

    def _of(self, source: str, corner: Corner) -> Ingredients:
        """Return the side that a source is taken from; an equal one from where it is at hand."""
        if source in self.differing:
            return self.after if source in corner else self.before
        at_hand = source != "framework" or self.after.framework is not None
        return self.after if at_hand else self.before

    def _code(self, corner: Corner) -> Ingredients | None:
        """Return the side whose code computes a mixture; None for the present code."""
        if self.split_code:
            return self._of("code", corner)
        return next((side for side in (self.after, self.before) if side.has_code), None)


def _explained(pointer: str, place: Place, game: _Game) -> Explained:
    """Return one number with its split."""
    before, after = (value_at(side.side.results, place) for side in (game.before, game.after))
    if before is None or after is None:
        return Explained(pointer, before, after, reason="one side has no number here")
    if not game.differing:
        return Explained(pointer, before, after, reason="data, framework and code are equal")
    if game.alone:
        ends = {frozenset[str](): before, frozenset(game.differing): after}
        return Explained(pointer, before, after, _whole(split_movement(ends.get, game.differing)))
    reasons: list[str] = []

    def value(corner: Corner) -> float | None:
        return _value(game.sections(corner), place, corner, game.sources, reasons)

    split = split_movement(value, game.sources)
    reason = "; ".join(dict.fromkeys(reasons))
    if split is None:
        return Explained(pointer, before, after, reason=reason)
    return _completed(Explained(pointer, before, after, _whole(split), reason), game)


def _whole(split: Split | None) -> Split | None:
    """Name every source: one that does not differ accounts for nothing."""
    if split is None:
        return None
    return replace(split, parts={name: split.parts.get(name, 0.0) for name in SOURCES})


def _value(
    sections: Sections, place: Place, corner: Corner, sources: Sequence[str], reasons: list[str]
) -> float | None:
    """Return a mixture's number; where it has none, note why."""
    if isinstance(sections, str):
        reasons.append(sections)
        return None
    found = value_at(sections, place)
    if found is None:
        why = reason_at(sections, place) or "it is not there"
        reasons.append(f"{_said(corner, sources)} has no such number: {why}")
    return found


def _completed(found: Explained, game: _Game) -> Explained:
    """Give what is left of the published movement to code, or refuse a split that falls short."""
    split, before, after = found.split, found.before, found.after
    if split is None or before is None or after is None or game.split_code:
        return found
    left = after - before - split.total
    if "code" in game.differing:
        whole = replace(split, total=after - before, parts={**split.parts, "code": left})
        return replace(found, split=whole)
    if abs(left) > NEAR:
        reason = "the code of both sides is not at hand, and the present code gives other numbers"
        return replace(found, split=None, reason=reason)
    return found


def _said(corner: Corner, sources: Sequence[str]) -> str:
    """Return a mixture in words.

    Examples
    --------
    >>> _said(frozenset({"data"}), ("data", "framework"))
    'data of B with framework of A'
    """
    sides = [f"{name} of {'B' if name in corner else 'A'}" for name in sources]
    return " with ".join(sides[:2]) + "".join(f" and {one}" for one in sides[2:])
