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
    known = responses[responses["item"].isin([item.id for item in items])]
    wide = known.drop_duplicates(["respondent", "item"]).pivot(
        index="respondent", columns="item", values="value"
    )
    wide = wide.reindex(index=respondents["respondent"], columns=[item.id for item in items])
    reverse = [item.id for item in items if item.reverse]
    wide[reverse] = LOWEST + HIGHEST - wide[reverse]
    return wide.astype(float)


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
    given = answers[[item.id for item in scale.items]].to_numpy()
    names = groups.to_numpy(dtype=object)
    meant = np.stack([_meant(item, names) for item in scale.items], axis=1)
    asked = np.where(meant, given, np.nan)
    answered = np.isfinite(asked).sum(axis=1)
    counts = (answered > 0) & (2 * answered >= meant.sum(axis=1))
    kept = np.where(counts[:, None], asked, np.nan)
    total = np.nansum(kept, axis=1)
    person = np.where(counts, total / np.maximum(answered, 1), np.nan)
    return Scores(scale, person, kept, meant)


def _meant(item: Item, groups: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell for each person whether the item was meant for the person's group."""
    if not item.audience:
        return np.ones(len(groups), dtype=bool)
    return np.isin(groups, list(item.audience))
