"""What conflicts set against what, counted in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.words import count, joined

__all__ = ["TENSION_WORDS", "tensions"]

TENSION_WORDS = {
    "unit-unit": "unit against unit",
    "unit-customer": "unit against customer",
    "customer-financial": "customer against finance",
}


def tensions(items: Sequence[Mapping[str, Any]]) -> str:
    """Return how many conflicts are of each class, in a sentence that follows another.

    Parameters
    ----------
    items : sequence of mapping
        Conflicts; the severe ones are counted, else all.
    """
    severe = [item for item in items if item["severe"]]
    held = [item.get("tension") for item in severe or items]
    parts = [
        f"{count(held.count(key))} {'sets' if held.count(key) == 1 else 'set'} {words}"
        for key, words in TENSION_WORDS.items()
        if held.count(key)
    ]
    if not parts:
        return ""
    which = "severe" if severe else "clear"
    return f" Of the {len(held)} {which}, {joined(parts)}."
