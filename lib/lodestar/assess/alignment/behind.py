"""What stands behind each cell: evidence, and how far its raters agree."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lodestar.assess.cells import Cells
from lodestar.assess.plain import leaf
from lodestar.stats.agreement import ad_mean
from lodestar.stats.rounding import settle

__all__ = ["COARSE", "behind"]

COARSE = 0.5
"""Survey raters closer than half a level: only that is said, the figure could tell each answer."""

ALONE = "Fewer than two raters rated it."
CLOSE = "Survey raters lie within half a level of their mean; more could tell what each one said."
UNGRADED = "No rating of it names its evidence."


def behind(cells: Cells, grades: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the evidence and the agreement behind every present cell.

    Parameters
    ----------
    cells : Cells
        The matrix and its votes.
    grades : pandas.DataFrame of str
        The best grade of evidence of each cell, empty where no vote has one; shape of the matrix.

    Returns
    -------
    dict
        By capability and function: ``evidence`` (A measured, B documented, C stated) and
        ``average_deviation`` of the raters from their mean, in levels; nulls with their reason.

    Notes
    -----
    AD as in `lodestar.stats.agreement.ad_mean`. With survey raters, who are at least as many as
    the threshold where a cell is present at all, a spread under half a level is not told, as for
    market factors.
    """
    spread = cells.votes.groupby(["capability", "function"])["level"].agg(list)
    out = {}
    for (capability, function), given in zip(spread.index.tolist(), spread, strict=True):
        surveyed = "survey" in str(cells.basis.loc[capability, function]).split(";")
        out[capability, function] = {
            **leaf("evidence", grades.loc[capability, function] or None, UNGRADED),
            **_agreement(given, surveyed),
        }
    return out


def _agreement(given: list[float], surveyed: bool) -> dict[str, Any]:
    """Return how far the raters of one cell lie from their mean."""
    if len(given) < 2:
        return leaf("average_deviation", None, ALONE)
    apart = ad_mean(given)
    hidden = surveyed and settle(apart) < COARSE
    return leaf("average_deviation", None if hidden else apart, CLOSE)
