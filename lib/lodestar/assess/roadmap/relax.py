"""Why no plan is possible: the smallest set of rules to relax, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint

from lodestar.assess.roadmap.problem import Problem
from lodestar.assess.roadmap.resources import Resource
from lodestar.assess.roadmap.solver import solve
from lodestar.stats.rounding import settle

__all__ = ["Relaxed", "smallest_relaxation"]

ORDER = ("budget", "capacity", "earliest", "excludes", "requires", "must-not", "must")
"""Of equally small sets, the one that relaxes rules further to the left."""

PREFERENCE = 1e-3
"""What a place further to the right costs, in rules."""


@dataclass(frozen=True)
class Relaxed:
    """One rule to relax.

    Parameters
    ----------
    rule : str
        One of budget, capacity, earliest, excludes, requires, must-not, must.
    names : tuple of str
        The kind of money, the function, or the investments it speaks of.
    more : tuple of (str, float)
        From the first quarter on (budget) or in which quarters (capacity) how much more is needed.
    """

    rule: str
    names: tuple[str, ...]
    more: tuple[tuple[str, float], ...] = ()


def smallest_relaxation(problem: Problem) -> tuple[Relaxed, ...]:
    """Return the fewest rules that have to give way for a plan to exist; none if one exists.

    Parameters
    ----------
    problem : Problem
        Candidates, money, people and rules.

    Notes
    -----
    Every rule gets a yes-or-no variable that lifts it; as few as possible are taken (exactly, by
    HiGHS), ties in the order of `ORDER`. Then the least money and people that suffice are found.
    """
    elastic = _Elastic(problem)
    lifted = elastic.fewest()
    return elastic.told(lifted, elastic.amounts(lifted))


Row = tuple[np.ndarray, float, int, Resource | None, int]
"""Coefficients of starts, limit, rule that lifts it, resource and quarter where it is one."""


class _Elastic:
    """The rules over starts of what must be done, each with its own way out."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.quarters = len(problem.calendar.quarters)
        self.needed = sorted({j for i in self._of("must") for j in problem.needs(i)})
        self.rules: list[tuple[str, tuple[str, ...]]] = []
        self.rows: list[Row] = list(self._logic())
        self.rows += self._money_and_people()
        self.lifts = len(self.rules)

    def _of(self, choice: str) -> list[int]:
        return [int(i) for i in np.flatnonzero(self.problem.choice == choice)]

    def _rule(self, rule: str, *names: str) -> int:
        self.rules.append((rule, names))
        return len(self.rules) - 1

    def _blank(self) -> np.ndarray:
        return np.zeros((self.problem.size, self.quarters))

    def _one(self, i: int, until: int | None = None) -> np.ndarray:
        """Return starts of a candidate, in all quarters or in those before one."""
        made = self._blank()
        made[i, :until] = 1.0
        return made

    def _logic(self) -> Iterator[Row]:
        problem, ids = self.problem, self.problem.ids
        for i in self._of("must"):
            yield -self._one(i), -1.0, self._rule("must", ids[i]), None, 0
        for i in sorted(set(self._of("must-not")) & set(self.needed)):
            yield self._one(i), 0.0, self._rule("must-not", ids[i]), None, 0
        for i in self.needed:
            first = int(problem.earliest[i])
            if first > 0:
                yield self._one(i, first), 0.0, self._rule("earliest", ids[i]), None, 0
        for i, j in problem.requires:
            if i in self.needed:
                lift = self._rule("requires", ids[i], ids[j])
                for end in range(1, self.quarters + 1):
                    yield self._one(i, end) - self._one(j, end), 0.0, lift, None, 0
        for i, j in problem.excludes:
            if {i, j} <= set(self.needed):
                row = self._one(i) + self._one(j)
                yield row, 1.0, self._rule("excludes", ids[i], ids[j]), None, 0

    def _money_and_people(self) -> Iterator[Row]:
        for resource in self.problem.resources:
            if resource.use[self.needed].any():
                lift = self._rule(resource.kind, resource.name)
                for quarter in range(self.quarters):
                    use = resource.use[:, :, quarter]
                    yield use, float(resource.room[quarter]), lift, resource, quarter

    def _solve(self, cost: np.ndarray, lifted: np.ndarray | None) -> np.ndarray:
        """Solve over starts, one slack a row, and one lift a rule."""
        starts, size = self.problem.size * self.quarters, len(self.rows)
        scale = np.array([max(1.0, float(np.abs(row[0]).max())) for row in self.rows])
        table = np.array([row[0].ravel() for row in self.rows]).reshape(size, starts)
        limit = np.array([row[1] for row in self.rows])
        most = np.array([np.abs(row[0]).sum() for row in self.rows]) / scale + 1.0
        lift = np.zeros((size, self.lifts))
        lift[np.arange(size), [row[2] for row in self.rows]] = most
        none = np.zeros((size, self.lifts))
        kept = np.hstack([table / scale[:, None], -np.eye(size), none])
        opened = np.hstack([np.zeros((size, starts)), np.eye(size), -lift])
        once = np.kron(np.eye(self.problem.size), np.ones(self.quarters))
        once = np.hstack([once, np.zeros((self.problem.size, size + self.lifts))])
        allowed = np.zeros((self.problem.size, self.quarters))
        allowed[self.needed] = 1.0
        free = np.ones(self.lifts) if lifted is None else lifted.astype(float)
        found = solve(
            cost,
            [
                LinearConstraint(kept, ub=limit / scale),
                LinearConstraint(opened, ub=0),
                LinearConstraint(once, ub=1),
            ],
            Bounds(0, np.concatenate([allowed.ravel(), np.full(size, np.inf), free])),
            np.concatenate([np.ones(starts), np.zeros(size), np.ones(self.lifts)]).astype(bool),
            mip_rel_gap=0,
        )
        return np.asarray(found.x)

    def fewest(self) -> np.ndarray:
        """Return which rules are lifted."""
        if not self.rows:
            return np.zeros(0, dtype=bool)
        price = [1 + PREFERENCE * ORDER.index(rule) for rule, _ in self.rules]
        rest = self.problem.size * self.quarters + len(self.rows)
        found = self._solve(np.concatenate([np.zeros(rest), price]), None)
        return found[rest:] > 0.5

    def amounts(self, lifted: np.ndarray) -> np.ndarray:
        """Return the least slack of each row under the lifted rules, in its own unit."""
        if not lifted.any():
            return np.zeros(len(self.rows))
        starts, size = self.problem.size * self.quarters, len(self.rows)
        scale = np.array([max(1.0, float(np.abs(row[0]).max())) for row in self.rows])
        cost = np.concatenate([np.zeros(starts), np.ones(size), np.zeros(self.lifts)])
        found = self._solve(cost, lifted)
        return found[starts : starts + size] * scale

    def told(self, lifted: np.ndarray, amounts: np.ndarray) -> tuple[Relaxed, ...]:
        """Return the lifted rules with what they lack."""
        made = []
        for rule in np.flatnonzero(lifted):
            kind, names = self.rules[rule]
            lacking = [
                (row[4], amount)
                for row, amount in zip(self.rows, amounts, strict=True)
                if row[2] == rule and row[3] is not None and amount > 1e-6
            ]
            if kind == "budget" and lacking:
                lacking = [(0, max(amount for _, amount in lacking))]
            quarters = self.problem.calendar.quarters
            made.append(Relaxed(kind, names, tuple((quarters[q], settle(a)) for q, a in lacking)))
        return tuple(made)
