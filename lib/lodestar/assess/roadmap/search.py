"""The plan with the least misalignment: exact linearisation, solved and proven by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.solver import INFEASIBLE, NODES, solve
from lodestar.assess.roadmap.terms import terms_of
from lodestar.errors import FaultError

__all__ = ["PROVEN", "Found", "least"]

PROVEN = 1e-6
"""Relative gap at or below which a plan is called optimal."""

SCALE = 100.0
"""Misalignment of doing nothing in the solver's units: far above its absolute tolerances."""

GRID = 6
"""Tangents laid over a term's range to begin with."""

RELAXED, ROUNDS = 12, 20
"""Most rounds of tangents on the relaxation, and on plans."""


@dataclass(frozen=True, eq=False)
class Found:
    """A plan and what is proven of it.

    Parameters
    ----------
    starts : ndarray of int, (candidates,)
        Start quarter of each candidate; -1 for one that is not chosen.
    misalignment : float
        M at the horizon.
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
    windows: np.ndarray | None = None,
    nodes: int = NODES,
    cuts: Sequence[np.ndarray] = (),
) -> Found | None:
    """Return the plan with the least misalignment at the horizon, or None when there is no plan.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    windows : ndarray of bool, (candidates, quarters), optional
        Quarters that a candidate may start in, within those open to it.
    nodes : int
        Most nodes of one search.
    cuts : sequence of ndarray, (candidates, quarters)
        Further rules: the sum of coefficients of the starts taken is at most 0.

    Raises
    ------
    FaultError
        The search hit its limit before it met any plan: raise `nodes`, or leave candidates out.

    Notes
    -----
    M is a sum of squares of linear functions of the plan (`terms_of`). Each square is replaced by
    a variable above its tangents and McCormick corners, which makes the programme linear and its
    optimum a lower bound. Tangents at the plan found are added until bound and plan meet, which
    they do after finitely many rounds: there are finitely many plans, and the bound is exact at
    every plan visited (outer approximation; Duran and Grossmann 1986).
    """
    allowed = problem.open if windows is None else problem.open & windows
    programme = Programme(problem, allowed, cuts)
    if not programme.options:
        nothing = np.full(problem.size, OUT)
        m = problem.misalignment(nothing)
        return Found(nothing, m, m) if problem.allows(nothing) else None
    search = _Search(problem, programme, nodes)
    search.relax()
    return search.run()


class _Search:
    """One outer approximation: variables y (starts), z (candidates), u (terms), e (arguments)."""

    def __init__(self, problem: Problem, programme: Programme, nodes: int) -> None:
        self.problem, self.programme, self.nodes = problem, programme, nodes
        exact = terms_of(problem, programme.candidate, programme.quarter)
        self.scale = SCALE / max(exact.total(np.zeros(programme.options)), 1e-9)
        self.terms = exact.scaled(self.scale)
        self.count = len(self.terms.shift)
        low = self.terms.shift + self._reach(np.minimum)
        high = self.terms.shift + self._reach(np.maximum)
        self.points = [list(np.linspace(a, b, GRID)) for a, b in zip(low, high, strict=True)]
        self.fixed = [
            *programme.rules(2 * self.count),
            self._arguments(),
            *([self._corners()] if len(self.terms.floors) else []),
        ]

    def _reach(self, furthest: np.ufunc) -> np.ndarray:
        """Return how far starts can move each argument one way."""
        out = np.zeros(self.count)
        for candidate in np.unique(self.programme.candidate):
            mine = self.terms.rows[:, self.programme.candidate == candidate]
            out += furthest(furthest.reduce(mine, axis=1), 0.0)
        return out

    def _arguments(self) -> LinearConstraint:
        """E = rows·y + shift."""
        blank = sparse.csr_array((self.count, self.problem.size + self.count))
        table = [sparse.csr_array(self.terms.rows), blank, -sparse.eye_array(self.count)]
        right = -self.terms.shift
        return LinearConstraint(sparse.hstack(table).tocsr(), right, right)

    def _corners(self) -> LinearConstraint:
        """U ≥ corners·y + floors."""
        size = len(self.terms.floors)
        ones = (np.ones(size), (np.arange(size), self.problem.size + self.terms.cornered))
        table = [
            sparse.csr_array(-self.terms.corners),
            sparse.csr_array(ones, shape=(size, self.problem.size + 2 * self.count)),
        ]
        return LinearConstraint(sparse.hstack(table).tocsr(), lb=self.terms.floors)

    def _tangents(self) -> LinearConstraint:
        """U ≥ φ(p) + φ'(p)(e − p) at every point p."""
        term = np.repeat(np.arange(self.count), [len(p) for p in self.points])
        point = np.concatenate([*self.points, []])
        slope, row = self.terms.slope(point), np.arange(len(point))
        column = self.programme.width + term
        table = sparse.csr_array(
            (
                np.concatenate([np.ones(len(row)), -slope]),
                (np.tile(row, 2), np.concatenate([column, column + self.count])),
            ),
            shape=(len(row), self.programme.width + 2 * self.count),
        )
        return LinearConstraint(table, lb=self.terms.value(point) - slope * point)

    def _solve(self, whole: bool) -> OptimizeResult:
        """Solve the programme as it stands, with whole numbers or relaxed."""
        size, programme = self.count, self.programme
        free = np.full(size, np.inf)
        cost = [self.terms.own, np.zeros(self.problem.size), np.ones(size), np.zeros(size)]
        low = [programme.low, np.zeros(size), -free]
        return solve(
            np.concatenate(cost),
            [*self.fixed, self._tangents()],
            Bounds(np.concatenate(low), np.concatenate([programme.high, free, free])),
            np.concatenate([np.full(programme.width, whole), np.zeros(2 * size, dtype=bool)]),
            presolve=not whole,  # as fast without, and free of its rounding
            mip_rel_gap=PROVEN / 10,
            node_limit=self.nodes,
        )

    def _split(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return u and e of a solution."""
        return x[self.programme.width : -self.count], x[-self.count :]

    def _lay(self, u: np.ndarray, e: np.ndarray, least: float) -> float:
        """Add tangents where u is more than `least` below φ; return by how much in all."""
        missing = np.maximum(0.0, self.terms.value(e) - u)
        for term in np.flatnonzero(missing > least):
            self.points[term].append(float(e[term]))
        return float(missing.sum())

    def relax(self) -> None:
        """Lay tangents where the relaxation needs them."""
        for _ in range(RELAXED if self.count else 0):
            found = self._solve(whole=False)
            if found.x is None:
                return
            if self._lay(*self._split(found.x), least=SCALE * 1e-7) < SCALE * 1e-6:
                return

    def run(self) -> Found | None:
        """Solve and add tangents until bound and plan meet."""
        best: Found | None = None
        for _ in range(ROUNDS):
            found = self._solve(whole=True)
            if found.x is None:
                if best is None and found.status != INFEASIBLE:
                    raise FaultError("The search for a plan ended without one; narrow the choice.")
                return best
            best = self._better(best, found)
            if best.optimal or found.status == 1 or not self._tighten(found.x):
                return best
        return best

    def _better(self, best: Found | None, found: OptimizeResult) -> Found:
        """Return the better of two plans with the higher of two bounds."""
        starts = self.programme.starts(found.x)
        m = self.problem.misalignment(starts)
        bound = (float(found.mip_dual_bound) + self.terms.constant) / self.scale
        if best is not None:
            bound = max(bound, best.bound)
            if best.misalignment <= m:
                starts, m = best.starts, best.misalignment
        return Found(starts, m, min(bound, m))

    def _tighten(self, x: np.ndarray) -> bool:
        """Add tangents at a plan; tell whether any was missing."""
        if not self.count:
            return False
        starts = self.programme.starts(x)
        y = starts[self.programme.candidate] == self.programme.quarter
        e = self.terms.rows @ y + self.terms.shift
        return self._lay(self._split(x)[0], e, least=SCALE * 1e-10) > SCALE * 1e-10
