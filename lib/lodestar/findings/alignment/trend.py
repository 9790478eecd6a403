"""Sentences on what moved in alignment between periods, and what only looks as if it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.alignment.whole import WORKBOOK
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import few_of, quoted, span
from lodestar.findings.words import count, named, plural, points, signed
from lodestar.schema.numerals import numeral

__all__ = ["newest", "trend"]

READING = (
    "Index 0–100 by period, without rater noise; band = 80 % interval. Every period stands against "
    "the level chosen today. A change is more than noise when its own 80 % interval leaves out 0: "
    "an index that stood still looks moved one time in five."
)
Row = Mapping[str, Any]


def trend(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.trend``: whether alignment moved, and where."""
    found = results["alignment"]["trend"]
    if not found["changes"]:
        tables = ("ratings",) if len(found["periods"]) > 1 else ()
        return Absent("alignment.trend", WORKBOOK, str(found["changes_reason"]), tables)
    last = newest(found["changes"])
    advice = f"{_report(last)} {_where(found, results['labels'])}".strip()
    evidence = ["/alignment/trend/periods", "/alignment/trend/changes"]
    evidence += [f"/alignment/trend/{k}" for k in ("functions", "capabilities") if found[k]]
    return Finding("alignment.trend", WORKBOOK, _headline(last), advice, tuple(evidence), READING)


def newest(changes: Sequence[Row]) -> Row:
    """Return the change between the last two periods that know an index."""
    # The change from first to last, where there is one, stands behind those of neighbours.
    return changes[-2] if len(changes) > 1 else changes[0]


def _headline(last: Row) -> str:
    """Return the change of the index with its interval."""
    after = f"{points(last['after'])} of 100"
    if last["beyond_noise"] is None:
        return (
            f"Your alignment is {after}, after {points(last['before'])} in {last['from']}; whether "
            "that is more than noise cannot be told"
        )
    if not last["beyond_noise"]:
        return (
            f"Your alignment, {after}, did not move beyond noise since {last['from']}: "
            f"{signed(last['change'], 1)} points{span(last)}"
        )
    rose = last["change"] > 0
    ends = {"low": last["low"], "high": last["high"]}
    if not rose:
        ends = {"low": -last["high"], "high": -last["low"]}
    size = f"{numeral(abs(last['change']), '.1f')} points{span(ends)}"
    return f"Your alignment {'rose' if rose else 'fell'} by {size} since {last['from']}, to {after}"


def _report(last: Row) -> str:
    """Return what the change may be reported as."""
    if last["beyond_noise"] is None:
        return "Have more people rate each function before you compare periods."
    if not last["beyond_noise"]:
        word = "progress" if last["change"] > 0 else "a setback"
        return f"Do not report it as {word}."
    alike = last["like_for_like"]
    if alike["beyond_noise"] is False:
        return (
            "Do not report it: over the cells rated both times it moved "
            f"{signed(alike['change'], 1)} points{span(alike)}."
        )
    if last["change"] <= 0:
        return "Ask what slipped."
    return (
        "Report it as progress together with what was done for it: of five indices that stood "
        "still one would look so too."
    )


def _where(found: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the functions and capabilities that moved beyond noise."""
    functions = [
        f"{named(labels['function'], row['function'])} {_points(row)}"
        for row in _clear(found["functions"])
    ]
    said = f"Functions that moved: {few_of(functions, 3)}." if functions else ""
    return f"{said} {_capabilities(found, labels)}".strip()


def _capabilities(found: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Return the capabilities that moved, against how many would by chance."""
    tested = [row for row in found["capabilities"] if row["beyond_noise"] is not None]
    clear = _clear(tested)
    if not tested:
        return ""
    of = plural(len(tested), "capability", "capabilities")
    if not clear:
        return f"Of {of} none moved beyond noise."
    most = few_of(
        [
            f"{quoted(named(labels['capability'], row['capability']))} "
            f"{signed(row['change'], 1)} of a level"
            for row in clear
        ]
    )
    chance = count(max(1, round(found["capabilities_by_chance"])))
    return (
        f"Of {of} {count(len(clear))} moved beyond noise, about {chance} would by chance: {most}."
    )


def _clear(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that moved beyond noise, the largest change first."""
    return sorted((row for row in rows if row["beyond_noise"]), key=lambda r: -abs(r["change"]))


def _points(row: Row) -> str:
    return f"{signed(row['change'])} points"
