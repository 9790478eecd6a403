"""Other 80 % intervals of the present level, to set beside the product's when raters are few.

Each takes a `Case` and returns draws of the capability × function matrix; `expanded` returns tails.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from lodestar.assess.cells import FEWEST, Cells


@dataclass(frozen=True)
class Case:
    """One organisation's cells, the product's draws, and how its raters differ.

    ``heard`` is raters × capabilities × functions; ``raters`` counts persons by function and
    ``votes`` by cell; ``leniency`` and ``noise`` are standard deviations of persons and of their
    single ratings, the former on ``freedom`` degrees of freedom.
    """

    x: np.ndarray
    drawn: np.ndarray
    heard: np.ndarray
    raters: np.ndarray
    votes: np.ndarray
    leniency: float
    noise: float
    freedom: int
    rng: np.random.Generator


def case(cells: Cells, drawn: np.ndarray, rng: np.random.Generator) -> Case:
    """Return the case of an organisation whose raters rate their own function."""
    persons = np.unique(cells.votes["person"], return_inverse=True)[1]
    heard = np.full((persons.max() + 1, *cells.x.shape), np.nan)
    heard[(persons, *cells.places())] = cells.votes["level"]
    votes = (~np.isnan(heard)).sum(axis=0)
    raters = (~np.isnan(heard)).any(axis=1).sum(axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        leniency, noise = _spreads(heard, votes)
    freedom = int((raters - 1).sum())
    return Case(cells.x.to_numpy(), drawn, heard, raters, votes, leniency, noise, freedom, rng)


def widened(given: Case) -> np.ndarray:
    """Stretch the product's draws about the estimate by √(n/(n − 1)) of each function."""
    stretch = np.sqrt(given.raters / np.maximum(given.raters - 1, 1))
    return given.x + stretch * (given.drawn - given.x)


def shifted(given: Case) -> np.ndarray:
    """Apply the rule for fewer than three raters to every function."""
    draws, _, functions = given.drawn.shape
    normal = given.rng.standard_normal((draws, 1, functions))
    return given.x + normal * given.leniency / np.sqrt(given.raters)


def two_parts(given: Case) -> np.ndarray:
    """Shift functions by leniency and cells by noise, both with Student's t for the spread."""
    draws = given.drawn.shape[0]
    chi = given.rng.chisquare(given.freedom, (draws, 1, 1)) / given.freedom
    own = given.rng.standard_normal(given.drawn.shape) * given.noise
    moved = shifted(given) - given.x + own / np.sqrt(np.maximum(given.votes, 1))
    return given.x + moved / np.sqrt(chi)


def smoothed(given: Case) -> np.ndarray:
    """Resample persons, then jitter persons and ratings by 1/√n of their spreads."""
    parts = [_smooth(given, function) for function in range(given.x.shape[1])]
    return np.stack(parts, axis=2)


def few_in_two_parts(given: Case) -> np.ndarray:
    """Keep the product's draws except under three raters: there, shift in two parts."""
    return np.where(given.raters < FEWEST, two_parts(given), given.drawn)


def expanded(given: Case) -> tuple[float, float, float]:
    """Return tails for Student's t and √(n/(n − 1)): of the level, a dimension, a function.

    After Hesterberg (2015), "What teachers should know about the bootstrap", section on expanded
    percentile intervals; n is the median over functions.
    """
    n = float(np.median(given.raters))
    freedom = (given.freedom, given.freedom, n - 1)
    far = [np.sqrt(n / (n - 1)) * stats.t.ppf(0.9, one) for one in freedom]
    whole, dimension, function = (float(stats.norm.sf(one)) for one in far)
    return whole, dimension, function


FEW = "the product's, two parts under 3"
OTHERS: dict[str, Callable[[Case], np.ndarray]] = {
    FEW: few_in_two_parts,
    "widened √(n/(n−1))": widened,
    "normal shift everywhere": shifted,
    "two parts everywhere": two_parts,
    "smoothed": smoothed,
}


def _spreads(heard: np.ndarray, votes: np.ndarray) -> tuple[float, float]:
    """Return the spread of persons and of ratings within them, from cells with two raters."""
    kept = heard[:, votes >= 2]
    centred = np.full_like(heard, np.nan)
    centred[:, votes >= 2] = kept - np.nanmean(kept, axis=0)
    means = np.nanmean(centred, axis=1)
    persons = int((~np.isnan(means)).sum()) - heard.shape[2]
    left = centred - means[:, None]
    freedom = int((~np.isnan(left)).sum() - (votes >= 2).sum()) - persons
    between = np.nansum(np.square(means - np.nanmean(means, axis=0))) / persons
    return float(np.sqrt(between)), float(np.sqrt(np.nansum(np.square(left)) / freedom))


def _smooth(given: Case, function: int) -> np.ndarray:
    """Return one function's draws, draws × capabilities."""
    draws, n = given.drawn.shape[0], int(given.raters[function])
    picked = given.heard[:, :, function][given.rng.integers(0, n, (draws, n))]
    person = given.leniency * given.rng.standard_normal((draws, n, 1))
    single = given.noise * given.rng.standard_normal(picked.shape)
    ordered = np.sort(picked + (person + single) / np.sqrt(n), axis=1)
    votes = (~np.isnan(picked)).sum(axis=1)[:, None]
    low = np.take_along_axis(ordered, np.maximum(votes - 1, 0) // 2, axis=1)[:, 0]
    high = np.take_along_axis(ordered, np.minimum(votes // 2, n - 1), axis=1)[:, 0]
    return np.where(votes[:, 0] > 0, (low + high) / 2, given.x[:, function])
