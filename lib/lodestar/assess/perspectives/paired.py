"""Paired scales: importance against performance, knowing against doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.groups import Group
from lodestar.stats.draws import generator, interval
from lodestar.stats.resampling import person_counts

__all__ = ["paired_gaps"]


def paired_gaps(
    persons: Mapping[str, NDArray[np.float64]],
    cells: pd.DataFrame,
    found: Sequence[Group],
    families: tuple[str, str],
    key: str,
    seed: int,
) -> pd.DataFrame:
    """Return the gap between two families of a dimension, group by group.

    Parameters
    ----------
    persons : mapping
        Scale id to every respondent's score (NaN: does not count).
    cells : DataFrame
        As ``scale_cells`` returns them.
    found : sequence of Group
        Groups of the survey.
    families : tuple of str
        First and second family; the gap is first less second.
    key : str
        Key of the draws, e.g. ``perspectives.know_do``.
    seed : int
        Seed of the engagement.

    Returns
    -------
    DataFrame
        ``dimension, group, <first>, <first>_low, <first>_high, <second>, …, gap, low, high,
        suppressed``; a row with a hidden side has no numbers.

    Notes
    -----
    The gap is the difference of the two published means (not of a smaller set of persons who
    answered both, whose difference would give single answers away); 95 % interval from persons
    resampled with both their scores.
    """
    first, second = families
    hidden = cells.set_index(["scale", "group"])["suppressed"]
    rows = []
    for scale in [scale for scale in persons if scale.endswith(f".{first}")]:
        dimension = scale.rpartition(".")[0]
        for group in found:
            sides = [(scale, group.id), (f"{dimension}.{second}", group.id)]
            if not all(side in hidden.index for side in sides):
                continue
            few = any(bool(hidden[side]) for side in sides)
            row: dict[str, object] = {"dimension": dimension, "group": group.id, "suppressed": few}
            if not few:
                scores = np.stack([persons[side[0]][group.members] for side in sides], axis=1)
                rng = generator(seed, f"{key}/{dimension}/{group.id}")
                row |= _gap(scores, families, rng)
            rows.append(row)
    return pd.DataFrame(rows, columns=_columns(families))


def _columns(families: tuple[str, str]) -> list[str]:
    """Return the columns in their order."""
    sides = [f"{family}{bound}" for family in families for bound in ("", "_low", "_high")]
    return ["dimension", "group", *sides, "gap", "low", "high", "suppressed"]


def _gap(
    scores: NDArray[np.float64], families: tuple[str, str], rng: np.random.Generator
) -> dict[str, float]:
    """Return both means, their difference, and intervals (scores: persons × 2)."""
    scores = scores[np.isfinite(scores).any(axis=1)]
    given = np.isfinite(scores)
    counts = person_counts(len(scores), rng).astype(float)
    votes = counts @ given
    drawn = counts @ np.where(given, scores, 0.0) / np.where(votes > 0, votes, np.nan)
    means = [float(np.nanmean(scores[:, side])) for side in (0, 1)]
    out: dict[str, float] = {}
    for side, family in enumerate(families):
        out[family] = means[side]
        bounds = interval(drawn[:, side], estimate=means[side])
        out[f"{family}_low"], out[f"{family}_high"] = bounds
    out["gap"] = means[0] - means[1]
    out["low"], out["high"] = interval(drawn[:, 0] - drawn[:, 1], estimate=out["gap"])
    return out
