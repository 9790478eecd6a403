"""Why the plan does without an investment: a rule, what it brings, or money and people."""

from __future__ import annotations

from typing import Any

import numpy as np

from lodestar.assess.plain import listing
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.resources import fits
from lodestar.stats.rounding import settle

__all__ = ["left_by"]

ROOM = "Neither money nor people keep it out."
NONE = "No other investment keeps it out."


def left_by(problem: Problem, starts: np.ndarray, i: int) -> dict[str, Any]:
    """Return what keeps a candidate out of a plan.

    Parameters
    ----------
    problem : Problem
        Candidates, money, people and rules.
    starts : ndarray of int, (candidates,)
        The plan; the candidate is not in it.
    i : int
        Place of the candidate.

    Returns
    -------
    dict
        ``rule`` and what belongs to it: ``must-not``; ``excludes`` or ``requires`` with the
        candidates in ``names``; ``gain`` (added to the plan its whole effect would not bring the
        index closer); ``late`` (it would, but shows too late for the horizon whenever it starts);
        ``room`` with ``short[]: {kind, name, period, lacks}``, what the plan leaves too little of,
        at the start that lacks least; ``swap`` (it fits; the search found nothing better).
    """
    if problem.choice[i] == "must-not":
        return _told("must-not")
    rivals = [a if b == i else b for a, b in problem.excludes if i in (a, b)]
    taken = [j for j in rivals if starts[j] != OUT]
    if taken:
        return _told("excludes", [problem.ids[j] for j in taken])
    missing = [j for j in problem.needs(i) if j != i and starts[j] == OUT]
    if missing:
        return _told("requires", [problem.ids[j] for j in missing])
    return _by_worth(problem, starts, i)


def _told(rule: str, names: list[str] | None = None, short: Any = ()) -> dict[str, Any]:
    return {"rule": rule, **listing("names", names or [], NONE), **listing("short", short, ROOM)}


def _by_worth(problem: Problem, starts: np.ndarray, i: int) -> dict[str, Any]:
    """Return whether adding a candidate would gain, and what there is too little of."""
    planned, effects = problem.gaps_at(starts), problem.effects
    whole = effects.onto[effects.owner == i].sum(axis=0)
    now = settle(problem.weighed(planned))
    if not settle(problem.weighed(planned + whole)) < now:
        return _told("gain")
    counted = settle(problem.counted(starts))
    with_it = {q: _added(starts, i, q) for q in _quarters(problem, starts, i)}
    gains = [q for q, plan in with_it.items() if settle(problem.counted(plan)) < counted]
    if not gains:
        return _told("late")
    lacks = {q: _lacks(problem, with_it[q]) for q in gains}
    best = min(gains, key=lambda q: (sum(share for _, share in lacks[q]), q))
    short = [row for row, _ in lacks[best]]
    return _told("room", short=short) if short else _told("swap")


def _quarters(problem: Problem, starts: np.ndarray, i: int) -> list[int]:
    """Return the quarters a candidate could start in after all that it requires."""
    before = [int(starts[j]) for j in problem.needs(i) if j != i]
    first = max([int(problem.earliest[i]), *before])
    return list(range(first, len(problem.calendar.quarters)))


def _added(starts: np.ndarray, i: int, quarter: int) -> np.ndarray:
    made = starts.copy()
    made[i] = quarter
    return made


def _lacks(problem: Problem, starts: np.ndarray) -> list[tuple[dict[str, Any], float]]:
    """Return what a plan lacks most of each thing, each with its share of what there is."""
    chosen, found = np.flatnonzero(starts != OUT), []
    for resource in problem.resources:
        used = resource.use[chosen, starts[chosen]].sum(axis=0)
        if fits(used, resource.room):
            continue
        over = used - resource.room
        worst = int(np.argmax(over))
        row = {
            "kind": resource.kind,
            "name": resource.name,
            "period": problem.calendar.quarters[worst],
            "lacks": float(over[worst]),
        }
        found.append((row, float(over[worst] / max(used[worst], 1e-9))))
    return found
