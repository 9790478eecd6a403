"""Scales: the items of one dimension and kind family, and each person's score on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.framework.model import Framework, Item

__all__ = ["FAMILIES", "Scale", "Scores", "answer_matrix", "scales", "score"]

FAMILIES = {
    "anchored5": "level",
    "agree5": "level",
    "frequency5": "level",
    "importance5": "importance",
    "performance5": "performance",
    "know5": "know",
    "do5": "do",
}
"""Which kinds of items make one scale together."""

LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Scale:
    """The items of one dimension of one family; ``id`` is ``<dimension>.<family>``."""

    dimension: str
    family: str
    items: tuple[Item, ...]

    @property
    def id(self) -> str:
        """Return the scale's id."""
        return f"{self.dimension}.{self.family}"


@dataclass(frozen=True)
class Scores:
    """Answers to one scale by every respondent, in the order of the respondents table.

    ``person`` is the mean of a person's answers (NaN: fewer than half of the items meant for the
    person's group answered, or none meant); ``items`` the answers of persons who count, reverse
    items turned; ``meant`` tells which items were meant for the person.
    """

    scale: Scale
    person: NDArray[np.float64]
    items: NDArray[np.float64]
    meant: NDArray[np.bool_]


def scales(framework: Framework) -> list[Scale]:
    """Return every scale of a framework, by dimension and family in their own order.

    Parameters
    ----------
    framework : Framework
        Items with a dimension and a five-step kind; others (``nps``) belong to no scale.
    """
    families = list(dict.fromkeys(FAMILIES.values()))
    found = []
    for dimension in framework.dimensions:
        own = [item for item in framework.items if item.dimension == dimension.id]
        for family in families:
            items = tuple(item for item in own if FAMILIES.get(item.kind) == family)
            found += [Scale(dimension.id, family, items)] if items else []
    return found


def answer_matrix(
    framework: Framework, respondents: pd.DataFrame, responses: pd.DataFrame
) -> pd.DataFrame:
    """Return answers as one row a respondent and one column an item, reverse items turned.

    Parameters
    ----------
    framework : Framework
        Whose items the columns are, five-step kinds only.
    respondents, responses : DataFrame
        Typed tables; the rows keep the order of `respondents`.
    """
    items = [item for item in framework.items if item.kind in FAMILIES]
    asked = pd.Index([item.id for item in items])
    column = asked.get_indexer(pd.Index(responses["item"]))
    row = pd.Index(respondents["respondent"]).get_indexer(pd.Index(responses["respondent"]))
    kept = np.flatnonzero((column >= 0) & (row >= 0))[::-1]  # the first of equal rows stays
    matrix = np.full((len(items), len(respondents)), np.nan)
    matrix[column[kept], row[kept]] = responses["value"].to_numpy(dtype=float)[kept]
    reverse = np.array([item.reverse for item in items], dtype=bool)
    matrix[reverse] = LOWEST + HIGHEST - matrix[reverse]
    return pd.DataFrame(matrix.T, index=respondents["respondent"], columns=asked, copy=False)


def score(scale: Scale, answers: pd.DataFrame, groups: pd.Series) -> Scores:
    """Return each person's score on a scale.

    Parameters
    ----------
    scale : Scale
        Which items.
    answers : DataFrame
        As :func:`answer_matrix` returns it.
    groups : Series
        Stakeholder group of each respondent, in the same order.

    Notes
    -----
    A person counts who answered at least half of the items meant for the person's group; an item
    without an audience is meant for everybody. The score is the mean of the answers given.
    """
    given = answers[[item.id for item in scale.items]].to_numpy().T
    meant = _meant(scale, groups)
    asked = np.where(meant, given, np.nan)
    answered = np.isfinite(asked).sum(axis=0)
    counts = (answered > 0) & (2 * answered >= meant.sum(axis=0))
    kept = np.where(counts, asked, np.nan)
    total = np.nansum(kept, axis=0)
    person = np.where(counts, total / np.maximum(answered, 1), np.nan)
    return Scores(scale, person, kept.T, meant.T)


def _meant(scale: Scale, groups: pd.Series) -> NDArray[np.bool_]:
    """Tell for each item and person whether the item was meant for the person's group."""
    codes, names = pd.factorize(groups)
    table = [[not item.audience or name in item.audience for name in names] for item in scale.items]
    nameless = [[not item.audience] for item in scale.items]
    return np.hstack([np.array(table, dtype=bool).reshape(len(nameless), -1), nameless])[:, codes]
