"""The sentence on milestones: which leading indicator should have turned by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import short
from lodestar.findings.roadmap.told import WORKBOOK, month_after, quoted
from lodestar.findings.words import named, plural, start

__all__ = ["indicator_words", "milestones", "ratings_due", "unsigned"]

NAME = 60


def milestones(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the first sign that should turn, and which investments have none."""
    section = results["roadmap"]
    rows = section["milestones"]
    if not rows:
        reason = str(section["milestones_reason"])
        tables = ("indicators", "effects") if section["chosen"] else ()
        return Absent("roadmap.milestones", WORKBOOK, reason, tables)
    return Finding(
        "roadmap.milestones",
        WORKBOOK,
        _sentence(results),
        _advice(results),
        ("/roadmap/milestones", "/roadmap/chosen"),
        "Month in which half of the effect should be there: delivery, delay, half of the rise, "
        "and the lags of the links on the way. Only signs that the links are sure of.",
    )


def indicator_words(results: Mapping[str, Any], key: str) -> str:
    """Return the name of an indicator, cut at a word."""
    return short(named(results["labels"]["indicator"], key), NAME)


def unsigned(section: Mapping[str, Any]) -> list[str]:
    """Return chosen investments that no indicator will tell of."""
    signed = {row["investment"] for row in section["milestones"]}
    return [key for key in section["chosen"] if key not in signed]


def ratings_due(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the next ratings should show of investments that no indicator tells of.

    Parameters
    ----------
    results : mapping
        Results with the section ``roadmap``.

    Returns
    -------
    list of dict
        ``{investment, capability, function, month, change}``: each promise of a chosen investment
        without a sign that lifts a capability, in levels as promised, by the month of its full
        effect; earliest first, then the largest.
    """
    section = results["roadmap"]
    full = {row["investment"]: row["full_month"] for row in section["investments"]}
    known, waiting = results["labels"]["capability"], set(unsigned(section))
    rows = [
        {
            "investment": made["investment"],
            "capability": made["target"],
            "function": made["function"],
            "month": full[made["investment"]],
            "change": made["change"],
        }
        for made in section["returns"]["promises"]
        if made["investment"] in waiting and made["target"] in known and made["change"] > 0
    ]
    return sorted(rows, key=lambda row: (row["month"], row["investment"], -row["change"]))


def _sentence(results: Mapping[str, Any]) -> str:
    """Return the first sign and how many investments go without one."""
    section = results["roadmap"]
    first, many = section["milestones"][0], len(unsigned(section))
    moves = "fall" if first["expected"] == "down" else "rise"
    name = f"“{indicator_words(results, first['indicator'])}”"
    head = f"The first sign is {name}: it should {moves} by {_when(results, first)}"
    if not many:
        return f"{head}; every investment of the plan has a sign"
    verb = "has" if many == 1 else "have"
    return f"{head}; {plural(many, 'investment')} of the plan {verb} no sign to watch"


def _when(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    return month_after(results["as_of"], round(row["month"]))


def _advice(results: Mapping[str, Any]) -> str:
    """Return what to ask when a sign fails, or where to place one."""
    section = results["roadmap"]
    wrong = [row for row in section["milestones"] if not row["good"]]
    if wrong:
        name = f"“{indicator_words(results, wrong[0]['indicator'])}”"
        return (
            f"Agree before the start how much worse {name} may get: "
            f"{quoted(results, wrong[0]['investment'])} pushes it the wrong way."
        )
    first = section["milestones"][0]
    ask = f"If it has not turned by then, ask what became of {quoted(results, first['investment'])}"
    many = unsigned(section)
    place = f"; choose a sign for {quoted(results, many[0])} before it starts" if many else ""
    return start(f"{ask}{place}.")
