"""The cheapest repair of a register: changes that clear its severe conflicts and its orphans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lodestar.assess.conflicts.changes import HALVE, OWNED, Change, Price, apply
from lodestar.assess.conflicts.cover import Need, Solution, cheapest
from lodestar.assess.conflicts.detect import detect
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.orphans import helpers, orphans
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["Plan", "Standing", "repair", "standing"]

ROUNDS = 50
"""Most rounds of solving and detecting again."""

NEVER = 99
"""Halvings that are never reached: at threshold 0 every conflict is severe."""

MOST = 50_000
"""Most conflicts looked at in one detection."""


@dataclass(frozen=True)
class Standing:
    """How a register stands: severe conflicts, their severity summed over all, orphan outcomes."""

    severe: int
    total: float
    orphans: int


@dataclass(frozen=True)
class Plan:
    """A repair of a register.

    Parameters
    ----------
    changes : tuple of Change
        What to change, at most one a metric; sorted.
    cost : float
        Their cost.
    optimal : bool
        Proven: no cheaper set clears as much, and detection after the changes finds nothing new.
    before, after : Standing
        Of the register without and with the changes.
    eases : tuple of tuple of tuple of str
        For each change, the needs it serves: (kind, a, b) or (``orphan``, outcome).
    left : tuple of tuple of str
        What no allowed set of changes clears: (kind, a, b) or (``orphan``, outcome).
    """

    changes: tuple[Change, ...]
    cost: float
    optimal: bool
    before: Standing
    after: Standing
    eases: tuple[tuple[tuple[str, ...], ...], ...] = ()
    left: tuple[tuple[str, ...], ...] = ()


def standing(register: Register) -> Standing:
    """Return how many severe conflicts and orphans a register has, and its total severity."""
    found = detect(register)
    total = sum(item.severity for item in found.items if item.counted)
    return Standing(len(found.severe), float(total), len(orphans(register)))


def repair(register: Register, price: Price | None = None) -> Plan:
    """Return the cheapest changes that clear severe conflicts and orphans.

    Parameters
    ----------
    register : Register
        As it stands.
    price : Price, optional
        Costs and forbidden changes; defaults where absent.

    Notes
    -----
    A hitting set: each severe direction of a conflict needs a change that clears it, or enough
    halvings of the incentives it hangs on (severity is their product). The register is detected
    again after each solution; what the changes opened becomes a need of its own, so that the last
    solution is the cheapest of all that open nothing.
    """
    price = price or Price()
    needs: dict[tuple, Need] = {}
    solution = Solution((), 0.0)
    for _ in range(ROUNDS):
        fresh = _needs(register, apply(register, solution.changes), price)
        fresh = {key: need for key, need in fresh.items() if key not in needs}
        if not fresh:
            break
        needs |= fresh
        solution = cheapest(list(needs.values()), _costs(needs.values(), price))
    changed = apply(register, solution.changes)
    return Plan(
        solution.changes,
        solution.cost,
        solution.optimal and _settled(register, changed, price, solution),
        standing(register),
        standing(changed),
        tuple(_eased(change, needs.values()) for change in solution.changes),
        tuple(sorted({need.name for need in solution.left})),
    )


def _eased(change: Change, needs: Iterable[Need]) -> tuple[tuple[str, ...], ...]:
    """Names of what was there from the start and gains from a change."""
    served = {need.name for need in needs if need.from_the_start and change in need.gains}
    return tuple(sorted(served))


def _settled(register: Register, changed: Register, price: Price, solution: Solution) -> bool:
    """Tell whether detection after the changes finds only what was knowingly left."""
    remaining = {need.name for need in _needs(register, changed, price).values()}
    return remaining <= {need.name for need in solution.left}


def _costs(needs: Iterable[Need], price: Price) -> dict[Change, float]:
    """Every change that some need speaks of; needs speak of allowed ones only."""
    spoken = {c for need in needs for c in (*need.gains, *need.given, *need.kept)}
    return {change: price.of(change) for change in spoken}


def _needs(register: Register, changed: Register, price: Price) -> dict[tuple, Need]:
    """What a changed register still needs, in terms of changes to the original one."""
    found: dict[tuple, Need] = {}
    for conflict in detect(changed, MOST, register.threshold).severe:
        for key, need in _of_conflict(register, changed, conflict):
            gains = {c: gain for c, gain in need.gains.items() if price.allows(register, c)}
            found[key] = Need(gains, need.need, need.given, need.kept, need.name)
    for outcome, _ in orphans(changed):
        need = _of_orphan(register, outcome, price)
        found["orphan", outcome] = need
    return found


def _of_conflict(
    register: Register, changed: Register, conflict: Conflict
) -> Iterable[tuple[tuple, Need]]:
    """Needs of the severe directions of a conflict."""
    if conflict.kind == "policy":
        for metric in conflict.paid:
            yield _of_policy(register, conflict, metric)
        return
    for push in (conflict.push, conflict.reverse):
        if push is not None and _severe(changed, push):
            yield _of_push(register, changed, conflict, push)


def _severe(register: Register, push: Push) -> bool:
    return not push.contested and bool(settle(push.severity) >= settle(register.threshold))


def _of_policy(register: Register, conflict: Conflict, metric: str) -> tuple[tuple, Need]:
    name = (conflict.kind, conflict.a, conflict.b)
    given = _assigned(register, metric)
    gains = {Change(metric, "replace"): 1, Change(metric, "guardrail"): 1}
    return (*name, metric), Need({} if given else gains, 1, given, name=name)


def _of_push(
    register: Register, changed: Register, conflict: Conflict, push: Push
) -> tuple[tuple, Need]:
    """The need of one direction: a change that clears it, or enough halvings."""
    need = _halvings(register, changed, push)
    given = _assigned(register, push.source) | _assigned(register, push.target)
    gains: dict[Change, int] = {}
    for metric, other in ((push.source, push.target), (push.target, push.source)):
        if register.incentive[register.at(metric)] > 0:
            gains |= _gains(register, metric, other, need)
    if conflict.lever is None:
        gains |= _guards(register, push, need, both=conflict.kind == "measured")
    if conflict.lever is not None:
        given |= _replaced(register, conflict.lever)
        gains |= dict.fromkeys(_assigned(register, conflict.lever), need)
    name = (conflict.kind, conflict.a, conflict.b)
    return (*name, push.source, conflict.lever), Need(gains, need, given, name=name)


def _gains(register: Register, metric: str, other: str, need: int) -> dict[Change, int]:
    """What changes to one end of a conflict give toward clearing it."""
    gains = {Change(metric, "re-weight"): 1, Change(metric, "replace"): need}
    function = register.function[register.at(other)]
    if function is not None:
        gains[Change(metric, "share", function)] = need
    return gains


def _guards(register: Register, push: Push, need: int, both: bool) -> dict[Change, int]:
    """Guardrails on the harming end; on either where history does not say which harms."""
    ends = (push.source, push.target) if both else (push.source,)
    paid = (metric for metric in ends if register.incentive[register.at(metric)] > 0)
    return {Change(metric, "guardrail"): need for metric in paid}


def _halvings(register: Register, changed: Register, push: Push) -> int:
    """Least number of halved incentives that brings a direction below the threshold."""
    severity = push.severity
    for name in (push.source, push.target):
        place = register.at(name)
        if changed.incentive[place] > 0:
            severity *= _starting(register, place) / changed.incentive[place]
    if settle(register.threshold) <= 0:
        return NEVER
    count = 0
    while settle(severity) >= settle(register.threshold):
        severity, count = severity * HALVE, count + 1
    return max(count, 1)


def _starting(register: Register, place: int) -> float:
    """Incentive before any re-weighting: its own, or an owner's."""
    return float(register.incentive[place]) if register.incentive[place] > 0 else OWNED


def _assigned(register: Register, name: str) -> frozenset[Change]:
    """The change that gave an unpaid metric its incentive; none for others."""
    place = register.at(name)
    unpaid = register.group[place] == "metric" and register.incentive[place] <= 0
    return frozenset([Change(name, "assign-owner")] if unpaid else [])


def _replaced(register: Register, name: str) -> frozenset[Change]:
    """The change that made a paid metric a lever; none for others."""
    paid = register.incentive[register.at(name)] > 0
    return frozenset([Change(name, "replace")] if paid else [])


def _of_orphan(register: Register, outcome: str, price: Price) -> Need:
    """An owner for an unpaid helper, or one paid helper that is not replaced."""
    names = helpers(register).of(outcome)
    paid = np.array([register.incentive[register.at(name)] > 0 for name in names], dtype=bool)
    owners = (Change(m, "assign-owner") for m, p in zip(names, paid, strict=True) if not p)
    gains = {change: 1 for change in owners if price.allows(register, change)}
    kept = frozenset(Change(m, "replace") for m, p in zip(names, paid, strict=True) if p)
    return Need(gains, 1, kept=kept, name=("orphan", outcome))
