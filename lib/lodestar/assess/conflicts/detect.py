"""All conflicts of a register, worst first, and what they add up to."""

from __future__ import annotations

from lodestar.assess.conflicts.levers import lever_conflicts
from lodestar.assess.conflicts.measured import measured_conflicts
from lodestar.assess.conflicts.model import Conflict, Conflicts, ordered
from lodestar.assess.conflicts.pairs import pair_conflicts
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.policies import policy_conflicts
from lodestar.assess.conflicts.register import Register

__all__ = ["CAP", "detect", "total_severity"]

CAP = 2_000
"""Most conflicts that are listed; the worst are kept, all are counted."""


def detect(register: Register, cap: int = CAP) -> Conflicts:
    """Return the conflicts of a register.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    cap : int
        Most conflicts to list.

    Returns
    -------
    Conflicts
        Worst first (ties by kind, then ids), with the total before the cap. Those that only
        history shows are among them where the register was measured
        (:func:`lodestar.assess.conflicts.measured.measure`).
    """
    explainer = Explainer(register.links)
    items, total = pair_conflicts(register, explainer, cap)
    beside = [*lever_conflicts(register), *policy_conflicts(register, explainer)]
    beside = _not_twice(items, beside)
    beside += measured_conflicts(register, items)
    return Conflicts(ordered([*items, *beside])[:cap], total + len(beside))


def total_severity(register: Register) -> float:
    """Return the sum of severities of a register's conflicts.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.

    Notes
    -----
    Contested and conditional conflicts and those within one function do not count.
    """
    return float(sum(item.severity for item in detect(register).items if item.counted))


def _not_twice(items: list[Conflict], beside: list[Conflict]) -> list[Conflict]:
    """Leave out a lever within one function whose pair is already listed as ``within``."""
    within = {frozenset((c.a, c.b)) for c in items if c.kind == "within"}
    return [c for c in beside if c.kind != "within" or frozenset((c.a, c.b)) not in within]
