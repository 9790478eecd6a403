"""One cell read: its value, what was done to read it, or what is wrong with it."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["NOTES", "Cell", "Fault", "fault"]

NOTES = {
    "blank-word": "read as blank",
    "boolean": "read as yes or no",
    "date-format": "read as a day written another way",
    "date-serial": "read as a day from Excel's day number",
    "date-time": "read as a day, its time left out",
    "decimal-comma": "read with a decimal comma",
    "minus-sign": "read with a printed minus sign",
    "not-applicable": "read as na",
    "percent": "read as a share of per cent",
    "quarter-format": "read as a quarter written another way",
    "repeated-entry": "read with its repeated entry once",
    "spelling": "read as the word in another spelling",
    "thousands": "read with marks between thousands",
}
"""What may be done to a cell to read it, in words."""


class Fault(NamedTuple):
    """What is wrong with a cell, and how to mend it."""

    code: str
    message: str
    remedy: str


class Cell(NamedTuple):
    """A cell's value (None when blank), the notes on its reading, or its fault."""

    value: Any = None
    notes: tuple[str, ...] = ()
    fault: Fault | None = None


def fault(code: str, message: str, remedy: str) -> Cell:
    """Return a cell that cannot be read."""
    return Cell(fault=Fault(code, message, remedy))
