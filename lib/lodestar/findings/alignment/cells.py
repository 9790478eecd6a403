"""Sentences on single cells: the gaps that weigh most, and what stands above target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lodestar.findings.alignment.waiting import gained
from lodestar.findings.alignment.whole import WORKBOOK, answering
from lodestar.findings.model import Absent, Finding
from lodestar.findings.spans import quoted, steps
from lodestar.findings.words import money, named, percent, plural, start

__all__ = ["gaps", "overshoot", "worst_sentence"]

EVEN = 1e-9


def gaps(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.gaps``: what the heaviest cells carry."""
    alignment = results["alignment"]
    if not alignment["gaps"]:
        reason = str(alignment["gaps_reason"])
        return Absent("alignment.gaps", WORKBOOK, reason, answering(alignment, "ratings"))
    evidence = ("/alignment/gaps/0", "/alignment/worst")
    reading = (
        "Gap = present − target in levels; number in the cell. Below target is shaded, above is "
        "outlined; ordered by weight × gap²."
    )
    first = alignment["gaps"][0]
    if abs(first["gap"]) < EVEN:
        said, advice = "Every rated cell stands at its target", "Nothing to close; keep it so."
        return Finding("alignment.gaps", WORKBOOK, said, advice, evidence, reading)
    return Finding(
        "alignment.gaps", WORKBOOK, _carried(results), _first(results), evidence, reading
    )


def overshoot(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the slot ``alignment.overshoot``: where not to act, and what is tied up there."""
    alignment = results["alignment"]
    if not alignment["gaps"]:
        reason, tables = str(alignment["gaps_reason"]), answering(alignment, "ratings", "upkeep")
        return Absent("alignment.overshoot", WORKBOOK, reason, tables)
    above = alignment["overshoot"]
    evidence = ("/alignment/overshoot",)
    reading = (
        "Cells above their target at the chosen level; cost = levels above × upkeep a year of a "
        "level."
    )
    if not above["cells"]:
        said = "No rated cell stands above its target"
        advice = "Nothing is tied up there; every step up still serves the level you chose."
        return Finding("alignment.overshoot", WORKBOOK, said, advice, evidence, reading)
    said = f"{start(plural(len(above['cells']), 'cell'))} above target {_tied(results)}"
    return Finding("alignment.overshoot", WORKBOOK, said, _where(results), evidence, reading)


def worst_sentence(results: Mapping[str, Any]) -> str:
    """Return what closing the heaviest gap would gain; empty when there is none."""
    alignment = results["alignment"]
    rows = alignment["gaps"]
    if alignment["index"] is None or not rows or abs(rows[0]["gap"]) < EVEN:
        return ""
    return f"The gap that weighs most is {_place(results, rows[0])}, {_off(rows[0])}."


def _carried(results: Mapping[str, Any]) -> str:
    """Return the share that the worst cells carry."""
    worst = results["alignment"]["worst"]
    every = len(results["alignment"]["gaps"])
    cells = plural(worst["cells"], "cell")
    carry = "carries" if worst["cells"] == 1 else "carry"
    return f"{start(cells)} of {every} {carry} {percent(worst['share'])} of the misalignment"


def _first(results: Mapping[str, Any]) -> str:
    """Return where to begin and what it gains."""
    rows = results["alignment"]["gaps"]
    row = next((row for row in rows if not row["blocked_by"]), rows[0])
    gain = f"{'about ' if row['gain'] >= 1 else ''}{gained(row['gain'])}"
    place = f"{_place(results, row)}, {_off(row)}"
    said = f"bringing it there alone adds {gain} to the index."
    if not rows[0]["blocked_by"]:
        return f"Begin with {place}: {said}"
    need = quoted(named(results["labels"]["capability"], rows[0]["blocked_by"][0]))
    return (
        f"The heaviest, {_place(results, rows[0])}, waits for {need} there. Of those that wait for "
        f"nothing begin with {place}: {said}"
    )


def _place(results: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    labels = results["labels"]
    capability = quoted(named(labels["capability"], row["capability"]))
    return f"{capability} in {named(labels['function'], row['function'])}"


def _off(row: Mapping[str, Any]) -> str:
    side = "below" if row["gap"] < 0 else "above"
    return f"{steps(row['gap'])} {side} its target"


def _tied(results: Mapping[str, Any]) -> str:
    """Return what the cells above target cost, as far as upkeep tells."""
    above = results["alignment"]["overshoot"]
    one = len(above["cells"]) == 1
    if above["cost_year"] is None:
        verb = "accounts" if one else "account"
        return f"{verb} for {percent(above['share'])} of the misalignment"
    every = above["costed"] == len(above["cells"])
    some = "" if every else f", as far as {above['costed']} are costed"
    cost = money(above["cost_year"], str(results["currency"]))
    return f"{'ties' if one else 'tie'} up {cost} a year{some}"


def _where(results: Mapping[str, Any]) -> str:
    """Return where not to invest."""
    above = results["alignment"]["overshoot"]
    first = above["cells"][0]
    place = f"{_place(results, first)}, {_off(first)}"
    if above["cost_year"] is None:
        return f"Do not invest there first. Fill `upkeep` to see the cost; furthest above: {place}."
    return f"Do not invest there; ask what the extra level earns, first in {place}."
