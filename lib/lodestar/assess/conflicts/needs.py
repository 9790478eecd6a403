"""What a register needs: severe conflicts to clear, outcomes to give a helper, nothing to open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from lodestar.assess.conflicts.changes import HALVE, OWNED, Change, Price
from lodestar.assess.conflicts.detect import detect
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.orphans import Helpers, helpers, orphans
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["Need", "needs_of", "pair_of"]

NEVER = 99
"""Halvings that are never reached: at threshold 0 every conflict is severe."""

MOST = 50_000
"""Most conflicts looked at in one detection."""


@dataclass(frozen=True)
class Need:
    """One thing to clear: enough gain from the changes made, whenever it arises.

    Parameters
    ----------
    gains : mapping of Change to int
        What each change gives.
    need : int
        Gain that clears it.
    given : frozenset of Change
        Changes that let it arise; empty when it is there from the start.
    kept : frozenset of Change
        Changes that each take one away of ``need`` when made (helpers that are lost).
    name : tuple of str
        What it is, for those that stay uncleared.
    """

    gains: Mapping[Change, int]
    need: int = 1
    given: frozenset[Change] = frozenset()
    kept: frozenset[Change] = frozenset()
    name: tuple[str, ...] = ()

    @property
    def from_the_start(self) -> bool:
        """Tell whether it has to be cleared rather than not to be opened."""
        return not (self.given or self.kept)


def pair_of(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name of a need whichever of its two ends is the worse off."""
    return (name[0], *sorted(name[1:]))


def needs_of(
    register: Register,
    changed: Register,
    price: Price,
    explainer: Explainer,
    helped: Helpers | None = None,
) -> dict[tuple, Need]:
    """Return what a changed register still needs, in terms of changes to the original one.

    Parameters
    ----------
    register, changed : Register
        Before and after some changes.
    price : Price
        Tells which changes may be made.
    explainer : Explainer
        Of their links.
    helped : Helpers, optional
        Which metrics help which outcomes, on the same links.
    """
    found: dict[tuple, Need] = {}
    helped = helped or helpers(register)
    for conflict in detect(changed, MOST, register.threshold, explainer).severe:
        for key, need in _of_conflict(register, changed, conflict):
            gains = {c: gain for c, gain in need.gains.items() if price.allows(register, c)}
            found[key] = Need(gains, need.need, need.given, need.kept, need.name)
    for outcome, _ in orphans(changed, helped):
        found["orphan", outcome] = _of_orphan(register, outcome, price, helped)
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
    return (*pair_of(name), metric), Need({} if given else gains, 1, given, name=name)


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
    return (*pair_of(name), push.source, conflict.lever), Need(gains, need, given, name=name)


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


def _of_orphan(register: Register, outcome: str, price: Price, helped: Helpers) -> Need:
    """An owner for an unpaid helper, or one paid helper that is not replaced."""
    names = helped.of(outcome)
    paid = np.array([register.incentive[register.at(name)] > 0 for name in names], dtype=bool)
    owners = (Change(m, "assign-owner") for m, p in zip(names, paid, strict=True) if not p)
    gains = {change: 1 for change in owners if price.allows(register, change)}
    kept = frozenset(Change(m, "replace") for m, p in zip(names, paid, strict=True) if p)
    return Need(gains, 1, kept=kept, name=("orphan", outcome))
