"""Sentences on what moved between periods, and what only looks as if it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.level.standing import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import few_of, quoted, span, steps
from lodestar.findings.words import count, joined, named, plural, signed, start

__all__ = ["SAID", "moved", "newest", "trend"]

TABLES = ("context", "ratings", "respondents", "responses")
SAID = {
    "required": "what your market asks for",
    "present": "how you work",
    "experienced": "what your customers experience",
}
READING = (
    "Level 1–5 by period; band = 80 % interval. A change is more than noise when its own 80 % "
    "interval leaves out 0; of five levels that stood still, one looks as if it had moved. Whoever "
    "answered in both periods is compared with their own earlier answers."
)
NO_RATINGS = "Rate capabilities in two periods to see whether your own work moved."

Change = Mapping[str, Any]


def trend(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``level.trend``: what moved, what did not beyond noise, and what to do."""
    found, names = results["level"]["trend"], results["labels"]["dimension"]
    if not found["changes"]:
        tables = TABLES if len(found["periods"]) > 1 else ()
        return Absent("level.trend", WORKBOOK, str(found["changes_reason"]), tables)
    told = [change for kind in SAID if (change := _told(found["changes"], kind))]
    evidence = ["/level/trend/periods", "/level/trend/changes"]
    evidence += ["/level/trend/dimensions"] if found["dimensions"] else []
    advice = f"{_work(newest(found['changes'], 'present'))} {_parts(found, names)}".strip()
    return Finding("level.trend", WORKBOOK, _headline(told), advice, tuple(evidence), READING)


def newest(changes: Sequence[Change], kind: str) -> Change | None:
    """Return the change of a level between the last two periods that know it, if there are two."""
    own = [change for change in changes if change["kind"] == kind]
    # The change from first to last, where there is one, stands behind those of neighbours.
    return own[-2] if len(own) > 1 else own[0] if own else None


def moved(change: Change) -> str:
    """Return a change with its sign and interval.

    Examples
    --------
    >>> moved({"change": -0.53, "low": -0.9, "high": -0.1})
    '−0.5 (−0.9 to −0.1)'
    >>> moved({"change": -0.04, "low": -0.1, "high": 0.02})
    '±0.0 (−0.1 to 0.0)'
    """
    size = "±0.0" if abs(change["change"]) < 0.05 else signed(change["change"], 1)
    return f"{size}{span(change)}"


def _told(changes: Sequence[Change], kind: str) -> Change | None:
    """Return the change to tell: the newest, unless only the one from first to last is clear."""
    last = newest(changes, kind)
    whole = next((change for change in reversed(changes) if change["kind"] == kind), None)
    if whole is None or last is None or last["beyond_noise"]:
        return last
    return whole if whole["beyond_noise"] else last


def _headline(told: Sequence[Change]) -> str:
    """Return what moved beyond noise, then what did not, then what cannot be told."""
    parts = []
    if clear := [_clear(change) for change in told if change["beyond_noise"]]:
        parts.append(joined(clear))
    if still := [change for change in told if change["beyond_noise"] is False]:
        names = joined([SAID[change["kind"]] for change in still])
        within = f"{names} did not move beyond noise"
        parts.append(within if clear else f"{within} since {still[0]['from']}")
    if dim := [SAID[change["kind"]] for change in told if change["beyond_noise"] is None]:
        parts.append(f"whether {joined(dim)} moved cannot be told, for too few were asked")
    return start("; ".join(parts))


def _clear(change: Change) -> str:
    """Return a change beyond noise as a clause."""
    rose, size = change["change"] > 0, change["change"]
    ends = {"low": change["low"], "high": change["high"]}
    if not rose:
        ends = {"low": -change["high"], "high": -change["low"]}
    far = f"{steps(size)}{span(ends)}" if abs(size) >= 0.05 else "less than 0.1 of a level"
    return f"{SAID[change['kind']]} {'rose' if rose else 'fell'} by {far} since {change['from']}"


def _work(last: Change | None) -> str:
    """Return what the newest change in how you work may be reported as."""
    if last is None:
        return NO_RATINGS
    rose = last["change"] > 0
    if last["beyond_noise"] is None:
        return "Have more people rate: too few did to tell a change in how you work from noise."
    if not last["beyond_noise"]:
        word, as_what = ("rise", "progress") if rose else ("fall", "a setback")
        return f"Do not report the {word} in how you work, {moved(last)}, as {as_what} yet."
    if last["like_for_like"]["beyond_noise"] is False:
        same = moved(last["like_for_like"])
        return f"Do not report it: over what was rated both times how you work moved {same}."
    return "Report the rise in how you work." if rose else "Ask what slipped in how you work."


def _parts(found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return which dimensions moved beyond noise, against how many would by chance."""
    tested = [row for row in found["dimensions"] if row["beyond_noise"] is not None]
    clear = sorted(
        (row for row in tested if row["beyond_noise"]), key=lambda row: -abs(row["change"])
    )
    if not tested:
        return ""
    if not clear:
        return f"None of its {plural(len(tested), 'dimension')} moved beyond noise."
    said = few_of([f"{quoted(named(dict(names), row['dimension']))} {moved(row)}" for row in clear])
    chance = count(max(1, round(found["dimensions_by_chance"])))
    return (
        f"Of its {plural(len(tested), 'dimension')} {count(len(clear))} moved beyond noise: {said};"
        f" about {chance} would by chance, so ask what was done there before you believe it."
    )
