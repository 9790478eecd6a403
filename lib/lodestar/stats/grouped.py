"""Agreement and reliability of one scale in many groups at once, by the same formulas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lodestar.stats.agreement import NULL_VARIANCE, rwg_j_of
from lodestar.stats.icc import icc_of
from lodestar.stats.means import mean_interval
from lodestar.stats.partition import Partition
from lodestar.stats.reliability import alpha_of, omega_of

__all__ = ["Answers", "grouped_icc", "grouped_statistics"]

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Answers:
    """Answers to one scale: ``items`` (items × persons) and ``person`` (mean of each person).

    NaN where there is no answer; a person without a score has no answers either. ``meant``
    (items × persons) tells what each person was asked; None: everybody was asked everything.
    """

    items: Matrix
    person: Matrix
    meant: NDArray[np.bool_] | None = None


def grouped_statistics(
    answers: Answers, part: Partition, span: tuple[float, float], least: int = 2
) -> dict[str, Matrix]:
    """Return what each group of a partition says on one scale, and how far it agrees.

    Parameters
    ----------
    answers : Answers
        Reverse items turned.
    part : Partition
        Groups that share nobody.
    span : tuple of float
        Lowest and highest possible answer.
    least : int, default 2
        Complete cases under which alpha and omega are not told.

    Returns
    -------
    dict of str to numpy.ndarray, shape (groups,)
        ``n, mean, low, high`` of the persons' means; ``rwg_single`` (mean over items of rwg),
        ``rwg`` (rwg(J)), ``ad_mean``, ``alpha``, ``omega`` over the items that everybody in the
        group who answered was meant to answer. NaN where undefined.

    Notes
    -----
    Formulas: `lodestar.stats.agreement`, `.reliability` and `.means`, each over groups at once.
    """
    person = part.sort(answers.person)
    n, mean, variance = _moments(part, person)
    low, high = mean_interval(mean, variance, n, span)
    items, common = _common(answers, part, np.isfinite(person))
    count, centre, spread = _moments(part, items)
    covariances, complete = _covariances(part, items, common)
    enough = complete >= least
    return {
        "n": n,
        "mean": mean,
        "low": low,
        "high": high,
        "rwg_single": _mean(np.clip(1 - spread / NULL_VARIANCE, 0, 1)),
        "rwg": rwg_j_of(spread),
        "ad_mean": _mean(_deviations(part, items, count, centre)),
        "alpha": np.where(enough, alpha_of(covariances, common.T), np.nan),
        "omega": np.where(enough, omega_of(covariances, common.T, complete), np.nan),
    }


def grouped_icc(person: Matrix, classes: ArrayLike, part: Partition) -> tuple[Matrix, Matrix]:
    """Return ICC(1) and ICC(2) of classes within each group of a partition.

    Parameters
    ----------
    person : numpy.ndarray of float, shape (persons,)
        One score a person; NaN = no answer.
    classes : array-like of int, shape (persons,)
        Class of each person (a function, numbered from 0); -1 leaves the person out.
    part : Partition
        Groups that share nobody.

    Returns
    -------
    tuple of numpy.ndarray, shape (groups,)
        As :func:`lodestar.stats.icc.icc_groups` of each group alone.
    """
    scores, own = part.sort(person), part.sort(np.asarray(classes))
    kept = np.isfinite(scores) & (own >= 0)
    width = int(own.max(initial=0)) + 1
    cell = (part.spread(np.arange(len(part.groups))) * width + own)[kept]
    return icc_of(scores[kept], cell, (len(part.groups), width))


def _moments(part: Partition, values: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Return each group's answers given, their mean and variance (n − 1)."""
    given = np.isfinite(values)
    count = part.sums(given.astype(float))
    mean = _ratio(part.sums(np.where(given, values, 0.0)), count)
    squares = np.where(given, values - part.spread(mean), 0.0) ** 2
    return count, mean, _ratio(part.sums(squares), count - 1)


def _deviations(part: Partition, items: Matrix, count: Matrix, centre: Matrix) -> Matrix:
    """Return the mean |answer − item mean| of each item in each group."""
    away = np.abs(items - part.spread(centre))
    return _ratio(part.sums(np.where(np.isfinite(away), away, 0.0)), count)


def _common(
    answers: Answers, part: Partition, counts: NDArray[np.bool_]
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return answers to the items meant for everybody who counts, and which items those are."""
    items = part.sort(answers.items)
    if answers.meant is None:
        return items, np.ones((len(items), len(part.groups)), dtype=bool)
    common = np.logical_and.reduceat(part.sort(answers.meant) | ~counts, part.starts, axis=-1)
    common = common & (part.sums(counts.astype(float)) > 0)
    return np.where(part.spread(common), items, np.nan), common


def _covariances(
    part: Partition, items: Matrix, common: NDArray[np.bool_]
) -> tuple[Matrix, Matrix]:
    """Return covariances (groups × items × items) and number of the complete cases."""
    asked, given = part.spread(common), np.isfinite(items)
    whole = np.all(given | ~asked, axis=0) & np.any(asked, axis=0)
    complete = part.sums(whole.astype(float))
    used = np.where(whole & given, items, 0.0)
    centre = part.spread(_ratio(part.sums(used), complete))
    away = np.where(whole & asked, used - centre, 0.0)
    own = np.split(away, part.starts[1:], axis=1)
    squares = np.stack([one @ one.T for one in own])
    return _ratio(squares, (complete - 1)[:, None, None]), complete


def _ratio(part: Matrix, whole: Matrix) -> Matrix:
    """Return part ÷ whole; NaN where the whole is not positive."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)


def _mean(by_item: Matrix) -> Matrix:
    """Return the mean over items that are known; NaN where none is."""
    known = np.isfinite(by_item)
    return _ratio(np.where(known, by_item, 0.0).sum(axis=0), known.sum(axis=0).astype(float))
