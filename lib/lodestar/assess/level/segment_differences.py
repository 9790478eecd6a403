"""How far segments of customers differ in level and recommendation, column by column."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.assess.bands import SHARE
from lodestar.assess.inclusion.advocacy import DETRACTOR_MAX, PROMOTER_MIN, gap
from lodestar.assess.level.segment_contrast import CERTAIN, Contrast, clearest
from lodestar.assess.level.segments import KEY, Place, Segments
from lodestar.stats.draws import generator, interval
from lodestar.stats.multiplicity import adjust

__all__ = ["Difference", "differences", "score_differences"]


@dataclass(frozen=True)
class Difference:
    """The clearest pair of a column: who is higher, by how much, its interval, p and Holm's q."""

    column: str
    higher: str
    lower: str
    difference: float
    low: float
    high: float
    p: float
    q: float

    @property
    def exceeds_noise(self) -> bool:
        """Tell whether chance is an unlikely reason, over all columns looked at."""
        return self.q < CERTAIN


def differences(split: Segments, seed: int) -> list[Difference]:
    """Return the clearest pair of levels of each column that shows at least two.

    Parameters
    ----------
    split : Segments
        As ``segment_levels`` returns them.
    seed : int
        Seed of the engagement.

    Notes
    -----
    The pair is the one farthest apart for its size; p from `clearest` holds for the best of all
    pairs of the column, q is Holm's over columns; 80 % interval of the difference from the draws
    of both. Being picked, the difference tends to be overstated. Small segments shown as one take
    no part.
    """
    found = []
    for column in split.columns:
        named = (place for place in split.levels if place not in split.merged)
        places = [place for place in named if place[0] == column]
        if len(places) >= 2:
            found.append(_levels_apart(split, places, seed))
    return _adjusted(found)


def score_differences(split: Segments, seed: int) -> list[Difference]:
    """Return the clearest pair of net promoter scores of each column that shows at least two.

    Parameters and choice of the pair as in `differences`; −200 to 200 points, 95 % interval by
    ``advocacy.gap``. Only segments whose row is shown take part.
    """
    found = []
    for column in split.columns:
        known = [
            place
            for place, score in split.scores.items()
            if place[0] == column
            and place not in split.merged
            and split.shown.get(place)
            and np.isfinite(score["score"])
        ]
        if len(known) >= 2:
            found.append(_scores_apart(split, known, seed))
    return _adjusted(found)


def _levels_apart(split: Segments, places: list[Place], seed: int) -> Difference:
    """Return the clearest pair of levels of one column; q still to be adjusted."""
    inside = np.stack([split.of(place) for place in places])
    key = f"{KEY}/{places[0][0]}"
    best = _best(split.answers.levels.to_numpy(), inside, seed, key)
    higher, lower = split.levels[places[best.higher]], split.levels[places[best.lower]]
    apart = higher.estimate - lower.estimate
    drawn = higher.drawn.mean(axis=1) - lower.drawn.mean(axis=1)
    return _difference(places, best, apart, *interval(drawn, SHARE, apart))


def _scores_apart(split: Segments, places: list[Place], seed: int) -> Difference:
    """Return the clearest pair of scores of one column; q still to be adjusted."""
    inside = np.stack([split.of(place, split.votes.index) for place in places])
    votes = split.votes.to_numpy(dtype=float)
    points = 100.0 * ((votes >= PROMOTER_MIN).astype(float) - (votes <= DETRACTOR_MAX))
    best = _best(points[:, None], inside, seed, f"{KEY}/{places[0][0]}/nps")
    own = [split.votes[inside[place]] for place in (best.higher, best.lower)]
    return _difference(places, best, *gap(own[0], own[1]))


def _best(values: NDArray[np.float64], inside: NDArray[np.bool_], seed: int, key: str) -> Contrast:
    """Return the clearest pair among persons of the segments shown."""
    counted = inside.any(axis=0)
    segment = inside[:, counted].argmax(axis=0)
    return clearest(values[counted], segment, generator(seed, key))


def _difference(
    places: list[Place], best: Contrast, apart: float, low: float, high: float
) -> Difference:
    """Return a pair by its names, q still to be adjusted."""
    higher, lower = places[best.higher][1], places[best.lower][1]
    return Difference(places[0][0], higher, lower, apart, low, high, best.p, best.p)


def _adjusted(found: list[Difference]) -> list[Difference]:
    """Return differences with Holm's q over columns."""
    adjusted = adjust([one.p for one in found], "holm")
    return [replace(one, q=float(q)) for one, q in zip(found, adjusted, strict=True)]
