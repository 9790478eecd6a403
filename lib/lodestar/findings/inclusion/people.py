"""Sentences on the workforce: does it chase the figures?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.inclusion.advocacy import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import named, percent, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["workforce", "workforce_sentence"]


def workforce(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many of the places cut were filled again within a year."""
    part = results["inclusion"]["workforce"]
    if part["laid_off"] is None:
        return Absent("inclusion.workforce", WORKBOOK, part["laid_off_reason"], ("workforce",))
    reading = (
        "Persons hired (up) and laid off (down) by date and function; filled again = growth of the "
        "function in the twelve months after, hires for leavers not counted."
    )
    pointers = ("/inclusion/workforce",)
    headline, advice = workforce_sentence(results), _advice(results)
    return Finding("inclusion.workforce", WORKBOOK, headline, advice, pointers, reading)


def workforce_sentence(results: Mapping[str, Any]) -> str:
    """Return layoffs and replacements in words."""
    part = results["inclusion"]["workforce"]
    if not part["laid_off"]:
        return "Nobody was laid off in the time covered"
    off = start(plural(round(part["laid_off"]), "place was", "places were"))
    back = round(part["replaced"])
    share = percent(part["replaced_share"])
    if not back:
        return f"{off} cut by layoffs, and none was filled again within a year"
    return f"{off} cut by layoffs, and {numeral(back, ',')} ({share}) filled again within a year"


def _advice(results: Mapping[str, Any]) -> str:
    """Return where to look first."""
    part = results["inclusion"]["workforce"]
    chased = [row for row in part["chase"] if row["replaced"] > 0]
    if chased:
        worst = max(chased, key=lambda row: (row["replaced"], row["function"]))
        name = named(results["labels"]["function"], worst["function"])
        return (
            f"Ask in {name} which figure the layoffs were to please: places filled again within a "
            "year cost notice, hiring and knowledge, and leave the work as it was."
        )
    if part["laid_off"]:
        return "Say what work stopped with these places; work that stayed is carried by the others."
    return "Keep it so by planning work to the people, and watch overtime as the early sign."
