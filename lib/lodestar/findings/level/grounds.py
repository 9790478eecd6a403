"""Sentences on what the present level rests on: evidence, raters, coverage, resamples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.method import HELD
from lodestar.findings.spans import few_of, quoted
from lodestar.findings.words import count, joined, named, percent, plural

__all__ = ["few_raters", "opinion", "resamples", "rests_on", "uncovered"]

FEW = range(3, 6)
"""Raters that a function's own resampling can use, yet few."""

LEAST = min(HELD)
"""Fewest raters that simulation tried."""

FUNCTION = 2
"""Where the intervals of functions stand in `HELD`."""


def opinion(shares: Mapping[str, Any]) -> float | None:
    """Return the share of weight on opinion alone: stated, or with no evidence named."""
    return None if shares["stated"] is None else float(shares["stated"] + shares["none"])


def rests_on(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return what share of the level rests on what evidence, and which cells to document.

    Parameters
    ----------
    stands, labels : mapping
        ``level.present`` and the names of ids.
    """
    shares = stands["evidence"]
    alone = opinion(shares)
    if alone is None:
        return ""
    founded = [
        f"{percent(shares[grade])} {grade}" for grade in ("documented", "measured") if shares[grade]
    ]
    if not round(alone, 3):
        return f"None of the level rests on opinion alone: {joined(founded)}, by weight."
    unnamed = f", {percent(shares['none'])} with no evidence named" if shares["none"] else ""
    rest = f"; {joined(founded)}" if founded else ""
    said = (
        f"{percent(alone)} of the level by weight rests on opinion alone "
        f"({percent(shares['stated'])} stated{unnamed}){rest}."
    )
    return f"{said} {_to_document(shares['to_document'], labels)}"


def _to_document(cells: Sequence[Mapping[str, Any]], labels: Mapping[str, Any]) -> str:
    """Return which cells to find evidence for first."""
    told = [
        f"{quoted(named(labels['capability'], cell['capability']))} in "
        f"{named(labels['function'], cell['function'])}"
        for cell in cells
    ]
    weight = percent(sum(cell["weight"] for cell in cells))
    them = "them" if len(cells) > 1 else "it"
    return (
        f"Find evidence for {joined(told)} first: no others on opinion alone weigh more "
        f"({weight} of the level rests on {them})."
    )


def few_raters(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return which functions have so few raters that their intervals are rough, with how many."""
    names, rated = labels["function"], stands["few_raters"]
    least = [f"{named(names, f)} ({count(n)})" for f, n in sorted(rated.items())]
    some = [
        f"{named(names, row['function'])} ({count(row['n'])})"
        for row in stands["functions"]
        if row["n"] in FEW and row["estimate"] is not None
    ]
    said = []
    if least:
        said.append(
            f"Fewer than three raters in {joined(least)}: that interval borrows how far raters "
            f"differ elsewhere and is too narrow (with two, {HELD[LEAST][FUNCTION]} % of simulated "
            "functions lay inside, not 80 %), so ask a third person."
        )
    if some:
        said.append(
            f"Few raters in {joined(some)}: an 80 % interval of a function with so few held in "
            f"{HELD[FEW[0]][FUNCTION]} to {HELD[FEW[-1]][FUNCTION]} % of simulated organisations."
        )
    return " ".join(said)


def uncovered(stands: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return which dimensions and functions no rating covers, else how many cells are missing."""
    dimensions = _without(stands["dimensions"], "dimension", labels["dimension"])
    functions = _without(stands["functions"], "function", labels["function"])
    told = [quoted(name) for name in dimensions] + functions
    if told:
        return f"Not covered by any rating: {joined(told)}."
    missing = [c["function"] for c in stands["cells"] if c["applies"] and c["level"] is None]
    if not missing:
        return "Every cell that applies has a level."
    where = sorted(set(missing), key=lambda f: (-missing.count(f), f))
    names = few_of([named(labels["function"], f) for f in where])
    said = plural(len(missing), "cell that applies has", "cells that apply have")
    return f"Every dimension and function is covered; {said} no level, in {names}."


def _without(rows: Sequence[Mapping[str, Any]], what: str, names: Mapping[str, str]) -> list[str]:
    """Return the names of the rows that have no level."""
    return [named(dict(names), row[what]) for row in rows if row["estimate"] is None]


def resamples(stands: Mapping[str, Any]) -> str:
    """Return how the two readings spread over whole levels; empty when nothing can be drawn.

    Examples
    --------
    >>> resamples({"distribution": {"2": 0.065, "3": 0.935}, "staged_distribution": {"2": 1.0}})
    'Of the resamples, 94 % round to level 3 and 6 % to level 2; 100 % reach stage 2.'
    """
    level, stage = stands["distribution"], stands["staged_distribution"]
    if level is None:
        return ""
    said = f"Of the resamples, {_spread(level, 'round to level', 'to level')}"
    return f"{said}; {_spread(stage, 'reach stage', 'stage')}." if stage else f"{said}."


def _spread(shares: Mapping[str, float], first: str, then: str) -> str:
    """Return shares with their whole level, the largest first, what rounds to nothing left out."""
    seen = [(share, k) for k, share in shares.items() if round(100 * share)]
    told = sorted(seen, key=lambda pair: (-pair[0], pair[1]))
    words = [first, *[then] * len(told)]
    return joined(
        [f"{percent(share)} {word} {k}" for (share, k), word in zip(told, words, strict=False)]
    )
