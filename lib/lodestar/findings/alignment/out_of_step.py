"""Sentences on functions: who stands apart from whom, each seen from its own targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.alignment.whole import WORKBOOK, answering
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, span, steps
from lodestar.findings.words import named

__all__ = ["functions"]

TOLD_APART = 0.05


def functions(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.functions``: the two functions furthest apart, and where."""
    alignment, labels = results["alignment"], results["labels"]
    if not alignment["pairs"]:
        reason = str(alignment["pairs_reason"])
        return Absent("alignment.functions", WORKBOOK, reason, answering(alignment, "ratings"))
    pair = alignment["pairs"][0]
    evidence = ("/alignment/pairs/0", "/alignment/functions")
    reading = (
        "Distance in levels between two functions' gaps (root mean square over capabilities, "
        "without rater noise, 80 % interval); index of each function on its own, 0–100."
    )
    apart = pair["distance"] if pair["corrected"] is None else pair["corrected"]
    if apart < TOLD_APART or (pair["low"] is not None and pair["low"] < TOLD_APART):
        said = "No two functions stand further apart than raters differ among themselves"
        advice = "Treat them alike: what has to change has to change everywhere."
        return Finding("alignment.functions", WORKBOOK, said, advice, evidence, reading)
    a, b = (named(labels["function"], pair[k]) for k in ("function_a", "function_b"))
    said = f"{a} and {b} stand furthest apart, {steps(apart)}{span(pair)}"
    advice = _advice(labels, pair, a, b)
    return Finding("alignment.functions", WORKBOOK, said, advice, evidence, reading)


def _advice(labels: Mapping[str, Any], pair: Mapping[str, Any], a: str, b: str) -> str:
    """Return on which capability to bring the two together."""
    name = quoted(named(labels["capability"], pair["capability"]))
    ahead = a if pair["difference"] > 0 else b
    return (
        f"They differ most on {name}, where {ahead} is {steps(pair['difference'])} ahead: bring "
        "the two heads together on it before investing in either."
    )
