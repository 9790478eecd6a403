"""What a reader is told of what changed since the last visit."""

from __future__ import annotations

from collections.abc import Sequence

from lodestar.findings.differences import appeared, decimals, figure
from lodestar.findings.headlines import Figure, Headline
from lodestar.findings.spans import quoted
from lodestar.findings.words import count, joined

__all__ = ["HEADS", "figure_moved", "period_changed", "since"]

HEADS = (
    "level.required",
    "level.chosen",
    "level.present",
    "level.experienced",
    "alignment.index",
    "conflicts.severe",
    "purpose.focus",
    "inclusion.nps",
    "inclusion.enps",
    "roadmap.after",
    "roadmap.cost",
    "data.response",
)
"""The headline numbers that a returning reader is told of, by id, in the order of the walk."""


def since(day: str, changed: bool) -> str:
    """Return the sentence that what changed, or that nothing did, begins with.

    Parameters
    ----------
    day : str
        Day of the visit before, as people say it.
    changed : bool
        Whether anything differs.

    Examples
    --------
    >>> since("2 November 2026", True)
    'Changed since your visit on 2 November 2026'
    >>> since("2 November 2026", False)
    'Nothing changed since your visit on 2 November 2026.'
    """
    if changed:
        return f"Changed since your visit on {day}"
    return f"Nothing changed since your visit on {day}."


def period_changed(
    period: str, pages: Sequence[str] | None, every: int = 0, kept: bool = True
) -> str:
    """Return what became of one period.

    Parameters
    ----------
    period : str
        As people say it.
    pages : sequence of str or None
        Short names of the pages that read differently; None for a period that is new.
    every : int
        Number of pages.
    kept : bool
        Whether the run seen before is still there to compare with.

    Examples
    --------
    >>> period_changed("July 2026", None)
    'July 2026 is new.'
    >>> period_changed("July 2026", ["Level", "Roadmap"], 9)
    'July 2026 was published again: “Level” and “Roadmap” read differently.'
    >>> period_changed("July 2026", [], 9)
    'July 2026 was published again; every page reads as before.'
    """
    if pages is None:
        return f"{period} is new."
    if not kept:
        told = "the run you saw is no longer kept, so what moved cannot be told."
        return f"{period} was published again; {told}"
    if not pages:
        return f"{period} was published again; every page reads as before."
    if len(pages) == every and every > 1:
        return f"{period} was published again: all {count(every)} pages read differently."
    verb = "reads" if len(pages) == 1 else "read"
    named = joined([quoted(page) for page in pages])
    return f"{period} was published again: {named} {verb} differently."


def figure_moved(headline: Headline, before: Figure, after: Figure) -> str:
    """Return how a headline number reads now and how it read; empty where no reader sees a change.

    Parameters
    ----------
    headline : Headline
        Which number.
    before, after : Figure
        As published in the run seen before, and now.

    Examples
    --------
    >>> index = Headline("alignment.index", "Alignment index", "index", "", 80)
    >>> figure_moved(index, Figure(61.24), Figure(64.0, 61.2, 66.8))
    'Alignment index rose from 61.2 to 64.0 (80 % interval now 61.2 to 66.8).'
    >>> figure_moved(index, Figure(61.24), Figure(61.24, 60.0, 62.0))
    ''
    """
    unit = headline.unit
    if before.value is None or after.value is None:
        if before.value is None and after.value is None:
            return ""
        why = before.reason if before.value is None else after.reason
        return appeared(headline.label, unit, before.value, after.value, why)
    if figure(before.value, unit) == figure(after.value, unit):
        return ""
    places = decimals(before.value, after.value, unit, ())
    said = [figure(value, unit, places) for value in (before.value, after.value)]
    verb = "rose" if after.value > before.value else "fell"
    range_ = ""
    if after.low is not None and after.high is not None:
        ends = " to ".join(figure(end, unit, places) for end in (after.low, after.high))
        range_ = f" ({headline.interval} % interval now {ends})"
    return f"{headline.label} {verb} from {said[0]} to {said[1]}{range_}."
