"""Words for the state of a run: draft, reviewed by whom and when, or void."""

from __future__ import annotations

import calendar
from datetime import datetime

from lodestar.provenance.reviews import Standing

__all__ = ["day", "review_words"]


def review_words(standing: Standing) -> str:
    """Return what a page says of its run's review.

    Parameters
    ----------
    standing : Standing
        What stands of the reviews of the run.

    Examples
    --------
    >>> review_words(Standing())
    'Draft, not signed off'
    >>> review_words(Standing("reviewed", "Ana Ruiz", "2026-11-22T08:30:00Z"))
    'Reviewed by Ana Ruiz on 22 November 2026'
    >>> review_words(Standing("void"))
    'Draft: review void since the run changed'
    """
    if standing.state == "reviewed":
        return f"Reviewed by {standing.reviewer} on {day(standing.at)}"
    if standing.state == "void":
        return "Draft: review void since the run changed"
    return "Draft, not signed off"


def day(at: str) -> str:
    """Return the day of a moment as people say it, in UTC.

    Examples
    --------
    >>> day("2026-11-02T23:59:59Z")
    '2 November 2026'
    """
    moment = datetime.fromisoformat(at)
    return f"{moment.day} {calendar.month_name[moment.month]} {moment.year}"
