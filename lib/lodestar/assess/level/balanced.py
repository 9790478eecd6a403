"""The level if every informant function counted equally in each cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.cells import Cells
from lodestar.assess.level.profile import weigh
from lodestar.assess.nulls import absent
from lodestar.assess.votes import releasable
from lodestar.confidentiality import Gate

__all__ = ["balanced", "balanced_cells"]

CELL = ["capability", "function"]
ONE_SIDED = (
    "No cell was rated by people of two functions; `rater_function` in `ratings` says whose."
)


def balanced(cells: Cells, shares: np.ndarray, survey: np.ndarray, gate: Gate) -> dict[str, Any]:
    """Return ``level.present.balanced``.

    Parameters
    ----------
    cells : Cells
        The matrix with the votes behind it.
    shares : numpy.ndarray
        How much each cell weighs in the level, shape (capabilities, functions).
    survey : numpy.ndarray of bool
        Which votes were given in confidence.
    gate : Gate
        The threshold.

    Returns
    -------
    dict
        ``estimate`` (level 1-5), ``difference`` (to the pooled level), ``cells`` (how many cells
        more than one function rated and count anew).
    """
    x, changed = balanced_cells(cells, survey, gate)
    if not changed:
        return {**absent(["estimate", "difference"], ONE_SIDED), "cells": 0}
    estimate, pooled = (float(weigh(one, shares[None])[0]) for one in (x, cells.x.to_numpy()))
    return {"estimate": estimate, "difference": estimate - pooled, "cells": changed}


def balanced_cells(cells: Cells, survey: np.ndarray, gate: Gate) -> tuple[np.ndarray, int]:
    """Return the matrix with each informant function counted once a cell, and the cells it alters.

    Notes
    -----
    x_cf = mean over informant functions of the median of their raters. A cell where a function
    has too few survey raters, or all of them at one extreme, keeps its pooled level.
    """
    x = cells.x.to_numpy().copy()
    votes = cells.votes.rename(columns={"person": "rater"})
    votes = votes.assign(basis=np.where(survey, "survey", ""))
    if votes.empty:
        return x, 0
    _, hidden = releasable(votes, [*CELL, "stratum"], "level", gate)
    medians = votes.groupby([*CELL, "stratum"])["level"].median().groupby(level=CELL)
    views = medians.agg(["mean", "size"])
    mixed = views[(views["size"] > 1) & ~views.index.isin(pd.MultiIndex.from_frame(hidden[CELL]))]
    rows = cells.x.index.get_indexer(mixed.index.get_level_values(0))
    columns = cells.x.columns.get_indexer(mixed.index.get_level_values(1))
    x[rows, columns] = mixed["mean"].to_numpy()
    return x, len(mixed)
