"""The gate: groups under the threshold leave as names without numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.confidentiality.complement import complementary
from lodestar.engagement.model import Confidential, Settings

__all__ = ["PROTECTED_BASIS", "Gate"]

PROTECTED_BASIS = "survey"


@dataclass(frozen=True)
class Gate:
    """Threshold on the number of persons behind anything shown.

    Parameters
    ----------
    minimum : int
        Least number of persons behind a number (floor 3, default 5).
    comments : int
        Least number of persons behind a count or theme of comments (default 10).
    """

    minimum: int = 5
    comments: int = 10

    @classmethod
    def of(cls, settings: Settings) -> Gate:
        """Return the gate that an engagement's settings ask for."""
        return cls(settings.confidentiality.minimum, settings.confidentiality.comments)

    def open(self, closed: Confidential) -> pd.DataFrame:
        """Return answers given in confidence, one row each, to be counted and never shown.

        Parameters
        ----------
        closed : Confidential
            As ``Engagement.confidential`` returns it.

        Notes
        -----
        What is computed of them leaves through ``release``, ``protect_cells`` or ``hide_overlaps``;
        `tests/confidentiality/test_paths.py` lists every module that opens answers, and by which
        of these their numbers leave.
        """
        return closed._answers

    def admits(self, n: int) -> bool:
        """Tell whether a number resting on n persons may be shown."""
        return n >= self.minimum

    def release(
        self,
        frame: pd.DataFrame,
        values: Sequence[str],
        n: str = "n",
        parent: str | None = None,
        minimum: int | None = None,
        withheld: str | None = None,
    ) -> pd.DataFrame:
        """Return aggregates with every number of a group under the threshold taken out.

        Parameters
        ----------
        frame : pandas.DataFrame
            One row a group; column `n` holds the number of persons behind it.
        values : sequence of str
            Columns with numbers to protect.
        parent : str, optional
            Column naming the total that a row is a part of; rows that share a value add up to a
            total that is published elsewhere. Blank: the row is part of no total. A row that is
            itself the total is not hidden with its parts.
        minimum : int, optional
            Threshold other than the gate's own, e.g. ``gate.comments``.
        withheld : str, optional
            Bool column of rows to hide whatever their size (a homogeneous cell, an unnamed rest).

        Returns
        -------
        pandas.DataFrame
            A copy with a bool column ``suppressed``; hidden rows keep their names and have NaN in
            `n` and in `values`.

        Examples
        --------
        >>> frame = pd.DataFrame({"group": list("abc"), "n": [9, 4, 20], "mean": [3.0, 2.0, 4.0]})
        >>> Gate().release(frame, ["mean"])["n"].tolist()
        [9.0, nan, 20.0]
        """
        least = self.minimum if minimum is None else minimum
        out = frame.copy()
        persons = out[n].fillna(0).to_numpy()
        hidden = (persons < least) & (persons > 0)
        if withheld is not None:
            hidden |= out[withheld].to_numpy(dtype=bool)
        if parent is not None:
            hidden |= self._remainders(persons, hidden, out[parent], least)
        out["suppressed"] = hidden
        columns = [n, *values]
        out[columns] = out[columns].astype(float)
        out.loc[hidden, columns] = np.nan
        return out

    def _remainders(
        self, n: np.ndarray, hidden: np.ndarray, parent: pd.Series, least: int
    ) -> np.ndarray:
        """Return the parts to hide besides, total by total."""
        out = np.zeros(len(n), dtype=bool)
        for _, positions in sorted(parent.dropna().groupby(parent.dropna()).indices.items()):
            place = np.flatnonzero(parent.notna().to_numpy())[positions]
            out[place] = complementary(n[place], hidden[place], least)
        return out

    def protect_cells(
        self, frame: pd.DataFrame, by: Sequence[str], who: str = "rater"
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Split rows into those that may count and those of too few survey raters.

        Parameters
        ----------
        frame : pandas.DataFrame
            Ratings or context, with a column ``basis``.
        by : sequence of str
            Columns that name a cell, e.g. capability and function.
        who : str
            Column naming the person.

        Returns
        -------
        kept, hidden : pandas.DataFrame
            A cell with 1 to minimum - 1 survey persons is hidden whole (all bases: the others would
            give the few away by subtraction); cells of other bases stay at any n.
        """
        survey = frame[frame["basis"] == PROTECTED_BASIS]
        persons = survey.groupby(list(by))[who].nunique()
        few = persons[persons < self.minimum].index
        cells = pd.MultiIndex.from_frame(frame[list(by)]) if len(by) > 1 else pd.Index(frame[by[0]])
        hidden = np.asarray(cells.isin(few))
        return frame[~hidden], frame[hidden]

    def extreme(self, low_share: float, high_share: float) -> str | None:
        """Return 'low end' or 'high end' for a cell all of whose answers share one extreme.

        Parameters
        ----------
        low_share, high_share : float
            Share (0-1) of answers in the lowest and in the highest category.

        Returns
        -------
        str or None
            The coarse word that may be shown instead of the number; None when answers differ.
            Everybody's answer would be known from the mean, however many they are.
        """
        if low_share >= 1.0:
            return "low end"
        return "high end" if high_share >= 1.0 else None
