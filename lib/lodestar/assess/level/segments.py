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
from lodestar.assess.level.segment_gate import all_scores, segments_shown
from lodestar.assess.level.segment_merged import merged_scores, merged_segments
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
    ``shown``: by place, whether the segment may be shown; ``merged``: the segments in each place
    that stands for several; ``levels``: those shown that have a level; ``votes``: answers 0–10 on
    the offer, by respondent; ``scores``: net promoter score by place, NaN where hidden;
    ``left_out``: why other columns make none.
    """

    answers: GroupAnswers
    labels: pd.DataFrame
    shown: Mapping[Place, bool]
    merged: Mapping[Place, tuple[str, ...]]
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
        names = self.merged.get(place, (segment,))
        return self.labels[column].reindex(whom).isin(names).to_numpy(dtype=bool)


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
    shown, merged = _shown(respondents, labels[columns], levels, gate) if columns else ({}, {})
    votes = _votes(engagement)
    scores = _scores(votes, labels, columns, merged, gate)
    split = Segments(given, labels[columns], shown, merged, {}, votes, scores, left_out)
    return replace(split, levels=_measured(engagement, split, gate))


def _shown(
    respondents: pd.DataFrame, labels: pd.DataFrame, levels: pd.DataFrame, gate: Gate
) -> tuple[dict[Place, bool], dict[Place, tuple[str, ...]]]:
    """Return which segments may be shown, and small ones shown as one after their column's.

    Page 05 shows the values of seniority too.
    """
    years = respondents.set_index("respondent")["seniority"].reindex(labels.index)
    cuts = [(years == value).to_numpy(dtype=bool) for value in sorted(years.dropna().unique())]
    counted = levels.reindex(labels.index)
    found = segments_shown(labels, counted, cuts, gate)
    merged = merged_segments(labels, counted, found, cuts, gate)
    names = found.index.to_frame().itertuples(index=False, name=None)
    shown = dict(zip(names, found.tolist(), strict=True)) | dict.fromkeys(merged, True)
    order = list(labels)
    return dict(sorted(shown.items(), key=lambda item: order.index(item[0][0]))), merged


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
    votes: pd.Series,
    labels: pd.DataFrame,
    columns: list[str],
    merged: Mapping[Place, tuple[str, ...]],
    gate: Gate,
) -> dict[Place, dict[str, float]]:
    """Return the net promoter score of each segment that has answers, and of those merged."""
    every = all_scores(votes, labels, columns, gate)
    rows = every[every["column"].isin(columns)]
    numbers = rows[["score", "low", "high", "n"]].astype(float).to_dict("records")
    places = zip(rows["column"], rows["part"], strict=True)
    own = {
        place: {str(key): float(x) for key, x in row.items()}
        for place, row in zip(places, numbers, strict=True)
    }
    return own | merged_scores(votes, labels, merged, every, gate)
