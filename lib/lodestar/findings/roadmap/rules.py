"""Rules that stand in the way of any plan, and the smallest way out, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.roadmap.told import quoted
from lodestar.findings.words import joined, money, named

__all__ = ["relax_words", "rule_words"]


def relax_words(results: Mapping[str, Any]) -> list[str]:
    """Return each rule to relax as what to do about it."""
    return [rule_words(results, rule) for rule in results["roadmap"]["relax"]]


def rule_words(results: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
    """Return what to do about one rule, with how much more is needed."""
    kind, names = rule["rule"], rule["names"]
    if kind == "budget":
        return joined([_money(results, names[0], more) for more in rule["more"]])
    if kind == "capacity":
        return _people(results, names[0], rule["more"])
    told = [quoted(results, name) for name in names]
    words = {
        "earliest": "let {0} start earlier",
        "excludes": "let {0} and {1} both be done",
        "requires": "let {0} go without {1}",
        "must-not": "allow {0}",
        "must": "do not insist on {0}",
    }
    return words[kind].format(*told)


def _money(results: Mapping[str, Any], kind: str, more: Mapping[str, Any]) -> str:
    """Return how much more money is needed by when."""
    amount = money(more["amount"], results["currency"])
    return f"grant {amount} more of {kind} budget by {more['period']}"


def _people(results: Mapping[str, Any], function: str, more: list[dict[str, Any]]) -> str:
    """Return how many more person-months a function needs, and when."""
    name = named(results["labels"]["function"], function)
    parts = [f"{row['amount']:.1f} in {row['period']}" for row in more]
    return f"find more person-months in {name} ({joined(parts)})"
