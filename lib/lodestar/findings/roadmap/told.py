"""Names, months and index values of a plan in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from lodestar.findings.names import short
from lodestar.findings.words import named, points
from lodestar.schema.numerals import numeral

__all__ = [
    "WORKBOOK",
    "apart",
    "by_id",
    "index_words",
    "investment",
    "month_after",
    "month_of",
    "quoted",
    "telling",
]

WORKBOOK = "07_roadmap"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def investment(results: Mapping[str, Any], key: str, limit: int = 60) -> str:
    """Return the name of an investment, cut at a word."""
    return short(named(results["labels"]["investment"], key), limit)


def telling(results: Mapping[str, Any], keys: Sequence[str], limit: int) -> dict[str, str]:
    """Return names of investments by id, with the id behind those that would read alike."""
    names = {key: investment(results, key, limit) for key in keys}
    alike = Counter(names.values())
    return {key: name if alike[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def quoted(results: Mapping[str, Any], key: str) -> str:
    """Return the name of an investment in quotation marks."""
    return f"“{investment(results, key)}”"


def by_id(section: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the investments of the section by their id."""
    return {row["investment"]: row for row in section["investments"]}


def month_of(day: str) -> str:
    """Return the month of a day in words.

    Examples
    --------
    >>> month_of("2027-06-30")
    'June 2027'
    """
    told = date.fromisoformat(day)
    return f"{MONTHS[told.month - 1]} {told.year}"


def month_after(as_of: str, months: int) -> str:
    """Return in words the month that lies so many months after a day.

    Examples
    --------
    >>> month_after("2026-12-31", 0), month_after("2026-12-31", 14)
    ('December 2026', 'February 2028')
    """
    told = date.fromisoformat(as_of)
    number = told.year * 12 + told.month - 1 + months
    return f"{MONTHS[number % 12]} {number // 12}"


def index_words(value: float, decimals: int = 0) -> str:
    """Return an index as a whole number, or with one decimal where a whole one hides a move.

    Examples
    --------
    >>> index_words(58.26), index_words(58.26, 1)
    ('58', '58.3')
    """
    return numeral(value, ".1f") if decimals else points(value)


def apart(*values: float) -> int:
    """Return how many decimals tell values apart: 0 or 1.

    Examples
    --------
    >>> apart(58.0, 66.0), apart(58.1, 58.4)
    (0, 1)
    """
    ordered = sorted(round(value) for value in values)
    return int(any(a == b for a, b in pairwise(ordered)))
