"""From an engagement to the problem of choosing: gaps, candidates, effects, money, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment import cell_weights, target_at, target_points
from lodestar.assess.cells import cell_matrix
from lodestar.assess.roadmap.calendar import HORIZON, Calendar, calendar_of
from lodestar.assess.roadmap.effects import CellEffects, cell_effects
from lodestar.assess.roadmap.problem import Problem
from lodestar.assess.roadmap.resources import budgets, capacities, spending
from lodestar.assess.roadmap.returns import Returns, past_returns
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["Material", "material"]


@dataclass(frozen=True, eq=False)
class Material:
    """Everything the roadmap is computed from, the map of measures apart.

    Parameters
    ----------
    problem : Problem
        The choice at the chosen level.
    promised : CellEffects
        The effects with the chances as stated.
    investments : DataFrame
        The candidates' rows of the table, in the order of the problem.
    present : ndarray, (present cells,)
        Levels today.
    points : ndarray, (present cells, 5)
        Targets at the whole levels.
    cells : tuple of (str, str)
        Capability and function of each present cell.
    shelves : tuple of str
        Dimension that each candidate mainly works on; empty where none.
    returns : Returns
        What past investments brought.
    left_out : DataFrame
        Effects on cells without a level.
    free : tuple of str
        Kinds of money that candidates need and that no budget limits.
    today : date
        ``as_of``.
    """

    problem: Problem
    promised: CellEffects
    investments: pd.DataFrame
    present: np.ndarray
    points: np.ndarray
    cells: tuple[tuple[str, str], ...]
    shelves: tuple[str, ...]
    returns: Returns
    left_out: pd.DataFrame
    free: tuple[str, ...]
    today: date

    def at(self, level: float) -> Material:
        """Return the same material at another chosen level."""
        gap = self.present - target_at(self.points, level)
        return replace(self, problem=replace(self.problem, gap=gap))

    def with_budget(self, factor: float) -> Material:
        """Return the same material with every budget multiplied."""
        return replace(self, problem=self.problem.with_budget(factor))

    def with_choices(self, choices: Mapping[str, str]) -> Material:
        """Return the same material with ``must``, ``may`` or ``must-not`` set for some."""
        made = self.problem.choice.astype("U8")
        for name, choice in choices.items():
            made[self.problem.ids.index(name)] = choice
        return replace(self, problem=replace(self.problem, choice=made))


def material(engagement: Engagement, level: float, horizon: int = HORIZON) -> Material:
    """Return what the roadmap of an engagement is computed from.

    Parameters
    ----------
    engagement : Engagement
        Investments, effects, budgets, capacity, loads, ratings, framework and settings are used.
    level : float
        Chosen level, 1-5.
    horizon : int, default 36
        Months after ``as_of`` at which the plan is judged.

    Notes
    -----
    Candidates are the investments that have not been realised by ``as_of``; what they require of
    realised ones is met. Cells without a level count nowhere; ω sums to 1 over the others.
    """
    cells = cell_matrix(engagement)
    seen = cells.present.to_numpy()
    points = target_points(engagement.framework, list(cells.x.columns))[seen]
    weights = cell_weights(engagement.framework, engagement.function_shares().to_numpy())[seen]
    rows = _candidates(engagement)
    ids = tuple(rows["investment"])
    returns = past_returns(engagement.table("effects"), engagement.period.as_of)
    promised, left_out = cell_effects(engagement.table("effects"), ids, cells.present)
    present = cells.x.to_numpy()[seen]
    problem = Problem(
        **_candidate_facts(rows),
        **_limits(engagement, rows, calendar_of(engagement.period.as_of, horizon)),
        gap=present - target_at(points, level),
        weight=weights / weights.sum() if weights.sum() > 0 else weights,
        effects=promised.with_chance(returns.factor),
        overshoot=engagement.framework.overshoot_weight,
        dip=engagement.framework.dip,
    )
    limited = {resource.name for resource in problem.resources if resource.kind == "budget"}
    return Material(
        problem=problem,
        promised=promised,
        investments=rows,
        present=present,
        points=points,
        cells=_names(cells.present),
        shelves=_shelves(engagement, promised, ids, cells.present),
        returns=returns,
        left_out=left_out,
        free=tuple(sorted(set(rows["kind"]) - limited)),
        today=engagement.period.as_of,
    )


def _candidates(engagement: Engagement) -> pd.DataFrame:
    rows = engagement.table("investments")
    done = rows["realised_on"] <= pd.Timestamp(engagement.period.as_of)
    return rows[~done].sort_values("investment").reset_index(drop=True)


def _candidate_facts(rows: pd.DataFrame) -> dict[str, Any]:
    """Return what the table of investments says of the candidates."""
    return {
        "ids": tuple(rows["investment"]),
        "choice": rows["choice"].to_numpy(str),
        "months": rows["months"].to_numpy(float),
        "requires": _pairs(rows, "requires"),
        "excludes": tuple(sorted({(min(p), max(p)) for p in _pairs(rows, "excludes")})),
    }


def _limits(engagement: Engagement, rows: pd.DataFrame, calendar: Calendar) -> dict[str, Any]:
    """Return when candidates can start, what that costs, and the money and people there are."""
    ids = tuple(rows["investment"])
    running = rows["running_cost_month"].fillna(0.0).to_numpy(float)
    spent = spending(
        rows["cost"].to_numpy(float), running, rows["months"].to_numpy(float), calendar
    )
    money = budgets(engagement.table("budgets"), rows["kind"].to_numpy(str), spent, calendar)
    people = capacities(engagement.table("capacity"), engagement.table("loads"), ids, calendar)
    return {
        "earliest": _earliest(rows["earliest"], calendar),
        "resources": (*money, *people),
        "price": spent.sum(axis=2),
        "calendar": calendar,
    }


def _earliest(column: pd.Series, calendar: Calendar) -> np.ndarray:
    """Return the first quarter allowed, 0 where none is stated or it is over."""
    stated = [0 if pd.isna(q) else max(0, calendar.place(str(q))) for q in column]
    return np.array(stated, dtype=np.int64)


def _pairs(rows: pd.DataFrame, column: str) -> tuple[tuple[int, int], ...]:
    """Return pairs of candidates; realised investments are met and rule nothing out."""
    order = {name: place for place, name in enumerate(rows["investment"])}
    lists = zip(rows["investment"], rows[column], strict=True)
    found = {(order[a], order[b]) for a, others in lists for b in others if b in order}
    return tuple(sorted(found))


def _names(present: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    rows, columns = np.nonzero(present.to_numpy())
    return tuple(
        (str(present.index[int(r)]), str(present.columns[int(c)]))
        for r, c in zip(rows, columns, strict=True)
    )


def _shelves(
    engagement: Engagement, effects: CellEffects, ids: tuple[str, ...], present: pd.DataFrame
) -> tuple[str, ...]:
    """Return the dimension on which each candidate has the largest expected effect."""
    shares = engagement.framework.capability_weights()
    dimension = {c.id: c.dimension for c in engagement.framework.capabilities}
    names = _names(present)
    onto = np.abs(effects.onto) * np.array([shares[c] for c, _ in names])
    made = []
    for i in range(len(ids)):
        sums: dict[str, float] = {}
        for cell, size in zip(names, onto[effects.owner == i].sum(axis=0), strict=True):
            sums[dimension[cell[0]]] = sums.get(dimension[cell[0]], 0.0) + float(size)
        best = max(sorted(sums), key=lambda d: settle(sums[d]), default="")
        made.append(best if best and sums[best] > 0 else "")
    return tuple(made)
