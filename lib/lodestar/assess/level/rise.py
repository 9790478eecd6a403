"""How far targets rise between two levels, cell by cell, and what holding that costs a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.alignment.targets import target_at, target_points
from lodestar.assess.cells import Cells
from lodestar.assess.level.profile import by_dimension, overall, weigh
from lodestar.assess.nulls import absent
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["NO_UPKEEP", "Targets", "targets"]

NO_UPKEEP = "The table `upkeep` would say what levels cost to hold."
NOT_COVERED = "The table `upkeep` covers none of the cells that rise."


@dataclass(frozen=True)
class Targets:
    """The target profile of the cells that apply, with weights and upkeep.

    Parameters
    ----------
    points : numpy.ndarray
        Target at each whole level, shape (capabilities, functions, 5).
    applies : numpy.ndarray of bool
        Cells to which the capability applies, shape (capabilities, functions).
    dimensions : numpy.ndarray
        Weight of each cell in each dimension, as in the present level.
    whole : numpy.ndarray
        Weight of each cell in the level, shape (1, capabilities, functions).
    upkeep : numpy.ndarray
        Cost a year of holding a level, client's currency; NaN where the table says nothing.
    """

    points: np.ndarray
    applies: np.ndarray
    dimensions: np.ndarray
    whole: np.ndarray
    upkeep: np.ndarray

    def rise(self, low: float, high: float) -> np.ndarray:
        """Return how far each target rises from one level to a higher one, 0 where it does not."""
        apart = target_at(self.points, high) - target_at(self.points, low)
        return np.where(self.applies, np.maximum(0.0, settle(apart)), 0.0)

    def mean(self, rise: np.ndarray) -> float:
        """Return the weighted mean rise in levels; NaN when no cell applies."""
        return float(weigh(rise, self.whole)[0])

    def by_dimension(self, rise: np.ndarray) -> np.ndarray:
        """Return the weighted mean rise of each dimension; NaN where no cell applies."""
        return weigh(rise, self.dimensions)

    def holding(self, rise: np.ndarray) -> dict[str, Any]:
        """Return what holding a rise costs a year, over the cells that `upkeep` covers.

        Parameters
        ----------
        rise : numpy.ndarray
            Levels, shape (capabilities, functions).

        Returns
        -------
        dict
            ``cost_year`` = Σ cost a year of a level × rise; ``cells`` that rise and are covered.
            Null with the reason when ``upkeep`` is absent, or covers none of those that rise.
        """
        known = np.isfinite(self.upkeep)
        covered = int(np.count_nonzero(known & (rise > 0)))
        if not known.any() or (not covered and (rise > 0).any()):
            reason = NOT_COVERED if known.any() else NO_UPKEEP
            return {**absent(["cost_year"], reason), "cells": 0}
        return {"cost_year": float(np.nansum(self.upkeep * rise)), "cells": covered}


def targets(engagement: Engagement, cells: Cells) -> Targets:
    """Return the target profile of an engagement.

    Parameters
    ----------
    engagement : Engagement
        Its framework, its functions with their weights, and the table ``upkeep``.
    cells : Cells
        For which cells apply.

    Notes
    -----
    Weights are w_c · v_f. Cells that do not apply leave them, renormalised over functions within
    a capability and over capabilities within a dimension, as in the present level; so a mean rise
    and a distance between levels are in the same unit.
    """
    framework, shares = engagement.framework, engagement.function_shares().to_numpy()
    applies = cells.applicable.to_numpy()
    dimensions = by_dimension(framework, shares, applies)
    return Targets(
        points=target_points(framework, list(cells.x.columns)),
        applies=applies,
        dimensions=dimensions,
        whole=overall(framework, dimensions),
        upkeep=_upkeep(engagement, cells),
    )


def _upkeep(engagement: Engagement, cells: Cells) -> np.ndarray:
    """Return the table ``upkeep`` as a matrix."""
    rows = engagement.table("upkeep").dropna(subset=["cost_year_per_level"])
    out = np.full(cells.x.shape, np.nan)
    places = (
        cells.x.index.get_indexer(pd.Index(rows["capability"])),
        cells.x.columns.get_indexer(pd.Index(rows["function"])),
    )
    out[places] = rows["cost_year_per_level"].to_numpy(dtype=float)
    return out
