"""The sentence on money: what less and more would reach, and how others would spend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.told import WORKBOOK, apart, index_words, quoted
from lodestar.findings.words import joined, money
from lodestar.schema.numerals import numeral

__all__ = ["HABITS", "frontier", "granted", "next_sentence"]

HABITS = {"greedy": "largest gap first", "even": "an even spread"}
SEEN = 0.05


def frontier(results: Mapping[str, Any]) -> Finding | Absent:
    """Return what the budget reaches with this plan and with two habits."""
    section = results["roadmap"]
    own = granted(section)
    if own is None:
        reason = section.get("frontier_reason") or "What must be done does not fit."
        return Absent("roadmap.frontier", WORKBOOK, str(reason), ("budgets", "investments"))
    return Finding(
        "roadmap.frontier",
        WORKBOOK,
        _sentence(results, own),
        _advice(results),
        ("/roadmap/frontier", "/roadmap/budget"),
        f"Alignment index (0–100) in {section['horizon_months']} months by total budget in "
        f"{results['currency']}, all kinds together; every point is a plan of its own.",
    )


def granted(section: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the point of the frontier at the budget granted; None where there is none."""
    rows = [row for row in section["frontier"] if row["index"] is not None]
    return next((row for row in rows if row["factor"] == 1), None)


def next_sentence(results: Mapping[str, Any]) -> str:
    """Return what the next sum of money buys; it takes a section with a next sum."""
    step = results["roadmap"]["next"][0]
    amount = f"{money(step['amount'], results['currency'])} of {step['kind']} budget"
    if step["gain"] < SEEN:
        return f"The next {amount} would buy no alignment to speak of"
    return f"The next {amount} would buy {numeral(step['gain'], '.1f')} index points"


def _sentence(results: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """Return the index of the plan and of each habit at the same budget."""
    section = results["roadmap"]
    known = {name: own[name] for name in HABITS if own[name] is not None}
    reached = section["index_after"]
    decimals = apart(reached, *known.values())
    head = (
        f"With {money(own['budget'], results['currency'])} this plan reaches an index of "
        f"{index_words(reached, decimals)}"
    )
    parts = [f"{HABITS[name]} {index_words(value, decimals)}" for name, value in known.items()]
    return f"{head}, {joined(parts)}" if parts else head


def _advice(results: Mapping[str, Any]) -> str:
    """Return whether to ask for more money, by what the next sum buys."""
    section = results["roadmap"]
    if not section["next"]:
        return "Hold each further sum against any other use of it."
    said, step = next_sentence(results), section["next"][0]
    if step["gain"] < SEEN:
        return f"{said}: look at people, order and other ideas before you ask for more."
    joins = joined([quoted(results, name) for name in step["enters"]])
    what = f" ({joins} would join)" if joins else ""
    return f"{said}{what}: hold that against any other use of the money."
