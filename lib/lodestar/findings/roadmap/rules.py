"""Rules in words: the smallest way out where no plan keeps them, and what a plan leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.roadmap.told import quoted
from lodestar.findings.words import joined, money, named
from lodestar.schema.numerals import numeral

__all__ = ["left_words", "relax_words", "rule_words"]


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
    parts = [f"{numeral(row['amount'], '.1f')} in {row['period']}" for row in more]
    return f"find more person-months in {name} ({joined(parts)})"


def left_words(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return why the plan does without an investment."""
    why = row["left_by"]
    rule, told = why["rule"], joined([quoted(results, name) for name in why["names"]])
    words = {
        "must-not": "you ruled it out",
        "excludes": f"it cannot be done beside {told}",
        "requires": f"it requires {told}, which the plan does without",
        "gain": "beside the plan it would not bring the index closer",
        "late": "it would show too late for the months the plan is judged by",
        "swap": "it would fit; the search found nothing better than the plan without it",
    }
    return words[rule] if rule in words else _lacks(results, why["short"])


def _lacks(results: Mapping[str, Any], short: list[dict[str, Any]]) -> str:
    """Return what the plan leaves too little of."""
    parts = []
    for row in short:
        if row["kind"] == "budget":
            amount = money(row["lacks"], results["currency"])
            parts.append(f"{amount} of {row['name']} budget by {row['period']}")
        else:
            name = named(results["labels"]["function"], row["name"])
            parts.append(
                f"{numeral(row['lacks'], '.1f')} person-months of {name} in {row['period']}"
            )
    return f"beside the plan it lacks {joined(parts)}"
