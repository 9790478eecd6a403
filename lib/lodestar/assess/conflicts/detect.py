"""All conflicts of a register, worst first, and what they add up to."""

from __future__ import annotations

from lodestar.assess.conflicts.levers import lever_conflicts
from lodestar.assess.conflicts.measured import measured_conflicts
from lodestar.assess.conflicts.model import Conflicts, ordered
from lodestar.assess.conflicts.pairs import pair_conflicts
from lodestar.assess.conflicts.paths import Explainer
from lodestar.assess.conflicts.policies import policy_conflicts
from lodestar.assess.conflicts.register import Register

__all__ = ["CAP", "detect", "total_severity"]

CAP = 2_000
"""Most conflicts that are listed; the worst are kept, all are counted."""


def detect(
    register: Register, cap: int = CAP, least: float = 0.0, explainer: Explainer | None = None
) -> Conflicts:
    """Return the conflicts of a register.

    Parameters
    ----------
    register : Register
        Metrics, outcomes, nodes and links.
    cap : int
        Most conflicts to list.
    least : float
        Severity from which pairs are needed: smaller ones may be left out, but are counted.
    explainer : Explainer, optional
        Of the same links, so that what it learns is kept.

    Returns
    -------
    Conflicts
        Worst first (ties by kind, then ids), with the total before the cap. Those that only
        history shows are among them where the register was measured
        (:func:`lodestar.assess.conflicts.measured.measure`).
    """
    explainer = explainer or Explainer(register.links)
    items, keys = pair_conflicts(register, explainer, cap, least)
    levers, count = lever_conflicts(register, keys, cap, least)
    beside = [*levers, *policy_conflicts(register, explainer)]
    beside += measured_conflicts(register, keys)
    total = len(keys) + len(beside) + count - len(levers)
    return Conflicts(ordered([*items, *beside])[:cap], total)


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
