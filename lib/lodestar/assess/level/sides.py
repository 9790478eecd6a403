"""Votes laid out by informant function and cell, and which comparisons of them may be shown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lodestar.assess.cells import Cells
from lodestar.confidentiality import Gate, hide_overlaps
from lodestar.engagement.model import Engagement

__all__ = ["Sides", "of_survey"]

ENDS = (1.0, 5.0)


class Sides:
    """The votes of each function beside those of all others, cell by cell.

    Parameters
    ----------
    engagement : Engagement
        For the basis of ratings.
    cells : Cells
        The matrix with the votes behind it; cells are counted capability by capability.
    functions : list of str
        Informant functions, in order.
    """

    def __init__(self, engagement: Engagement, cells: Cells, functions: list[str]) -> None:
        votes = cells.votes.reset_index(drop=True)
        self.functions, self.size = functions, cells.x.size
        self.who = pd.Index(functions).get_indexer(pd.Index(votes["stratum"]))
        self.place = np.ravel_multi_index(cells.places(), cells.x.shape)
        self.level = votes["level"].to_numpy(dtype=float)
        self.person = pd.factorize(votes["stratum"] + "\n" + votes["person"], sort=True)[0]
        self.survey = of_survey(engagement, votes)
        self.counts = self.spread(np.ones(len(votes)))
        self.sums = self.spread(self.level)

    def spread(self, weights: np.ndarray) -> np.ndarray:
        """Return sums of weights, informants × cells."""
        out = np.zeros((len(self.functions), self.size))
        np.add.at(out, (self.who, self.place), weights)
        return out

    def both(self, counts: np.ndarray) -> np.ndarray:
        """Return where a function and another one are counted."""
        return np.asarray((counts > 0) & (counts.sum(axis=0) - counts > 0))

    def releasable(self, gate: Gate) -> np.ndarray:
        """Return where neither side has survey raters fewer than the threshold."""
        own = self.spread(self.survey.astype(float))
        others = own.sum(axis=0) - own
        return np.asarray(
            ((own == 0) | (own >= gate.minimum)) & ((others == 0) | (others >= gate.minimum))
        )

    def sides(self, used: np.ndarray) -> list[np.ndarray]:
        """Return which votes stand on the own and on the other side of each view."""
        count = len(self.functions)
        counted = [used[r][self.place] for r in range(len(used))]
        own = [counted[r] & (self.who == r % count) for r in range(len(used))]
        return [
            *own,
            *[here & ~mine for here, mine in zip(counted, own, strict=True)],
        ]

    def persons(self, votes: np.ndarray) -> int:
        """Return how many persons gave some votes."""
        return len(np.unique(self.person[votes]))

    def overlapping(self, used: np.ndarray, gate: Gate) -> np.ndarray:
        """Return the views that would give few survey raters, or what all of them said, away."""
        asked = np.unique(self.person[self.survey])
        if not len(asked):
            return np.zeros(len(used), dtype=bool)
        sides = [side & self.survey for side in self.sides(used)]
        members = np.array([np.isin(asked, self.person[side]) for side in sides])
        alike = np.array([self._alike(side, gate) for side in sides])
        shown = hide_overlaps(members, ~alike, gate.minimum, alike)
        return np.asarray(~shown.reshape(2, -1).all(axis=0))

    def _alike(self, side: np.ndarray, gate: Gate) -> bool:
        """Tell whether all survey raters of a side gave the lowest, or all the highest, level."""
        if not side.any():
            return False
        low, high = (float(np.mean(self.level[side] == end)) for end in ENDS)
        return gate.extreme(low, high) is not None


def of_survey(engagement: Engagement, votes: pd.DataFrame) -> np.ndarray:
    """Return which votes of `Cells.votes` were given in confidence."""
    ratings = Gate.of(engagement.settings).open(engagement.confidential("ratings"))
    keys = ["capability", "function", "rater"]
    given = ratings.loc[ratings["basis"] == "survey", keys].astype("str")
    told = votes[["capability", "function", "person"]].astype("str")
    return np.asarray(pd.MultiIndex.from_frame(told).isin(pd.MultiIndex.from_frame(given)))
