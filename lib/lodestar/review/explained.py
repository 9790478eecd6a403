"""Every moved number explained: by data, framework and code, through the mixtures of two sides."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lodestar.review.attribution import SOURCES, Corner, Split, split_movement
from lodestar.review.corners import Corners, Progress, mixture_words
from lodestar.review.ingredients import Ingredients
from lodestar.review.places import place_of, reason_at, value_at
from lodestar.review.sides import Side
from lodestar.review.tree import DECIMALS

__all__ = ["Attribution", "Explained", "Number", "attribute", "number_at"]

NEAR = 1e-6
"""Published decimals: a movement computed anew is the published one when it is as near as this."""


@dataclass(frozen=True)
class Number:
    """A number of results, however it is found there.

    Parameters
    ----------
    key : str
        Its name in the attribution, e.g. its JSON pointer.
    section : str
        Top-level key of results that it lies under.
    read : callable
        Results to (value, or None with the reason).
    """

    key: str
    section: str
    read: Callable[[Mapping[str, Any]], tuple[float | None, str]]


@dataclass(frozen=True)
class Explained:
    """One moved number and its split.

    Parameters
    ----------
    key : str
        The number's.
    before, after : float or None
        The published values.
    split : Split or None
        The parts; None when there is no split.
    reason : str
        Why there is none, or why the split depends on an order; empty otherwise.
    """

    key: str
    before: float | None
    after: float | None
    split: Split | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the number as ``diff --json`` prints it."""
        split = self.split
        return {
            "id": self.key,
            "before": self.before,
            "after": self.after,
            "parts": dict(split.parts) if split else None,
            "orders": [list(order) for order in split.orders] if split else [],
            "complete": split.complete if split else None,
            "reason": self.reason or None,
        }


@dataclass(frozen=True)
class Attribution:
    """How two sides' numbers are explained.

    Parameters
    ----------
    differing : tuple of str
        Sources in which the sides differ.
    numbers : mapping of str to Explained
        By key.
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

    def as_dict(self) -> dict[str, Any]:
        """Return the attribution as ``diff --json`` prints it."""
        return {
            "differing": list(self.differing),
            "mixtures": self.computed,
            "seconds": round(self.seconds, 1),
            "remainder": self.remainder or None,
            "numbers": [one.as_dict() for one in self.numbers.values()],
        }


def number_at(pointer: str, before: Side, after: Side) -> Number | None:
    """Return the number under a JSON pointer; None where it leads nowhere on either side.

    Parameters
    ----------
    pointer : str
        As the later side has it, else the earlier one. Entries of lists are found again by who
        they are, not by position.
    before, after : Side
        The two sides.
    """
    place = place_of(pointer, after.results) or place_of(pointer, before.results)
    if not place:
        return None
    return Number(pointer, str(place[0]), lambda r: (value_at(r, place), reason_at(r, place)))


def attribute(
    before: Side, after: Side, numbers: Sequence[Number], progress: Progress | None = None
) -> Attribution:
    """Split the movement of numbers into data, framework and code.

    Parameters
    ----------
    before, after : Side
        The two sides.
    numbers : sequence of Number
        What to explain.
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
    sections = sorted({number.section for number in numbers})
    game = Corners(Ingredients(before), Ingredients(after), sections, progress)
    started = time.perf_counter()
    found = {number.key: _explained(number, game) for number in numbers}
    spent = time.perf_counter() - started if game.computed else 0.0
    return Attribution(game.differing, found, game.computed, spent, game.remainder)


def _explained(number: Number, game: Corners) -> Explained:
    """Return one number with its split."""
    before, after = (_read(number, side.side.results)[0] for side in (game.before, game.after))
    found = Explained(number.key, before, after)
    if before is None or after is None:
        return replace(found, reason="one side has no number here")
    if not game.differing:
        return replace(found, reason="data, framework and code are equal")
    if game.alone:
        ends = {frozenset[str](): before, frozenset(game.differing): after}
        return replace(found, split=_whole(split_movement(ends.get, game.differing)))
    reasons: list[str] = []
    split = split_movement(lambda corner: _value(number, corner, game, reasons), game.sources)
    found = replace(found, split=_whole(split), reason="; ".join(dict.fromkeys(reasons)))
    return _completed(found, game)


def _whole(split: Split | None) -> Split | None:
    """Name every source: one that does not differ accounts for nothing."""
    if split is None:
        return None
    return replace(split, parts={name: split.parts.get(name, 0.0) for name in SOURCES})


def _value(number: Number, corner: Corner, game: Corners, reasons: list[str]) -> float | None:
    """Return a mixture's number; where it has none, note why."""
    sections = game.sections(corner)
    if isinstance(sections, str):
        reasons.append(sections)
        return None
    found, why = _read(number, sections)
    if found is None:
        said = mixture_words(corner, game.sources)
        reasons.append(f"{said} has no such number: {why or 'it is not there'}")
    return found


def _read(number: Number, sections: Mapping[str, Any]) -> tuple[float | None, str]:
    """Return a number as it would be published."""
    value, why = number.read(sections)
    return (None if value is None else round(value, DECIMALS) + 0.0), why


def _completed(found: Explained, game: Corners) -> Explained:
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
