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
        Columns chosen already; they stay.

    Returns
    -------
    ndarray of bool
        At most one change a metric; needs that nothing helps any more stay unmet.

    Notes
    -----
    What a change clears is the sum over needs of the share of the need it meets, less what it
    opens (the greedy rule of Chvátal 1979 for covering). Ties go to the first in order of ids.
    """
    chosen = chosen.copy()
    many = len(problem.needs)
    table = problem.table[:many].tocoo()
    _, metric = np.unique([option.metric for option in problem.options], return_inverse=True)
    size = np.array([need.need for need in problem.needs], dtype=float)
    cost = np.maximum(problem.price, NEXT_TO_NOTHING)
    while True:
        lacking = problem.least[:many] - problem.table[:many] @ chosen.astype(float)
        before = np.maximum(lacking, 0.0)[table.row]
        after = np.maximum(lacking[table.row] - table.data, 0.0)
        share = (before - after) / size[table.row]
        value = np.bincount(table.col, weights=share, minlength=len(chosen)) / cost
        taken = np.bincount(metric[chosen], minlength=len(chosen)) > 0
        value[taken[metric]] = 0.0
        value = np.round(value, 9)
        if not len(value) or value.max() <= 0:
            return chosen
        chosen[int(value.argmax())] = True
