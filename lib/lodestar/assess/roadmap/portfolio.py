"""The portfolio: what to choose and when to start it, with nothing put off without cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.search import Found, least
from lodestar.assess.roadmap.solver import NODES
from lodestar.assess.roadmap.waiting import no_better, no_waiting, put_off

__all__ = ["Portfolio", "choose"]

NEAR = 4
"""Most plans from elsewhere that a choice begins around."""

ROUNDS = 24
"""Times that the choice is made again, exactly, because something was put off without cause."""


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
        How far M may be from the least, as a share of it.
    optimal : bool
        Proven: no allowed plan has a smaller M, within a millionth.
    held : tuple of int
        Candidates that the plan would have put off, although there was room, only for less of
        them to show at the horizon; it may not.
    plain : bool
        What is proven holds against every allowed plan, those that put something off included.
    """

    starts: np.ndarray
    misalignment: float
    gap: float
    optimal: bool
    held: tuple[int, ...] = ()
    plain: bool = False


def choose(
    problem: Problem,
    nodes: int = NODES,
    rounds: int = ROUNDS,
    near: Sequence[np.ndarray] = (),
    quick: bool = False,
) -> Portfolio | None:
    """Return the plan to follow, or None when no plan keeps the rules.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    nodes : int
        Most nodes of the searches together.
    rounds : int
        Most times that the choice is made again, exactly, because something was put off.
    near : sequence of ndarray of int, (candidates,)
        Plans that are likely to be good.
    quick : bool, default False
        Answer at once: prove only what is proven soon (`least`).

    Notes
    -----
    Least M at the horizon. Among plans of equal M (9 decimals) what only costs is dropped and
    what costs less is taken where one for one it can be; the same set with the same effect starts
    as soon as it can, what gains most first. A plan may not put off what has room earlier so that
    less of it shows at the horizon: a rule against it is added (`no_waiting`) and the choice is
    made again. After `rounds` of that a candidate that still waits is held to the first quarter
    with room, and what that may cost is published as the gap.
    """
    made = _Choice(problem, nodes, near, quick)
    for _ in range(rounds):
        if made.found is None or not made.waiting:
            return made.told()
        if made.left <= 0:
            break
        made.forbid()
    while made.found is not None and made.waiting:
        made.hold()
    return made.told()


class _Choice:
    """One choice and the rules against putting off that it has met."""

    def __init__(
        self, problem: Problem, nodes: int, near: Sequence[np.ndarray], quick: bool
    ) -> None:
        self.problem, self.left, self.near, self.quick = problem, nodes, list(near), quick
        self.windows = np.ones_like(problem.open)
        self.cuts: list[np.ndarray] = []
        self.held: set[int] = set()
        self.bound = -np.inf
        self.again(exact=True)

    def again(self, exact: bool) -> None:
        """Choose; while nothing is held, what is proven holds for every plan without waiting."""
        self.found = least(
            self.problem, self.windows, max(1, self.left), self.cuts, self.near, self.quick
        )
        if self.found is None:
            return
        self.left -= self.found.nodes
        if exact:
            self.bound = max(self.bound, self.found.bound)
        self.starts = self._soonest(self._cheaper(self.found.starts))
        self.waiting = put_off(self.problem, self.starts)
        self.held |= set(self.waiting)
        self.near = [*self.near[:NEAR], self.starts]

    def forbid(self) -> None:
        """Add the rules against the waiting found, and choose again."""
        self.cuts += [
            no_waiting(self.problem, self.starts, i, quarter) for i, quarter in self.waiting.items()
        ]
        self.again(exact=True)

    def hold(self) -> None:
        """Hold those who wait to the first quarter with room, and choose again."""
        before, names = self.found, set(self.waiting)
        for i, quarter in self.waiting.items():
            self.windows[i, quarter + 1 :] = False
        self.again(exact=False)
        if self.found is None:  # held so tightly that what must be done does not fit
            self.found, self.waiting, self.held = before, {}, self.held - names

    def told(self) -> Portfolio | None:
        """Return the plan with what is proven of it."""
        if self.found is None:
            return None
        m = self.problem.misalignment(self.starts)
        made = Found(self.starts, m, min(self.bound, m))
        held = tuple(sorted(self.held))
        return Portfolio(self.starts, m, made.gap, made.optimal, held, plain=not self.held)

    def _keeps(self, starts: np.ndarray) -> bool:
        """Tell whether a plan keeps every rule and starts nothing outside its window."""
        chosen = np.flatnonzero(starts != OUT)
        when = starts[chosen]
        inside = bool((self.problem.open & self.windows)[chosen, when].all())
        kept = all(cut[chosen, when].sum() <= 1e-9 for cut in self.cuts)
        return inside and kept and self.problem.allows(starts)

    def _cheaper(self, starts: np.ndarray) -> np.ndarray:
        """Drop or swap what costs without lowering M, the dearest first, as long as it helps."""
        again = True
        while again:
            again = False
            for other in _neighbours(self.problem, starts):
                if no_better(self.problem, other, starts) and self._keeps(other):
                    starts, again = other, True
                    break
        return starts

    def _soonest(self, starts: np.ndarray) -> np.ndarray:
        """Start the same set sooner where it shows the same at the horizon, the best first."""
        problem, chosen = self.problem, starts != OUT
        same = np.zeros_like(self.windows)
        for i in np.flatnonzero(chosen):
            mine = problem.shares[problem.effects.owner == i].round(12)
            same[i] = (mine == mine[:, [starts[i]]]).all(axis=0)
        programme = Programme(problem, problem.open & self.windows & same, self.cuts)
        sooner = programme.soonest(chosen, _urgency(problem))
        return starts if sooner is None or not self._keeps(sooner) else sooner


def _urgency(problem: Problem) -> np.ndarray:
    """Return what a quarter's wait costs: more for what gains more by itself."""
    nothing = problem.misalignment(np.full(problem.size, OUT))
    gain = np.array(
        [nothing - problem.misalignment(_alone(problem, i)) for i in range(problem.size)]
    )
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
