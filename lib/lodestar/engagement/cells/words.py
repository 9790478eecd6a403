"""Words and lists: the words a column allows, yes and no, blanks in disguise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodestar.engagement.cells.cell import Cell, fault
from lodestar.schema.columns import Column
from lodestar.schema.nearest import close_matches

__all__ = ["BLANKS", "NOT_APPLICABLE", "is_blank", "read_choices", "read_lists"]

BLANKS = {"n/a", "n.a.", "null", "-", "–", "—"}
"""Words that stand for a blank cell in every column."""

_BLANK_VALUES = {"na", "none"}
"""Words that stand for a blank where no text is expected."""

NOT_APPLICABLE = {"na", "n/a", "n.a.", "not applicable"}
_YES = {"true": "yes", "y": "yes", "1": "yes", "false": "no", "n": "no", "0": "no"}
_SIGNS = {"−": "-", "–": "-"}


def is_blank(text: str, column: Column) -> bool:
    """Tell whether a word stands for a blank in this column.

    Examples
    --------
    >>> from lodestar.schema.tables import TABLES
    >>> is_blank("n/a", TABLES["metrics"].column("unit"))
    True
    >>> is_blank("-", TABLES["links"].column("sign"))
    False
    """
    if column.allowed and _allowed(text, column.allowed):
        return False
    folded = text.casefold()
    free = column.type in ("text", "list") and not (column.allowed and not column.reference)
    return folded in BLANKS or (not free and folded in _BLANK_VALUES)


def read_choices(texts: Sequence[str], column: Column) -> list[Cell]:
    """Return each text as one of the words that the column allows, or what is wrong with it."""
    return [_choice(text, column) for text in texts]


def read_lists(texts: Sequence[str]) -> list[Cell]:
    """Return each text as a tuple of its parts between semicolons, each once.

    Examples
    --------
    >>> read_lists(["sales; service;sales"])[0].value
    ('sales', 'service')
    """
    return [_list(text) for text in texts]


def _choice(text: str, column: Column) -> Cell:
    if not text:
        return Cell()
    found = _allowed(text, column.allowed)
    if found is None:
        return _unknown(text, column.allowed)
    word, note = found
    return Cell(word, (note,) if note else ())


def _allowed(text: str, allowed: Sequence[str]) -> tuple[str, str] | None:
    """Return the allowed word that a text stands for, and what was done to see it."""
    if text in allowed:
        return text, ""
    if (sign := _SIGNS.get(text, "")) in allowed:
        return sign, "minus-sign"
    plain = {_plain(word): word for word in allowed if word.strip("+-")}
    if _plain(text) in plain:
        return plain[_plain(text)], "spelling"
    folded = text.casefold()
    if {"yes", "no"} <= set(allowed) and folded in _YES:
        return _YES[folded], "boolean"
    if "na" in allowed and folded in NOT_APPLICABLE:
        return "na", "not-applicable"
    return None


def _plain(text: str) -> str:
    """Return a word without the differences that carry no meaning."""
    return re.sub(r"[\s_-]+", "-", text.casefold())


def _unknown(text: str, allowed: Sequence[str]) -> Cell:
    """Return the refusal of a word that the column does not know."""
    near = close_matches(text, allowed, count=1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    return fault(
        "not-allowed",
        "The column does not know this word.",
        f"{hint}Write one of: {', '.join(allowed)}.",
    )


def _list(text: str) -> Cell:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    once = tuple(dict.fromkeys(parts))
    return Cell(once, ("repeated-entry",) if len(once) < len(parts) else ())
