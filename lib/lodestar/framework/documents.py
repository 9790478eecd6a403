"""A framework before it is built: plain data as JSON has it, keys always text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["IDENTITY", "NAMES", "SECTIONS", "Document", "entries", "plain"]

Document = dict[str, Any]

SECTIONS = ("levels", "dimensions", "capabilities", "items", "factors", "sources")
"""The lists of entries, merged by id."""

IDENTITY = {"levels": "level"}
"""The key that tells a section's entries apart, where it is not ``id``."""

NAMES = {
    "levels": "level",
    "dimensions": "dimension",
    "capabilities": "capability",
    "items": "item",
    "factors": "factor",
    "sources": "source",
}
"""What one entry of a section is called."""


def plain(value: Any) -> Any:
    """Return the data with text keys, as JSON has it; dates become text.

    Examples
    --------
    >>> plain({1: [2, (3,)], "a": None})
    {'1': [2, [3]], 'a': None}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def entries(document: Document, section: str) -> dict[str, Document]:
    """Return a section's entries by their id; of two with the same id, the last."""
    key = IDENTITY.get(section, "id")
    return {str(entry[key]): entry for entry in document.get(section, [])}
