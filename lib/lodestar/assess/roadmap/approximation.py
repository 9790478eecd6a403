"""Misalignment from below: a linear programme whose tangents close in on the squares."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from lodestar.assess.roadmap.problem import Problem
from lodestar.assess.roadmap.programme import Programme
from lodestar.assess.roadmap.solver import relaxed, solve
from lodestar.assess.roadmap.terms import terms_of

__all__ = ["PROVEN", "Approximation"]

PROVEN = 1e-6
"""Relative gap at or below which a plan is called optimal."""

SCALE = 100.0
"""Misalignment of doing nothing in the solver's units: far above its absolute tolerances."""

GRID = 6
"""Tangents laid over a term's range to begin with."""

RELAXED, FIXED = 12, 4
"""Most rounds of tangents on the relaxation, and of ruling starts out by it."""


class Approximation:
    """Variables y (starts), z (candidates), u (terms), e (arguments); u is below the squares.

    Parameters
    ----------
    problem : Problem
        Candidates, effects, money, people and rules.
    programme : Programme
        The starts that exist, and the rules over them.

    Attributes
    ----------
    likely : ndarray, (options,)
        How much of each start the relaxation takes, once `relax` has been called.
    floor : float
        No plan has a smaller M, by the relaxation.
    """

    def __init__(self, problem: Problem, programme: Programme) -> None:
        self.problem, self.programme = problem, programme
        exact = terms_of(problem, programme.candidate, programme.quarter)
        self.scale = SCALE / max(exact.total(np.zeros(programme.options)), 1e-9)
        self.terms = exact.scaled(self.scale)
        self.count = len(self.terms.shift)
        self.likely, self.floor = np.zeros(programme.options), -np.inf
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

    def _parts(self) -> tuple[np.ndarray, list[LinearConstraint], Bounds]:
        """Return cost, rules and bounds of the programme as it stands."""
        size, programme = self.count, self.programme
        free = np.full(size, np.inf)
        cost = [self.terms.own, np.zeros(self.problem.size), np.ones(size), np.zeros(size)]
        low = [programme.low, np.zeros(size), -free]
        bounds = Bounds(np.concatenate(low), np.concatenate([programme.high, free, free]))
        return np.concatenate(cost), [*self.fixed, self._tangents()], bounds

    def solve(self, nodes: int) -> OptimizeResult:
        """Solve the programme as it stands, with whole numbers."""
        cost, rules, bounds = self._parts()
        return solve(
            cost,
            rules,
            bounds,
            np.arange(len(cost)) < self.programme.width,
            presolve=False,  # as fast without, and free of its rounding
            mip_rel_gap=PROVEN / 10,
            node_limit=nodes,
        )

    def bound(self, value: float) -> float:
        """Return an M from a value of the programme."""
        return (value + self.terms.constant) / self.scale

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
        for _ in range(RELAXED):
            found = relaxed(*self._parts())
            if found.x is None:
                return
            self.likely, self.floor = found.x[: self.programme.options], self.bound(found.fun)
            if not self.count or self._lay(*self._split(found.x), least=SCALE * 1e-7) < SCALE / 1e6:
                return

    def rule_out(self, reached: float) -> None:
        """Rule out starts that the relaxation shows to be in no plan below an M reached.

        Parameters
        ----------
        reached : float
            M of an allowed plan.

        Notes
        -----
        By reduced costs: taking such a start, or leaving such a candidate, costs at least as much
        as the plan is above the relaxation.
        """
        for _ in range(FIXED):
            found = relaxed(*self._parts())
            if found.x is None:
                return
            self.floor = max(self.floor, self.bound(found.fun))
            room = (reached - self.bound(found.fun)) * self.scale + SCALE / 1e7
            options, width = self.programme.options, self.programme.width
            out = found.lower.marginals[:options] > room
            kept = -found.upper.marginals[options:width] > room
            fresh = (out & (self.programme.high[:options] > 0)).sum()
            self.programme.high[:options][out] = 0.0
            self.programme.low[options:][kept] = 1.0
            if not fresh:
                return

    def meet(self, starts: np.ndarray) -> None:
        """Add tangents at a plan, so that the programme is exact there."""
        if self.count:
            self._lay(np.full(self.count, -np.inf), self._arguments_of(starts), least=0.0)

    def tighten(self, x: np.ndarray) -> bool:
        """Add tangents at the plan of a solution; tell whether any was missing."""
        if not self.count:
            return False
        e = self._arguments_of(self.programme.starts(x))
        return self._lay(self._split(x)[0], e, least=SCALE * 1e-10) > SCALE * 1e-10

    def _arguments_of(self, starts: np.ndarray) -> np.ndarray:
        taken = starts[self.programme.candidate] == self.programme.quarter
        return np.asarray(self.terms.rows @ taken + self.terms.shift)
