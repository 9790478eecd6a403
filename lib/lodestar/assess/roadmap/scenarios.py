"""What a plan at other figures is chosen from: registers and levels that may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from lodestar.assess.alignment import cell_weights, target_at, target_points
from lodestar.assess.cells import Cells, cell_matrix
from lodestar.assess.roadmap.calendar import HORIZON, calendar_of
from lodestar.assess.roadmap.choice import Candidates, Choice, candidates_of
from lodestar.assess.roadmap.effects import CellEffects, cell_effects
from lodestar.assess.roadmap.problem import Problem
from lodestar.assess.roadmap.returns import past_returns
from lodestar.engagement.model import Engagement

__all__ = ["Scenarios", "candidate_rows", "scenarios", "scenarios_of"]


@dataclass(frozen=True, eq=False)
class Scenarios:
    """Candidates, their effects and the present levels, before a level and a horizon are chosen.

    Parameters
    ----------
    candidates : Candidates
        With money and people.
    promised : CellEffects
        The effects with the chances as stated.
    factor : float
        What past returns make of a stated chance.
    present, weight : ndarray, (present cells,)
        Levels that passed the gate, as published; ω, which sums to 1.
    points : ndarray, (present cells, 5)
        Targets at the whole levels.
    cells : tuple of (str, str)
        Capability and function of each present cell.
    overshoot, dip : float
        As in `Problem`.
    today : date
        ``as_of``.
    """

    candidates: Candidates
    promised: CellEffects
    factor: float
    present: np.ndarray
    weight: np.ndarray
    points: np.ndarray
    cells: tuple[tuple[str, str], ...]
    overshoot: float
    dip: float
    today: date

    def at(self, level: float, horizon: int = HORIZON) -> Choice:
        """Return the choice at a level, 1-5, judged so many months after today."""
        problem = Problem(
            **self.candidates.facts(),
            **self.candidates.limits(calendar_of(self.today, horizon)),
            gap=self.present - target_at(self.points, level),
            weight=self.weight,
            effects=self.promised.with_chance(self.factor),
            overshoot=self.overshoot,
            dip=self.dip,
        )
        return Choice(problem, self.promised, self.present, self.points, self.cells)


def scenarios(engagement: Engagement) -> Scenarios:
    """Return what a plan at other figures is chosen from.

    Parameters
    ----------
    engagement : Engagement
        Investments, effects, budgets, capacity, loads, ratings, framework and settings are used.
    """
    return scenarios_of(engagement, cell_matrix(engagement), candidate_rows(engagement))


def scenarios_of(engagement: Engagement, cells: Cells, rows: pd.DataFrame) -> Scenarios:
    """Return the same of a matrix of levels and of the candidates' rows.

    Notes
    -----
    Cells without a level count nowhere; ω sums to 1 over the others.
    """
    framework, seen = engagement.framework, cells.present.to_numpy()
    shares = engagement.function_shares().to_numpy()
    weights = cell_weights(framework, shares)[seen]
    effects = engagement.table("effects")
    found = candidates_of(
        rows,
        engagement.table("budgets"),
        engagement.table("capacity"),
        engagement.table("loads"),
    )
    return Scenarios(
        candidates=found,
        promised=cell_effects(effects, found.ids, cells.present)[0],
        factor=past_returns(effects, engagement.period.as_of).factor,
        present=cells.x.to_numpy()[seen],
        weight=weights / weights.sum() if weights.sum() > 0 else weights,
        points=target_points(framework, list(cells.x.columns))[seen],
        cells=_names(cells.present),
        overshoot=framework.overshoot_weight,
        dip=framework.dip,
        today=engagement.period.as_of,
    )


def candidate_rows(engagement: Engagement) -> pd.DataFrame:
    """Return the investments that have not been realised by ``as_of``, by id."""
    rows = engagement.table("investments")
    done = rows["realised_on"] <= pd.Timestamp(engagement.period.as_of)
    return rows[~done].sort_values("investment").reset_index(drop=True)


def _names(present: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    rows, columns = np.nonzero(present.to_numpy())
    return tuple(
        (str(present.index[int(r)]), str(present.columns[int(c)]))
        for r, c in zip(rows, columns, strict=True)
    )
