"""The cheapest changes that meet every need: a weighted covering problem, solved exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lodestar.assess.conflicts.changes import Change
from lodestar.assess.conflicts.needs import Need
from lodestar.assess.conflicts.programme import Found, Programme, programme
from lodestar.assess.conflicts.ties import Shared, first_by_ids, shared

__all__ = ["Solution", "cheapest"]


@dataclass(frozen=True)
class Solution:
    """The cheapest changes found.

    Parameters
    ----------
    changes : tuple of Change
        Sorted.
    cost : float
        Their cost.
    left : tuple of Need
        Needs that no allowed set of changes meets.
    optimal : bool
        Proven: no cheaper set leaves as few needs.
    bound : float
        No set that leaves as few needs costs less; equal to the cost where that is proven.
    always : frozenset of Change
        Changes in every equally cheap set, whatever their number.
    others : tuple of tuple of Change
        Equally cheap sets; together they show of each change that is not in all which it is not in.
    settled : bool
        Whether `always` and `others` are complete.
    """

    changes: tuple[Change, ...]
    cost: float
    left: tuple[Need, ...] = ()
    optimal: bool = True
    bound: float = 0.0
    always: frozenset[Change] = frozenset()
    others: tuple[tuple[Change, ...], ...] = ()
    settled: bool = True


def cheapest(
    needs: Sequence[Need],
    costs: Mapping[Change, float],
    ties: bool = True,
    known: Solution | None = None,
) -> Solution:
    """Return the cheapest changes that meet the needs, at most one a metric.

    Parameters
    ----------
    needs : sequence of Need
        What to clear, and what not to open.
    costs : mapping of Change to float
        Every allowed change with its cost, 0 or more.
    ties : bool
        Whether ties are broken and `always` is wanted; without, any cheapest set will do.
    known : Solution, optional
        A cheapest set of some of the needs that meets all of them, so that it need not be found.

    Notes
    -----
    Binary programme by HiGHS with gap 0: as few needs left as possible, then least cost, then
    fewest changes, then the first set in the order of ids. What every cheapest set holds, and what
    none does, is fixed before ties are broken; the rest falls apart into small problems.
    """
    problem = programme(needs, costs)
    if not problem.options:
        return Solution((), 0.0, problem.hopeless)
    found = _known(problem, known) or problem.solve(problem.cost)
    if found.infeasible:
        problem, found = _fewest_left(problem)
    if found.chosen is None:
        start = tuple(need for need in needs if need.from_the_start)
        return Solution((), 0.0, start, optimal=False, settled=False)
    if not ties:
        return _told(problem, found.chosen, found.proven, found.bound)
    same = shared(problem, found.chosen)
    best = first_by_ids(problem, same, found.chosen)
    return _told(problem, best, found.proven, found.bound, same)


def _known(problem: Programme, known: Solution | None) -> Found | None:
    """A cheapest choice that is known already, unless it leaves what may be left or not."""
    if known is None or not known.optimal or len(known.left) > len(problem.hopeless):
        return None
    made = set(known.changes)
    chosen = np.array([option in made for option in problem.options], dtype=bool)
    return Found(chosen, True, float(problem.cost @ chosen), False)


def _fewest_left(problem: Programme) -> tuple[Programme, Found]:
    """The cheapest choice among those that leave as few needs as possible."""
    relaxed = problem.relaxed()
    few = relaxed.solve(relaxed.slack)
    if few.chosen is None:
        return relaxed, few
    held = relaxed.held(relaxed.slack, int(relaxed.slack @ few.chosen))
    found = held.solve(held.cost)
    return held, replace(found, proven=found.proven and few.proven)


def _told(
    problem: Programme, chosen: np.ndarray, proven: bool, bound: float, same: Shared | None = None
) -> Solution:
    """Return a choice in words."""
    changes = problem.changes(chosen)
    cost = float(problem.price[np.flatnonzero(chosen[: len(problem.options)])].sum())
    return Solution(
        changes,
        cost,
        problem.left(chosen),
        proven,
        cost if proven else min(cost, bound * problem.unit),
        frozenset(problem.changes(same.always) if same else ()),
        tuple(problem.changes(other) for other in same.seen) if same else (),
        same is not None and same.settled,
    )
