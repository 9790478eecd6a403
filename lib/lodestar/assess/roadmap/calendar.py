"""Quarters of a plan: which can be started in, and how many months away they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

__all__ = ["HORIZON", "MONTH", "Calendar", "calendar_of", "quarter_number", "quarter_text"]

HORIZON = 36
"""Months after ``as_of`` at which a plan is judged, unless said otherwise."""

MONTH = 365.25 / 12
"""Mean length of a month in days."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The quarters between today and the horizon.

    Parameters
    ----------
    quarters : tuple of str
        Every quarter in which something can still start, e.g. ``2027-Q1``, in order.
    offsets : ndarray of int
        Months from today to the start of each quarter, 0 for one that has begun.
    horizon : int
        Months from today to the horizon.
    """

    quarters: tuple[str, ...]
    offsets: np.ndarray
    horizon: int

    def place(self, quarter: str) -> int:
        """Return the place of a quarter; negative when over, at least the number of quarters later.

        Examples
        --------
        >>> calendar_of(date(2026, 12, 31)).place("2027-Q3")
        2
        """
        return quarter_number(quarter) - quarter_number(self.quarters[0])

    @property
    def edges(self) -> np.ndarray:
        """Return the months at which quarters begin, and the horizon at which the last one ends."""
        return np.append(self.offsets, self.horizon)


def calendar_of(as_of: date, horizon: int = HORIZON) -> Calendar:
    """Return the calendar of a plan made on a day.

    Parameters
    ----------
    as_of : date
        "Today".
    horizon : int, default 36
        Months that the plan looks ahead, at least 1.

    Notes
    -----
    The quarter that today lies in counts, with 0 months, unless less than half a month of it is
    left. The next one begins as many months from today as its first day is days away, divided by
    the mean length of a month and rounded; each further one three months later.

    Examples
    --------
    >>> made = calendar_of(date(2026, 12, 31), 9)
    >>> made.quarters, made.offsets.tolist()
    (('2027-Q1', '2027-Q2', '2027-Q3'), [0, 3, 6])
    """
    running = as_of.year * 4 + (as_of.month - 1) // 3
    left = round((_first_day(running + 1) - as_of).days / MONTH)
    offsets = [0, *range(left, horizon, 3)] if left else list(range(0, horizon, 3))
    first = running if left else running + 1
    quarters = tuple(quarter_text(first + place) for place in range(len(offsets)))
    return Calendar(quarters, np.array(offsets), horizon)


def quarter_number(quarter: str) -> int:
    """Return a running number of a quarter.

    Examples
    --------
    >>> quarter_number("2027-Q1") - quarter_number("2026-Q4")
    1
    """
    year, part = quarter.split("-Q")
    return int(year) * 4 + int(part) - 1


def quarter_text(number: int) -> str:
    """Return the quarter of a running number as written in tables."""
    return f"{number // 4}-Q{number % 4 + 1}"


def _first_day(number: int) -> date:
    return date(number // 4, number % 4 * 3 + 1, 1)
