"""Conflicts by the two functions that collide, or by the function and what it acts on."""

from __future__ import annotations

from collections.abc import Iterable

from lodestar.assess.conflicts.model import Conflict

__all__ = ["by_functions"]


def by_functions(items: Iterable[Conflict]) -> dict[tuple[str, str], list[Conflict]]:
    """Return the conflicts that count, by two functions in the order of their ids.

    Parameters
    ----------
    items : iterable of Conflict
        As detected.

    Returns
    -------
    dict
        From (function, function), or (function, ``customers`` or ``outcomes``), to its conflicts.
    """
    cells: dict[tuple[str, str], list[Conflict]] = {}
    for item in items:
        if item.counted and item.function_a is not None:
            cells.setdefault(_cell(item), []).append(item)
    return cells


def _cell(item: Conflict) -> tuple[str, str]:
    """Two functions in the order of their ids, or a function and what it acts on."""
    first = str(item.function_a)
    if item.function_b is None:
        return first, "outcomes" if item.kind == "outcome" else "customers"
    low, high = sorted((first, item.function_b))
    return low, high
