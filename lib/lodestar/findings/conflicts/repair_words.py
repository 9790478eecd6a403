"""Sentences on repairs: which changes to pay clear what, at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.findings.conflicts.pairs_words import TABLES, WORKBOOK, nothing
from lodestar.findings.conflicts.told import node
from lodestar.findings.model import Absent, Finding
from lodestar.findings.words import count, joined, named, plural, start
from lodestar.schema.numerals import written

__all__ = ["change_words", "left_words", "plan_sentence", "repairs", "ways_words"]


def repairs(results: Mapping[str, Any]) -> Finding | Absent:
    """Return the cheapest plan of changes, with what it clears."""
    section = results["conflicts"]
    plan = section["repairs"]
    if nothing(section) or plan["cost"] is None:
        reason = plan.get("changes_reason") or section["items_reason"]
        return Absent("conflicts.repairs", WORKBOOK, reason, TABLES)
    return Finding(
        "conflicts.repairs",
        WORKBOOK,
        plan_sentence(section),
        _advice(results),
        tuple(f"/conflicts/repairs/{key}" for key in ("changes", "before", "after", "greedy")),
        _reading(plan) if plan["changes"] else "",
    )


def _reading(plan: Mapping[str, Any]) -> str:
    """Return how good the plan is: proof, what a simpler way would cost, what could be swapped."""
    proven = (
        "proven to be the cheapest"
        if plan["optimal"]
        else f"the cheapest found, not proven: no plan costs less than {_units(plan['bound'])}"
    )
    return (
        f"Cost {_units(plan['cost'])} in your units, {proven}. {_step_by_step(plan)} "
        f"{_swaps(plan['changes'])}The register was searched again after the changes: nothing new "
        "opens. Ties go to fewest changes."
    )


def _step_by_step(plan: Mapping[str, Any]) -> str:
    """Return what taking the best value first would cost beside the plan."""
    greedy, more = plan["greedy"], plan["greedy"]["left"] - len(plan["left"])
    dearer = greedy["cost"] - plan["cost"]
    said = "Taking the change of best value first, step by step, would cost"
    if more > 0:
        noun = "conflict or orphan outcome" if more == 1 else "conflicts or orphan outcomes"
        return f"{said} {_units(greedy['cost'])} and leave {count(more)} more {noun} uncleared."
    if round(dearer, 6) > 0:
        return f"{said} {_units(greedy['cost'])}, {_units(dearer)} more."
    return f"{said} the same."


def _swaps(changes: Sequence[Mapping[str, Any]]) -> str:
    """Return how many changes every cheapest plan has; nothing where that was not tested."""
    fixed = [change["common"] for change in changes]
    if None in fixed:
        return ""
    if all(fixed):
        return "No other plan is as cheap. "
    if not any(fixed):
        return "Each change could be swapped for another at the same total cost. "
    return (
        f"{start(count(sum(fixed)))} of the {count(len(fixed))} changes "
        f"{'is' if sum(fixed) == 1 else 'are'} in every cheapest plan; the rest could be swapped "
        "for others at the same total cost. "
    )


def ways_words(change: Mapping[str, Any]) -> str:
    """Return whether a plan as cheap could do without a change, as a yes or no.

    Parameters
    ----------
    change : mapping
        An entry of ``conflicts.repairs.changes``.

    Examples
    --------
    >>> ways_words({"common": True}), ways_words({"common": None})
    ('no, in every cheapest plan', 'not tested')
    """
    if change["common"] is None:
        return "not tested"
    if change["common"]:
        return "no, in every cheapest plan"
    return "yes, one of several equally cheap ways"


def _units(cost: float) -> str:
    """Return a cost without needless decimals.

    Examples
    --------
    >>> _units(13.5), _units(2.0), _units(12345.67)
    ('13.5', '2', '12,345.67')
    """
    return written(f"{cost:,.2f}".rstrip("0").rstrip("."))


def plan_sentence(section: Mapping[str, Any]) -> str:
    """Return the plan in one sentence, without its full stop."""
    plan = section["repairs"]
    if plan["cost"] is None:
        return str(plan["changes_reason"]).removesuffix(".")
    before, after = plan["before"], plan["after"]
    if not before["severe"] and not before["orphans"]:
        return "Nothing needs a repair: no conflict is severe and every outcome has a paid helper"
    cleared = [
        _cleared(before[key], after[key], one)
        for key, one in (("severe", "severe conflict"), ("orphans", "orphan outcome"))
        if before[key] > after[key]
    ]
    if not cleared:
        return "No allowed change clears a severe conflict or an orphan outcome"
    changes = len(plan["changes"])
    verb = "clears" if changes == 1 else "clear"
    return f"{start(plural(changes, 'change'))} {verb} {joined(cleared)}"


def _cleared(before: int, after: int, one: str) -> str:
    if not after:
        return {1: f"your one {one}", 2: f"both {one}s"}.get(before, f"all {before} {one}s")
    return f"{before - after} of {before} {one}s"


def change_words(results: Mapping[str, Any], change: Mapping[str, Any]) -> str:
    """Return one change as an instruction.

    Parameters
    ----------
    results : mapping
        Sections of results.json.
    change : mapping
        An entry of ``conflicts.repairs.changes``.
    """
    name = node(results, change["metric"])
    functions = results["labels"]["function"]
    if change["change"] == "share":
        other = named(functions, change["shared_with"])
        own = named(functions, change["function"])
        return f"Let {own} and {other} answer for {name} together"
    return {
        "re-weight": f"Halve the share of reward that hangs on {name}",
        "replace": f"Move the reward from {name} to a measure without its side effects",
        "guardrail": f"Pay for {name} only while {_harmed(results, change)}",
        "assign-owner": f"Give {name} an owner, with a tenth of their reward on it",
    }[change["change"]]


def _harmed(results: Mapping[str, Any], change: Mapping[str, Any]) -> str:
    """Return what a guarded metric must not harm: the ends of its severe conflicts, worst first."""
    items = [item for item in results["conflicts"]["items"] if item["severe"]]
    ends = [item["b"] for item in items if item["a"] == change["metric"]]
    ends += [
        need[2] for need in change["eases"] if need[0] == "policy" or need[1] == change["metric"]
    ]
    names = [f"“{node(results, end)}”" for end in dict.fromkeys(ends)]
    more = [f"{len(names) - 3} more"] if len(names) > 3 else []
    return f"{joined([*names[:3], *more])} {'does' if len(names) == 1 else 'do'} not suffer"


def left_words(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what no allowed change clears, one sentence each."""
    said = []
    for name in results["conflicts"]["repairs"].get("left", []):
        if name[0] == "orphan":
            outcome = node(results, name[1])
            said.append(f"Not cleared: nobody helps “{outcome}”, paid or not; it needs a measure.")
        else:
            a, b = node(results, name[1]), node(results, name[2])
            said.append(f"Not cleared: {a} against {b}; every change that would is ruled out.")
    return tuple(said)


def _advice(results: Mapping[str, Any]) -> str:
    plan = results["conflicts"]["repairs"]
    if not plan["changes"]:
        return "Look again when a measure, its reward or a link changes."
    weight: dict[str, float] = {}
    for item in results["conflicts"]["items"]:
        if item["severe"]:
            weight[item["a"]] = weight.get(item["a"], 0.0) + item["severity"]
    first = min(
        plan["changes"], key=lambda c: (-round(weight.get(c["metric"], 0.0), 9), c["metric"])
    )
    return (
        f"Start here: {_lower(change_words(results, first))}. Announce what changes and why before "
        "the next round of targets."
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
