"""Sentences on what the matrix rests on: who rated, how far they agree, how much was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.spans import few_of, quoted
from lodestar.findings.words import joined, named, percent, plural, start
from lodestar.schema.numerals import written

__all__ = ["seen", "thin", "unsettled"]

TOO_FAR = 5 / 6
"""Average deviation above which raters do not speak of one level: a sixth of the five options
(Burke & Dunlap 2002, *Organizational Research Methods* 5, 159–172)."""


def seen(alignment: Mapping[str, Any]) -> str:
    """Return how much of the matrix has a level, and what is withheld.

    Parameters
    ----------
    alignment : mapping
        Section ``alignment`` of the results.
    """
    cells = alignment["cells"]
    said = (
        f"{cells['present']} of {cells['applicable']} applicable cells rated, "
        f"{percent(alignment['coverage'])} by weight."
    )
    if not cells["withheld"]:
        return said
    withheld = start(plural(cells["withheld"], "cell"))
    return f"{said} {withheld} withheld to protect raters, counted as missing."


def unsettled(rows: Sequence[Mapping[str, Any]], labels: Mapping[str, Any]) -> str:
    """Return the cells whose raters differ too much to speak of one level; empty where none do.

    Parameters
    ----------
    rows : sequence of mapping
        ``alignment.gaps``.
    labels : mapping
        Names of ids.
    """
    apart = [row for row in rows if (row["average_deviation"] or 0.0) > TOO_FAR]
    if not apart:
        return ""
    apart = sorted(apart, key=lambda r: (-r["average_deviation"], r["capability"], r["function"]))
    places = [
        f"{quoted(named(labels['capability'], row['capability']))} in "
        f"{named(labels['function'], row['function'])}"
        for row in apart
    ]
    return (
        f"In {plural(len(apart), 'cell')} raters lie more than {written('0.8')} of a level "
        "from their mean on "
        f"average: let them settle what they mean before you act there, {few_of(places)}."
    )


def thin(alignment: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return how far intervals hold where functions have few raters; empty where none has.

    Parameters
    ----------
    alignment : mapping
        Section ``alignment`` of the results.
    labels : mapping
        Names of ids.

    Notes
    -----
    Shares from the benchmark ``alignment_coverage``: every function with so many raters.
    """
    few = [named(labels["function"], function) for function in alignment["few_raters"]]
    if not few:
        return ""
    return (
        f"{joined(few)} {'has' if len(few) == 1 else 'have'} one or two raters, too few for the "
        "interval to be wide enough: with two raters in every function it held the truth in 48 % "
        "of simulated organisations, with three in 71 %, with five or more in about 80 %."
    )
