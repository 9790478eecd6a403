"""Where a run carries what its what-ifs are computed from; servers need no more."""

from __future__ import annotations

__all__ = ["FOLDER", "carried_name"]

FOLDER = "whatif"
"""Folder of a run with what its what-ifs are computed from."""


def carried_name(stem: str) -> str:
    """Return where a run carries what a page's what-if is computed from.

    Examples
    --------
    >>> carried_name("02_level")
    'whatif/02_level.json'
    """
    return f"{FOLDER}/{stem}.json"
