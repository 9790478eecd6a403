"""What moved between two periods: the index, the parts, functions and capabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lodestar.assess.alignment.closeness import PARTS
from lodestar.assess.alignment.material import Inputs
from lodestar.assess.alignment.measure import index_of, misalignment, parts
from lodestar.assess.alignment.noise import shifted
from lodestar.assess.alignment.targets import target_at
from lodestar.assess.bands import band
from lodestar.assess.cells import few_raters
from lodestar.assess.level.paired import draw_present
from lodestar.assess.nulls import absent
from lodestar.stats.rounding import settle

__all__ = ["ENDS", "KEY", "Pair", "moved", "pair", "whole"]

KEY = "alignment.trend"
"""Draws of a change have the key ``alignment.trend/<from>/<to>``."""

ENDS = ("before", "after", "change", "low", "high", "beyond_noise")
NO_NOISE = "Too few persons rated in one of the two periods to tell a change from noise."
FEW = "One or two persons rated this function, too few to tell a change from noise."
THIN = "Most functions have one or two raters, too few to tell a capability's change from noise."
Drawn = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Pair:
    """Two periods against the same targets, and their draws together; None where nothing tells."""

    before: Inputs
    after: Inputs
    target: np.ndarray
    drawn: Drawn | None

    @property
    def both(self) -> np.ndarray:
        """Return which cells have a level in both periods."""
        return np.asarray(self.before.cells.present & self.after.cells.present)

    def levels(self, kept: np.ndarray) -> list[np.ndarray]:
        """Return the matrices of both periods, NaN outside the cells kept."""
        sides = (self.before, self.after)
        return [np.where(kept, side.cells.x.to_numpy(), np.nan) for side in sides]

    def draws(self, kept: np.ndarray) -> list[np.ndarray]:
        """Return the draws of both periods, NaN outside the cells kept; none where not drawn."""
        return [np.where(kept, draws, np.nan) for draws in self.drawn or ()]


def pair(before: Inputs, after: Inputs, ids: tuple[str, str], seed: int) -> Pair:
    """Return two periods at the level chosen now, which must be known.

    Parameters
    ----------
    before, after : Inputs
        The material of each period.
    ids : tuple of str
        The periods' ids, earlier first.
    seed : int
        Seed of the engagement.
    """
    target = target_at(after.points, float(after.chosen or 0))
    drawn = draw_present(before.cells, after.cells, seed, "/".join((KEY, *ids)))
    return Pair(before, after, target, drawn)


def moved(two: Pair) -> dict[str, Any]:
    """Return how far index, parts, functions and capabilities moved over the same cells.

    Parameters
    ----------
    two : Pair
        With a cell in both periods.

    Returns
    -------
    dict
        ``like_for_like``: the index over the cells that both periods have (``before, after,
        change, low, high, beyond_noise, cells``); ``parts`` (of M, squared levels), ``functions``
        (index) and ``capabilities`` (mean level) likewise, each with its id.

    Notes
    -----
    Index and parts without rater noise, as within a period; N from the two periods' common draws.
    """
    kept = two.both
    return {
        "like_for_like": {**_index(two, kept, NO_NOISE), "cells": int(kept.sum())},
        "parts": list(_parts(two, kept)),
        "functions": list(_functions(two, kept)),
        "capabilities": list(_capabilities(two, kept)),
    }


def whole(two: Pair, before: float, after: float) -> dict[str, Any]:
    """Return the change between two published indices, every cell counted that either has."""
    drawn = None
    if two.drawn is not None:
        sides = zip((two.before, two.after), two.drawn, strict=True)
        one, other = (_shifted(two, side.cells.x.to_numpy(), draws)[1] for side, draws in sides)
        drawn = index_of(other) - index_of(one)
    return _beyond(before, after, drawn, NO_NOISE)


def _beyond(before: float, after: float, draws: np.ndarray | None, reason: str) -> dict[str, Any]:
    """Return a change with its 80 % interval, and whether that leaves out 0."""
    bounds = band(after - before, draws, reason)
    out = {"before": before, "after": after}
    out |= {key.replace("estimate", "change"): value for key, value in bounds.items()}
    if out["low"] is None:
        return {**out, **absent(["beyond_noise"], reason)}
    return {**out, "beyond_noise": bool(settle(out["low"]) > 0 or settle(out["high"]) < 0)}


def _index(two: Pair, kept: np.ndarray, reason: str) -> dict[str, Any]:
    """Return the change of the index over some cells."""
    x = two.levels(kept)
    if two.drawn is None:
        rest = (two.target, two.after.weights, two.after.overshoot_weight)
        before, after = (index_of(misalignment(one, *rest)) for one in x)
        return _beyond(before, after, None, reason)
    sides = [_shifted(two, one, draws) for one, draws in zip(x, two.draws(kept), strict=True)]
    (before, one), (after, other) = [(index_of(m), index_of(drawn)) for m, drawn in sides]
    return _beyond(before, after, other - one, reason)


def _shifted(two: Pair, x: np.ndarray, draws: np.ndarray) -> tuple[float, np.ndarray]:
    """Return M of one period without rater noise, and its draws."""
    rest = (two.target, two.after.weights, two.after.overshoot_weight)
    return shifted(misalignment(x, *rest), misalignment(draws, *rest))


def _parts(two: Pair, kept: np.ndarray) -> Iterator[dict[str, Any]]:
    """Yield the change of each part of misalignment."""
    rest = (two.target, two.after.weights)
    observed = [parts(x, *rest) for x in two.levels(kept)]
    drawn = [parts(draws, *rest) for draws in two.draws(kept)]
    for name in PARTS:
        own = [getattr(one, name) for one in observed]
        if not drawn:
            yield {"part": name, **_beyond(own[0], own[1], None, NO_NOISE)}
            continue
        sides = [shifted(m, getattr(one, name)) for m, one in zip(own, drawn, strict=True)]
        (before, one), (after, other) = sides
        yield {"part": name, **_beyond(before, after, other - one, NO_NOISE)}


def _functions(two: Pair, kept: np.ndarray) -> Iterator[dict[str, Any]]:
    """Yield the change of each function's own index, over the cells both periods have of it."""
    few = {f for side in (two.before, two.after) for f in few_raters(side.cells)}
    for j, function in enumerate(two.after.cells.x.columns):
        own = kept & (np.arange(kept.shape[1]) == j)
        if own.any():
            thin = function in few
            found = _index(Pair(two.before, two.after, two.target, None) if thin else two, own, FEW)
            yield {"function": str(function), **found, "cells": int(own.sum())}


