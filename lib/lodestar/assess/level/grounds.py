"""What the level rests on: the share of its weight by the best evidence behind each cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.cells import Cells
from lodestar.assess.nulls import absent
from lodestar.assess.plain import listing
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement

__all__ = ["GRADES", "best_grades", "evidence_shares", "grounds"]

GRADES = {"measured": "A", "documented": "B", "stated": "C"}
"""Best first; a cell without any is counted under ``none``."""

TO_DOCUMENT = 2
NOTHING = "No cell of it has a level."
ALL_FOUNDED = "Every cell that has a level is documented or measured."


def best_grades(engagement: Engagement, cells: Cells) -> np.ndarray:
    """Return the best grade of evidence behind each cell's level.

    Parameters
    ----------
    engagement : Engagement
        For the grades of its ratings.
    cells : Cells
        For the votes that count.

    Returns
    -------
    numpy.ndarray of str
        Shape (capabilities, functions): ``A``, ``B``, ``C``, or empty where no vote has one.
    """
    keys = ["capability", "function", "rater"]
    told = cells.votes.rename(columns={"person": "rater"})[keys].astype("str")
    ratings = Gate.of(engagement.settings).open(engagement.confidential("ratings"))
    graded = ratings[[*keys, "evidence_grade"]].dropna(subset=["evidence_grade"]).astype("str")
    best = told.merge(graded, on=keys).groupby(keys[:2])["evidence_grade"].min()
    full = pd.MultiIndex.from_product([cells.x.index, cells.x.columns])
    return np.asarray(best.reindex(full).fillna("").to_numpy().reshape(cells.x.shape), dtype=object)


def evidence_shares(grades: np.ndarray, weights: np.ndarray) -> dict[str, Any]:
    """Return the share of cell weight by best grade.

    Parameters
    ----------
    grades : numpy.ndarray of str
        From `best_grades`.
    weights : numpy.ndarray
        How much each cell weighs, same shape; adds up to 1, or to 0 where nothing has a level.

    Returns
    -------
    dict
        ``measured, documented, stated, none``, which add up to 1; nulls with a reason.
    """
    if not weights.any():
        return absent([*GRADES, "none"], NOTHING)
    out = {name: float(weights[grades == grade].sum()) for name, grade in GRADES.items()}
    return {**out, "none": float(weights[grades == ""].sum())}


def grounds(grades: np.ndarray, weights: np.ndarray, cells: Cells) -> dict[str, Any]:
    """Return ``level.present.evidence``: shares, and the cells most worth documenting.

    Parameters
    ----------
    grades : numpy.ndarray of str
        From `best_grades`.
    weights : numpy.ndarray
        How much each cell weighs in the level.
    cells : Cells
        For the names and the number of raters.

    Returns
    -------
    dict
        The shares, and ``to_document``: the two heaviest cells that rest on opinion alone, of
        equal weight those with fewer raters first, then in the framework's order.
    """
    opinion = np.argwhere(np.isin(grades, ["C", ""]) & (weights > 0))
    raters = cells.raters.to_numpy()
    order = sorted(
        (-round(float(weights[c, f]), 9), int(raters[c, f]), int(c), int(f)) for c, f in opinion
    )
    chosen = [
        {
            "capability": str(cells.x.index[c]),
            "function": str(cells.x.columns[f]),
            "weight": float(weights[c, f]),
        }
        for _, _, c, f in order[:TO_DOCUMENT]
    ]
    why = ALL_FOUNDED if weights.any() else NOTHING
    return {**evidence_shares(grades, weights), **listing("to_document", chosen, why)}
