"""The cheapest changes that meet every need: a weighted covering problem, solved exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from lodestar.assess.conflicts.changes import Change

__all__ = ["Need", "Solution", "cheapest"]

NODES = 200_000
"""Most nodes of one branch-and-bound search; a count, not a time, so that runs agree."""

BLOCK = 12
"""Options settled at once when ties are broken by ids."""


@dataclass(frozen=True)
class Need:
    """One thing to clear: enough gain from the changes made, whenever it arises.

    Parameters
    ----------
    gains : mapping of Change to int
        What each change gives.
    need : int
        Gain that clears it.
    given : frozenset of Change
        Changes that let it arise; empty when it is there from the start.
    kept : frozenset of Change
        Changes that each take one away of ``need`` when made (helpers that are lost).
    name : tuple of str
        What it is, for those that stay uncleared.
    """

    gains: Mapping[Change, int]
    need: int = 1
    given: frozenset[Change] = frozenset()
    kept: frozenset[Change] = frozenset()
    name: tuple[str, ...] = ()

    @property
    def from_the_start(self) -> bool:
        """Tell whether it has to be cleared rather than not to be opened."""
        return not (self.given or self.kept)


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
    """

    changes: tuple[Change, ...]
    cost: float
    left: tuple[Need, ...] = ()
    optimal: bool = True


def cheapest(needs: Sequence[Need], costs: Mapping[Change, float]) -> Solution:
    """Return the cheapest changes that meet the needs, at most one a metric.

    Parameters
    ----------
    needs : sequence of Need
        What to clear, and what not to open.
    costs : mapping of Change to float
        Every allowed change with its cost, 0 or more.

    Notes
    -----
    Binary programme by HiGHS with gap 0: as few needs left as possible, then least cost, then
    fewest changes, then the first set in the order of ids. Needs that could be left carry a slack
    that costs more than all changes together.
    """
    problem = _Problem(needs, costs)
    if not problem.options:
        return Solution((), 0.0, tuple(need for need in needs if need.from_the_start))
    first = problem.solve(problem.price)
    if first is None:
        return Solution((), 0.0, tuple(n for n in needs if n.from_the_start), optimal=False)
    problem.hold(problem.price, float(problem.price @ first))
    fewest = problem.solve(problem.count)
    best = first if fewest is None else fewest
    problem.hold(problem.count, float(problem.count @ best))
    return problem.told(problem.first_by_ids(best))


class _Problem:
    """The programme: options, then one slack for each need that is there from the start."""

    def __init__(self, needs: Sequence[Need], costs: Mapping[Change, float]) -> None:
        self.options = sorted(costs)
        self.costs = np.array([costs[option] for option in self.options], dtype=float)
        self.place = {option: i for i, option in enumerate(self.options)}
        self.slack = [need for need in needs if need.from_the_start]
        scaled = self.costs / max(self.costs.max(initial=0.0), 1e-12)
        dear = np.full(len(self.slack), scaled.sum() + 1.0)
        self.price = np.concatenate([scaled, dear])
        self.count = np.concatenate([np.ones(len(self.options)), np.zeros(len(self.slack))])
        self.limits = [self._meets(needs), self._one_a_metric()]
        self.optimal = True

    def _meets(self, needs: Sequence[Need]) -> LinearConstraint:
        table = sparse.lil_array((len(needs), len(self.price)))
        least, slack = np.zeros(len(needs)), 0
        for row, need in enumerate(needs):
            for change, gain in need.gains.items():
                if change in self.place:
                    table[row, self.place[change]] = min(gain, need.need)
            for change in need.given:
                table[row, self.place[change]] = -need.need
            for change in need.kept:
                table[row, self.place[change]] = -1
            least[row] = need.need - need.need * len(need.given) - len(need.kept)
            if need.from_the_start:
                table[row, len(self.options) + slack] = need.need
                slack += 1
        return LinearConstraint(sparse.csr_array(table), lb=least)

    def _one_a_metric(self) -> LinearConstraint:
        metrics = sorted({option.metric for option in self.options})
        place = {metric: i for i, metric in enumerate(metrics)}
        rows = [place[option.metric] for option in self.options]
        ones = (np.ones(len(rows)), (rows, np.arange(len(rows))))
        table = sparse.csr_array(ones, shape=(len(metrics), len(self.price)))
        return LinearConstraint(table, ub=1)

    def hold(self, objective: np.ndarray, value: float) -> None:
        """Keep an objective at its best in what follows."""
        row = sparse.csr_array(objective[None, :])
        self.limits.append(LinearConstraint(row, ub=value + 1e-6))

    def solve(self, objective: np.ndarray) -> np.ndarray | None:
        """Return the best 0/1 choice; remember when it is not proven."""
        found = milp(
            objective,
            constraints=self.limits,
            integrality=np.ones(len(objective)),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        self.optimal &= found.status == 0
        return None if found.x is None else np.round(found.x)

    def first_by_ids(self, best: np.ndarray) -> np.ndarray:
        """Return the first of equally good choices in the order of metric, change, target."""
        for start in range(0, len(self.options), BLOCK):
            block = np.arange(start, min(start + BLOCK, len(self.options)))
            if not best[start : len(self.options)].any():
                break
            objective = np.zeros(len(self.price))
            objective[block] = -(2.0 ** np.arange(BLOCK)[::-1][: len(block)])
            found = self.solve(objective)
            best = best if found is None else found
            self._fix(block, best)
        return best

    def _fix(self, block: np.ndarray, best: np.ndarray) -> None:
        table = sparse.csr_array(
            (np.ones(len(block)), (np.arange(len(block)), block)),
            shape=(len(block), len(self.price)),
        )
        self.limits.append(LinearConstraint(table, lb=best[block], ub=best[block]))

    def told(self, best: np.ndarray) -> Solution:
        """Return a choice in words."""
        size = len(self.options)
        chosen = np.flatnonzero(best[:size] > 0.5)
        left = (need for need, kept in zip(self.slack, best[size:], strict=True) if kept > 0.5)
        return Solution(
            tuple(self.options[i] for i in chosen),
            float(self.costs[chosen].sum()),
            tuple(left),
            self.optimal,
        )
