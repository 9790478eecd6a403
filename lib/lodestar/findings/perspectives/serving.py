"""Sentences on blind spots along the chain: what those who serve see, and those they serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.names import WORKBOOK, group_name, mark
from lodestar.findings.spans import quoted
from lodestar.findings.words import between, count, named, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["serving", "shown_views", "side_name"]

SLOT = "perspectives.serving"


def side_name(labels: Mapping[str, Any], row: Mapping[str, Any], side: str) -> str:
    """Return one side's name: a group of the survey, or a function that rated.

    Examples
    --------
    >>> labels = {"group": {"customer": "Customers"}, "function": {"sales": "Sales"}}
    >>> side_name(labels, {"served": "customer", "basis": "survey"}, "served")
    'customers'
    """
    if row["basis"] == "survey":
        return group_name(labels, row[side])
    return str(named(labels["function"], row[side]))


def shown_views(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the views that may be shown, each with its place, blind spots and wide ones first."""
    rows = results["perspectives"]["serving"]
    found = [{**row, "place": i} for i, row in enumerate(rows) if row["distance"] is not None]
    return sorted(found, key=lambda row: (not row["blind"], row["place"]))


def serving(results: Mapping[str, Any]) -> Finding | Absent:
    """Return where those who serve rate higher than those whom they serve."""
    rows = shown_views(results)
    if not rows:
        reason = results["perspectives"].get("serving_reason") or (
            "Too few people on one side to show what those who serve and those served see."
        )
        return Absent(SLOT, WORKBOOK, reason, ("respondents", "responses", "value_chain"))
    blind = [row for row in rows if row["blind"]]
    told = blind or rows[:1]
    return Finding(
        SLOT,
        WORKBOOK,
        _headline(results["labels"], rows, blind),
        _advice(rows, blind),
        tuple(f"/perspectives/serving/{row['place']}" for row in told),
        _reading(rows),
    )


def _advice(rows: list[dict[str, Any]], blind: list[dict[str, Any]]) -> str:
    """Return what to do: those served may also see more than those who serve."""
    if blind:
        return (
            "Let those who serve sit with those they serve for a day, on these subjects, before "
            "they rate themselves again."
        )
    more = [row for row in rows if row["high"] is not None and row["high"] < 0]
    if more:
        return (
            f"Those served see more than those who serve on {plural(len(more), 'subject')}: ask "
            "them what they value before you change it."
        )
    return "No difference shows beyond chance: spend the effort on mending, not on convincing."


def _headline(
    labels: Mapping[str, Any], rows: list[dict[str, Any]], blind: list[dict[str, Any]]
) -> str:
    """Return on how many subjects those who serve rate higher, and where most."""
    row = (blind or rows)[0]
    own, other = (side_name(labels, row, side) for side in ("serving", "served"))
    subject = quoted(str(named(labels["dimension"], row["dimension"])))
    marks = f"{own} {mark(row['mean_serving'])} of 5, {other} {mark(row['mean_served'])}"
    if row["low"] is not None:
        marks = (
            f"{marks} (delta {numeral(row['delta'], '.2f')}, {between(row['low'], row['high'], 2)})"
        )
    if not blind:
        return start(
            f"those who serve rate no subject higher beyond chance; most {subject}: {marks}"
        )
    what = "subject" if all(one["basis"] == "survey" for one in rows) else "view"
    return start(
        f"those who serve rate {count(len(blind))} of {plural(len(rows), what)} higher than "
        f"those they serve, most {subject}: {marks}"
    )


def _reading(rows: list[dict[str, Any]]) -> str:
    """Return what is compared, and when it counts as a blind spot."""
    text = (
        "Employees serve customers; functions serve each other where the value chain says so. A "
        "blind spot: rated higher by those who serve, beyond chance (95 %) or by a whole level."
    )
    if not all(row["same_items"] for row in rows):
        text += " Employees and customers were asked different questions on the same subjects."
    return text
