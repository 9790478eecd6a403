"""Strategic consensus: how far people, and groups of people, rank the same subjects alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

__all__ = ["between_consensus", "consensus_p", "standard_profiles", "within_consensus"]

DRAWS = 499
MANY = 300
"""Persons above which chi-square stands in for permutations, its limit."""


def standard_profiles(answers: ArrayLike) -> NDArray[np.float64]:
    """Return each person's answers as deviations from the person's own mean, of length 1.

    Parameters
    ----------
    answers : array-like of float, shape (persons, subjects)
        None missing.

    Returns
    -------
    numpy.ndarray
        Persons whose answers are all alike are left out: they order nothing.

    Examples
    --------
    >>> standard_profiles([[1, 2, 3], [4, 4, 4]]).round(3).tolist()
    [[-0.707, 0.0, 0.707]]
    """
    x = np.atleast_2d(np.asarray(answers, dtype=float))
    centred = x - x.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1))
    told = length > 1e-9
    return centred[told] / length[told, None]


def within_consensus(profiles: NDArray[np.float64]) -> float:
    """Return consensus within a group: 0 as scattered as can be, 1 all order subjects alike.

    Parameters
    ----------
    profiles : numpy.ndarray, shape (persons, subjects)
        As :func:`standard_profiles` returns them; NaN without a person.

    Notes
    -----
    Length of the mean profile: the root of the mean correlation over all pairs of persons, each
    with itself included; its square is Kendall's W on rankings (Tarakci et al. 2014).

    Examples
    --------
    >>> round(within_consensus(standard_profiles([[1, 2, 3], [1, 3, 2]])), 3)
    0.866
    """
    if not len(profiles):
        return float("nan")
    return float(np.linalg.norm(profiles.mean(axis=0)))


def between_consensus(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the correlation of two groups' mean profiles, −1 to 1.

    Parameters
    ----------
    a, b : numpy.ndarray, shape (…, subjects)
        Means of profiles as :func:`standard_profiles` returns them (so that each adds up to 0),
        over the same subjects.

    Returns
    -------
    numpy.ndarray, shape (…)
        0 where the members of a group cancel out; NaN where a mean is missing.

    Examples
    --------
    >>> a, b = standard_profiles([[1, 2, 3]]), standard_profiles([[3, 2, 1], [6, 4, 2]])
    >>> round(float(between_consensus(a.mean(axis=0), b.mean(axis=0))), 6)
    -1.0
    """
    lengths = np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)
    return np.asarray((a * b).sum(axis=-1) / np.maximum(lengths, 1e-9))


def consensus_p(profiles: NDArray[np.float64], rng: np.random.Generator) -> float:
    """Return the permutation p of consensus within a group: would chance order as alike?

    Parameters
    ----------
    profiles : numpy.ndarray, shape (persons, subjects)
        As :func:`standard_profiles` returns them.
    rng : numpy.random.Generator
        The result's own generator.

    Notes
    -----
    Every person's answers are shuffled over the subjects, 499 times; (hits + 1) / 500. Above 300
    persons: chi-square of n·(subjects − 1)·consensus², the limit of the same test (Friedman).
    """
    persons, subjects = profiles.shape
    observed = within_consensus(profiles)
    if not persons:
        return float("nan")
    if persons > MANY:
        return float(chdtrc(subjects - 1, persons * (subjects - 1) * observed**2))
    order = rng.random((DRAWS, persons, subjects)).argsort(axis=2)
    shuffled = np.take_along_axis(np.broadcast_to(profiles, order.shape), order, axis=2)
    drawn = np.linalg.norm(shuffled.mean(axis=1), axis=1)
    return (int((drawn >= observed - 1e-9).sum()) + 1) / (DRAWS + 1)
