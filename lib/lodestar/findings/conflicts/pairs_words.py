"""Sentences on conflicts: how many, how many severe, and what they set against what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.review_words import dismissed, marked
from lodestar.findings.conflicts.tension_words import tensions
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import joined, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["TABLES", "WORKBOOK", "count_sentence", "listed", "nothing", "standing", "worst"]

WORKBOOK = "03_metric_conflicts"
TABLES = ("metrics", "outcomes", "nodes", "links")


def worst(results: Mapping[str, Any]) -> Finding | Absent:
    """Return how many conflicts there are, how many are severe and reach customers."""
    section = results["conflicts"]
    if nothing(section):
        return Absent("conflicts.worst", WORKBOOK, section["items_reason"], TABLES)
    severity = (
        "Severity of one conflict, 0–1: share of reward × share of reward (or importance) × effect "
        f"× weight of evidence; severe from {numeral(section['threshold'], 'g')}."
    )
    darker = "Darker: more severity between two functions. " if section["functions"] else ""
    reading = f"{darker}{severity}{_apart(section)}{tensions(listed(section))}"
    return Finding(
        "conflicts.worst",
        WORKBOOK,
        count_sentence(results),
        _advice(results),
        ("/conflicts/items_total", "/conflicts/severe", "/conflicts/severe_reaching_customers"),
        reading,
    )


def nothing(section: Mapping[str, Any]) -> bool:
    """Tell whether there is nothing to look for conflicts in: no pay or no links."""
    register = section["register"]
    return not section["items"] and not (register["rewarded"] and register["links"])


def count_sentence(results: Mapping[str, Any]) -> str:
    """Return how many conflicts there are in one sentence, without its full stop."""
    section = results["conflicts"]
    if not section["items_total"]:
        paid = section["register"]["rewarded"]
        return f"None of your {plural(paid, 'rewarded measure')} pushes against another"
    total = plural(section["items_total"], "conflict")
    if not section["severe"]:
        return f"Your measures hold {total}; none is severe"
    severe = start(plural(section["severe"], "severe conflict"))
    return f"{severe} between your measures; {_reach(section)} the customer{marked(section)}"


def listed(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the conflicts that pages list: severe ones first, then the other clear ones."""
    clear = [i for i in section["items"] if not (i["contested"] or i["conditional"])]
    clear = [i for i in clear if i["kind"] != "within" and (i["severe"] or i["kind"] != "policy")]
    return sorted(clear, key=lambda item: not item["severe"])


def standing(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the conflicts listed that nobody has dismissed."""
    return [item for item in listed(section) if not dismissed(item)]


def _reach(section: Mapping[str, Any]) -> str:
    many = section["severe_reaching_customers"]
    if not many:
        return "none of them reaches"
    if many == section["severe"]:
        return "it reaches" if many == 1 else "all of them reach"
    return f"{plural(many, 'of them', 'of them')} {'reaches' if many == 1 else 'reach'}"


def _apart(section: Mapping[str, Any]) -> str:
    """Return what is counted and shown apart."""
    words = [
        plural(section[key], meaning)
        for key, meaning in (("contested", "contested pair"), ("conditional", "conditional pair"))
        if section[key]
    ]
    inside = sum(item["kind"] == "within" for item in section["items"])
    words += [f"{plural(inside, 'pair')} inside one function"] if inside else []
    return f" Not in the shades: {joined(words)}." if words else ""


def _advice(results: Mapping[str, Any]) -> str:
    section = results["conflicts"]
    changes = section["repairs"]["changes"]
    if not section["severe"]:
        return "No change of pay is called for; look again when a measure or a link changes."
    if not changes:
        return "No allowed change clears them: decide which of the ruled-out changes to allow."
    return (
        f"Change what is paid for before training anybody: {plural(len(changes), 'change')} in the "
        "plan below, the cheapest set that clears what can be cleared."
    )
