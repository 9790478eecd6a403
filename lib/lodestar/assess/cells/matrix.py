"""The capability × function matrix of levels, from ratings that passed the gate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.assess.votes import releasable
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["Cells", "cell_matrix"]

CELL = ["capability", "function"]


@dataclass(frozen=True)
class Cells:
    """Levels of capabilities in functions, with what stands behind each.

    Every frame has capabilities in rows and functions in columns, in the order of the framework
    and of the settings.

    Parameters
    ----------
    x : pandas.DataFrame of float
        Level 1-5, the median over raters; NaN where missing, hidden or not applicable.
    applicable : pandas.DataFrame of bool
        False where everybody asked said that the capability does not apply.
    hidden : pandas.DataFrame of bool
        Cells withheld to protect persons; they count as missing.
    raters : pandas.DataFrame of int
        Persons behind `x`; 0 where there is none.
    basis : pandas.DataFrame of str
        How the ratings were given, several joined by ``;``; empty where there is none.
    votes : pandas.DataFrame
        The ratings behind `x`: capability, function, level, and ``stratum`` and ``person``, by
        which whole persons are resampled. Never published.
    """

    x: pd.DataFrame
    applicable: pd.DataFrame
    hidden: pd.DataFrame
    raters: pd.DataFrame
    basis: pd.DataFrame
    votes: pd.DataFrame

    @property
    def present(self) -> pd.DataFrame:
        """Return which cells have a level."""
        return self.x.notna()

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the row and the column of each vote in the matrix."""
        rows = self.x.index.get_indexer(pd.Index(self.votes["capability"]))
        columns = self.x.columns.get_indexer(pd.Index(self.votes["function"]))
        return np.asarray(rows), np.asarray(columns)


def cell_matrix(engagement: Engagement) -> Cells:
    """Return the capability × function matrix of an engagement's current period.

    Parameters
    ----------
    engagement : Engagement
        Its ``ratings`` are used; without the table every cell is missing.

    Returns
    -------
    Cells
        x_cf = median over raters, all bases pooled, ``na`` apart.

    Notes
    -----
    A cell with fewer survey raters than the threshold is hidden whole, counted once over all its
    answers and once over its levels (``na`` apart). A cell with survey raters in which everybody
    gave the lowest or everybody the highest level is hidden too: its median would tell what each
    of them said. Hidden cells count as missing everywhere.
    """
    gate = Gate.of(engagement.settings)
    ratings = gate.open(engagement.confidential("ratings"))
    kept, few = gate.protect_cells(ratings, CELL)
    levels = kept[kept["applies"] & kept["level"].notna()]
    votes, withheld = releasable(levels, CELL, "level", gate)
    grid = _Grid(engagement)
    hidden = grid.any(pd.concat([few[CELL], withheld[CELL]]))
    does_not_apply = grid.any(kept[~kept["applies"]]) & ~grid.any(levels) & ~hidden
    cells = votes.groupby(CELL)
    return Cells(
        x=grid.spread(cells["level"].median(), np.nan).astype(float),
        applicable=~does_not_apply,
        hidden=hidden,
        raters=grid.spread(cells["rater"].nunique(), 0).astype(int),
        basis=grid.spread(_bases(votes), ""),
        votes=_persons(votes),
    )


class _Grid:
    """Spreads series over cells onto the full matrix."""

    def __init__(self, engagement: Engagement) -> None:
        self.rows = pd.Index([c.id for c in engagement.framework.capabilities], name=CELL[0])
        self.columns = pd.Index([f.id for f in engagement.settings.functions], name=CELL[1])

    def spread(self, series: pd.Series, blank: float | bool | str) -> pd.DataFrame:
        """Return a series indexed by capability and function as a matrix."""
        full = pd.MultiIndex.from_product([self.rows, self.columns], names=CELL)
        filled = series.reindex(full, fill_value=blank)
        values = filled.to_numpy().reshape(len(self.rows), len(self.columns))
        return pd.DataFrame(values, self.rows, self.columns)

    def any(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return which cells occur among the rows."""
        return self.spread(rows.groupby(CELL).size() > 0, False).astype(bool)


def _bases(votes: pd.DataFrame) -> pd.Series:
    """Return the bases of each cell, sorted and joined by ``;``."""
    pairs = votes[[*CELL, "basis"]].drop_duplicates().sort_values([*CELL, "basis"])
    return pairs.groupby(CELL)["basis"].agg(";".join)


def _persons(votes: pd.DataFrame) -> pd.DataFrame:
    """Return the votes with whom to resample: a rater within their own function, else the rated."""
    out = votes[[*CELL, "level"]].reset_index(drop=True)
    own = votes["rater_function"].reset_index(drop=True)
    out["stratum"] = own.where(own.notna(), out["function"]).astype("str")
    out["person"] = votes["rater"].reset_index(drop=True).astype("str")
    return out
