"""Days as people write them; day and month are told apart or the cell is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from lodestar.engagement.cells.cell import Cell, fault

__all__ = ["read_dates", "read_quarters"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(:\d{2}(\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})\.?[ -]([^\W\d]+)\.?[ -](\d{4})|([^\W\d]+)\.? (\d{1,2}),? (\d{4})")
_SERIAL = re.compile(r"(\d{5})(\.0+)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[ /-]?[Qq]([1-4])|[Qq]([1-4])[ /-]?(\d{4})", re.ASCII)
_MONTHS = (
    ("jan", "january", "janvier", "janv"),
    ("feb", "february", "février", "fevrier", "févr", "fév"),
    ("mar", "march", "mars"),
    ("apr", "april", "avril", "avr"),
    ("may", "mai"),
    ("jun", "june", "juin"),
    ("jul", "july", "juillet", "juil"),
    ("aug", "august", "août", "aout"),
    ("sep", "sept", "september", "septembre"),
    ("oct", "october", "octobre"),
    ("nov", "november", "novembre"),
    ("dec", "december", "décembre", "decembre", "déc"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)
_REMEDY = "Write year-month-day, such as 2026-12-31."


def read_dates(texts: Sequence[str], epoch: date | None = None) -> list[Cell]:
    """Return each text as a day, or what is wrong with it.

    Parameters
    ----------
    texts : sequence of str
        The different texts of one column, trimmed; an empty one is blank.
    epoch : date, optional
        Day 0 of a workbook's day numbers; None where they cannot be told from numbers (CSV).

    Notes
    -----
    ``03/04/2026`` is refused, unless other cells of the column can only be day-month or only
    month-day, and none the other way round.
    """
    orders = {order for text in texts if (order := _order(text))}
    order = orders.pop() if len(orders) == 1 else ""
    return [_read(text, order, epoch) for text in texts]


def read_quarters(texts: Sequence[str]) -> list[Cell]:
    """Return each text as a quarter written ``2027-Q1``, or what is wrong with it.

    Examples
    --------
    >>> [cell.value for cell in read_quarters(["2027-Q1", "Q2 2027"])]
    ['2027-Q1', '2027-Q2']
    """
    return [_quarter(text) for text in texts]


def _quarter(text: str) -> Cell:
    if not text:
        return Cell()
    found = _QUARTER.fullmatch(text)
    if not found or not 1900 <= int(found[1] or found[4]) <= 2200:
        return fault("not-a-quarter", "This is not a quarter.", "Write it as 2027-Q1.")
    quarter = f"{found[1] or found[4]}-Q{found[2] or found[3]}"
    return Cell(quarter, () if quarter == text else ("quarter-format",))


def _order(text: str) -> str:
    """Return the only order in which day and month can stand; empty when either may."""
    found = _YEAR_LAST.fullmatch(text)
    if not found or int(found[1]) == int(found[3]):
        return ""
    if int(found[1]) > 12:
        return "day"
    return "month" if int(found[3]) > 12 else ""


def _read(text: str, order: str, epoch: date | None) -> Cell:
    """Return one text as a day."""
    if not text:
        return Cell()
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _MOMENT.fullmatch(text):
        midnight = not found[2].strip("0:.")
        return _noted(_read(found[1], "", None), "date-format" if midnight else "date-time")
    if found := _YEAR_FIRST.fullmatch(text):
        parts = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return _noted(_day(*parts), "date-format")
    if found := _NAMED.fullmatch(text):
        return _named(found)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found, order)
    return _serial(text, epoch)


def _day(year: str, month: str, day: str) -> Cell:
    """Return the day if it exists and lies in the years that are kept."""
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return fault("not-a-date", "There is no such day.", _REMEDY)
    if not _FIRST <= value <= _LAST:
        return fault("not-a-date", "The year is out of range.", "Write a year from 1900 to 2200.")
    return Cell(value)


def _noted(cell: Cell, note: str) -> Cell:
    return cell if cell.fault else Cell(cell.value, (note,))


def _named(found: re.Match[str]) -> Cell:
    """Return a day whose month is written as a word."""
    day, name, year = found.groups()[:3] if found[1] else (found[5], found[4], found[6])
    month = _MONTH.get(name.casefold())
    if month is None:
        return fault("not-a-date", "The month's name is not known.", _REMEDY)
    return _noted(_day(year, str(month), day), "date-format")


def _year_last(found: re.Match[str], order: str) -> Cell:
    """Return a day with the year last, if day and month can be told apart."""
    first, second, year = found[1], found[3], found[4]
    alone = _order(found.string)
    if not alone and not order and first != second:
        meant = [cell.value for cell in (_day(year, second, first), _day(year, first, second))]
        return fault(
            "ambiguous-date",
            f"Day and month cannot be told apart: {meant[0]} or {meant[1]}.",
            _REMEDY,
        )
    day, month = (second, first) if (alone or order) == "month" else (first, second)
    return _noted(_day(year, month, day), "date-format")


def _serial(text: str, epoch: date | None) -> Cell:
    """Return a day written as a number, where its day 0 is known; else what is wrong."""
    if found := _SERIAL.fullmatch(text):
        if epoch and 18264 <= int(found[1]) <= 73050:
            return Cell(epoch + timedelta(days=int(found[1])), ("date-serial",))
        return fault(
            "ambiguous-date", "This may be an Excel day number of either calendar.", _REMEDY
        )
    if _SHORT_YEAR.fullmatch(text):
        return fault("ambiguous-date", "The century is not written.", _REMEDY)
    return fault("not-a-date", "This is not a day.", _REMEDY)
