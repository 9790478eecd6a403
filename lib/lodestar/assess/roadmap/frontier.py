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

__all__ = ["AGAIN", "FACTORS", "More", "frontier", "next_money", "step_of", "total_budget"]

FACTORS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6)
"""Multiples of the budget that are tried."""

STEP = 100_000.0
"""More money that is tried at most, in the client's currency."""

SEARCH = 300
"""Most nodes of a search beside the plan itself; ordinary ones take fewer than a hundred."""


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


AGAIN = 3
"""Most times that such a choice is made again because something was put off."""


def frontier(
    problem: Problem, cells: Sequence[tuple[str, str]], shelves: Sequence[str]
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
    rows = []
    for factor in FACTORS:
        less = problem.with_budget(factor)
        made = _chosen(less)
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
    found = _chosen(richer)
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


def _chosen(problem: Problem) -> Portfolio | None:
    """Return a plan within the short search; by the long one where the short finds none."""
    try:
        return choose(problem, SEARCH, AGAIN)
    except FaultError:
        return choose(problem)


def _index(problem: Problem, starts: np.ndarray) -> float:
    return float(index_of(problem.misalignment(starts)))
