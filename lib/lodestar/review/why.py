"""A comparison with its reasons: headline movements, and numbers asked for, split by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lodestar.errors import InputError, Problem
from lodestar.findings.attributed import how_split, partial, pointer_moved, unsplit
from lodestar.review.attribution import rounded_parts
from lodestar.review.corners import Progress
from lodestar.review.difference import Difference, headline_numbers
from lodestar.review.explained import Attribution, Explained, Number, attribute, number_at

__all__ = ["attribution_notes", "explain", "pointer_sentences"]

FINEST = 6


def explain(
    found: Difference, pointers: Sequence[str] = (), progress: Progress | None = None
) -> Difference:
    """Return a comparison with its headlines' movements split into data, framework and code.

    Parameters
    ----------
    found : Difference
        Both sides compared.
    pointers : sequence of str
        JSON pointers of further numbers to explain.
    progress : callable, optional
        Called with mixtures done, mixtures in all and the one under way.

    Raises
    ------
    InputError
        A pointer leads nowhere on either side.
    """
    numbers = [*headline_numbers(found.headlines), *_asked(found, pointers)]
    told = attribute(found.before, found.after, numbers, progress)
    return replace(found, attribution=told)


def attribution_notes(found: Attribution) -> list[str]:
    """Return how the parts were found, what they depend on, and why some have none."""
    if not found.numbers:
        return []
    told = [how_split(found.differing, found.computed, found.seconds, found.remainder)]
    for one in found.numbers.values():
        if one.split is None:
            told.append(unsplit(one.reason))
        elif not one.split.complete:
            told.append(partial(one.split.orders, one.reason))
    return list(dict.fromkeys(told))


def pointer_sentences(found: Attribution) -> list[str]:
    """Return one sentence for each number that was asked for by its pointer."""
    return [_sentence(one) for key, one in found.numbers.items() if key.startswith("/")]


def _asked(found: Difference, pointers: Sequence[str]) -> list[Number]:
    known = {p: number_at(p, found.before, found.after) for p in dict.fromkeys(pointers)}
    lost = [pointer for pointer, number in known.items() if number is None]
    if lost:
        remedy = "`lodestar results CLIENT` prints what there is; /alignment/index is a pointer."
        told = "The results of neither side have a value there."
        raise InputError(Problem("pointer", "results.json", told, remedy, value=p) for p in lost)
    return [number for number in known.values() if number is not None]


def _sentence(one: Explained) -> str:
    """Return a number's movement as the sum of its parts, at the decimals that show them."""
    if one.before is None or one.after is None or one.split is None:
        return f"{one.key}: {unsplit(one.reason)}"
    figures = [one.before, one.after, *one.split.parts.values()]
    places = next(n for n in range(FINEST + 1) if n == FINEST or _settled(figures, n))
    ends = round(one.before, places), round(one.after, places)
    parts = rounded_parts(one.split, places, round(ends[1] - ends[0], places))
    return pointer_moved(one.key, *ends, parts, places)


def _settled(figures: Sequence[float], places: int) -> bool:
    """Tell whether this many decimals show figures to a hundredth of the largest."""
    size = max(abs(figure) for figure in figures[2:]) or 1.0
    return all(abs(figure - round(figure, places)) <= size / 100 for figure in figures)
