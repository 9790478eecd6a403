"""The portfolio: what to choose and when to start it, with nothing put off to hide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.search import least
from lodestar.assess.roadmap.solver import NODES
from lodestar.stats.rounding import settle

__all__ = ["Portfolio", "choose"]


@dataclass(frozen=True, eq=False)
class Portfolio:
    """A chosen plan.

    Parameters
    ----------
    starts : ndarray of int, (candidates,)
        Start quarter of each candidate; -1 for one that is not chosen.
    misalignment : float
        M at the horizon.
    gap : float
        How far the M that the plan is chosen by (`Problem.counted`) may be from the least, as a
        share of it.
    optimal : bool
        Proven: no allowed plan counts with a smaller M, within a millionth.
    held : tuple of int
        Candidates that could wait and would then show less harm at the horizon; it would come all
        the same, so they do not wait.
    """

    starts: np.ndarray
    misalignment: float
    gap: float
    optimal: bool
    held: tuple[int, ...] = ()


def choose(
    problem: Problem,
    nodes: int = NODES,
    near: Sequence[np.ndarray] = (),
    quick: bool = False,
) -> Portfolio | None:
    """Return the plan to follow, or None when no plan keeps the rules.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    nodes : int
        Most nodes of the search.
    near : sequence of ndarray of int, (candidates,)
        Plans that are likely to be good.
    quick : bool, default False
        Answer at once: prove only what is proven soon (`least`).

    Notes
    -----
    Least M at the horizon, where no cell counts for less than it would had everything chosen
    started as soon as it may (`Problem.counted`): what is put off so that less of it shows gains
    nothing. Among plans of equal M (9 decimals) what only costs is dropped and what costs less is
    taken where one for one it can be; the same set starts as soon as it can, what gains most
    first. A search for a proof goes on from the quick answer: it never ends worse.
    """
    found = least(problem, nodes, near, quick)
    if found is None:
        return None
    starts, urgency = _cheaper(problem, found.starts), _urgency(problem)
    if found.optimal or not quick:
        starts = _soonest(problem, starts, urgency)
    starts = _earlier(problem, starts, urgency)
    return Portfolio(
        starts, problem.misalignment(starts), found.gap, found.optimal, _held(problem, starts)
    )


def _no_worse(problem: Problem, one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether a plan's M is no greater than another's, to 9 decimals."""
    return bool(settle(problem.counted(one)) <= settle(problem.counted(other)))


def _cheaper(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Drop or swap what costs without lowering M, the dearest first, as long as it helps."""
    again = True
    while again:
        again = False
        for other in _neighbours(problem, starts):
            if _no_worse(problem, other, starts) and _exists(problem, other):
                starts, again = other, True
                break
    return starts


def _exists(problem: Problem, starts: np.ndarray) -> bool:
    """Tell whether a plan keeps every rule and takes only starts that exist."""
    chosen = np.flatnonzero(starts != OUT)
    return bool(problem.open[chosen, starts[chosen]].all()) and problem.allows(starts)


def _soonest(problem: Problem, starts: np.ndarray, urgency: np.ndarray) -> np.ndarray:
    """Start the same set sooner where it shows the same at the horizon, the best first."""
    chosen = starts != OUT
    same = np.zeros_like(problem.open)
    for i in np.flatnonzero(chosen):
        mine = problem.shares[problem.effects.owner == i].round(12)
        same[i] = (mine == mine[:, [starts[i]]]).all(axis=0)
    sooner = Programme(problem, problem.open & same).soonest(chosen, urgency)
    return starts if sooner is None or not _exists(problem, sooner) else sooner


def _earlier(problem: Problem, starts: np.ndarray, urgency: np.ndarray) -> np.ndarray:
    """Start one after the other as soon as it can without a greater M, what gains most first."""
    order = np.lexsort((np.arange(problem.size), -urgency.round(9)))
    again = True
    while again:
        again = False
        for i in order[starts[order] != OUT]:
            sooner = _moved(problem, starts, int(i), range(starts[i]))
            found = next((plan for plan in sooner if _no_worse(problem, plan, starts)), None)
            if found is not None:
                starts, again = found, True
    return starts


def _held(problem: Problem, starts: np.ndarray) -> tuple[int, ...]:
    """Return who would show less harm at the horizon by starting later."""
    quarters = len(problem.calendar.quarters)
    now = settle(problem.misalignment(starts))
    return tuple(
        int(i)
        for i in np.flatnonzero(starts != OUT)
        if any(
            settle(problem.misalignment(plan)) < now
            for plan in _moved(problem, starts, int(i), range(starts[i] + 1, quarters))
        )
    )


def _moved(problem: Problem, starts: np.ndarray, i: int, quarters: range) -> Iterator[np.ndarray]:
    """Yield the allowed plans that start one candidate in another quarter."""
    for quarter in quarters:
        made = starts.copy()
        made[i] = quarter
        if problem.open[i, quarter] and problem.allows(made):
            yield made


def _urgency(problem: Problem) -> np.ndarray:
    """Return what a quarter's wait costs: more for what gains more by itself."""
    nothing = problem.counted(np.full(problem.size, OUT))
    gain = np.array([nothing - problem.counted(_alone(problem, i)) for i in range(problem.size)])
    return np.asarray(1 + problem.size * np.maximum(gain, 0) / max(gain.max(initial=0.0), 1e-12))


def _neighbours(problem: Problem, starts: np.ndarray) -> list[np.ndarray]:
    """Plans that drop one candidate, or swap it for a cheaper one in the same quarter."""
    made = []
    chosen = np.flatnonzero((starts != OUT) & (problem.choice != "must"))
    price = problem.price[np.arange(problem.size), starts]
    for i in sorted(chosen, key=lambda i: (-price[i], problem.ids[i])):
        spare = [j for j in np.flatnonzero(starts == OUT) if problem.choice[j] == "may"]
        cost = problem.price[:, starts[i]]
        cheaper = [j for j in spare if cost[j] < price[i]]
        for j in (None, *sorted(cheaper, key=lambda j: (cost[j], problem.ids[j]))):
            other = starts.copy()
            other[i] = OUT
            if j is not None:
                other[j] = starts[i]
            made.append(other)
    return made


def _alone(problem: Problem, i: int) -> np.ndarray:
    """Return the plan of one candidate, started as soon as it could."""
    starts = np.full(problem.size, OUT)
    if problem.open[i].any():
        starts[i] = int(problem.open[i].argmax())
    return starts
