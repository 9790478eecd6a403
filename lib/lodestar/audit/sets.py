"""Cells made of one period's people: who is counted, and what each of them said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.audit.model import Cell, Place
from lodestar.audit.people import People
from lodestar.provenance import RESULTS

__all__ = ["SHARE", "STEPS", "Sets"]

STEPS = (1.0, 5.0)
SHARE = (0.0, 1.0)
Members = NDArray[np.bool_]
Values = NDArray[np.float64]


class Sets:
    """Makes the cells of one period.

    Parameters
    ----------
    people : People
        Who answered what.
    """

    def __init__(self, people: People) -> None:
        self.people = people
        self._numbers = people.numbers(people.ids)

    def cell(
        self,
        measure: str,
        name: str,
        at: str,
        values: Values,
        members: Members,
        limits: tuple[float, float],
        figure: float | None,
        weights: Values | None = None,
    ) -> Cell:
        """Return the mean of those of a set who said something."""
        counted = members & np.isfinite(values)
        return Cell(
            measure=measure,
            name=name,
            place=Place(self.people.period, RESULTS, at),
            persons=self._numbers[counted],
            values=values[counted],
            shown=figure is not None,
            figure=figure,
            limits=limits,
            minimum=self.people.minimum,
            weights=None if weights is None else weights[counted],
        )

    def count(
        self,
        measure: str,
        name: str,
        at: str,
        who: Members,
        shown: bool,
        minimum: int | None = None,
    ) -> Cell:
        """Return how many persons a set has."""
        least = self.people.minimum if minimum is None else minimum
        return self._count(measure, name, at, self._numbers[who], shown, least)

    def comments(self, topic: str, at: str, rows: pd.DataFrame, shown: bool) -> Cell:
        """Return the number of comments on a topic; each comment counts as a person."""
        told = self.people.numbers(f"{self.people.period} comment {i}" for i in rows.index)
        least = self.people.engagement.settings.confidentiality.comments
        return self._count("comments", topic, at, told, shown, least)

    def _count(
        self,
        measure: str,
        name: str,
        at: str,
        persons: NDArray[np.int64],
        shown: bool,
        minimum: int,
    ) -> Cell:
        place, unknown = Place(self.people.period, RESULTS, at), np.full(len(persons), np.nan)
        return Cell(measure, name, place, persons, unknown, shown, None, SHARE, minimum)

    def scale(self, scale: str) -> Values:
        """Return every respondent's score on a scale; NaN where it is none of the framework's."""
        return self.people.scales.get(scale, np.full(len(self.people.ids), np.nan))

    def segment(self, column: str, segment: str, parts: Any = None) -> Members:
        """Return the customers of a segment; of a merged one, of any of its parts."""
        labels = self._labels(column)
        own = labels.isin(list(parts)) if parts else labels == segment
        return np.asarray(own, dtype=bool)

    def blank(self, column: str) -> Members:
        """Return the customers of whom a column says nothing."""
        customers = self.people.respondents["group"] == "customer"
        return np.asarray(customers, dtype=bool) & self._labels(column).isna().to_numpy()

    def _labels(self, column: str) -> pd.Series:
        """Return every respondent's word in a segment column; missing where there is none."""
        known = self.people.labels
        if column not in known:
            return pd.Series(None, index=self.people.ids, dtype="object")
        words = known[column].set_axis(known.index.astype(str))
        return words.reindex(self.people.ids).astype("object")
