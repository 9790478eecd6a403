"""The sentence on blocked investments: what they lift rests on capabilities that are too low."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.names import short
from lodestar.findings.roadmap.choice import missing
from lodestar.findings.roadmap.told import WORKBOOK, by_id, index_words, quoted
from lodestar.findings.words import count, joined, named, percent, plural, start

__all__ = ["blocked", "blocked_ids", "capability_words"]

NAMED, STEP = 2, 44


def blocked(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which investments cannot hold what they promise, and what comes before them."""
    section = results["roadmap"]
    if not section["investments"] or section["index_before"] is None:
        return missing(section, "blocked")
    pointers = ["/roadmap/investments"]
    pointers += ["/roadmap/index_after", "/roadmap/index_holds"] if section["chosen"] else []
    return Finding(
        "roadmap.blocked",
        WORKBOOK,
        _sentence(results),
        _advice(results),
        tuple(pointers),
        "A capability cannot hold above what it rests on (a relation of the framework, "
        "our synthesis). Blocked: half or more of the rise promised is above that today. The plan "
        "and its index count every promise in full.",
    )


def blocked_ids(section: Mapping[str, Any]) -> list[str]:
    """Return ids of blocked investments, those that lose most index points first."""
    rows = by_id(section)
    names = [key for key, row in rows.items() if row["blocked"]["blocked"]]
    return sorted(names, key=lambda key: (-_lost(rows[key]), key))


def capability_words(results: Mapping[str, Any], keys: list[str]) -> str:
    """Return names of capabilities as a list, cut at a word."""
    return "; ".join(_capability(results, key) for key in keys)


def _quoted(results: Mapping[str, Any], keys: list[str]) -> str:
    return joined([f"“{_capability(results, key)}”" for key in keys])


def _capability(results: Mapping[str, Any], key: str) -> str:
    return short(named(results["labels"]["capability"], key), STEP)


def _lost(row: Mapping[str, Any]) -> float:
    """Return the index points that do not hold today."""
    return float(row["gain_alone"] - row["blocked"]["gain_holds"])


def _sentence(results: Mapping[str, Any]) -> str:
    """Return how many are blocked, how many the plan frees, and what of the plan holds."""
    section = results["roadmap"]
    names, total = blocked_ids(section), plural(len(section["investments"]), "planned investment")
    if not names:
        return f"Of {total}, none is blocked: more than half of what each lifts can hold today"
    verb = "is" if len(names) == 1 else "are"
    head = f"{start(count(len(names)))} of {total} {verb} blocked: half or more of what "
    head += "it promises" if len(names) == 1 else "each promises"
    return f"{head} rests on capabilities that are too low{_held(section)}"


def _held(section: Mapping[str, Any]) -> str:
    """Return where the plan ends if nothing holds above what it rests on."""
    if not section["chosen"] or section["index_holds"] is None:
        return ""
    after, holds = section["index_after"], section["index_holds"]
    full, held = index_words(after, 1), index_words(holds, 1)
    if full == held:
        return f"; with the plan all of it holds, and the index reaches {full}"
    return f"; if that part does not hold, the plan reaches {held} instead of {full}"


def _advice(results: Mapping[str, Any]) -> str:
    """Return what to lift first: by another investment, or by one that nobody has planned."""
    section, rows = results["roadmap"], by_id(results["roadmap"])
    names = blocked_ids(section)
    if not names:
        return "Ask again at another level: a higher target can wait for what is enough today."
    still = [key for key in names if rows[key]["chosen"] and _waits(rows[key])]
    if still:
        return _unplanned(results, still)
    opened = [key for key in names if rows[key]["blocked"]["opened_by"]]
    if opened:
        first = quoted(results, opened[0])
        before = [quoted(results, key) for key in rows[opened[0]]["blocked"]["opened_by"][:NAMED]]
        lifts = "it lifts" if len(before) == 1 else "they lift"
        return f"Deliver {joined(before)} before {first}: {lifts} what it rests on."
    low = _quoted(results, rows[names[0]]["blocked"]["by"][:NAMED])
    return f"Lift {low} before {quoted(results, names[0])}: nothing that is planned does."


def _waits(row: Mapping[str, Any]) -> bool:
    """Tell whether half or more cannot hold even with the rest of the plan."""
    return bool(row["blocked"]["share_in_plan"] >= 0.5)


def _unplanned(results: Mapping[str, Any], still: list[str]) -> str:
    """Return what the plan itself leaves too low under its own investments."""
    own = by_id(results["roadmap"])[still[0]]
    low = _quoted(results, own["blocked"]["by_in_plan"][:NAMED])
    first = quoted(results, still[0])
    more = f" ({plural(len(still) - 1, 'other')} in the plan waits too)" if len(still) == 2 else ""
    more = f" ({count(len(still) - 1)} others in the plan wait too)" if len(still) > 2 else more
    share = percent(own["blocked"]["share_in_plan"])
    return (
        f"Plan for {low} first, or expect less of {first}: {share} of what it promises has no "
        f"ground even with the whole plan{more}."
    )
