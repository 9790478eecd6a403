"""Sentences on the workforce: does it chase the figures?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.inclusion.advocacy import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import named, percent, plural

__all__ = ["workforce", "workforce_sentence"]


def workforce(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many of those laid off were replaced within a year."""
    part = results["inclusion"]["workforce"]
    if part["laid_off"] is None:
        return Absent("inclusion.workforce", WORKBOOK, part["laid_off_reason"], ("workforce",))
    reading = (
        "Persons hired (up) and laid off (down) by date and function; replaced = hired by the same "
        "function within twelve months of a layoff."
    )
    pointers = ("/inclusion/workforce",)
    headline, advice = workforce_sentence(results), _advice(results)
    return Finding("inclusion.workforce", WORKBOOK, headline, advice, pointers, reading)


def workforce_sentence(results: Mapping[str, Any]) -> str:
    """Return layoffs and replacements in words."""
    part = results["inclusion"]["workforce"]
    if not part["laid_off"]:
        return "Nobody was laid off in the time covered"
    off = plural(round(part["laid_off"]), "person was", "people were")
    back = round(part["replaced"])
    share = percent(part["replaced_share"])
    if not back:
        return f"{off[:1].upper()}{off[1:]} laid off, and none was replaced within a year"
    return f"{off[:1].upper()}{off[1:]} laid off and {back:,} ({share}) replaced within a year"


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
