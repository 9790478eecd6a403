"""Sentences on insular functions: what they see of their own work and others do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, mark
from lodestar.findings.words import named, plural, start

__all__ = ["blind_spots"]

SLOT = "perspectives.blind_spots"


def blind_spots(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which functions rate their own work a level above what others see."""
    section = results["perspectives"]
    known = [(i, row) for i, row in enumerate(section["insular"]) if row["own"] is not None]
    if not known:
        reason = section.get("insular_reason") or (
            "Too few raters on one side to show own views against others'."
        )
        return Absent(SLOT, WORKBOOK, reason, ("ratings",))
    found = [(i, row) for i, row in known if row["insular"]]
    told = found or known
    return Finding(
        SLOT,
        WORKBOOK,
        _insular(results, found) if found else _open(results, known[0][1]),
        _advice(bool(found)),
        tuple(f"/perspectives/insular/{i}" for i, _ in told),
        "Level 1–5, medians of raters over the capabilities both sides rated; insular: a level or "
        "more above others, and above customers where they were asked. Our synthesis.",
    )


def _insular(results: Mapping[str, Any], found: list[tuple[int, dict[str, Any]]]) -> str:
    """Return the widest blind spot and how many there are."""
    labels, row = results["labels"], found[0][1]
    function = named(labels["function"], row["function"])
    subject = named(labels["dimension"], row["dimension"])
    views = f"other functions {mark(row['others'])}"
    if row["customers"] is not None:
        views = f"{views}, customers {mark(row['customers'])}"
    more = f"; {plural(len(found) - 1, 'more such view')}" if len(found) > 1 else ""
    return f"{function} rates its own {subject} {mark(row['own'])}, {views}{more}"


def _open(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return that nobody is insular, and the largest distance there is."""
    labels = results["labels"]
    function = named(labels["function"], row["function"])
    subject = named(labels["dimension"], row["dimension"])
    return start(
        f"no function is insular; the widest difference is {function} on {subject}: "
        f"{mark(row['own'])} by itself, {mark(row['others'])} by others"
    )


def _advice(insular: bool) -> str:
    """Return what to do about it."""
    if insular:
        return (
            "Let the function follow one of its own cases to the customer and back before it "
            "judges again; the distance itself is the finding."
        )
    return "Functions see themselves much as others do; keep asking both sides."
