"""Budget against index: what less and more money would reach, and how others would spend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
import pandas as pd

from lodestar.assess.alignment import index_of
from lodestar.assess.roadmap.portfolio import Portfolio, choose
from lodestar.assess.roadmap.problem import OUT, Problem
from lodestar.assess.roadmap.rivals import largest_gap_first, spread_evenly
from lodestar.errors import FaultError

__all__ = ["FACTORS", "More", "frontier", "next_money", "step_of", "total_budget"]

FACTORS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6)
"""Multiples of the budget that are tried."""

STEP = 100_000.0
"""More money that is tried at most, in the client's currency."""

SEARCH = 300
"""Most nodes of a choice beside the plan itself; ordinary ones take fewer than a hundred."""


@dataclass(frozen=True)
class More:
    """What more money of one kind would buy.

    Parameters
    ----------
    kind : str
        Kind of money.
    amount : float
        How much more, from the first quarter on.
    gain : float
        Index points at the horizon.
    enters, leaves : tuple of str
        Investments that join and that leave the plan.
    """

    kind: str
    amount: float
    gain: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def frontier(
    problem: Problem,
    cells: Sequence[tuple[str, str]],
    shelves: Sequence[str],
) -> pd.DataFrame:
    """Return the index at the horizon by budget, of the best plan and of two habits.

    Parameters
    ----------
    problem : Problem
        The choice.
    cells : sequence of (str, str)
        Capability and function of each present cell.
    shelves : sequence of str
        Dimension that each candidate mainly works on.

    Returns
    -------
    DataFrame
        ``factor``, ``budget`` (all kinds to the horizon), ``cost`` and ``index`` of the best plan,
        ``optimal``, ``greedy`` (largest gap first) and ``even`` (spread evenly); NaN where what
        must be done does not fit.
    """
    total = total_budget(problem)
    best = _best_by_factor(problem)
    rows = []
    for factor in FACTORS:
        less, made = problem.with_budget(factor), best[factor]
        rivals = [largest_gap_first(less, cells), spread_evenly(less, shelves)]
        rows.append(
            (
                factor,
                factor * total,
                np.nan if made is None else less.cost(made.starts),
                np.nan if made is None else _index(less, made.starts),
                made is not None and made.optimal,
                *(np.nan if r is None else _index(less, r) for r in rivals),
            )
        )
    names = ["factor", "budget", "cost", "index", "optimal", "greedy", "even"]
    return pd.DataFrame(rows, columns=names)


def _best_by_factor(problem: Problem) -> dict[float, Portfolio | None]:
    """Return the best plan at each multiple of the budget.

    Notes
    -----
    From the most money down: a plan proven best of all with more money, and still affordable
    with less, is best with less.
    """
    made: dict[float, Portfolio | None] = {}
    before: Portfolio | None = None
    for factor in sorted(FACTORS, reverse=True):
        less = problem.with_budget(factor)
        if before is not None and _stays(less, before):
            made[factor] = before
            continue
        near = [] if before is None else [before.starts]
        before = made[factor] = _chosen(less, near)
    return made


def _stays(less: Problem, before: Portfolio) -> bool:
    """Tell whether a plan made with more money is the best with less as well."""
    chosen = np.flatnonzero(before.starts != OUT)
    fits = bool(less.open[chosen, before.starts[chosen]].all())
    return before.optimal and fits and less.affords(before.starts)


def total_budget(problem: Problem) -> float:
    """Return all money granted to the horizon; 0 without a budget."""
    rooms = [r.room[-1] for r in problem.resources if r.kind == "budget"]
    return float(sum(rooms))


def step_of(total: float) -> float:
    """Return a round sum near a tenth of the budget, at most 100,000.

    Examples
    --------
    >>> step_of(2_340_000), step_of(64_000), step_of(0)
    (100000.0, 1000.0, 100000.0)
    """
    return min(STEP, 10.0 ** floor(log10(total / 10))) if total > 0 else STEP


def next_money(problem: Problem, starts: np.ndarray) -> list[More]:
    """Return what the next sum of each kind of money buys, the most useful kind first."""
    amount = step_of(total_budget(problem))
    kinds = [r.name for r in problem.resources if r.kind == "budget"]
    made = [_more(problem, starts, kind, amount) for kind in kinds]
    return sorted(made, key=lambda more: (-round(more.gain, 9), more.kind))


def _more(problem: Problem, starts: np.ndarray, kind: str, amount: float) -> More:
    richer = problem.with_more(kind, amount)
    found = _chosen(richer, [starts])
    then = starts if found is None else found.starts
    gain = _index(richer, then) - _index(problem, starts)
    changed = zip(problem.ids, starts != OUT, then != OUT, strict=True)
    flips = [(name, after) for name, before, after in changed if before != after]
    return More(
        kind,
        amount,
        gain,
        tuple(name for name, after in flips if after),
        tuple(name for name, after in flips if not after),
    )


def _chosen(problem: Problem, near: Sequence[np.ndarray]) -> Portfolio | None:
    """Return a plan within the short search; by the long one where the short finds none."""
    try:
        return choose(problem, SEARCH, near)
    except FaultError:
        return choose(problem, near=near)


def _index(problem: Problem, starts: np.ndarray) -> float:
    return float(index_of(problem.misalignment(starts)))
