"""What a portfolio is chosen from, and the candidates with their money and people behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment import target_at
from lodestar.assess.roadmap.calendar import Calendar
from lodestar.assess.roadmap.effects import CellEffects
from lodestar.assess.roadmap.problem import Problem
from lodestar.assess.roadmap.resources import budgets, capacities, spending

__all__ = ["Candidates", "Choice", "candidates_of"]


@dataclass(frozen=True, eq=False)
class Choice:
    """A choice at a level, with what its plan is told from.

    Parameters
    ----------
    problem : Problem
        The choice at the chosen level.
    promised : CellEffects
        The effects with the chances as stated.
    present : ndarray, (present cells,)
        Levels today.
    points : ndarray, (present cells, 5)
        Targets at the whole levels.
    cells : tuple of (str, str)
        Capability and function of each present cell.
    """

    problem: Problem
    promised: CellEffects
    present: np.ndarray
    points: np.ndarray
    cells: tuple[tuple[str, str], ...]

    def at(self, level: float) -> Choice:
        """Return the same choice at another chosen level."""
        gap = self.present - target_at(self.points, level)
        return replace(self, problem=replace(self.problem, gap=gap))

    def with_budget(self, factor: float) -> Choice:
        """Return the same choice with every budget multiplied."""
        return replace(self, problem=self.problem.with_budget(factor))

    def with_choices(self, choices: Mapping[str, str]) -> Choice:
        """Return the same choice with ``must``, ``may`` or ``must-not`` set for some."""
        made = self.problem.choice.astype("U8")
        for name, choice in choices.items():
            made[self.problem.ids.index(name)] = choice
        return replace(self, problem=replace(self.problem, choice=made))


@dataclass(frozen=True, eq=False)
class Candidates:
    """Investments that can be chosen, and the money and people there are; client's registers.

    Parameters
    ----------
    ids : tuple of str
        Sorted.
    choice, kinds : ndarray of str, (candidates,)
        ``must``, ``may`` or ``must-not``; which money pays.
    cost, running, months : ndarray, (candidates,)
        One-off cost, running cost a month, months of delivery.
    earliest : tuple of (str or None)
        First quarter allowed.
    requires, excludes : tuple of (int, int)
        As in `Problem`.
    budgets, capacity, loads : DataFrame
        The tables of these names.
    """

    ids: tuple[str, ...]
    choice: np.ndarray
    kinds: np.ndarray
    cost: np.ndarray
    running: np.ndarray
    months: np.ndarray
    earliest: tuple[str | None, ...]
    requires: tuple[tuple[int, int], ...]
    excludes: tuple[tuple[int, int], ...]
    budgets: pd.DataFrame
    capacity: pd.DataFrame
    loads: pd.DataFrame

    def facts(self) -> dict[str, Any]:
        """Return what a problem says of its candidates whenever it is judged."""
        names = ("ids", "choice", "months", "requires", "excludes")
        return {name: getattr(self, name) for name in names}

    def limits(self, calendar: Calendar) -> dict[str, Any]:
        """Return when they can start, what that costs, and the money and people there are."""
        spent = spending(self.cost, self.running, self.months, calendar)
        money = budgets(self.budgets, self.kinds, spent, calendar)
        people = capacities(self.capacity, self.loads, self.ids, calendar)
        stated = [0 if q is None else max(0, calendar.place(q)) for q in self.earliest]
        return {
            "earliest": np.array(stated, dtype=np.int64),
            "resources": (*money, *people),
            "price": spent.sum(axis=2),
            "calendar": calendar,
        }


def candidates_of(
    rows: pd.DataFrame, budgets: pd.DataFrame, capacity: pd.DataFrame, loads: pd.DataFrame
) -> Candidates:
    """Return candidates of typed tables.

    Parameters
    ----------
    rows : DataFrame
        Candidates' rows of ``investments``, by id.
    budgets, capacity, loads : DataFrame
        The tables of these names.

    Notes
    -----
    Realised investments are no candidates: what is required of them is met, and they rule nothing
    out.
    """
    return Candidates(
        ids=tuple(rows["investment"]),
        choice=rows["choice"].to_numpy(str),
        kinds=rows["kind"].to_numpy(str),
        cost=rows["cost"].to_numpy(float),
        running=rows["running_cost_month"].fillna(0.0).to_numpy(float),
        months=rows["months"].to_numpy(float),
        earliest=tuple(None if pd.isna(q) else str(q) for q in rows["earliest"]),
        requires=_pairs(rows, "requires"),
        excludes=tuple(sorted({(min(p), max(p)) for p in _pairs(rows, "excludes")})),
        budgets=budgets[["period", "kind", "amount"]],
        capacity=capacity[["period", "function", "person_months"]],
        loads=loads[["investment", "function", "period_offset", "person_months"]],
    )


def _pairs(rows: pd.DataFrame, column: str) -> tuple[tuple[int, int], ...]:
    """Return pairs of candidates."""
    order = {name: place for place, name in enumerate(rows["investment"])}
    lists = zip(rows["investment"], rows[column], strict=True)
    found = {(order[a], order[b]) for a, others in lists for b in others if b in order}
    return tuple(sorted(found))
