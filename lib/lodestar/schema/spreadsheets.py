"""Text in cells that spreadsheets open: shown as it stands, never run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["safe_cell"]

_START = re.compile(r"[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What begins a formula in a cell, wide East Asian signs included."""

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?[ \"]*(?:[;\t\r\n|]|$)"
_INSIDE = re.compile(
    rf"([;\t\r\n|][\s\"]*)(?!{_NUMBER})([=+\-@\uff1d\uff0b\uff0d\uff20])", re.IGNORECASE
)
"""What would begin one where a program cuts cells at another sign than the comma."""


def safe_cell(value: Any) -> Any:
    """Return a value as a spreadsheet shows it: text that looks like a formula is quoted.

    Where lists are parted by semicolons, a spreadsheet may cut cells there: each part of a text is
    quoted as a cell would be, numbers excepted.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell(-1.5), safe_cell(None), safe_cell(True)
    ("'=1+1", -1.5, '', 'yes')
    >>> safe_cell("one; =1+1"), safe_cell([0.5, -0.25])
    ("one; '=1+1", '0.5; -0.25')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return safe_cell("; ".join(str(_scalar(item)) for item in value))
    if isinstance(value, str):
        quoted = f"'{value}" if _START.match(value) else value
        return _INSIDE.sub(r"\1'\2", quoted)
    return value


def _scalar(item: Any) -> Any:
    """Return a list's item as text: a record by its values in order."""
    if isinstance(item, Mapping):
        return " ".join(str(value) for value in item.values() if value is not None)
    return "" if item is None else item
