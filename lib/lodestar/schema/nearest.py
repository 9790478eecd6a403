"""The known names nearest to an unknown one, for remedies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["close_matches", "meant"]


def close_matches(value: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known names nearest to a value, best first.

    Parameters
    ----------
    value : str
        What was written.
    known : iterable of str
        What could have been meant; case and leading zeros are set aside.
    count : int
        At most this many.

    Examples
    --------
    >>> close_matches("Slaes", ["sales", "service", "finance"])
    ['sales']
    >>> close_matches("c5", ["C05", "C15", "C25"])
    ['C05']
    """
    folded: dict[str, str] = {}
    for name in sorted(known):
        folded.setdefault(_folded(name), name)
    given = _folded(value)
    # A short name has too few letters to lose: one of three may differ.
    cutoff = 0.5 if len(given) < 4 else 0.6
    near = [given] if given in folded else get_close_matches(given, folded, n=count, cutoff=cutoff)
    return [folded[name] for name in near]


def meant(value: str, known: Iterable[str], otherwise: str, count: int = 3) -> str:
    """Return the remedy for an unknown name: the nearest known ones, then what else to do.

    Examples
    --------
    >>> meant("slaes", ["sales", "service"], "Add it.")
    "Did you mean 'sales'? Add it."
    """
    near = close_matches(value, known, count)
    if not near:
        return otherwise
    return f"Did you mean {' or '.join(repr(name) for name in near)}? {otherwise}"


def _folded(name: str) -> str:
    """Return a name without case and without zeros in front of its numbers."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", name.casefold())
