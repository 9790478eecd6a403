"""What customers of different segments experience, measured segment by segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.inclusion.advocacy import MEASURES, answers
from lodestar.assess.level.experienced import GroupLevel, measure
from lodestar.assess.level.segment_columns import customer_labels, split_columns
from lodestar.assess.level.segment_gate import segments_shown, shown_scores
from lodestar.assess.level.survey import GroupAnswers, group_answers
from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.stats.draws import generator

__all__ = ["KEY", "Place", "Segments", "segment_levels"]

KEY = "level.segments"
Place = tuple[str, str]
"""A column of respondents and one of its values."""


@dataclass(frozen=True)
class Segments:
    """Customers split by their extra columns.

    ``answers``: levels of those who count; ``labels``: every customer × segment columns;
    ``shown``: by place, whether the segment may be shown; ``levels``: those shown that have a
    level; ``votes``: answers 0–10 on the offer, by respondent; ``scores``: net promoter score by
    place, NaN where hidden; ``left_out``: why other columns make none.
    """

    answers: GroupAnswers
    labels: pd.DataFrame
    shown: Mapping[Place, bool]
    levels: Mapping[Place, GroupLevel]
    votes: pd.Series
    scores: Mapping[Place, Mapping[str, float]]
    left_out: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        """Return the segment columns, by name."""
        return [str(column) for column in self.labels]

    def of(self, place: Place, persons: pd.Index | None = None) -> NDArray[np.bool_]:
        """Tell which persons stand in a segment; by default those whose level counts."""
        column, segment = place
        whom = self.answers.levels.index if persons is None else persons
        return (self.labels[column].reindex(whom) == segment).to_numpy(dtype=bool)


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
    respondents = gate.open(engagement.confidential("respondents"))
    labels = customer_labels(respondents)
    columns, left_out = split_columns(labels, gate.minimum)
    visible = felt.dimensions.loc[felt.dimensions["mean"].notna(), "dimension"].tolist()
    given = group_answers(engagement, "customer")
    levels = given.levels.reindex(columns=visible).dropna(how="all")
    given = replace(given, levels=levels, strata=pd.Series("", index=levels.index))
    shown = _shown(respondents, labels[columns], levels, gate) if columns else {}
    votes = _votes(engagement)
    scores = _scores(votes, labels, columns, gate)
    split = Segments(given, labels[columns], shown, {}, votes, scores, left_out)
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


def _votes(engagement: Engagement) -> pd.Series:
    """Return customers' answers on the offer, by respondent."""
    gate = Gate.of(engagement.settings)
    people = gate.open(engagement.confidential("respondents"))
    responses = gate.open(engagement.confidential("responses"))
    given = answers(engagement.framework, people, responses, MEASURES[0])
    return given.set_index("respondent")["value"].astype(float).sort_index()


def _scores(
    votes: pd.Series, labels: pd.DataFrame, columns: list[str], gate: Gate
) -> dict[Place, dict[str, float]]:
    """Return the net promoter score of each segment that has answers."""
    rows = shown_scores(votes, labels, columns, gate)
    numbers = rows[["score", "low", "high", "n"]].astype(float).to_dict("records")
    places = zip(rows["column"], rows["part"], strict=True)
    return {
        place: {str(key): float(x) for key, x in row.items()}
        for place, row in zip(places, numbers, strict=True)
    }
