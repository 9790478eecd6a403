"""Periods: calendar quarters and months, or declared ones, in the order of time."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from lodestar.engagement.model import Period

__all__ = ["calendar_period", "in_order", "period_of"]

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def calendar_period(id: str) -> Period | None:
    """Return the calendar quarter or month of this id, ending on its last day.

    Examples
    --------
    >>> calendar_period("2026-Q4").as_of
    datetime.date(2026, 12, 31)
    >>> calendar_period("autumn") is None
    True
    """
    if found := _QUARTER.fullmatch(id):
        year, last = int(found[1]), 3 * int(found[2])
        return _span(id, year, last - 2, last)
    if found := _MONTH.fullmatch(id):
        return _span(id, int(found[1]), int(found[2]), int(found[2]))
    return None


def period_of(id: str, declared: Mapping[str, Mapping[str, date]]) -> Period | None:
    """Return the period of this id: what is declared, completed from the calendar.

    Parameters
    ----------
    id : str
        Name of the period's folder.
    declared : mapping
        Period id: ``{"from": date, "as_of": date}``, either of which may be left out of a
        calendar period.
    """
    known = calendar_period(id)
    said = declared.get(id, {})
    start = said.get("from", known.start if known else None)
    as_of = said.get("as_of", known.as_of if known else None)
    return Period(id, start, as_of) if start and as_of else None


def in_order(periods: list[Period]) -> list[Period]:
    """Return the periods oldest first, by the day they look back from."""
    return sorted(periods, key=lambda period: (period.as_of, period.start, period.id))


def _span(id: str, year: int, first: int, last: int) -> Period | None:
    """Return the span of whole months; None outside the years that dates can hold."""
    if not 1900 <= year <= 2200:
        return None
    end = calendar.monthrange(year, last)[1]
    return Period(id, date(year, first, 1), date(year, last, end))
