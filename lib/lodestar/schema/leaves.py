"""Leaves of results.json: whether there is a number, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["is_number", "null_reason"]


def is_number(value: Any) -> bool:
    """Tell whether a value is a number; a boolean is none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def null_reason(holder: Any, key: str) -> str:
    """Return why a key is null in what holds it; empty where that does not say.

    Examples
    --------
    >>> null_reason({"n": None, "n_reason": "Nobody was asked."}, "n")
    'Nobody was asked.'
    """
    if not isinstance(holder, Mapping):
        return ""
    return "too few to show" if holder.get("suppressed") else str(holder.get(f"{key}_reason") or "")
