"""Rules of a choice as rows of a linear programme over starts."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint

from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.solver import solve

__all__ = ["Programme"]

FULL = 1_000.0
"""Size of a full resource in the solver's units: far above its absolute tolerances."""


class Programme:
    """Starts as yes-or-no variables, one a candidate and quarter, and one a candidate.

    Parameters
    ----------
    problem : Problem
        Candidates and rules.
    allowed : ndarray of bool, (candidates, quarters)
        Which starts exist.

    Attributes
    ----------
    candidate, quarter : ndarray of int, (options,)
        What each start is.
    width : int
        Number of variables: options, then candidates.
    """

    def __init__(self, problem: Problem, allowed: np.ndarray) -> None:
        self.problem = problem
        possible = allowed & (problem.choice != "must-not")[:, None]
        self.candidate, self.quarter = np.nonzero(possible)
        self.options = len(self.candidate)
        self.width = self.options + problem.size
        must = (problem.choice == "must").astype(float)
        self.low = np.concatenate([np.zeros(self.options), must])
        self.high = np.ones(self.width)

    @property
    def undecided(self) -> int:
        """Return how many variables may still be either."""
        return int((self.low < self.high).sum())

    def rules(self, more: int = 0) -> list[LinearConstraint]:
        """Return every rule, with `more` further variables that no rule speaks of."""
        blank = sparse.csr_array((self.problem.size, more))
        chosen = self._chosen()
        taken = sparse.hstack([chosen, -sparse.eye_array(self.problem.size), blank], format="csr")
        made = [LinearConstraint(taken, 0, 0)]
        tables = (self._resources(), self._requires(), self._excludes())
        for table, limit in tables:
            if table.shape[0]:
                wide = sparse.hstack([table, sparse.csr_array((table.shape[0], more))])
                made.append(LinearConstraint(wide.tocsr(), ub=limit))
        return made

    def _chosen(self) -> sparse.csr_array:
        """Return the table that gives each candidate from its starts."""
        ones = (np.ones(self.options), (self.candidate, np.arange(self.options)))
        return sparse.csr_array(ones, shape=(self.problem.size, self.options))

    def _resources(self) -> tuple[sparse.csr_array, np.ndarray]:
        """Return use of money and people per start, and what there is; both in units."""
        rows, limits = [], []
        for resource in self.problem.resources:
            use = resource.use[self.candidate, self.quarter].T
            bites = use.sum(axis=1) > resource.room
            scale = FULL / np.where(resource.room > 0, resource.room, 1.0)
            rows.append((use * scale[:, None])[bites])
            limits.append((resource.room * scale)[bites])
        table = np.vstack(rows) if rows else np.zeros((0, self.options))
        wide = np.hstack([table, np.zeros((len(table), self.problem.size))])
        return sparse.csr_array(wide), np.concatenate([*limits, []])

    def _requires(self) -> tuple[sparse.csr_array, np.ndarray]:
        """By each quarter, what requires has started at most as often as what is required."""
        quarters = np.arange(len(self.problem.calendar.quarters))
        started = (self.quarter[None, :] <= quarters[:, None]).astype(float)
        rows = [
            started * ((self.candidate == i).astype(float) - (self.candidate == j))[None, :]
            for i, j in self.problem.requires
        ]
        table = np.vstack([np.zeros((0, self.options)), *rows])
        wide = np.hstack([table, np.zeros((len(table), self.problem.size))])
        return sparse.csr_array(wide), np.zeros(len(wide))

    def _excludes(self) -> tuple[sparse.csr_array, np.ndarray]:
        pairs = np.array(self.problem.excludes, dtype=int).reshape(-1, 2)
        row = np.repeat(np.arange(len(pairs)), 2)
        ones = (np.ones(len(row)), (row, self.options + pairs.ravel()))
        return sparse.csr_array(ones, shape=(len(pairs), self.width)), np.ones(len(pairs))

    def taken(self, starts: np.ndarray) -> np.ndarray:
        """Tell which starts a plan takes, (options,)."""
        return np.asarray(starts[self.candidate] == self.quarter)

    def starts(self, x: np.ndarray) -> np.ndarray:
        """Return the start quarter of each candidate in a solution; -1 when not chosen."""
        out = np.full(self.problem.size, OUT)
        yes = np.flatnonzero(x[: self.options] > 0.5)
        out[self.candidate[yes]] = self.quarter[yes]
        return out

    def soonest(self, chosen: np.ndarray, urgency: np.ndarray) -> np.ndarray | None:
        """Return the starts of a fixed set that begin soonest, weighted by urgency.

        Parameters
        ----------
        chosen : ndarray of bool, (candidates,)
            The set.
        urgency : ndarray, (candidates,)
            Weight of a quarter's wait, above 0.
        """
        wait = urgency[self.candidate] * self.quarter
        low = np.concatenate([np.zeros(self.options), chosen])
        high = np.concatenate([np.ones(self.options), chosen])
        found = solve(
            np.concatenate([wait, np.zeros(self.problem.size)]),
            self.rules(),
            Bounds(low, high),
            np.ones(self.width, dtype=bool),
            mip_rel_gap=0,
        )
        return None if found.x is None else self.starts(found.x)
