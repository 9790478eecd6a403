"""Shared levers: a node that pushes two rewarded metrics opposite ways."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from lodestar.assess.conflicts.links import EVIDENCE, Link
from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.pairs import is_severe, same_function
from lodestar.assess.conflicts.paths import Explanation
from lodestar.assess.conflicts.register import Register
from lodestar.stats.rounding import settle

__all__ = ["lever_conflicts"]


def lever_conflicts(register: Register) -> list[Conflict]:
    """Return the shared-lever conflicts, one a pair of metrics: its worst lever.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.

    Notes
    -----
    A lever is anything without an incentive that has a direct link to each of two rewarded
    metrics. Severity = w_a·w_b·min(|s_a|, |s_b|)·weaker weight of evidence; the pair is opposed
    when the lever moves one as rewarded and the other against it. Inside one function the kind is
    ``within``.
    """
    worst: dict[tuple[str, str], Conflict] = {}
    for place in np.flatnonzero(register.incentive <= 0):
        for first, second in combinations(_to_rewarded(register, int(place)), 2):
            found = _conflict(register, first, second)
            if found is not None and _worse(found, worst.get((found.a, found.b))):
                worst[found.a, found.b] = found
    return list(worst.values())


def _to_rewarded(register: Register, place: int) -> list[Link]:
    ends = (end for end, _, _ in register.links.leaving[place] if register.incentive[end] > 0)
    return [register.links.by_pair[register.ids[place], register.ids[end]] for end in ends]


def _conflict(register: Register, first: Link, second: Link) -> Conflict | None:
    a, b = register.at(first.target), register.at(second.target)
    ways = register.direction[[a, b]] * [first.strength, second.strength]
    conditional = bool(np.isnan(ways).any() and not (ways == 0).any())
    if not conditional and not np.prod(ways) < 0:
        return None
    push = _push(register, first, second)
    kind = "within" if same_function(register, push.source, push.target) else "shared-lever"
    return Conflict(
        kind=kind,
        push=push,
        function_a=register.function[a],
        function_b=register.function[b],
        conditional=conditional,
        severe=is_severe(register, kind, push, conditional),
        lever=first.source,
    )


def _push(register: Register, first: Link, second: Link) -> Push:
    least = min(abs(first.strength), abs(second.strength))
    weaker = min(first.evidence, second.evidence, key=lambda word: EVIDENCE[word])
    a, b = register.at(first.target), register.at(second.target)
    why = Explanation((first.target, first.source, second.target), least, weaker)
    return Push(
        source=first.target,
        target=second.target,
        severity=float(register.incentive[a] * register.incentive[b] * least * why.weight),
        net=float(np.sign(first.strength * second.strength) * least),
        gross=least,
        determinacy=1.0,
        why=why,
    )


def _worse(found: Conflict, known: Conflict | None) -> bool:
    """Levers come in the order of their ids, so that the first of equals stays."""
    return known is None or settle(found.severity) > settle(known.severity)
