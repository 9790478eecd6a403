"""By how much the M of a plan changes with each move, all moves at once."""

from __future__ import annotations

import numpy as np

from lodestar.assess.roadmap.problem import Problem, phi
from lodestar.assess.roadmap.terms import both_changes

__all__ = ["Falls"]


class Falls:
    """What starts change cell by cell, and what that makes of M.

    Parameters
    ----------
    problem : Problem
        Gaps, weights and effects.
    candidate, quarter : ndarray of int, (starts,)
        What each start is.

    Notes
    -----
    M is a sum over cells, so a move that drops one start and takes another changes it by what
    each does alone, and by what they do to each other in the cells that both change. Those are
    few: they are listed once, by candidate.
    """

    def __init__(self, problem: Problem, candidate: np.ndarray, quarter: np.ndarray) -> None:
        self.late, self.soon, touched = both_changes(problem, candidate, quarter)
        self.gap, self.weight = problem.gap[touched], problem.weight[touched]
        self.over = problem.overshoot
        changed = (self.late != 0) | (self.soon != 0)
        self.start, self.cell = np.nonzero(changed)
        self.pairs = [self._meeting(changed, candidate == one) for one in range(problem.size)]
        self.candidate = candidate

    def _meeting(self, changed: np.ndarray, mine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return starts and cells in which they meet those of one candidate."""
        cells = np.flatnonzero(changed[mine].any(axis=0))
        start, place = np.nonzero(changed[:, cells])
        return start, cells[place]

    def of(self, taken: np.ndarray) -> np.ndarray:
        """Return by how much M changes: dropping none or one of `taken`, taking none or a start.

        Parameters
        ----------
        taken : ndarray of int
            The starts of a plan.

        Returns
        -------
        ndarray, (1 + taken, 1 + starts)
        """
        late = self.gap + self.late[taken].sum(axis=0)
        soon = self.gap + self.soon[taken].sum(axis=0)
        now = self._worth(late, soon, self.weight)
        dropped = self._worth(late - self.late[taken], soon - self.soon[taken], self.weight) - now
        made = np.zeros((1 + len(taken), 1 + len(self.candidate)))
        made[1:, 0] = dropped.sum(axis=1)
        made[:, 1:] = made[:, :1] + self._added(late, soon, now)
        if len(taken):
            made[1:, 1:] += self._together(taken, late, soon, now, dropped)
        return made

    def _added(self, late: np.ndarray, soon: np.ndarray, now: np.ndarray) -> np.ndarray:
        """Return what each start changes, taken alone."""
        at, who = self.cell, self.start
        then = self._worth(
            late[at] + self.late[who, at], soon[at] + self.soon[who, at], self.weight[at]
        )
        return np.bincount(who, then - now[at], len(self.candidate))

    def _together(
        self,
        taken: np.ndarray,
        late: np.ndarray,
        soon: np.ndarray,
        now: np.ndarray,
        dropped: np.ndarray,
    ) -> np.ndarray:
        """Return what dropping one and taking another changes beyond what each does alone."""
        pairs = [self.pairs[one] for one in self.candidate[taken]]
        out = np.repeat(np.arange(len(taken)), [len(start) for start, _ in pairs])
        into, at = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
        weight, gone = self.weight[at], taken[out]
        a, b = late[at], soon[at]
        plus_a, plus_b = a + self.late[into, at], b + self.soon[into, at]
        both = self._worth(plus_a - self.late[gone, at], plus_b - self.soon[gone, at], weight)
        one = self._worth(plus_a, plus_b, weight)
        size = len(self.candidate)
        beyond = both - one - dropped[out, at]
        return np.bincount(out * size + into, beyond, len(taken) * size).reshape(-1, size)

    def _worth(self, late: np.ndarray, soon: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return np.asarray(weight * np.maximum(phi(late, self.over), phi(soon, self.over)))
