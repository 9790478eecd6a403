"""What alignment is computed from: the matrix, its draws, targets, weights, upkeep."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lodestar.assess.alignment.measure import built_for
from lodestar.assess.alignment.needs import Rests, rests_on
from lodestar.assess.alignment.targets import cell_weights, target_points
from lodestar.assess.cells import Cells, cell_matrix, draw_cells
from lodestar.assess.level.grounds import best_grades
from lodestar.engagement.model import Engagement

__all__ = ["KEY", "Inputs", "inputs", "matrix_inputs"]

KEY = "alignment.corrected"


@dataclass(frozen=True)
class Inputs:
    """Everything alignment is computed from; ``align`` needs nothing else.

    ``points`` are the targets at the whole levels (capabilities × functions × 5), ``weights``
    w_c v_f, ``draws`` the cells' draws or None, ``upkeep`` the table of that name, ``built_for``
    the nearest level (it does not depend on the chosen one) and its draws, ``rests`` which
    capability rests on which, ``distinctive`` those that set the client apart, ``grades`` the best
    grade of evidence of each cell.
    """

    cells: Cells
    draws: np.ndarray | None
    points: np.ndarray
    weights: np.ndarray
    capability_weights: pd.Series
    function_shares: pd.Series
    overshoot_weight: float
    upkeep: pd.DataFrame
    built_for: tuple[float, np.ndarray | None]
    chosen: float | None
    rests: Rests
    distinctive: frozenset[str]
    grades: pd.DataFrame

    def at(self, level: float) -> Inputs:
        """Return the same material at another chosen level."""
        return replace(self, chosen=level)


def inputs(engagement: Engagement) -> Inputs:
    """Return what alignment is computed from, draws included."""
    material = matrix_inputs(engagement)
    nearest = (material.points, material.weights, material.overshoot_weight)
    draws = material.draws
    drawn = None if draws is None else built_for(draws, *nearest)
    return replace(material, built_for=(built_for(material.cells.x.to_numpy(), *nearest), drawn))


def matrix_inputs(engagement: Engagement) -> Inputs:
    """Return the same without *built for*, which takes most of the time."""
    framework, shares = engagement.framework, engagement.function_shares()
    cells = cell_matrix(engagement)
    grades = best_grades(engagement, cells)
    return Inputs(
        cells=cells,
        draws=draw_cells(cells, engagement.settings.seed, KEY),
        points=target_points(framework, list(cells.x.columns)),
        weights=cell_weights(framework, shares.to_numpy()),
        capability_weights=framework.capability_weights(),
        function_shares=shares,
        overshoot_weight=framework.overshoot_weight,
        upkeep=engagement.table("upkeep"),
        built_for=(float("nan"), None),
        chosen=engagement.settings.chosen_level,
        rests=rests_on({c.id: c.needs for c in framework.capabilities}),
        distinctive=frozenset(c.id for c in framework.capabilities if c.distinctive),
        grades=pd.DataFrame(grades, cells.x.index, cells.x.columns),
    )
