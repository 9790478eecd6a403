"""Values of a comparison as a person reads them, short enough for a table's cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lodestar.findings.differences import figure
from lodestar.findings.names import short
from lodestar.findings.words import MINUS
from lodestar.review.tree import DECIMALS, Leaf
from lodestar.review.words import shared_start
from lodestar.schema.leaves import is_number

__all__ = ["change_text", "ends", "leaf_ends", "value_text"]

LEAST = 2
LONG = 60
_HASH = re.compile(r"[0-9a-f]{64}")
_SHORT = 12


def value_text(value: Any, decimals: int = LEAST, limit: int = LONG) -> str:
    """Return a value in a few words.

    Examples
    --------
    >>> value_text(None), value_text(True), value_text(0.5), value_text(["a", "b"]), value_text("")
    ('none', 'yes', '0.5', 'a, b', 'empty')
    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_number(value):
        text = figure(value, "number", decimals)
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, Mapping):
        told = (f"{key} {value_text(value[key], decimals, limit)}" for key in value)
        return short(", ".join(told), limit) or "empty"
    if isinstance(value, list):
        return short(", ".join(value_text(one, decimals, limit) for one in value), limit) or "empty"
    text = str(value)
    return text[:_SHORT] if _HASH.fullmatch(text) else short(text, limit) or "empty"


def ends(before: Any, after: Any, limit: int = LONG) -> tuple[str, str]:
    """Return two values so that they can be told apart.

    Examples
    --------
    >>> ends(0.5, 0.50012), ends(["a", "b"], ["b", "c"])
    (('0.5', '0.5001'), ('a, b', 'b, c'))
    """
    decimals = _decimals(before, after, limit)
    if decimals is None:
        return _apart(before, after, limit)
    return value_text(before, decimals, limit), value_text(after, decimals, limit)


def _decimals(before: Any, after: Any, limit: int = LONG) -> int | None:
    """Return the fewest decimals that tell two values apart; None where none do."""
    for decimals in range(LEAST, DECIMALS + 1):
        if value_text(before, decimals, limit) != value_text(after, decimals, limit):
            return decimals
    return None


def _apart(before: Any, after: Any, limit: int) -> tuple[str, str]:
    """Return two long texts cut to where they begin to differ."""
    there, here = (value_text(value, DECIMALS, 10**6) for value in (before, after))
    start = max(0, shared_start(there, here) - limit // 3)
    lead = "…" if start else ""
    return lead + short(there[start:], limit), lead + short(here[start:], limit)


def leaf_ends(leaf: Leaf, limit: int = LONG) -> tuple[str, str]:
    """Return both sides of a leaf; an absent side is a dash, a null says why."""
    if leaf.kind == "reordered":
        return "same entries", "another order"
    if leaf.kind == "added":
        return "–", value_text(leaf.after, limit=limit)
    if leaf.kind == "gone":
        return value_text(leaf.before, limit=limit), "–"
    there, here = ends(leaf.before, leaf.after, limit)
    return _why(there, leaf.reason_before, limit), _why(here, leaf.reason_after, limit)


def _why(text: str, reason: str, limit: int) -> str:
    return f"{text}: {short(reason, limit)}" if reason else text


def change_text(leaf: Leaf) -> str:
    """Return how far a leaf's number moved, with its sign; empty for what is no number.

    Notes
    -----
    The difference of the two figures as shown, so that a reader can add it up.

    Examples
    --------
    >>> change_text(Leaf("changed", ("x",), "/x", "/x", 1.25, 1.5))
    '+0.25'
    """
    decimals = None if leaf.change is None else _decimals(leaf.before, leaf.after)
    if decimals is None:
        return ""
    moved = round(leaf.after, decimals) - round(leaf.before, decimals)
    text = f"{moved:+,.{decimals}f}".replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text
