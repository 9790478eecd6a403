"""What rests on what: how high a capability can hold, and which gaps wait for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lodestar.stats.rounding import settle

__all__ = ["Rests", "blockers", "reach", "reach_of", "resting_on", "rests_on"]


@dataclass(frozen=True)
class Rests:
    """Which capabilities each one rests on, directly or through others, by position.

    ``below`` holds for each capability the positions of all it rests on, rising; ``order`` is an
    order in which every capability stands behind all it rests on.
    """

    below: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]


def rests_on(needs: Mapping[str, Sequence[str]]) -> Rests:
    """Return the relation ``needs`` followed to its end.

    Parameters
    ----------
    needs : mapping of str to sequence of str
        The capabilities that each one needs, in the framework's order; without circles (the
        framework is checked for them).

    Examples
    --------
    >>> rests_on({"act": ["share"], "share": ["listen"], "listen": []}).below
    ((1, 2), (2,), ())
    """
    place = {capability: i for i, capability in enumerate(needs)}
    found: dict[str, frozenset[int]] = {}

    def follow(capability: str) -> frozenset[int]:
        if capability not in found:
            own = [{place[need]} | follow(need) for need in needs[capability]]
            found[capability] = frozenset().union(*own)
        return found[capability]

    below = tuple(tuple(sorted(follow(capability))) for capability in needs)
    return Rests(below, tuple(place[capability] for capability in found))


def resting_on(rests: Rests, capability: int) -> list[int]:
    """Return the positions of all that rest on a capability, what comes first in front."""
    return [i for i in rests.order if capability in rests.below[i]]


def reach(x: np.ndarray, target: np.ndarray, rests: Rests) -> np.ndarray:
    """Return how high each cell can hold, as far as what it rests on goes.

    Parameters
    ----------
    x : numpy.ndarray
        Levels, shape (capabilities, functions); NaN where missing.
    target : numpy.ndarray
        Target profile, same shape.
    rests : Rests
        From `rests_on`.

    Returns
    -------
    numpy.ndarray
        Levels up to the target, same shape.

    Notes
    -----
    reach_cf = min(t_cf, min x_df over the d that hold c back in f). A need d holds c back in f
    when x_df < min(t_df, t_cf): one that stands at its own target holds nothing back, so that the
    whole target profile can be reached. A need without a level in the function holds nothing back
    either, for nothing is known of it there. Which capability needs which is the framework's
    synthesis, no measured law.
    """
    return np.array([reach_of(c, x, target, rests) for c in range(len(rests.below))])


def reach_of(c: int, x: np.ndarray, target: np.ndarray, rests: Rests) -> np.ndarray:
    """Return how high one capability can hold in each function, as in `reach`."""
    low = np.array(target[c], dtype=float)
    for d in rests.below[c]:
        held = _holds(x, target, c, d)
        low[held] = np.minimum(low[held], x[d, held])
    return low


def blockers(x: np.ndarray, target: np.ndarray, rests: Rests, c: int, f: int) -> list[int]:
    """Return what holds a cell below its target back, the lowest first, then by position.

    A cell at or above its target is held back by nothing.
    """
    if not settle(x[c, f]) < settle(target[c, f]):
        return []
    held = [d for d in rests.below[c] if _holds(x, target, c, d)[f]]
    return sorted(held, key=lambda d: (settle(x[d, f]), d))


def _holds(x: np.ndarray, target: np.ndarray, c: int, d: int) -> np.ndarray:
    """Return the functions in which d stands below what c would need of it; never where unknown."""
    return np.asarray(settle(x[d]) < settle(np.minimum(target[d], target[c])))
