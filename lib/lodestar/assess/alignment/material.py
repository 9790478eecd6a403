"""What alignment is computed from: the matrix, its draws, targets, weights, upkeep."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lodestar.assess.alignment.measure import built_for
from lodestar.assess.alignment.targets import cell_weights, target_points
from lodestar.assess.cells import Cells, cell_matrix, draw_cells
from lodestar.engagement.model import Engagement

__all__ = ["KEY", "Inputs", "inputs"]

KEY = "alignment.corrected"


@dataclass(frozen=True)
class Inputs:
    """Everything alignment is computed from; ``align`` needs nothing else.

    ``points`` are the targets at the whole levels (capabilities × functions × 5), ``weights``
    w_c v_f, ``draws`` the cells' draws or None, ``upkeep`` the table of that name, ``built_for``
    the nearest level (it does not depend on the chosen one) and its draws.
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

    def at(self, level: float) -> Inputs:
        """Return the same material at another chosen level."""
        return replace(self, chosen=level)


def inputs(engagement: Engagement) -> Inputs:
    """Return what alignment is computed from, draws included."""
    framework, shares = engagement.framework, engagement.function_shares()
    cells = cell_matrix(engagement)
    draws = draw_cells(cells, engagement.settings.seed, KEY)
    points = target_points(framework, list(cells.x.columns))
    weights = cell_weights(framework, shares.to_numpy())
    nearest = (points, weights, framework.overshoot_weight)
    return Inputs(
        cells=cells,
        draws=draws,
        points=points,
        weights=weights,
        capability_weights=framework.capability_weights(),
        function_shares=shares,
        overshoot_weight=framework.overshoot_weight,
        upkeep=engagement.table("upkeep"),
        built_for=(
            built_for(cells.x.to_numpy(), *nearest),
            None if draws is None else built_for(draws, *nearest),
        ),
        chosen=engagement.settings.chosen_level,
    )
