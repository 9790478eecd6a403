"""From an engagement to the problem of choosing: gaps, candidates, effects, money, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from lodestar.assess.cells import cell_matrix
from lodestar.assess.roadmap.calendar import HORIZON
from lodestar.assess.roadmap.choice import Choice
from lodestar.assess.roadmap.effects import CellEffects, cell_effects
from lodestar.assess.roadmap.returns import Returns, past_returns
from lodestar.assess.roadmap.scenarios import candidate_rows, scenarios_of
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["Material", "material"]


@dataclass(frozen=True, eq=False)
class Material(Choice):
    """Everything the roadmap is computed from, the map of measures apart.

    Parameters
    ----------
    problem, promised, present, points, cells
        As in `Choice`.
    investments : DataFrame
        The candidates' rows of the table, in the order of the problem.
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

    investments: pd.DataFrame
    shelves: tuple[str, ...]
    returns: Returns
    left_out: pd.DataFrame
    free: tuple[str, ...]
    today: date


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
    cells, rows = cell_matrix(engagement), candidate_rows(engagement)
    made = scenarios_of(engagement, cells, rows).at(level, horizon)
    effects, ids = engagement.table("effects"), made.problem.ids
    limited = {resource.name for resource in made.problem.resources if resource.kind == "budget"}
    return Material(
        problem=made.problem,
        promised=made.promised,
        present=made.present,
        points=made.points,
        cells=made.cells,
        investments=rows,
        shelves=_shelves(engagement, made.promised, ids, made.cells),
        returns=past_returns(effects, engagement.period.as_of),
        left_out=cell_effects(effects, ids, cells.present)[1],
        free=tuple(sorted(set(rows["kind"]) - limited)),
        today=engagement.period.as_of,
    )


def _shelves(
    engagement: Engagement,
    effects: CellEffects,
    ids: tuple[str, ...],
    cells: tuple[tuple[str, str], ...],
) -> tuple[str, ...]:
    """Return the dimension on which each candidate has the largest expected effect."""
    shares = engagement.framework.capability_weights()
    dimension = {c.id: c.dimension for c in engagement.framework.capabilities}
    onto = np.abs(effects.onto) * np.array([shares[c] for c, _ in cells])
    made = []
    for i in range(len(ids)):
        sums: dict[str, float] = {}
        for cell, size in zip(cells, onto[effects.owner == i].sum(axis=0), strict=True):
            sums[dimension[cell[0]]] = sums.get(dimension[cell[0]], 0.0) + float(size)
        best = max(sorted(sums), key=lambda d: settle(sums[d]), default="")
        made.append(best if best and sums[best] > 0 else "")
    return tuple(made)
