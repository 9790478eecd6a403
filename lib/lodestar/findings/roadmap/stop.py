"""The sentence on stopping: what takes effort without a purpose, and the price of switching."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.told import WORKBOOK
from lodestar.findings.words import count, money, percent, plural, start

__all__ = ["stop"]


def stop(results: Mapping[str, Any]) -> Finding | Absent:
    """Return what could be stopped to make room, and what stopping has cost so far."""
    section = results["roadmap"]
    if not section["stop"]:
        reason = str(section["stop_reason"])
        return Absent("roadmap.stop", WORKBOOK, reason, ("activities", "upkeep"))
    return Finding(
        "roadmap.stop",
        WORKBOOK,
        _sentence(results),
        _advice(results),
        ("/roadmap/stop", "/roadmap/stopping"),
        "Activities under way that serve none of the purposes you declared, and capabilities held "
        "above target. Some must go on by law or habit of trade: this is where to ask, no verdict.",
    )


def _sentence(results: Mapping[str, Any]) -> str:
    """Return what could be let go, in effort and money."""
    section = results["roadmap"]
    price, idle = section["stopping"], _idle(section)
    cost = price["cost_year"]
    held = None if cost is None else money(cost, results["currency"])
    if not idle:
        cells = plural(len(section["stop"]), "capability", "capabilities")
        return f"Holding {cells} above target costs {held} a year"
    many = start(plural(len(idle), "activity", "activities"))
    verb = "serves" if len(idle) == 1 else "serve"
    takes = "takes" if len(idle) == 1 else "take"
    head = f"{many} under way {verb} no purpose you declared and {takes}"
    head = f"{head} {percent(price['share'])} of all effort"
    return head if held is None else f"{head}; levels above target cost a further {held} a year"


def _idle(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for row in section["stop"] if row["kind"] == "activity"]


def _advice(results: Mapping[str, Any]) -> str:
    """Return how to stop, with what has been abandoned already."""
    section = results["roadmap"]
    price = section["stopping"]
    if not _idle(section):
        return "Let these levels fall to target, and give what that frees to the plan."
    ask = "Ask of each who would miss it; end at once, by name, what nobody would"
    if price["would_be"] == price["abandoned"]:
        return f"{ask}."
    gone = f"{count(price['abandoned'])} of {count(price['started'])} begun were given up already"
    return f"{ask}. Switching has a price: {gone}, with all of these it would be " + (
        f"{count(price['would_be'])}."
    )
