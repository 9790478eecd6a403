"""The sentence on past investments: what was promised, what came, and what that teaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.told import WORKBOOK
from lodestar.findings.words import percent, plural, start

__all__ = ["returns"]

DISCOUNT = 0.95


def returns(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how far past promises were kept, and how new ones are counted."""
    past = results["roadmap"]["returns"]
    if past["kept"] is None:
        reason = str(past["kept_reason"])
        return Absent("roadmap.returns", WORKBOOK, reason, ("investments", "effects"))
    return Finding(
        "roadmap.returns",
        WORKBOOK,
        _sentence(past),
        _advice(past),
        ("/roadmap/returns",),
        _reading(past),
    )


def _sentence(past: Mapping[str, Any]) -> str:
    """Return the share kept, against the chance that was stated for it."""
    many = plural(past["n"], "past promise")
    verb = "was" if past["n"] == 1 else "were"
    return (
        f"{start(many)} {verb} kept to {percent(past['kept'])}, where a chance of "
        f"{percent(past['chance'])} was stated; {_counted(past['factor'])}"
    )


def _counted(factor: float) -> str:
    """Return at how much of its stated chance a new promise is counted."""
    if percent(factor) == "100 %":
        return "new ones are counted as stated"
    return f"new ones are counted at {percent(factor)} of theirs"


def _advice(past: Mapping[str, Any]) -> str:
    if past["factor"] >= DISCOUNT:
        return "Write down what was observed of each effect; it keeps the next promise honest."
    return "Ask of each new promise what is different this time, and who will look afterwards."


def _reading(past: Mapping[str, Any]) -> str:
    """Return what is compared, and what is not."""
    without = len(past["effects"]) - past["n"]
    effects = plural(without, "effect")
    left = f" {start(effects)} that promised nothing left out of the mean." if without else ""
    return (
        "Promised and observed change in the unit of each target; kept counts from none to "
        f"in full.{left}"
    )
