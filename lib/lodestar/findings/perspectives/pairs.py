"""Sentences on paired questions: importance against performance, knowing against doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, first_name, group_name, mark
from lodestar.findings.words import between, named, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["importance", "know_do", "shown_pairs"]

IMPORTANCE, KNOW_DO = "perspectives.importance", "perspectives.know_do"
WHOLE = ("customer", "partner", "employee", "manager", "executive")


def shown_pairs(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with numbers, each with its place in results, the widest gap first."""
    found = [{**row, "place": i} for i, row in enumerate(rows) if row["gap"] is not None]
    return sorted(found, key=lambda row: (-row["gap"], row["place"]))


def importance(results: Mapping[str, Any]) -> Finding | Absent:
    """Return where performance falls furthest short of importance."""
    rows = _whole(results["perspectives"]["importance_performance"])
    if not rows:
        return _absent(results, IMPORTANCE, "importance_performance")
    group = "customer" if any(r["group"] == "customer" for r in rows) else rows[0]["group"]
    own = [row for row in rows if row["group"] == group]
    short = [row for row in own if row["low"] > 0]
    reading = (
        f"Means 1–5 by {group_name(results['labels'], group)}; importance–performance gap = "
        "importance − performance, band = 95 % interval."
    )
    pointers = tuple(f"/perspectives/importance_performance/{r['place']}" for r in short or own[:1])
    return Finding(
        IMPORTANCE, WORKBOOK, _short(results, own, short), _mend(short), pointers, reading
    )


def know_do(results: Mapping[str, Any]) -> Finding | Absent:
    """Return where people know what to do and do it least."""
    rows = _whole(results["perspectives"]["know_do"])
    if not rows:
        return _absent(results, KNOW_DO, "know_do")
    behind = [row for row in rows if row["low"] > 0]
    reading = (
        "Means 1–5 of “I know …” and “in the last three months we did …”; know–do gap = know − do, "
        "band = 95 % interval. It is another pair than importance and performance."
    )
    pointers = tuple(f"/perspectives/know_do/{row['place']}" for row in (behind or rows)[:1])
    advice = (
        "Do not train what is known: remove what keeps people from doing it, measures and time "
        "first."
        if behind
        else "People act on what they know; where practice falls short, teach what is missing."
    )
    return Finding(KNOW_DO, WORKBOOK, _undone(results, rows, behind), advice, pointers, reading)


def _whole(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the shown rows of whole stakeholder groups, the widest gap first."""
    return [row for row in shown_pairs(rows) if row["group"] in WHOLE]


def _absent(results: Mapping[str, Any], slot: str, name: str) -> Absent:
    """Return why there is no such pair."""
    reason = results["perspectives"].get(f"{name}_reason") or (
        "No group is large enough on both questions of a pair to be shown."
    )
    return Absent(slot, WORKBOOK, reason, ("respondents", "responses"))


def _short(
    results: Mapping[str, Any], own: list[dict[str, Any]], short: list[dict[str, Any]]
) -> str:
    """Return the widest shortfall, or that there is none."""
    labels, row = results["labels"], own[0]
    who = first_name(labels, row["group"])
    subject = named(labels["dimension"], row["dimension"])
    if not short:
        return (
            f"{who} miss nothing clearly: on none of {plural(len(own), 'subject')} does "
            "performance fall short of importance beyond chance"
        )
    return (
        f"{who} miss most on {subject}: importance {mark(row['importance'])}, performance "
        f"{mark(row['performance'])} (gap {numeral(row['gap'], '.1f')}, "
        f"{between(row['low'], row['high'])})"
    )


def _mend(short: list[dict[str, Any]]) -> str:
    """Return what to do about the shortfall."""
    if not short:
        return "Keep what works; ask whether some effort buys more than customers value."
    return "Mend what is both important and weak first; leave what is weak and unimportant."


def _undone(
    results: Mapping[str, Any], rows: list[dict[str, Any]], behind: list[dict[str, Any]]
) -> str:
    """Return the widest gap between knowing and doing, or that there is none."""
    labels, row = results["labels"], (behind or rows)[0]
    who, subject = group_name(labels, row["group"]), named(labels["dimension"], row["dimension"])
    if not behind:
        return start(f"{who} do what they know: no gap on {subject} or elsewhere beyond chance")
    return start(
        f"{who} know more than they do, most on {subject}: know {mark(row['know'])}, do "
        f"{mark(row['do'])} (gap {numeral(row['gap'], '.1f')}, {between(row['low'], row['high'])})"
    )
