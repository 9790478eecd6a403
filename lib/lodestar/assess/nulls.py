"""What cannot be computed: a null with one sentence saying why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["absent", "no_interval"]

DISTRIBUTION = ("1", "2", "3", "4", "5")


def absent(keys: Iterable[str], reason: str) -> dict[str, Any]:
    """Return each key as null beside ``<key>_reason``.

    Parameters
    ----------
    keys : iterable of str
        The pinned leaves that cannot be computed.
    reason : str
        One sentence: why, and which table would answer.

    Examples
    --------
    >>> absent(["index"], "No ratings were given.")
    {'index': None, 'index_reason': 'No ratings were given.'}
    """
    out: dict[str, Any] = {}
    for key in keys:
        out[key] = None
        out[f"{key}_reason"] = reason
    return out


def no_interval(reason: str) -> dict[str, Any]:
    """Return null interval and distribution leaves of a level, each with the reason."""
    return absent(["low", "high", "distribution"], reason)
