"""Consensus between groups: how far apart they stand, and whether they order subjects alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.perspectives.consensus import (
    FEWEST,
    KEY,
    Persons,
    level_scales,
    level_subjects,
    matrix,
)
from lodestar.assess.perspectives.groups import Group
from lodestar.stats.consensus import between_consensus, standard_profiles
from lodestar.stats.draws import generator
from lodestar.stats.means import influence
from lodestar.stats.multiplicity import adjust
from lodestar.stats.relabelling import relabelled_means
from lodestar.stats.rounding import settle

__all__ = ["pair_consensus"]


@dataclass(frozen=True)
class _Side:
    """One group of a pair: scores, standardised profiles, and the covariance of its means."""

    scores: NDArray[np.float64]
    profiles: NDArray[np.float64]
    covariance: NDArray[np.float64]


_COLUMNS = ["group_a", "group_b", "subjects", "same_items"]
_COLUMNS += ["distance", "low", "high", "p", "q", "r", "p_r", "suppressed"]


def pair_consensus(
    persons: Persons,
    cells: pd.DataFrame,
    within: pd.DataFrame,
    compared: Sequence[tuple[Group, Group]],
    seed: int,
) -> pd.DataFrame:
    """Return how far apart every two groups of one kind stand over the subjects both answered.

    Parameters
    ----------
    persons, cells, seed
        As for ``group_consensus``.
    within : DataFrame
        As ``group_consensus`` returns it: r needs both groups shown there.
    compared : sequence of pairs of Group
        Pairs of groups, the smaller id first.

    Returns
    -------
    DataFrame
        ``group_a, group_b, subjects, same_items, distance, low, high, p, q, r, p_r, suppressed``.

    Notes
    -----
    distance: root mean square of the differences of published means, in points of the 1–5 scale;
    low, high: 95 %, by the delta method from the covariance of the means, floored at 0.
    r: correlation of the groups' mean standardised profiles, two decimals. p (distance at least as
    large) and p_r (r at least as low) from 1,999 relabellings of persons; q: Holm over all
    distances shown.
    """
    shown = level_subjects(cells)
    asked = cells[cells["scale"].str.endswith(".level")].groupby("group")["scale"].agg(set)
    ordered = set(within.loc[~within["suppressed"].astype(bool), "group"])
    items = cells.set_index(["scale", "group"])["asked"].to_dict()
    scales = level_scales(persons)
    answers = _answers(persons, scales, compared)
    sides: dict[tuple[str, tuple[int, ...]], _Side] = {}
    rows = []
    for a, b in compared:
        if len(asked.get(a.id, set()) & asked.get(b.id, set())) < FEWEST:
            continue
        common = [scale for scale in shown.get(a.id, ()) if scale in shown.get(b.id, ())]
        row: dict[str, Any] = {"group_a": a.id, "group_b": b.id, "subjects": len(common)}
        row["same_items"] = all(items[scale, a.id] == items[scale, b.id] for scale in common)
        row["suppressed"] = len(common) < FEWEST
        if not row["suppressed"]:
            apart = [shown[a.id][scale] - shown[b.id][scale] for scale in common]
            columns = tuple(scales.index(scale) for scale in common)
            for key in ((a.id, columns), (b.id, columns)):
                sides[key] = sides.get(key) or _side(answers[key[0]][:, columns])
            both = sides[a.id, columns], sides[b.id, columns]
            rng = generator(seed, f"{KEY}/{a.id}/{b.id}")
            row |= _apart(both, np.array(apart), {a.id, b.id} <= ordered, rng)
        rows.append(row)
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["q"] = adjust(frame["p"].to_numpy(dtype=float), "holm")
    hidden = frame["suppressed"].astype(bool)
    frame["subjects"] = frame["subjects"].astype("Int64").mask(hidden)
    return frame


def _answers(
    persons: Persons, scales: Sequence[str], compared: Sequence[tuple[Group, Group]]
) -> dict[str, NDArray[np.float64]]:
    """Return the scores of each compared group's members, one column a scale."""
    if not scales:
        return {}
    whole = matrix(persons, scales)
    named = {group.id: group for pair in compared for group in pair}
    return {name: whole[group.members] for name, group in named.items()}


def _side(scores: NDArray[np.float64]) -> _Side:
    """Return what a group brings to every pair that shares the same subjects."""
    told = scores[np.isfinite(scores).any(axis=1)]
    return _Side(told, _profiles(told), _covariance(told))


def _apart(
    sides: tuple[_Side, _Side], apart: NDArray[np.float64], ordered: bool, rng: np.random.Generator
) -> dict[str, float]:
    """Return distance and correlation of two groups, each with its permutation p."""
    answers = np.vstack([one.scores for one in sides])
    if ordered:
        answers = np.hstack([answers, np.vstack([one.profiles for one in sides])])
    subjects = len(apart)
    drawn = relabelled_means(answers, len(sides[0].scores), rng)
    gaps = np.sqrt(np.nanmean((drawn[0] - drawn[1])[:, :subjects] ** 2, axis=1))
    distance = float(np.sqrt((apart**2).mean()))
    out = {"distance": distance, "p": _share(settle(gaps) >= settle(distance))}
    noise = 1.96 * _error(apart, sides[0].covariance + sides[1].covariance)
    out |= {"low": max(0.0, distance - noise), "high": distance + noise}
    if ordered:
        r = between_consensus(*(np.nanmean(one.profiles, axis=0) for one in sides))
        alike = between_consensus(drawn[0][:, subjects:], drawn[1][:, subjects:])
        out |= {"r": round(float(r), 2), "p_r": _share(settle(alike) <= settle(r))}
    return out


def _error(apart: NDArray[np.float64], covariance: NDArray[np.float64]) -> float:
    """Return the standard error of a root mean square of differences (delta method)."""
    slope = apart / max(float(np.sqrt(len(apart) * (apart**2).sum())), 1e-9)
    return float(np.sqrt(slope @ covariance @ slope))


def _covariance(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the covariance of the means of a group's scores (NaN: no answer)."""
    moved = influence(scores)
    return np.asarray(moved.T @ moved / len(scores) ** 2)


def _profiles(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return standardised profiles; NaN for those who left a subject out or order nothing."""
    out = np.full(scores.shape, np.nan)
    told = np.isfinite(scores).all(axis=1) & (np.ptp(scores, axis=1) > 1e-9)
    out[told] = standard_profiles(scores[told])
    return out


def _share(hits: NDArray[np.bool_]) -> float:
    """Return the permutation p of a number of hits."""
    return (int(hits.sum()) + 1) / (len(hits) + 1)
