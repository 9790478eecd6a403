"""Sentences on conflicts that reach customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.conflicts.pairs_words import WORKBOOK
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import joined, named, plural, start
from lodestar.schema.numerals import numeral

__all__ = ["customer", "customer_items"]


def customer(results: Mapping[str, Any]) -> Finding | Absent:
    """Return which outcomes for customers rewarded measures lower."""
    section = results["conflicts"]
    if not any(n["kind"] in ("customer", "partner") for n in _outcomes(section)):
        reason = "No outcome for customers or partners is registered."
        return Absent("conflicts.customer", WORKBOOK, reason, ("outcomes", "links"))
    found = customer_items(section)
    if not found:
        headline = "No rewarded measure and no rule lowers what customers get"
        advice = "Keep it so: check each new measure against this map before it is paid for."
        pointers: tuple[str, ...] = ("/conflicts/items_total",)
    else:
        headline, advice = _customer_words(results, found)
        pointers = tuple(f"/conflicts/items/{section['items'].index(i)}" for i in found[:5])
    reading = (
        "The ten worst: severity 0–1, shaded by the weakest evidence on the path (dark: measured); "
        f"the line is the threshold {numeral(section['threshold'], 'g')}. A rule counts as "
        "severe only where "
        "somebody is paid along its path."
    )
    shown = reading if found else ""
    return Finding("conflicts.customer", WORKBOOK, headline, advice, pointers, shown)


def customer_items(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the clear conflicts with customers' outcomes, rules included, severe ones first."""
    kinds = [i for i in section["items"] if i["kind"] in ("customer", "policy")]
    clear = [i for i in kinds if not (i["contested"] or i["conditional"])]
    return sorted(clear, key=lambda item: not item["severe"])


def _outcomes(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [n for n in section["register"]["nodes"] if n["group"] == "outcome"]


def _customer_words(results: Mapping[str, Any], found: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the headline and advice: which outcome is hit most, by whom."""
    severe = [item for item in found if item["severe"]]
    found, badly = severe or found, "severely " if severe else ""
    totals: dict[str, float] = {}
    for item in found:
        totals[item["b"]] = totals.get(item["b"], 0.0) + item["severity"]
    most = min(totals, key=lambda key: (-round(totals[key], 9), key))
    measures = {i["a"] for i in found if i["kind"] == "customer"}
    rules = {i["a"] for i in found if i["kind"] == "policy"}
    lowering = [plural(len(measures), "rewarded measure")] if measures else []
    lowering += [plural(len(rules), "rule")] if rules else []
    verb = "lowers" if len(measures) + len(rules) == 1 else "lower"
    headline = (
        f"{start(joined(lowering))} {badly}{verb} what customers get; "
        f"“{node(results, most)}” is hit hardest"
    )
    return headline, _customer_advice(results, most, found)


def _customer_advice(results: Mapping[str, Any], outcome: str, found: list[dict[str, Any]]) -> str:
    names = results["labels"]["function"]
    hitting = [i["function_a"] for i in found if i["b"] == outcome and i["function_a"]]
    most = [named(names, function) for function in dict.fromkeys(hitting)][:2]
    who = f"Bring {joined(most)} to one table about it" if most else "Review the rule behind it"
    promises = [p for p in results["conflicts"]["promises"] if p["outcome"] == outcome]
    if promises:
        names = results["labels"]["activity"]
        promise = joined([f"“{named(names, p['activity'])}”" for p in promises[:2]])
        verb = "promises" if len(promises) == 1 else "promise"
        return f"{who}: {promise} {verb} what your rewards work against."
    return f"{who} before the next campaign promises more of it."
