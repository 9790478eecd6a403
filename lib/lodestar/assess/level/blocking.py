"""What stands between the present stage and the next: dimensions, and the capability to raise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lodestar.assess.level.staged import Disagreement
from lodestar.stats.rounding import settle

__all__ = ["HIGHEST", "Rise", "deciding", "rises", "to_raise"]

HIGHEST = 5.0


@dataclass(frozen=True)
class Rise:
    """How far a dimension must rise, and the capability that does it with the smallest rise.

    ``dimension`` and ``capability`` are positions; ``capability`` is None where not even the top
    level of one capability suffices.
    """

    dimension: int
    needed: float
    capability: int | None
    rise: float


def to_raise(values: np.ndarray, key: np.ndarray, differs: Disagreement) -> list[int]:
    """Return the dimensions that must reach the threshold, lowest first.

    Parameters
    ----------
    values : numpy.ndarray
        Dimension profile, levels 1-5.
    key : numpy.ndarray of bool
        Which dimensions gate the stage.
    differs : Disagreement
        Which dimensions stand below the next stage's threshold.

    Notes
    -----
    Every key dimension below, and of the others all but one, as one may stay below: the lowest,
    which has furthest to go. Where one is excused already, that one.
    """
    others = [i for i in differs.dimensions if not key[i]]
    spared = min(others, key=lambda i: (values[i], i)) if others else None
    if differs.kind == "excused":
        return others
    return [i for i in differs.dimensions if i != spared]


def deciding(needed: float, weights: np.ndarray, levels: np.ndarray) -> tuple[int | None, float]:
    """Return the capability whose smallest rise lifts its dimension enough, and that rise.

    Parameters
    ----------
    needed : float
        How far the dimension must rise, in levels.
    weights : numpy.ndarray
        Share of each capability in the dimension, shape (capabilities,); 0 elsewhere.
    levels : numpy.ndarray
        Each capability over the functions, levels 1-5; NaN where missing.

    Returns
    -------
    tuple
        Position and rise, the lowest capability among equal rises; None and NaN when none can
        rise so far.

    Notes
    -----
    A capability of share q lifts its dimension by q times its own rise, so that needed / q is
    asked of it; it may not pass level 5.

    Examples
    --------
    >>> deciding(0.5, np.array([0.5, 0.25, 0.25]), np.array([4.5, 2.0, 3.0]))
    (1, 2.0)
    """
    able = [
        (settle(needed / q), settle(level), c)
        for c, (q, level) in enumerate(zip(weights, levels, strict=True))
        if q > 0 and settle(level + needed / q) <= HIGHEST
    ]
    if not able:
        return None, float("nan")
    rise, _, capability = min(able)
    return capability, float(rise)


def rises(
    values: np.ndarray,
    key: np.ndarray,
    differs: Disagreement,
    threshold: float,
    weights: np.ndarray,
    levels: np.ndarray,
) -> list[Rise]:
    """Return what must rise for the threshold to hold, dimension by dimension.

    Parameters
    ----------
    values, key, differs
        As in `to_raise`.
    threshold : float
        k − 0.5, what the next stage asks of a dimension (the present one where one is excused).
    weights : numpy.ndarray
        Shape (dimensions, capabilities): share of each capability in each dimension.
    levels : numpy.ndarray
        Each capability over the functions.
    """
    out = []
    for i in to_raise(values, key, differs):
        needed = float(settle(threshold - values[i]))
        out.append(Rise(i, needed, *deciding(needed, weights[i], levels)))
    return out
