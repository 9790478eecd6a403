"""Classical scaling: distances between things as places on a plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Places", "classical_scaling"]

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Places:
    """Points on a plane and how truly they show the distances.

    ``points``: things × 2; ``share``: of the spread of all distances, what two directions hold
    (0–1); ``stress``: Kruskal's stress-1 (0 = every distance exact).
    """

    points: NDArray[np.float64]
    share: float
    stress: float


def classical_scaling(distances: ArrayLike) -> Places:
    """Return places whose distances come closest to those given.

    Parameters
    ----------
    distances : array-like, shape (things, things)
        Symmetric, zero on the diagonal, two things or more.

    Returns
    -------
    Places
        Each direction is turned so that its farthest thing (the first among ties) lies on the
        positive side: the same distances give the same picture.

    Notes
    -----
    Eigenvectors of −½·J·D²·J times the roots of their eigenvalues (Torgerson 1952); negative
    eigenvalues, which no plane can show, count in the share's denominator by their size.

    Examples
    --------
    >>> places = classical_scaling([[0, 3, 4], [3, 0, 5], [4, 5, 0]])
    >>> round(float(np.linalg.norm(places.points[0] - places.points[2])), 6), round(places.share, 6)
    (4.0, 1.0)
    """
    d = np.asarray(distances, dtype=float)
    centring = np.eye(len(d)) - 1 / len(d)
    values, vectors = np.linalg.eigh(-0.5 * centring @ d**2 @ centring)
    order = np.argsort(-values, kind="stable")
    values, vectors = values[order], vectors[:, order]
    points = np.zeros((len(d), 2))
    found = vectors[:, :2] * np.sqrt(np.clip(values[:2], 0, None))
    points[:, : found.shape[1]] = found
    total = float(np.abs(values).sum())
    share = float(np.clip(values[:2], 0, None).sum()) / total if total > TOLERANCE else 1.0
    points = points * [_turn(points[:, axis]) for axis in (0, 1)]
    return Places(points, share, _stress(points, d))


def _turn(along: NDArray[np.float64]) -> float:
    """Return the sign that puts the farthest thing on the positive side."""
    far = np.flatnonzero(np.abs(along) >= np.abs(along).max() - TOLERANCE)[0]
    return -1.0 if along[far] < 0 else 1.0


def _stress(points: NDArray[np.float64], d: NDArray[np.float64]) -> float:
    """Return Kruskal's stress-1 of the places."""
    upper = np.triu_indices(len(d), 1)
    drawn = np.linalg.norm(points[:, None] - points[None], axis=2)[upper]
    size = float((drawn**2).sum())
    return float(np.sqrt(((drawn - d[upper]) ** 2).sum() / size)) if size > TOLERANCE else 0.0
