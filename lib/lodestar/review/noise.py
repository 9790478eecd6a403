"""Whether a headline number moved by more than noise, and what that verdict rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from lodestar.review.sides import Side
from lodestar.review.tree import DECIMALS

__all__ = ["Ends", "Movement", "from_halves", "movement", "same_answers"]

Ends = tuple[float, float | None, float | None]
"""Value, low and high of one side."""

COUNTED = "It is published without an interval."
HALF = "One side was published without an interval: too few persons answered."
NOT_ASKED_AGAIN = (
    "Both sides rest on the same answers, so framework, settings or code moved it, not chance."
)
ROUNDED = 2.5 * 10**-DECIMALS
"""How far a rounded difference may lie from the difference of two rounded numbers."""

PAIRED, HALVES = "paired", "intervals"


@dataclass(frozen=True)
class Movement:
    """How far a number moved, the movement's interval, and the verdict.

    Parameters
    ----------
    change : float
        After minus before.
    low, high : float or None
        Interval of the change.
    beyond_noise : bool or None
        Whether the interval leaves out 0; None when it cannot be told.
    basis : str
        ``paired``: the run's own verdict, persons who answered twice drawn alike; ``intervals``:
        the two intervals taken as independent; empty for none.
    reason : str
        Why there is no verdict.
    """

    change: float
    low: float | None = None
    high: float | None = None
    beyond_noise: bool | None = None
    basis: str = ""
    reason: str = ""

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Return both ends of the interval; None without one."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def as_dict(self) -> dict[str, Any]:
        """Return the movement as ``diff --json`` prints it."""
        return {
            "change": self.change,
            "low": self.low,
            "high": self.high,
            "beyond_noise": self.beyond_noise,
            "basis": self.basis or None,
            "reason": self.reason or None,
        }


def movement(name: str, before: Side, after: Side, there: Ends, here: Ends) -> Movement:
    """Return how a headline number moved between two sides.

    Parameters
    ----------
    name : str
        The headline's id.
    before, after : Side
        The sides.
    there, here : (value, low, high)
        The number and its interval on each side.

    Notes
    -----
    The run's own paired verdict (`level.trend`, `alignment.trend`) is taken where it speaks of
    exactly these two numbers; else the difference of the two, with an interval from the halves
    of theirs in quadrature (`from_halves`).
    """
    change = round(here[0] - there[0], DECIMALS) + 0.0
    if None in (there[1], there[2]) and None in (here[1], here[2]):
        return Movement(change, reason=COUNTED)
    if same_answers(before, after):
        return Movement(change, reason=NOT_ASKED_AGAIN)
    if None in (*there, *here):
        return Movement(change, reason=HALF)
    paired = _paired(name, before, after, change)
    if paired is not None:
        return paired
    low, high = from_halves(there, here)
    return Movement(change, low, high, not low <= 0 <= high, HALVES)


def from_halves(there: Ends, here: Ends) -> tuple[float, float]:
    """Return the interval of a difference from the intervals of its two ends.

    Notes
    -----
    The halves of both intervals in quadrature, each side of the difference from the halves that
    face it, the two taken as independent. Source: Zou and Donner (2008), Statistics in Medicine
    27, 1693-1702 (method of variance estimates recovery).

    Examples
    --------
    >>> from_halves((10.0, 7.0, 13.0), (20.0, 16.0, 24.0))
    (5.0, 15.0)
    """
    (a, a_low, a_high), (b, b_low, b_high) = (
        tuple(float(end or 0.0) for end in ends) for ends in (there, here)
    )
    down, up = hypot(b - b_low, a_high - a), hypot(b_high - b, a - a_low)
    return round(b - a - down, DECIMALS), round(b - a + up, DECIMALS)


def same_answers(before: Side, after: Side) -> bool:
    """Tell whether both sides are the same period, made from the same tables and corrections."""
    if before.period != after.period:
        return False
    there, here = (_tables(side.files) for side in (before, after))
    return bool(there) and there == here


def _tables(files: Mapping[str, str]) -> dict[str, str]:
    return {
        name: sha
        for name, sha in files.items()
        if name == "corrections.yml" or (name.startswith("inputs/") and not name.endswith(".md"))
    }


def _paired(name: str, before: Side, after: Side, change: float) -> Movement | None:
    """Return the later run's own verdict where it speaks of these two numbers."""
    turned = before.period > after.period
    early, late = (after, before) if turned else (before, after)
    sign = -1.0 if turned else 1.0
    for entry in _changes(name, late.results):
        ends = (entry.get("from"), entry.get("to")) == (early.period, late.period)
        known = entry.get("change") is not None and entry.get("low") is not None
        if ends and known and abs(sign * float(entry["change"]) - change) < ROUNDED:
            low, high = sorted(sign * float(entry[end]) + 0.0 for end in ("low", "high"))
            return Movement(change, low, high, bool(entry["beyond_noise"]), PAIRED)
    return None


def _changes(name: str, results: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a run's own comparisons of a headline number between periods."""
    section, _, kind = name.partition(".")
    trend = (results.get(section) or {}).get("trend") or {}
    if name == "alignment.index":
        return list(trend.get("changes") or [])
    if section == "level":
        return [entry for entry in trend.get("changes") or [] if entry.get("kind") == kind]
    return []
