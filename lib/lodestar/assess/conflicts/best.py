"""The best walks to one place: for each number of links and each sign, the largest product."""

from __future__ import annotations

import numpy as np

from lodestar.assess.conflicts.links import Links

__all__ = ["Bounds", "best_walks", "from_source", "state", "up_to"]

MANY = 2_000
"""Links into a front from which arrays are faster than a loop."""

Bounds = tuple[dict[int, float], ...]
"""By number of links: best product of walks to the target, by state of their start."""


def state(place: int, sign: int) -> int:
    """Return one number for a place and the sign still to come: 0 for +, 1 for −."""
    return 2 * place + sign


def best_walks(links: Links, target: int) -> Bounds:
    """Return the best product of the walks that lead to a place.

    Parameters
    ----------
    links : Links
        The signed links.
    target : int
        Place where they end.

    Returns
    -------
    tuple of dict
        For walks of exactly 0, 1, 2 and 3 links (up to two below the links' reach): largest product
        of strengths by :func:`state` of where they start. Longer ones are found from a source
        (:func:`from_source`): few lead on.

    Notes
    -----
    Dynamic programming from the target backward, over the states that are reached and no others.
    """
    levels: list[dict[int, float]] = [{state(target, 0): 1.0}]
    while len(levels) < links.reach - 1:
        levels.append(_before(links, levels[-1]))
    return tuple(levels)


def from_source(links: Links, bounds: Bounds, source: int) -> Bounds:
    """Return the best walks to a target with those of 4 links that a link of the source leads to.

    Parameters
    ----------
    links : Links
        The signed links.
    bounds : tuple of dict
        From :func:`best_walks`.
    source : int
        Place where walks of five links start.

    Notes
    -----
    Where only direct links count, what :func:`best_walks` knows is all there is.
    """
    if len(bounds) == links.reach:
        return bounds
    last, found = bounds[-1], {}
    for end, _, _ in links.leaving[source]:
        for sign in (0, 1):
            ways = links.leaving[end]
            best = max((s * last.get(2 * e + (sign ^ f), 0.0) for e, f, s in ways), default=0.0)
            if best > 0:
                found[state(end, sign)] = best
    return (*bounds, found)


def up_to(bounds: Bounds) -> Bounds:
    """Return the best products of walks of at most so many links."""
    levels = [bounds[0]]
    for level in bounds[1:]:
        merged = dict(levels[-1])
        for key, product in level.items():
            merged[key] = max(product, merged.get(key, 0.0))
        levels.append(merged)
    return tuple(levels)


def _before(links: Links, level: dict[int, float]) -> dict[int, float]:
    entering = links.entering
    if sum(len(entering[key >> 1]) for key in level) > MANY:
        return _before_many(links, level)
    found: dict[int, float] = {}
    for key, product in level.items():
        for start, flip, strength in entering[key >> 1]:
            before, through = 2 * start + ((key & 1) ^ flip), strength * product
            if through > found.get(before, 0.0):
                found[before] = through
    return found


def _before_many(links: Links, level: dict[int, float]) -> dict[int, float]:
    """The same over all links at once."""
    known = np.zeros(2 * len(links.ids))
    known[list(level)] = list(level.values())
    flip, size = (links.strength < 0).astype(np.int64), np.abs(links.strength)
    found = np.zeros_like(known)
    for sign in (0, 1):
        through = size * known[2 * links.target + (sign ^ flip)]
        np.maximum.at(found, 2 * links.source + sign, through)
    reached = np.flatnonzero(found)
    return dict(zip(reached.tolist(), found[reached].tolist(), strict=True))
