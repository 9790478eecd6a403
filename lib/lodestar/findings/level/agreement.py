"""Sentences on how far the raters of the market factors agree, and what settling it would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.spans import quoted
from lodestar.findings.words import level, named, plural, start
from lodestar.schema.numerals import numeral
from lodestar.stats.rounding import to_level

__all__ = ["apart", "disagreement", "overall"]


def apart(points: float) -> str:
    """Return a distance between scores in words.

    Examples
    --------
    >>> apart(0.42), apart(1.0), apart(1.5)
    ('0.4 of a point', '1 point', '1.5 points')
    """
    said = level(points)
    if said == "1":
        return "1 point"
    return f"{said} of a point" if points < 1 else f"{said} points"


def disagreement(asked: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return on which factor raters disagree most, and whether settling it changes the level.

    Parameters
    ----------
    asked : mapping
        ``level.required`` of the results, with a level.
    labels : mapping
        Names by id.

    Returns
    -------
    str
        One or two sentences; empty where no two raters can be compared.
    """
    widest = asked["agreement"]["widest"]
    if widest["factor"] is None:
        return ""
    name = quoted(named(labels["factor"], widest["factor"]))
    size = f"on average {apart(widest['average_deviation'])} from their mean"
    if widest["lowest"] is None:
        return f"Raters disagree most on {name}, {size}: settle it before the level is used."
    scores = f"scores from {level(widest['lowest'])} to {level(widest['highest'])}"
    return f"Raters disagree most on {name}: {scores}, {size}. {_settling(asked, labels)}"


def overall(asked: Mapping[str, Any]) -> str:
    """Return how far raters agree over all factors; empty where that cannot be told."""
    agreed = asked["agreement"]
    if agreed["average_deviation"] is None:
        return ""
    return (
        f"Agreement between raters: over {plural(agreed['factors'], 'factor')} they lie "
        f"{apart(agreed['average_deviation'])} from their mean; mean rwg "
        f"{numeral(agreed['rwg'], '.2f')}, "
        "where 0 is no better than chance and 1 is the same score from everybody."
    )


def _settling(asked: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return what the level would be at the ends of the widest disagreement."""
    agreed, widest = asked["agreement"], asked["agreement"]["widest"]
    ends = (
        f"{level(widest['at_lowest'])} at the lowest score, "
        f"{level(widest['at_highest'])} at the highest"
    )
    others = [factor for factor in agreed["decisive"] if factor != widest["factor"]]
    if widest["changes_level"]:
        more = f"; so could {plural(len(others), 'other factor')}" if others else ""
        return start(
            f"talk it through before the level is used: it decides the level ({ends}){more}."
        )
    now = to_level(asked["estimate"])
    kept = f"Settling it leaves the level at {now} ({ends})"
    if not others:
        return f"{kept}."
    name = quoted(named(labels["factor"], others[0]))
    return f"{kept}; settle {name} first, which could change it."
