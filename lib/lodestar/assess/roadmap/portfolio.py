"""The portfolio: what to choose and when to start it, with nothing put off without cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.assess.roadmap.approximation import Approximation
from lodestar.assess.roadmap.local import LocalSearch
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.search import Found, least
from lodestar.assess.roadmap.solver import NODES
from lodestar.assess.roadmap.waiting import no_better, no_waiting, prompt, put_off
from lodestar.stats.rounding import settle

__all__ = ["Portfolio", "choose"]

NEAR = 4
"""Most plans from elsewhere that a choice begins around."""

QUICK_ROUNDS = 3
"""Most times that a quick choice is made again."""

ROUND = 60
"""Nodes that a search counts for besides its own: cuts, moves and the root take as long."""

WIDE = 4
"""Terms without a hull that make each node count for one more."""

HURRIED = 6
"""Most times that a plan without what was put off is bettered move by move."""

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
    made again. Beside each plan that puts something off the same is followed without (`prompt`),
    so there is an answer throughout: the best of them, and the gap says what more could be had.
    A search for a proof begins with the quick answer and goes on from it: it never ends worse.
    """
    made = _Choice(problem, nodes, near)
    made.answer(min(rounds, QUICK_ROUNDS), quick=True)
    if not quick:
        made.answer(rounds, quick=False)
    return made.told()


class _Choice:
    """One choice, the rules against putting off that it has met, and the best plan so far."""

    def __init__(self, problem: Problem, nodes: int, near: Sequence[np.ndarray]) -> None:
        self.problem, self.left, self.near = problem, nodes, list(near)
        self.programme = Programme(problem, problem.open)
        self.below = Approximation(problem, self.programme) if self.programme.options else None
        self.cuts: list[np.ndarray] = []
        self.waited: list[tuple[float, int]] = []
        self.bound, self.plainly = -np.inf, -np.inf
        self.best: np.ndarray | None = None

    @property
    def effort(self) -> int:
        """Return how many nodes one of this problem counts for: more without hulls of its terms."""
        return 1 if self.below is None else 1 + len(self.below.wide) // WIDE

    @property
    def least(self) -> float:
        """Return M of the best plan so far."""
        return np.inf if self.best is None else self.problem.misalignment(self.best)

    @property
    def proven(self) -> bool:
        """Tell whether the best plan so far is proven best."""
        told = self.told()
        return told is not None and told.optimal

    def answer(self, rounds: int, quick: bool) -> None:
        """Choose until nothing is put off, the best plan is proven, or the limits are reached."""
        for _ in range(rounds + 1):
            if self.left <= 0 or self.proven:
                return
            near = [*self.near[:NEAR], *([] if self.best is None else [self.best])]
            nodes = max(1, self.left // self.effort)
            found = least(self.problem, nodes, self.cuts, near, quick, self.below)
            if found is None:
                return
            self.left -= 0 if quick else self.effort * (found.nodes + ROUND)
            self.bound = max(self.bound, found.bound)
            self.plainly = self.plainly if self.cuts else max(self.plainly, found.bound)
            if not self._taken(self._soonest(self._cheaper(found.starts))):
                return

    def _taken(self, starts: np.ndarray) -> bool:
        """Take a plan where it is the best, without what it puts off; tell whether it did so."""
        waiting = put_off(self.problem, starts)
        self.waited += [(self.problem.misalignment(starts), i) for i in waiting]
        self.cuts += [no_waiting(self.problem, starts, i, q) for i, q in waiting.items()]
        if waiting:
            starts = prompt(self.problem, self._soonest(self._cheaper(self._hurried(starts))))
        if self.best is None or not no_better(self.problem, self.best, starts):
            self.best = starts
        return bool(waiting)

    def _hurried(self, starts: np.ndarray) -> np.ndarray:
        """Return a good plan in which nobody starts later than in the first quarter with room."""
        problem, windows = self.problem, self.problem.open.copy()
        for _ in range(HURRIED):
            for i, quarter in put_off(problem, starts).items():
                windows[i, quarter + 1 :] = False
            before = prompt(problem, starts)
            starts = LocalSearch(problem, Programme(problem, windows)).better(before)
            if not put_off(problem, starts):
                return starts
        return prompt(problem, starts)

    def told(self) -> Portfolio | None:
        """Return the plan with what is proven of it."""
        if self.best is None:
            return None
        m = self.least
        made = Found(self.best, m, min(self.bound, m))
        plain = Found(self.best, m, min(self.plainly, m)).optimal
        held = tuple(sorted({i for then, i in self.waited if settle(then) < settle(m)}))
        return Portfolio(self.best, m, made.gap, made.optimal, held, plain)

    def _keeps(self, starts: np.ndarray) -> bool:
        """Tell whether a plan keeps every rule and takes only starts that exist."""
        chosen = np.flatnonzero(starts != OUT)
        when = starts[chosen]
        inside = bool(self.problem.open[chosen, when].all())
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
        same = np.zeros_like(problem.open)
        for i in np.flatnonzero(chosen):
            mine = problem.shares[problem.effects.owner == i].round(12)
            same[i] = (mine == mine[:, [starts[i]]]).all(axis=0)
        programme = Programme(problem, problem.open & same, self.cuts)
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
