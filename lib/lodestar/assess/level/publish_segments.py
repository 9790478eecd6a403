"""Segments of customers as results hold them: plain values, nulls with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from lodestar.assess.bands import band
from lodestar.assess.level.experienced import GroupLevel
from lodestar.assess.level.segment_differences import (
    Difference,
    differences,
    score_differences,
)
from lodestar.assess.level.segments import Place, Segments, segment_levels
from lodestar.assess.nulls import absent
from lodestar.assess.plain import leaf, listing
from lodestar.engagement.model import Engagement

__all__ = ["segments_section"]

NO_COLUMN = (
    "No column of `respondents` splits customers into segments; add one, e.g. `segment` or "
    "`region`, with 2 to 12 different words."
)
FEW = "Too few customers answered, here or in a part that would follow from this one."
NOBODY = "Not every dimension has a customer of this segment who answered enough of its items."
NO_SCORE = "No customer of this segment said whether they would recommend the offer."
FEW_SCORES = "Too few answers, or all at one end, here or in a part that would follow from this."
NO_PAIR = "Fewer than two segments of this column have a level that may be shown."
NO_SCORES = "Fewer than two segments of this column have a score that may be shown."
REST = "It would follow for a segment that is not shown."
ALL_USED = "Every extra column of customers makes segments."
NONE_EXTRA = "`respondents` has no extra column that says anything of customers."
SCORE = ("score", "low", "high", "n")
PAIR = ("higher", "lower", "difference", "low", "high", "p", "q", "exceeds_noise")


def segments_section(engagement: Engagement, felt: GroupLevel) -> dict[str, Any]:
    """Return ``segments``, ``segment_differences`` and ``segments_left_out``.

    Parameters
    ----------
    engagement : Engagement
        Its ``respondents`` and ``responses`` are used.
    felt : GroupLevel
        The level of all customers.

    Returns
    -------
    dict
        ``segments``, a row a segment by column and name: ``column, segment, experienced
        {estimate, low, high}, n, nps {score, low, high, n, suppressed}, dimensions {dimension,
        estimate, low, high}, suppressed``, and ``members``, the names of small segments shown as
        one; ``segment_differences``, a row a column: ``column,
        higher, lower, difference, low, high, p, q, exceeds_noise, nps, not_stated``, ``nps`` with
        the same keys on scores; ``segments_left_out``, a row an extra column that makes no
        segments: ``column, why``.
    """
    split = segment_levels(engagement, felt)
    seed = engagement.settings.seed
    found = {one.column: one for one in differences(split, seed)}
    scored = {one.column: one for one in score_differences(split, seed)}
    apart = [
        {
            "column": column,
            **_pair(found.get(column), NO_PAIR),
            "nps": _pair(scored.get(column), NO_SCORES),
            **_not_stated(split, column),
        }
        for column in split.columns
    ]
    left = [{"column": column, "why": why} for column, why in sorted(split.left_out.items())]
    return {
        **listing("segments", [_row(split, place) for place in split.shown], NO_COLUMN),
        **listing("segment_differences", apart, NO_COLUMN),
        **listing("segments_left_out", left, ALL_USED if split.columns else NONE_EXTRA),
    }


def _row(split: Segments, place: Place) -> dict[str, Any]:
    """Return one segment; one that may not be shown keeps its names."""
    column, segment = place
    names = {"column": column, "segment": segment, "suppressed": not split.shown[place]}
    if place in split.merged:
        names["members"] = list(split.merged[place])
    if not split.shown[place]:
        return {
            **names,
            "experienced": absent(["estimate", "low", "high"], FEW),
            **absent(["n"], FEW),
            "nps": {**absent(SCORE, FEW), "suppressed": True},
            **listing("dimensions", [], FEW),
        }
    found = split.levels.get(place)
    level = absent(["estimate", "low", "high"], NOBODY)
    if found is not None:
        level = band(found.estimate, found.draws, NOBODY)
    return {
        **names,
        "experienced": level,
        "n": int(split.of(place).sum()),
        "nps": _score(split, place),
        **listing("dimensions", list(_dimensions(found)), NOBODY),
    }


def _dimensions(found: GroupLevel | None) -> Iterator[dict[str, Any]]:
    """Yield a segment's level in each dimension."""
    if found is None:
        return
    for i, row in enumerate(found.dimensions.to_dict("records")):
        yield {"dimension": row["dimension"], **band(row["mean"], found.drawn[:, i], NOBODY)}


def _score(split: Segments, place: Place) -> dict[str, Any]:
    """Return a segment's net promoter score."""
    found = split.scores.get(place)
    if found is None:
        return {**absent(SCORE, NO_SCORE), "suppressed": False}
    if np.isnan(found["score"]):
        return {**absent(SCORE, FEW_SCORES), "suppressed": True}
    numbers = {key: float(found[key]) for key in ("score", "low", "high")}
    return {**numbers, "n": int(found["n"]), "suppressed": False}


def _pair(found: Difference | None, reason: str) -> dict[str, Any]:
    """Return the clearest pair of a column."""
    return absent(PAIR, reason) if found is None else {key: getattr(found, key) for key in PAIR}


def _not_stated(split: Segments, column: str) -> dict[str, Any]:
    """Return how many customers who count have no value; withheld beside a hidden segment."""
    hidden = any(not fit for place, fit in split.shown.items() if place[0] == column)
    counted = split.labels[column].reindex(split.answers.levels.index)
    return leaf("not_stated", None if hidden else int(counted.isna().sum()), REST)
