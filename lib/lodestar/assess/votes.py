"""Scores given by raters, with those of too few or too like survey raters held back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lodestar.confidentiality import Gate

__all__ = ["releasable"]

LOWEST, HIGHEST = 1.0, 5.0


def releasable(
    votes: pd.DataFrame, by: Sequence[str], value: str, gate: Gate
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split votes into cells that may count and cells that would tell what persons said.

    Parameters
    ----------
    votes : pandas.DataFrame
        One row a vote: the columns of `by`, ``rater``, ``basis`` and the score.
    by : sequence of str
        Columns that name a cell.
    value : str
        Column with the score, 1-5.
    gate : Gate
        The threshold.

    Returns
    -------
    kept, hidden : pandas.DataFrame
        A cell is hidden whole when it has survey raters but fewer than the threshold, or when it
        has survey raters and everybody gave the lowest, or everybody the highest, score.
    """
    enough, few = gate.protect_cells(votes, by)
    ends = pd.DataFrame(
        {
            "low": enough[value] == LOWEST,
            "high": enough[value] == HIGHEST,
            "survey": enough["basis"] == "survey",
        }
    )
    cells = [enough[key] for key in by]
    shares = ends.groupby(cells).agg({"low": "mean", "high": "mean", "survey": "any"})
    alike = [s and gate.extreme(low, high) for low, high, s in shares.itertuples(index=False)]
    named = shares.index[np.array([bool(one) for one in alike], dtype=bool)]
    own = pd.MultiIndex.from_frame(enough[list(by)]) if len(by) > 1 else pd.Index(enough[by[0]])
    found = np.asarray(own.isin(named))
    return enough[~found], pd.concat([few, enough[found]])
