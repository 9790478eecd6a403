"""The linear solver, called in one place so that nothing it prints reaches a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from lodestar.stats.quiet import quiet

__all__ = ["INFEASIBLE", "NODES", "SECONDS", "relaxed", "solve"]

NODES = 500
"""Most nodes of one choice, some half a minute of the densest problems; a count and not a time,
so that runs agree everywhere."""

SECONDS = 600.0
"""A last resort against a stalled search; problems never come near it."""

INFEASIBLE = 2
"""Status of a programme that no point satisfies."""


def solve(
    cost: np.ndarray,
    rules: Sequence[LinearConstraint],
    bounds: Bounds,
    whole: np.ndarray,
    **options: Any,
) -> OptimizeResult:
    """Return the least cost under linear rules, some variables being whole numbers.

    Parameters
    ----------
    cost : ndarray, (variables,)
        Cost of each variable.
    rules : sequence of LinearConstraint
        What must hold.
    bounds : Bounds
        Least and greatest value of each variable.
    whole : ndarray of bool, (variables,)
        Which variables are whole numbers.
    **options
        Passed to HiGHS: ``presolve``, ``mip_rel_gap``, ``node_limit``.

    Notes
    -----
    HiGHS of scipy writes a line to standard output when it repairs a rounded solution. It would
    end up on the client's page, so standard output is set aside while it works. A search that ends
    without a point is made once more with presolve the other way round: now and then rounding
    makes it give up, and "no plan" is too much to say on one try.
    """
    given = {"presolve": True, "node_limit": NODES, "time_limit": SECONDS, **options}
    with quiet():
        for presolve in (given["presolve"], not given["presolve"]):
            tried = {**given, "presolve": presolve}
            found = milp(cost, constraints=rules, bounds=bounds, integrality=whole, options=tried)
            if found.x is not None:
                break
    return found


def relaxed(cost: np.ndarray, rules: Sequence[LinearConstraint], bounds: Bounds) -> OptimizeResult:
    """Return the least cost with every variable free between its bounds, and reduced costs.

    Parameters
    ----------
    cost, rules, bounds
        As in `solve`.

    Returns
    -------
    OptimizeResult
        Of `scipy.optimize.linprog`: ``x``, ``fun``, ``lower.marginals``, ``upper.marginals``.
    """
    table = sparse.vstack([sparse.csr_array(rule.A) for rule in rules], format="csr")
    low, high = np.concatenate([_sides(rule) for rule in rules]).T
    same, under, over = low == high, np.isfinite(high), np.isfinite(low)
    under, over = under & ~same, over & ~same
    with quiet():
        return linprog(
            cost,
            A_ub=sparse.vstack([table[under], -table[over]]),
            b_ub=np.concatenate([high[under], -low[over]]),
            A_eq=table[same],
            b_eq=low[same],
            bounds=np.column_stack([bounds.lb, bounds.ub]),
            method="highs-ds",
        )


def _sides(rule: LinearConstraint) -> np.ndarray:
    """Return the lower and the upper side of each row."""
    rows = rule.A.shape[0]
    return np.column_stack([np.broadcast_to(side, rows) for side in (rule.lb, rule.ub)])
