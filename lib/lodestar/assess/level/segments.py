"""What customers of different segments experience, measured segment by segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.bands import SHARE
from lodestar.assess.inclusion.advocacy import MEASURES, answers
from lodestar.assess.level.experienced import GroupLevel, measure
from lodestar.assess.level.segment_columns import customer_labels, split_columns
from lodestar.assess.level.segment_contrast import CERTAIN, clearest
from lodestar.assess.level.segment_gate import segments_shown, shown_scores
from lodestar.assess.level.survey import GroupAnswers, group_answers
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import generator, interval
from lodestar.stats.multiplicity import adjust

__all__ = ["Difference", "Place", "Segments", "differences", "segment_levels"]

KEY = "level.segments"
Place = tuple[str, str]
"""A column of respondents and one of its values."""


@dataclass(frozen=True)
class Segments:
    """Customers split by their extra columns.

    ``answers``: levels of those who count; ``labels``: every customer × segment columns;
    ``shown``: by place, whether the segment may be shown; ``levels``: those shown that have a
    level; ``scores``: net promoter score by place; ``left_out``: why other columns make none.
    """

    answers: GroupAnswers
    labels: pd.DataFrame
    shown: Mapping[Place, bool]
    levels: Mapping[Place, GroupLevel]
    scores: Mapping[Place, Mapping[str, float]]
    left_out: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """Return the segment columns, by name."""
        return [str(column) for column in self.labels]

    def of(self, place: Place) -> NDArray[np.bool_]:
        """Tell which of those who count stand in a segment."""
        column, segment = place
        own = self.labels[column].reindex(self.answers.levels.index) == segment
        return own.to_numpy(dtype=bool)


@dataclass(frozen=True)
class Difference:
    """The clearest pair of a column: who is higher, by how much, 80 % interval, p and Holm's q."""

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


def segment_levels(engagement: Engagement, felt: GroupLevel) -> Segments:
    """Return levels and scores of customers, segment by segment, as they may be shown.

    Parameters
    ----------
    engagement : Engagement
        ``respondents`` with the client's extra columns, ``responses``, framework, threshold, seed.
    felt : GroupLevel
        The level of all customers; segments are read in the dimensions it shows.

    Notes
    -----
    Level: mean over dimensions of the mean over the segment's persons, persons resampled within
    the segment, each with a generator of its own. A segment without anybody in a dimension has no
    level, since it would not compare. Answers are not weighted.
    """
    gate = Gate.of(engagement.settings)
    respondents = engagement.table("respondents")
    labels = customer_labels(respondents)
    columns, left_out = split_columns(labels, gate.minimum)
    visible = felt.dimensions.loc[felt.dimensions["mean"].notna(), "dimension"].tolist()
    given = group_answers(engagement, "customer")
    levels = given.levels.reindex(columns=visible).dropna(how="all")
    given = replace(given, levels=levels, strata=pd.Series("", index=levels.index))
    shown = _shown(respondents, labels[columns], levels, gate) if columns else {}
    scores = _scores(engagement, labels, columns, gate)
    split = Segments(given, labels[columns], shown, {}, scores, left_out)
    return replace(split, levels=_measured(engagement, split, gate))


def _shown(
    respondents: pd.DataFrame, labels: pd.DataFrame, levels: pd.DataFrame, gate: Gate
) -> dict[Place, bool]:
    """Return which segments may be shown; page 05 shows the values of seniority too."""
    years = respondents.set_index("respondent")["seniority"].reindex(labels.index)
    cuts = [(years == value).to_numpy(dtype=bool) for value in sorted(years.dropna().unique())]
    found = segments_shown(labels, levels.reindex(labels.index), cuts, gate)
    columns, names = (found.index.get_level_values(level) for level in ("column", "segment"))
    places = zip(columns, names, strict=True)
    return dict(zip(places, found.tolist(), strict=True))


def _measured(engagement: Engagement, split: Segments, gate: Gate) -> dict[Place, GroupLevel]:
    """Return the level of each segment that may be shown and would compare."""
    out = {}
    for place in (place for place, fit in split.shown.items() if fit):
        levels = split.answers.levels[split.of(place)]
        if levels.empty or not levels.notna().any().all():
            continue
        own = replace(split.answers, levels=levels, strata=split.answers.strata[levels.index])
        rng = generator(engagement.settings.seed, f"{KEY}/{place[0]}/{place[1]}")
        out[place] = measure(own, pd.Series({"": 1.0}), gate, rng)
    return out


def _scores(
    engagement: Engagement, labels: pd.DataFrame, columns: list[str], gate: Gate
) -> dict[Place, dict[str, float]]:
    """Return the net promoter score of each segment that has answers."""
    people, responses = engagement.table("respondents"), engagement.table("responses")
    given = answers(engagement.framework, people, responses, MEASURES[0])
    values = given.set_index("respondent")["value"].sort_index()
    rows = shown_scores(values, labels, columns, gate)
    numbers = rows[["score", "low", "high", "n"]].astype(float).to_dict("records")
    places = zip(rows["column"], rows["part"], strict=True)
    return {
        place: {str(key): float(x) for key, x in row.items()}
        for place, row in zip(places, numbers, strict=True)
    }


def differences(split: Segments, seed: int) -> list[Difference]:
    """Return the clearest pair of segments of each column that shows at least two.

    Parameters
    ----------
    split : Segments
        As :func:`segment_levels` returns them.
    seed : int
        Seed of the engagement.

    Notes
    -----
    The pair is the one farthest apart for its size; p from `clearest` holds for the best of all
    pairs of the column, q is Holm's over columns; 80 % interval of the difference from the draws
    of both. Being picked, the difference tends to be overstated.
    """
    found = []
    for column in split.columns:
        places = [place for place in split.levels if place[0] == column]
        if len(places) >= 2:
            found.append(_clearest(split, places, seed))
    adjusted = adjust([one.p for one in found], "holm")
    return [replace(one, q=float(q)) for one, q in zip(found, adjusted, strict=True)]


def _clearest(split: Segments, places: list[Place], seed: int) -> Difference:
    """Return the clearest pair of one column; q still to be adjusted."""
    inside = np.stack([split.of(place) for place in places])
    counted = inside.any(axis=0)
    rng = generator(seed, f"{KEY}/{places[0][0]}")
    best = clearest(
        split.answers.levels.to_numpy()[counted], inside[:, counted].argmax(axis=0), rng
    )
    higher, lower = split.levels[places[best.higher]], split.levels[places[best.lower]]
    apart = higher.estimate - lower.estimate
    drawn = higher.drawn.mean(axis=1) - lower.drawn.mean(axis=1)
    low, high = interval(drawn, SHARE, apart)
    names = places[best.higher][1], places[best.lower][1]
    return Difference(places[0][0], *names, apart, low, high, best.p, best.p)
