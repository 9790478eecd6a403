"""Misalignment from below: a linear programme whose cuts close in on the squares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from lodestar.assess.roadmap.hull import Cut, hulls_of, lowest
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
"""Tangents laid to begin with over the range of a term whose hull is not looked at."""

RELAXED, FIXED = 16, 3
"""Most rounds of cuts on the relaxation, and of ruling starts out by it."""

RISES = 1e-5
"""Share by which a round of cuts must raise the relaxation for another one to follow."""


class Approximation:
    """Variables y (starts), z (candidates), u (terms); u is below the squares.

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
        self.count = self.terms.count
        self.hulls = hulls_of(self.terms, programme.candidate)
        self.wide = sorted({*range(self.count)} - {hull.place for hull in self.hulls})
        self.cuts: list[Cut] = list(self._begun(programme))
        self.likely, self.floor = np.zeros(programme.options), -np.inf
        self.rules = programme.rules(self.count)

    def _begun(self, programme: Programme) -> Iterator[Cut]:
        """Yield the tangent at doing nothing; for wide terms more of them, and their corners."""
        nothing = np.zeros(programme.options)
        yield from (self._tangent(term, nothing) for term in range(self.count))
        for term in self.wide:
            for corner in self.terms.corners_of(term, programme.candidate):
                yield (term, *corner)
            for late, soon in self._grid(term, programme):
                yield (term, *self.terms.touching(term, late, soon))

    def _grid(self, term: int, programme: Programme) -> Iterator[tuple[float, float]]:
        """Yield points over the range of a term."""
        ends = []
        for row in (self.terms.late[term], self.terms.soon[term]):
            mine = [row[programme.candidate == one] for one in np.unique(programme.candidate)]
            low = sum(min(0.0, own.min()) for own in mine)
            ends.append(np.linspace(low, sum(max(0.0, own.max()) for own in mine), GRID))
        yield from zip(*ends, strict=True)

    def _tangent(self, term: int, y: np.ndarray) -> Cut:
        """Return the tangent of a term at a plan, relaxed or not."""
        return term, *self.terms.touching(term, *self.terms.at(term, y))

    def _below(self) -> LinearConstraint:
        """U ≥ coefficients·y + constant for every cut."""
        size = len(self.cuts)
        rows = np.array([row for _, row, _ in self.cuts]).reshape(size, self.programme.options)
        ones = (np.ones(size), (np.arange(size), [term for term, _, _ in self.cuts]))
        table = [
            sparse.csr_array(-rows),
            sparse.csr_array((size, self.problem.size)),
            sparse.csr_array(ones, shape=(size, self.count)),
        ]
        constant = np.array([floor for _, _, floor in self.cuts])
        return LinearConstraint(sparse.hstack(table).tocsr(), lb=constant)

    def _parts(self) -> tuple[np.ndarray, list[LinearConstraint], Bounds]:
        """Return cost, rules and bounds of the programme as it stands."""
        size, programme = self.count, self.programme
        cost = [self.terms.own, np.zeros(self.problem.size), np.ones(size)]
        high = np.append(programme.high, np.full(size, np.inf))
        bounds = Bounds(np.append(programme.low, np.zeros(size)), high)
        below = [self._below()] if self.cuts else []
        return np.concatenate(cost), [*self.rules, *below], bounds

    def solve(self, nodes: int) -> OptimizeResult:
        """Solve the programme as it stands, with whole numbers."""
        cost, rules, bounds = self._parts()
        return solve(
            cost,
            rules,
            bounds,
            np.arange(len(cost)) < self.programme.width,
            mip_rel_gap=PROVEN / 10,
            node_limit=nodes,
        )

    def bound(self, value: float) -> float:
        """Return an M from a value of the programme."""
        return (value + self.terms.constant) / self.scale

    def _lay(self, y: np.ndarray, u: np.ndarray, least: float) -> bool:
        """Add cuts where u is more than `least` too low at a plan; tell whether any was."""
        made = lowest(self.hulls, y, u, least)
        for term in self.wide:
            row, constant = self._tangent(term, y)[1:]
            if row @ y + constant > u[term] + least:
                made.append((term, row, constant))
        self.cuts += made
        return bool(made)

    def relax(self) -> None:
        """Lay cuts where the relaxation needs them, then keep those that it rests on."""
        for _ in range(RELAXED):
            found = relaxed(*self._parts())
            if found.x is None:
                return
            before, self.floor = self.floor, self.bound(found.fun)
            self.likely = found.x[: self.programme.options]
            small = self.floor - before < RISES * abs(self.floor)
            if small or not self._lay(*self._split(found.x), least=SCALE * 1e-8):
                break
        self._keep(found.x)

    def _split(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return y and u of a solution."""
        return x[: self.programme.options], x[self.programme.width :]

    def _keep(self, x: np.ndarray) -> None:
        """Drop the cuts that a relaxed plan is clear of."""
        y, u = self._split(x)
        self.cuts = [
            (term, row, constant)
            for term, row, constant in self.cuts
            if u[term] - row @ y - constant < SCALE * 1e-7
        ]

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

    def meet(self, plans: Iterable[np.ndarray]) -> None:
        """Add cuts at plans, so that the programme is exact there."""
        met: set[tuple[int, bytes]] = set()
        for place, starts in enumerate(plans):
            taken = self.programme.taken(starts)
            keys = {hull.place: (hull.place, taken[hull.all].tobytes()) for hull in self.hulls}
            fresh = [hull for hull in self.hulls if keys[hull.place] not in met]
            met.update(keys.values())
            y = taken.astype(float)
            self.cuts += lowest(fresh, y, np.full(self.count, -np.inf), 0.0)
            self.cuts += [self._tangent(term, y) for term in self.wide if not place]

    def tighten(self, x: np.ndarray) -> bool:
        """Add cuts at the plan of a solution; tell whether any was missing."""
        taken = self.programme.taken(self.programme.starts(x))
        return self._lay(taken.astype(float), self._split(x)[1], least=SCALE * 1e-10)
