"""Clusters of persons: how many, whether beyond chance, and whether they would come back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform

__all__ = ["Clusters", "find_clusters", "silhouette"]

MOST = 4
NULLS = 99
RESAMPLES = 50


@dataclass(frozen=True)
class Clusters:
    """Which cluster each person is in (0 is the largest), and how far to trust it.

    ``silhouette`` −1 to 1; ``p``: share of structureless data that cluster as well; ``stability``:
    by cluster, mean Jaccard with the nearest cluster of resampled persons (0–1).
    """

    member: NDArray[np.intp]
    silhouette: float
    p: float
    stability: NDArray[np.float64]


def find_clusters(x: NDArray[np.float64], least: int, rng: np.random.Generator) -> Clusters | None:
    """Return the best clusters of two to four; None where no cut leaves enough in each.

    Parameters
    ----------
    x : numpy.ndarray, shape (persons, subjects)
        None missing.
    least : int
        Least number of persons in a cluster.
    rng : numpy.random.Generator
        The result's own generator.

    Notes
    -----
    Ward's method; the number by the mean silhouette. p = (hits + 1) / 100, the larger of two
    nulls of 99 data sets each: every subject's answers shuffled over persons, and one normal cloud
    with the subjects' own covariance (which a mere leaning to high or low marks resembles).
    Stability: 50 bootstraps (Hennig 2007; under 0.6 a cluster is not to be relied on).
    """
    found = _best(x, least)
    if found is None:
        return None
    member, score = found
    p = max(_p(score, _shuffled(x, rng), least), _p(score, _clouds(x, rng), least))
    return Clusters(member, score, p, _stability(x, member, rng))


def silhouette(distances: NDArray[np.float64], member: NDArray[np.intp]) -> float:
    """Return the mean silhouette of a clustering (Rousseeuw 1987), −1 to 1.

    Parameters
    ----------
    distances : numpy.ndarray, shape (persons, persons)
        Distances.
    member : numpy.ndarray of int
        Cluster of each person, from 0; a person alone counts 0.

    Examples
    --------
    >>> d = np.array([[0.0, 1, 9], [1, 0, 9], [9, 9, 0]])
    >>> round(silhouette(d, np.array([0, 0, 1])), 3)
    0.593
    """
    hot = np.eye(int(member.max()) + 1)[member]
    sizes = hot.sum(axis=0)
    sums = distances @ hot
    place = np.arange(len(member))
    own = sizes[member]
    inside = sums[place, member] / np.maximum(own - 1, 1)
    outside = sums / sizes
    outside[place, member] = np.inf
    nearest = outside.min(axis=1)
    wide = np.maximum(np.maximum(inside, nearest), 1e-12)
    return float(np.where(own > 1, (nearest - inside) / wide, 0.0).mean())


def _best(x: NDArray[np.float64], least: int) -> tuple[NDArray[np.intp], float] | None:
    """Return the cut with the largest silhouette whose clusters are large enough."""
    pairs = pdist(x)
    tree, distances = linkage(pairs, "ward"), squareform(pairs)
    counts = range(2, min(MOST, len(x) - 1) + 1)
    cuts = [_cut(tree, k) for k in counts]
    fit = [cut for cut in cuts if cut.max() > 0 and np.bincount(cut).min() >= least]
    if not fit:
        return None
    scored = [silhouette(distances, cut) for cut in fit]
    best = int(np.argmax(scored))
    return _by_size(fit[best]), scored[best]


def _cut(tree: NDArray[np.float64], k: int) -> NDArray[np.intp]:
    """Return the cluster of each person, from 0, where a tree is cut into k (fewer at ties)."""
    return np.asarray(fcluster(tree, k, "maxclust") - 1, dtype=np.intp)


def _by_size(member: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return clusters renumbered, the largest first."""
    order = np.argsort(-np.bincount(member), kind="stable")
    return np.argsort(order)[member]


def _p(score: float, nulls: list[NDArray[np.float64]], least: int) -> float:
    """Return how often structureless data cluster as well."""
    drawn = [found[1] for null in nulls if (found := _best(null, least)) is not None]
    return (sum(one >= score for one in drawn) + 1) / (len(nulls) + 1)


def _shuffled(x: NDArray[np.float64], rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Return data with every subject's answers shuffled over persons."""
    return [rng.permuted(x, axis=0) for _ in range(NULLS)]


def _clouds(x: NDArray[np.float64], rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Return data from one normal cloud with the same covariance."""
    centred = x - x.mean(axis=0)
    root = np.linalg.svd(centred / np.sqrt(len(x)), full_matrices=False)
    spread = root[1][:, None] * root[2]
    return [rng.standard_normal((len(x), len(spread))) @ spread for _ in range(NULLS)]


def _stability(
    x: NDArray[np.float64], member: NDArray[np.intp], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return, by cluster, the mean Jaccard with its nearest cluster among resampled persons."""
    k = int(member.max()) + 1
    alike = np.zeros((RESAMPLES, k))
    for draw in range(RESAMPLES):
        picked = np.unique(rng.integers(0, len(x), len(x)))
        again = _cut(linkage(pdist(x[picked]), "ward"), k)
        first, second = np.eye(k)[member[picked]], np.eye(k)[again]
        both = first.T @ second
        either = first.sum(axis=0)[:, None] + second.sum(axis=0) - both
        alike[draw] = (both / either).max(axis=1)
    return alike.mean(axis=0)
