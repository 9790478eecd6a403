"""A plan made step by step: the change that clears most for its cost, then the next."""

from __future__ import annotations

import numpy as np

from lodestar.assess.conflicts.programme import Programme

__all__ = ["best_value_first"]

NEXT_TO_NOTHING = 1e-9


def best_value_first(problem: Programme, chosen: np.ndarray) -> np.ndarray:
    """Return a choice with changes added while one helps, the most cleared per cost first.

    Parameters
    ----------
    problem : Programme
        Needs and changes.
    chosen : ndarray of bool
        Columns chosen already.

    Returns
    -------
    ndarray of bool
        At most one change a metric; needs that nothing helps any more stay unmet.

    Notes
    -----
    What a change clears is the sum over needs of the share of the need it meets, less what it
    opens (the greedy rule of Chvátal 1979 for covering). Where no metric that is still untouched
    helps, a change is swapped for another of the same metric, at the difference in cost. Ties go
    to the first in order of ids.
    """
    steps = _Steps(problem)
    chosen = chosen.copy()
    while True:
        better = steps.added(chosen)
        better = steps.swapped(chosen) if better is None else better
        if better is None:
            return chosen
        chosen = better


class _Steps:
    """Single steps from one choice to a better one."""

    def __init__(self, problem: Programme) -> None:
        many = len(problem.needs)
        self.table, self.least = problem.table[:many], problem.least[:many]
        self.entries = self.table.tocoo()
        self.size = np.array([need.need for need in problem.needs], dtype=float)
        _, self.metric = np.unique([o.metric for o in problem.options], return_inverse=True)
        self.price = problem.price

    def added(self, chosen: np.ndarray) -> np.ndarray | None:
        """Return the choice with the change of best value on a metric without one."""
        lacking = self._lacking(chosen)
        rows, gain = self.entries.row, self.entries.data
        share = np.maximum(lacking[rows], 0.0) - np.maximum(lacking[rows] - gain, 0.0)
        cleared = np.bincount(
            self.entries.col, weights=share / self.size[rows], minlength=len(chosen)
        )
        cleared[self._touched(chosen)] = 0.0
        value = np.round(cleared / np.maximum(self.price, NEXT_TO_NOTHING), 9)
        if not len(value) or value.max() <= 0:
            return None
        return self._with(chosen, int(value.argmax()))

    def swapped(self, chosen: np.ndarray) -> np.ndarray | None:
        """Return the choice with one change swapped for the best of the same metric."""
        lacking = self._lacking(chosen)
        now = self._unmet(lacking)
        helping = np.unique(self.entries.col[lacking[self.entries.row] > 0])
        best, found = 0.0, None
        for option in helping[self._touched(chosen)[helping] & ~chosen[helping]].tolist():
            other = self._with(chosen, option)
            dearer = float(self.price[option] - self.price[chosen & ~other].sum())
            cleared = now - self._unmet(self._lacking(other))
            value = round(cleared / max(dearer, NEXT_TO_NOTHING), 9)
            if cleared > NEXT_TO_NOTHING and value > best:
                best, found = value, other
        return found

    def _lacking(self, chosen: np.ndarray) -> np.ndarray:
        return self.least - self.table @ chosen.astype(float)

    def _unmet(self, lacking: np.ndarray) -> float:
        return float((np.maximum(lacking, 0.0) / self.size).sum())

    def _touched(self, chosen: np.ndarray) -> np.ndarray:
        """Tell which options are on a metric that a choice changes."""
        changed = np.bincount(self.metric[chosen], minlength=len(chosen)) > 0
        return changed[self.metric]

    def _with(self, chosen: np.ndarray, option: int) -> np.ndarray:
        """The choice with an option in place of any other of its metric."""
        other = chosen & (self.metric != self.metric[option])
        other[option] = True
        return other
