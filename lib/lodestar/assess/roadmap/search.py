"""The plan with the least misalignment: exact linearisation, solved and proven by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult

from lodestar.assess.roadmap.approximation import PROVEN, Approximation
from lodestar.assess.roadmap.local import KICKS, LocalSearch
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.solver import INFEASIBLE, NODES
from lodestar.errors import FaultError

__all__ = ["PROVEN", "SMALL", "Found", "least"]

SMALL = 120
"""Undecided variables up to which a quick search still proves its plan."""

QUICK_KICKS = 1
"""Times that a quick search looks at its best plan from all sides."""

ROUNDS = 20
"""Most rounds of cuts at plans."""

ROUND = 60
"""Nodes that a round counts for besides its own: its root takes as long."""

MET = 40
"""Most plans of the moves that the programme is made exact at before it is solved."""

WIDE = 4
"""Terms without a hull that make each node count for one more."""


@dataclass(frozen=True, eq=False)
class Found:
    """A plan and what is proven of it; every M as `Problem.counted` counts it.

    Parameters
    ----------
    starts : ndarray of int, (candidates,)
        Start quarter of each candidate; -1 for one that is not chosen.
    misalignment : float
        M that the plan is chosen by.
    bound : float
        No plan has a smaller M.
    """

    starts: np.ndarray
    misalignment: float
    bound: float

    @property
    def gap(self) -> float:
        """Return how far the plan may be from the least, as a share of its M."""
        return max(0.0, self.misalignment - self.bound) / max(self.misalignment, 1e-9)

    @property
    def optimal(self) -> bool:
        """Tell whether no plan is better, within a millionth."""
        return self.gap <= PROVEN


def least(
    problem: Problem,
    nodes: int = NODES,
    near: Sequence[np.ndarray] = (),
    quick: bool = False,
) -> Found | None:
    """Return the plan with the least M by `Problem.counted`, or None when there is no plan.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    nodes : int
        Most nodes of one search.
    near : sequence of ndarray of int, (candidates,)
        Plans that are likely to be good; the search looks around them first.
    quick : bool, default False
        Take the best plan that moves find, with the bound of the relaxation, where more than
        `SMALL` variables are still undecided: an answer at once instead of a proof.

    Raises
    ------
    FaultError
        The search hit its limit before it met any plan: raise `nodes`, or leave candidates out.

    Notes
    -----
    M is a sum of convex functions of the plan (`terms_of`). Each is replaced by a variable above
    the facets of its hull over whole plans (`Hull`), or above its tangents and McCormick corners
    where too many starts meet in it, which makes the programme linear and its optimum a lower
    bound. Cuts at the plan found are added until bound and plan meet, which
    they do after finitely many rounds: there are finitely many plans, and the bound is exact at
    every plan visited (outer approximation; Duran and Grossmann 1986). A good plan is sought first,
    move by move (`LocalSearch`): starts that the relaxation shows to be in no better plan are
    left out, and the plan stands where the search stops early.
    """
    programme = Programme(problem, problem.open)
    if not programme.options:
        nothing = np.full(problem.size, OUT)
        m = problem.counted(nothing)
        return Found(nothing, m, m) if problem.allows(nothing) else None
    return _Search(problem, programme, nodes, quick).run(near)


class _Search:
    """One outer approximation, begun from a good plan."""

    def __init__(self, problem: Problem, programme: Programme, nodes: int, quick: bool) -> None:
        self.problem, self.programme, self.quick = problem, programme, quick
        self.below = Approximation(problem, programme)
        self.nodes = max(1, nodes // (1 + len(self.below.wide) // WIDE))
        self.spent = 0

    def run(self, near: Sequence[np.ndarray]) -> Found | None:
        """Solve and add tangents until bound and plan meet, or the nodes are used up."""
        best = self._begun(near)
        if best is not None and self.quick and self.programme.undecided > SMALL:
            return best
        for _ in range(ROUNDS):
            if best is not None and best.optimal:
                return best
            found = self.below.solve(max(1, self.nodes - self.spent))
            self.spent += int(found.get("mip_node_count") or 0) + ROUND
            if found.x is None:
                return self._ended(best, found)
            best = self._better(best, found)
            if found.status == 1 or self.spent >= self.nodes or not self.below.tighten(found.x):
                return best
        return best

    def _begun(self, near: Sequence[np.ndarray]) -> Found | None:
        """Return a good plan found by moves, with what the relaxation proves of it."""
        self.below.relax()
        moves = LocalSearch(self.problem, self.programme)
        plans = [*near, *moves.rounded(self.below.likely)]
        starts = moves.searched(plans, QUICK_KICKS if self.quick else KICKS)
        if starts is None:
            return None
        m = self.problem.counted(starts)
        seen = sorted(moves.seen.values(), key=self.problem.counted)
        self.below.meet([starts, *seen[: 1 if self.quick else MET]])
        self.below.rule_out(m)
        return Found(starts, m, min(self.below.floor, m))

    def _ended(self, best: Found | None, found: OptimizeResult) -> Found | None:
        """Return what is known when a search ends without a plan."""
        if best is None and found.status != INFEASIBLE:
            raise FaultError("The search for a plan ended without one; narrow the choice.")
        if best is None or found.status != INFEASIBLE:
            return best
        return Found(best.starts, best.misalignment, best.misalignment)

    def _better(self, best: Found | None, found: OptimizeResult) -> Found:
        """Return the better of two plans with the higher of two bounds."""
        starts = self.programme.starts(found.x)
        m = self.problem.counted(starts)
        bound = self.below.bound(float(found.mip_dual_bound))
        if best is not None:
            bound = max(min(bound, best.misalignment), best.bound)
            if best.misalignment <= m:
                starts, m = best.starts, best.misalignment
        return Found(starts, m, min(bound, m))
