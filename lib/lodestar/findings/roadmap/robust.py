"""The sentence on robustness: which investments to start whatever comes, and which to wait for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.told import WORKBOOK, quoted
from lodestar.findings.words import count, joined, percent, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["SURE", "doubtful", "robust", "sure"]

SURE = 0.9
"""Share of draws from which on an investment is called sure."""

LEFT = 0.2
"""Share of draws from which on one that is left out is worth a word."""

NAMED = 3


def robust(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which investments of the plan hold when ratings and promises are drawn again."""
    section = results["roadmap"]
    made = section["robustness"]
    if not section["chosen"] or not made["investments"]:
        reason = str(made.get("investments_reason") or section["chosen_reason"])
        return Absent("roadmap.robust", WORKBOOK, reason, ("investments", "effects", "ratings"))
    return Finding(
        "roadmap.robust",
        WORKBOOK,
        _sentence(section),
        _advice(results),
        ("/roadmap/robustness", "/roadmap/chosen"),
        _reading(made),
    )


def sure(section: Mapping[str, Any]) -> list[str]:
    """Return investments in the plan that nearly every draw would choose, the surest first."""
    return [row["investment"] for row in _ordered(section, True) if row["share_chosen"] >= SURE]


def doubtful(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the others: in the plan and often not chosen, or left out and often chosen."""
    inside = [row for row in _ordered(section, True) if row["share_chosen"] < SURE]
    outside = [row for row in _ordered(section, False) if row["share_chosen"] >= LEFT]
    return inside[::-1] + outside


def _ordered(section: Mapping[str, Any], chosen: bool) -> list[dict[str, Any]]:
    rows = [row for row in section["robustness"]["investments"] if row["chosen"] == chosen]
    return sorted(rows, key=lambda row: (-row["share_chosen"], row["investment"]))


def _sentence(section: Mapping[str, Any]) -> str:
    """Return how many of the plan nearly every draw would choose."""
    many, total = len(sure(section)), len(section["chosen"])
    draws = section["robustness"]["draws"]
    if total == 1:
        share = section["robustness"]["investments"]
        own = next(row["share_chosen"] for row in share if row["chosen"])
        return f"The one investment in the plan is chosen in {percent(own)} of {draws} draws"
    whole = f"the {plural(total, 'investment')} in the plan"
    who = f"all of {whole}" if many == total else f"{count(many)} of {whole}"
    who = f"none of {whole}" if not many else who
    verb = "is" if many <= 1 else "are"
    return start(f"{who} {verb} chosen in at least {percent(SURE)} of {draws} draws")


def _advice(results: Mapping[str, Any]) -> str:
    """Return what to start, what to decide later, and what a wrong choice would cost."""
    section = results["roadmap"]
    firm, open_ = sure(section), doubtful(section)[:NAMED]
    parts = []
    if firm and not open_:
        parts.append("Start them as planned")
    elif firm:
        parts.append("Start those as planned")
    if open_:
        told = joined([f"{quoted(results, r['investment'])} ({_share(r)})" for r in open_])
        parts.append(f"decide on {told} last, once its promise is firmer")
        if len(open_) > 1:
            parts[-1] = f"decide on {told} last, once their promises are firmer"
    return start(f"{'; '.join(parts)}. {_behind(section['robustness'])}")


def _share(row: Mapping[str, Any]) -> str:
    where = "in the plan" if row["chosen"] else "left out"
    return f"{where}, chosen in {percent(row['share_chosen'])}"


def _behind(made: Mapping[str, Any]) -> str:
    """Return by how much the plan is behind where another set would have been better."""
    if made["behind_high"] < 0.05:
        return (
            "Where another set would do better, it gains next to nothing: under 0.1 index points "
            "in 95 % of draws."
        )
    return (
        "Where another set would do better, the plan stays within "
        f"{numeral(made['behind_high'], '.1f')} index points of it in 95 % of draws."
    )


def _reading(made: Mapping[str, Any]) -> str:
    """Return what a draw is."""
    what = "raters are drawn again as whole persons, and " if made["ratings_redrawn"] else ""
    return (
        f"Share of {made['draws']} draws in which each would be chosen. In a draw {what}each "
        "effect gets a size between its low and its high, counted with its chance; the best set "
        "found is kept, not proven. A share is about these two doubts, not about all that could "
        "go otherwise."
    )
