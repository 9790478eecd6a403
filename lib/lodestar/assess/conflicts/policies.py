"""Policy conflicts: a rule that lowers an outcome for customers."""

from __future__ import annotations

import numpy as np

from lodestar.assess.conflicts.model import Conflict, Push
from lodestar.assess.conflicts.net import Effects, effects
from lodestar.assess.conflicts.pairs import is_severe
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.register import Register

__all__ = ["policy_conflicts"]


def policy_conflicts(register: Register, explainer: Explainer) -> list[Conflict]:
    """Return the conflicts of policy nodes with outcomes for customers and partners.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    explainer : Explainer
        Finds the paths.

    Notes
    -----
    Severity = min(1, |net|)·importance·evidence weight where net < 0; severe only where a rewarded
    metric that is not guarded lies on the path.
    """
    policies, outcomes = register.places("node", "policy"), np.flatnonzero(register.for_customers)
    found = effects(register.links, policies, outcomes)
    return [
        _conflict(register, explainer, found, int(row), int(column))
        for row, column in zip(*np.nonzero(found.sign < 0), strict=True)
    ]


def _conflict(
    register: Register, explainer: Explainer, found: Effects, row: int, column: int
) -> Conflict:
    source, end, net = (
        int(found.sources[row]),
        int(found.ends[column]),
        float(found.net[row, column]),
    )
    why = explainer.explain(source, end, net)
    reach = min(1.0, abs(net)) * float(register.importance[end])
    push = Push(
        source=register.ids[source],
        target=register.ids[end],
        severity=reach * (why.weight if why else 0.0),
        net=net,
        gross=float(found.gross[row, column]),
        determinacy=float(found.determinacy[row, column]),
        why=why,
    )
    paid = _paid(register, why.path if why else ())
    return Conflict(
        kind="policy",
        push=push,
        function_a=register.function[source],
        function_b=None,
        severe=bool(paid) and is_severe(register, "policy", push, conditional=False),
        paid=paid,
    )


def _paid(register: Register, path: tuple[str, ...]) -> tuple[str, ...]:
    """Rewarded metrics on a path that are paid whatever they harm."""
    rewarded = (name for name in path if register.incentive[register.at(name)] > 0)
    return tuple(name for name in rewarded if name not in register.guarded)
