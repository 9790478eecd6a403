"""Sentences on time: the index month by month, and the plan with those who stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.choice import missing
from lodestar.findings.roadmap.told import (
    WORKBOOK,
    apart,
    by_id,
    index_words,
    month_after,
    month_of,
    quoted,
)
from lodestar.findings.words import count, joined, plural, start

__all__ = ["at_risk", "falls", "leaves_early", "path", "path_sentence", "plan", "way_sentence"]

SEEN = 0.05
"""Index points from which a fall shows with one decimal."""

NAMED = 3


def path(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how the index moves on the way, with the dip where there is one."""
    section = results["roadmap"]
    if not section["chosen"]:
        return missing(section, "path")
    return Finding(
        "roadmap.path",
        WORKBOOK,
        path_sentence(results),
        _path_advice(results),
        ("/roadmap/path", "/roadmap/index_after"),
        f"Alignment index by month over {section['horizon_months']} months with the plan; band = "
        "95 % of draws of which promises come and how large. Today’s ratings are held.",
    )


def falls(section: Mapping[str, Any]) -> bool:
    """Tell whether the path has a dip that a person can see."""
    dip = section["dip"]
    return dip["index"] is not None and dip["index"] < section["path"][0]["index"] - SEEN


def path_sentence(results: Mapping[str, Any]) -> str:
    """Return the way of the index in words: where it falls, where it is back, where it ends."""
    section = results["roadmap"]
    first, last = section["path"][0], section["path"][-1]
    decimals = apart(first["index"], last["index"])
    low, high = index_words(last["low"], decimals), index_words(last["high"], decimals)
    end = f"{index_words(last['index'], decimals)} ({low} to {high})"
    then = month_after(results["as_of"], last["month"])
    return f"{way_sentence(results)}; it stands at {end} in {then}"


def way_sentence(results: Mapping[str, Any]) -> str:
    """Return whether the index falls on the way, and when it is back."""
    section, day = results["roadmap"], results["as_of"]
    now, dip = section["path"][0]["index"], section["dip"]
    if not falls(section):
        return f"The index does not fall below today’s {index_words(now)} on the way"
    decimals = apart(now, dip["index"])
    least, month = index_words(dip["index"], decimals), month_after(day, dip["month"])
    fall = f"The index falls from {index_words(now, decimals)} to {least} in {month}"
    if dip["back_month"] is None:
        return f"{fall} and is not back by the end"
    return f"{fall} and is back in {month_after(day, round(dip['back_month']))}"


def _path_advice(results: Mapping[str, Any]) -> str:
    """Return what to tell the board before the index falls, or when to expect a first point."""
    section, day = results["roadmap"], results["as_of"]
    if falls(section):
        worst = month_after(day, section["dip"]["month"])
        return f"Say so before you begin: judged in {worst}, the plan is judged at its lowest."
    rows = section["path"]
    gained = [row for row in rows if row["index"] >= rows[0]["index"] + 1]
    if not gained:
        return "The plan adds less than one point: do not expect anyone to notice."
    return (
        f"Expect the first whole point in {month_after(day, gained[0]['month'])}; if it is not "
        "there, ask which promise did not come."
    )


def plan(results: Mapping[str, Any]) -> Finding | Absent:
    """Return when each investment starts, and whose sponsor leaves before it shows."""
    section = results["roadmap"]
    if not section["chosen"]:
        return missing(section, "plan")
    return Finding(
        "roadmap.plan",
        WORKBOOK,
        _plan_sentence(section),
        _plan_advice(results),
        ("/roadmap/chosen", "/roadmap/investments"),
        "Bar: from the start to delivery; line: until the whole effect is there; the owner stands "
        "beside. Dashed arrow: required by. Red: when a sponsor leaves before any effect can show.",
    )


def leaves_early(row: Mapping[str, Any]) -> bool:
    """Tell whether a chosen investment's sponsor leaves before its first effect can show."""
    if row["sponsor_until"] is None or row["first_month"] is None:
        return False
    return bool(row["sponsor_month"] < row["first_month"])


def at_risk(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return chosen investments whose sponsor leaves too soon, the first to go first."""
    rows = by_id(section)
    found = [rows[key] for key in section["chosen"] if leaves_early(rows[key])]
    return sorted(found, key=lambda row: (row["sponsor_until"], row["investment"]))


def _plan_sentence(section: Mapping[str, Any]) -> str:
    """Return when the plan starts, and how many lose their sponsor."""
    rows, many = by_id(section), len(section["chosen"])
    quarters = sorted(rows[key]["start"] for key in section["chosen"])
    head = f"{start(plural(many, 'investment'))} {'starts' if many == 1 else 'start'}"
    same = quarters[0] == quarters[-1]
    head += f" in {quarters[0]}" if same else f" between {quarters[0]} and {quarters[-1]}"
    risky = len(at_risk(section))
    if not risky:
        return f"{head}; no sponsor is known to leave before the effect shows"
    who = "it" if many == 1 else "all" if risky == many else count(risky)
    verb = "loses its sponsor" if risky == 1 else "lose their sponsors"
    return f"{head}; {who} {verb} before any effect can show"


def _plan_advice(results: Mapping[str, Any]) -> str:
    """Return whose succession to settle first."""
    risky = at_risk(results["roadmap"])
    if not risky:
        return "Ask each sponsor once a quarter; work that loses its sponsor seldom pays back."
    names = joined([quoted(results, row["investment"]) for row in risky[:NAMED]])
    more = f", and for {plural(len(risky) - NAMED, 'other')}" if len(risky) > NAMED else ""
    goes = f"the first sponsor goes in {month_of(risky[0]['sponsor_until'])}"
    return f"Name before the start who follows as sponsor of {names}{more}: {goes}."
