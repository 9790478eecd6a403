"""Distances and intervals as a person would say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from lodestar.findings.words import between, count, joined, level
from lodestar.schema.numerals import numeral

__all__ = ["few_of", "quoted", "side", "span", "steps"]

Side = Literal["above", "level", "below"]
WHOLE = {"1": "1 level", "0.5": "half a level"}
SAME = 0.05
"""A distance that rounds to 0.0 is none."""


def span(of: Mapping[str, Any], decimals: int = 1) -> str:
    """Return an interval in brackets after its number; empty when there is none.

    Examples
    --------
    >>> "2.4" + span({"low": 2.2, "high": 2.61})
    '2.4 (2.2 to 2.6)'
    >>> "4.1" + span({"low": 4.08, "high": 4.12})
    '4.1 (give or take less than 0.1)'
    >>> span({"low": None, "high": None})
    ''
    """
    said = between(of["low"], of["high"], decimals)
    ends = said.split(" to ")
    if len(ends) == 2 and ends[0] == ends[1]:
        return f" (give or take less than {numeral(10**-decimals, f'.{decimals}f')})"
    return f" ({said})" if said else ""


def steps(x: float) -> str:
    """Return how far apart two levels are, without a sign.

    Examples
    --------
    >>> steps(1.2), steps(-1.0), steps(0.5), steps(0.4)
    ('1.2 levels', '1 level', 'half a level', '0.4 of a level')
    """
    said = level(abs(x))
    if said in WHOLE:
        return WHOLE[said]
    return f"{said} of a level" if abs(x) < 1 else f"{said} levels"


def side(distance: Mapping[str, Any]) -> Side | None:
    """Return on which side of nothing a distance lies, as far as raters can tell.

    Parameters
    ----------
    distance : mapping
        ``estimate, low, high``; without an interval the estimate alone decides.

    Returns
    -------
    {"above", "level", "below"} or None
        None when there is no estimate.

    Examples
    --------
    >>> side({"estimate": 0.3, "low": -0.1, "high": 0.7})
    'level'
    """
    estimate = distance["estimate"]
    if estimate is None:
        return None
    low = estimate if distance["low"] is None else distance["low"]
    high = estimate if distance["high"] is None else distance["high"]
    if abs(estimate) < SAME or low <= 0 <= high:
        return "level"
    return "above" if estimate > 0 else "below"


def quoted(name: str) -> str:
    """Return the name of a factor or capability set apart in a sentence."""
    return f"“{name}”"


def few_of(names: Sequence[str], shown: int = 2) -> str:
    """Return a list cut to its first names, the rest as a count.

    Examples
    --------
    >>> few_of(["a", "b", "c", "d"])
    'a, b and two more'
    >>> few_of(["a", "b", "c"], 3)
    'a, b and c'
    """
    if len(names) <= shown:
        return joined(list(names))
    return joined([*names[:shown], f"{count(len(names) - shown)} more"])