def _capabilities(two: Pair, kept: np.ndarray) -> Iterator[dict[str, Any]]:
    """Yield the change of each capability's mean level, over the cells both periods have of it."""
    weights = np.where(kept, two.after.weights, 0.0)
    total, wanted = weights.sum(axis=1), (weights * two.target).sum(axis=1)
    names = [str(capability) for capability in two.after.cells.x.index]
    before, after = (np.nansum(weights * x, axis=1) for x in two.levels(kept))
    change = None
    if two.drawn is not None and not _thin(two):
        change = np.nansum(weights * (two.drawn[1] - two.drawn[0]), axis=2)
    for i in map(int, np.flatnonzero(total > 0)):
        draws = None if change is None else change[:, i] / total[i]
        goal, then, now = (float(x[i] / total[i]) for x in (wanted, before, after))
        yield {"capability": names[i], **_beyond(then, now, draws, THIN), "target": goal}


def _thin(two: Pair) -> bool:
    """Tell whether functions with one or two raters weigh more than half in either period.

    What a capability moves by chance is then mostly single ratings, which the common shift of
    such a function does not hold (as for dimensions in the trend of the level).
    """
    shares = two.after.function_shares
    few = [sorted(few_raters(side.cells)) for side in (two.before, two.after)]
    return any(float(shares[functions].sum()) > 0.5 for functions in few)
