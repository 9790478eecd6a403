"""Which segments of customers may be shown, so that no few customers follow from any of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.inclusion.advocacy import (
    DETRACTOR_MAX,
    PROMOTER_MIN,
    UNSTATED,
    part_scores,
)
from lodestar.confidentiality import Gate, hide_overlaps

__all__ = ["alike", "all_scores", "members", "one_end", "segments_shown", "tables"]

PAGE_OF_ADVOCACY = "segment"
"""The column by which page 06 shows customers' recommendation too."""


def members(labels: pd.DataFrame) -> pd.DataFrame:
    """Return who belongs to which segment.

    Parameters
    ----------
    labels : DataFrame
        Persons × segment columns; missing where a person has no value.

    Returns
    -------
    DataFrame
        ``(column, segment)`` × persons, bool; columns as given, segments by name.
    """
    rows = {
        (column, segment): (labels[column] == segment).to_numpy(dtype=bool)
        for column in labels
        for segment in sorted(labels[column].dropna().unique())
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=["column", "segment"])
    return pd.DataFrame(list(rows.values()), index=index, columns=labels.index)


def segments_shown(
    labels: pd.DataFrame, levels: pd.DataFrame, cuts: Sequence[NDArray[np.bool_]], gate: Gate
) -> pd.Series:
    """Tell which segments' levels may be shown, each with all its dimensions or not at all.

    Parameters
    ----------
    labels : DataFrame
        Persons × segment columns.
    levels : DataFrame
        The same persons × the dimensions that the page shows for all customers; NaN: no level.
    cuts : sequence of numpy.ndarray of bool
        Other groups of these persons that a page shows, each of shape (persons,).
    gate : Gate
        Thresholds.

    Returns
    -------
    Series of bool
        By (column, segment).

    Notes
    -----
    Every dimension is a table of its own whose total is published: within a column the segments
    and the persons without a value are its parts (primary and complementary suppression, also of
    parts that all stand at one extreme); across columns and cuts the row-space test holds. The
    number of persons who count is one more such table. A segment hidden in one of them is hidden
    in all, until nothing changes.
    """
    inside = members(labels)
    hidden = np.zeros(len(inside), dtype=bool)
    while True:
        before = hidden.copy()
        for seen, values in tables(levels):
            hidden |= _hidden(inside, labels, seen, values, hidden, cuts, gate)
        if (hidden == before).all():
            return pd.Series(~hidden, index=inside.index)


def tables(levels: pd.DataFrame) -> list[tuple[NDArray[np.bool_], NDArray[np.float64]]]:
    """Return each table with a published total: who stands in it, and with which level.

    Parameters
    ----------
    levels : DataFrame
        Persons × dimensions; NaN: no level.

    Returns
    -------
    list of pairs of numpy.ndarray
        First the number of persons who count at all (no levels), then each dimension.
    """
    anywhere = levels.notna().any(axis=1).to_numpy()
    counted = (anywhere, np.full(len(levels), np.nan))
    return [counted, *((levels[d].notna().to_numpy(), levels[d].to_numpy(float)) for d in levels)]


def _hidden(
    inside: pd.DataFrame,
    labels: pd.DataFrame,
    seen: NDArray[np.bool_],
    values: NDArray[np.float64],
    before: NDArray[np.bool_],
    cuts: Sequence[NDArray[np.bool_]],
    gate: Gate,
) -> NDArray[np.bool_]:
    """Return which segments one table hides, those hidden before included."""
    parts = inside.to_numpy() & seen
    rest = labels.isna().to_numpy(dtype=bool).T & seen
    both = np.vstack([parts, rest])
    ends = np.array([alike(values[own], gate) for own in both], dtype=bool)
    held = np.concatenate([before & parts.any(axis=1), np.zeros(len(rest), dtype=bool)])
    frame = pd.DataFrame({"n": both.sum(axis=1), "withheld": ends | held})
    frame["parent"] = [*inside.index.get_level_values("column"), *labels.columns]
    released = gate.release(frame, [], parent="parent", withheld="withheld")
    hidden = released["suppressed"].to_numpy(dtype=bool)
    shown = np.concatenate([~hidden[: len(parts)] & parts.any(axis=1), np.zeros(len(rest), bool)])
    others = np.stack([seen, *(cut & seen for cut in cuts)])
    kept = _apart(others, others.sum(axis=1) >= gate.minimum, both, shown, ends, gate)
    return before | (parts.any(axis=1) & ~kept[: len(parts)])


def _apart(
    others: NDArray[np.bool_],
    published: NDArray[np.bool_],
    parts: NDArray[np.bool_],
    shown: NDArray[np.bool_],
    secret: NDArray[np.bool_],
    gate: Gate,
) -> NDArray[np.bool_]:
    """Return which parts stay in the row-space test; what other pages show gives way last."""
    cells = np.vstack([others[published], parts])
    first = int(published.sum())
    matters = np.concatenate([np.ones(first, dtype=bool), shown | secret])
    kept = np.zeros(len(cells), dtype=bool)
    kept[matters] = hide_overlaps(
        cells[matters],
        np.concatenate([np.ones(first, dtype=bool), shown])[matters],
        gate.minimum,
        np.concatenate([np.zeros(first, dtype=bool), secret])[matters],
        (np.arange(len(cells)) < first)[matters],
    )
    return kept[first:]


def alike(values: NDArray[np.float64], gate: Gate) -> bool:
    """Tell whether all levels of a part stand at one end of the ladder.

    Parameters
    ----------
    values : numpy.ndarray of float
        Levels 1–5 of the part's persons.
    gate : Gate
        Thresholds.
    """
    if not values.size:
        return False
    return gate.extreme(float((values == 1).mean()), float((values == 5).mean())) is not None


def all_scores(
    scores: pd.Series, labels: pd.DataFrame, columns: Sequence[str], gate: Gate
) -> pd.DataFrame:
    """Return each part's net promoter score as it may be shown, those of page 06 among them.

    Parameters
    ----------
    scores : Series
        Answers 0–10 of the customers who answered, by respondent.
    labels : DataFrame
        Every customer's extra columns, by respondent.
    columns : sequence of str
        Segment columns.
    gate : Gate
        Thresholds.

    Returns
    -------
    DataFrame
        ``column, part, score, low, high, n, suppressed``; scores −100 to 100, NaN where hidden.

    Notes
    -----
    Each column is released as on page 06, against the score of all customers. Where that page
    shows a column, it stays as it is there, and the others give way in the row-space test.
    """
    elsewhere = [PAGE_OF_ADVOCACY] if PAGE_OF_ADVOCACY in labels else []
    asked = [*elsewhere, *(column for column in columns if column not in elsewhere)]
    if scores.empty or not asked:
        return pd.DataFrame(columns=["column", "part", "score", "low", "high", "n", "suppressed"])
    named = labels.reindex(scores.index)[asked].fillna(UNSTATED)
    found = [
        part_scores(pd.DataFrame({"value": scores, "by": named[column]}), "by", gate).assign(
            column=column
        )
        for column in asked
    ]
    frame = pd.concat(found, ignore_index=True)
    places = zip(frame["column"], frame["part"], strict=True)
    own = np.array([(named[column] == part).to_numpy(dtype=bool) for column, part in places])
    kept = _beside(scores.to_numpy(), own, frame, elsewhere, gate)
    frame["suppressed"] = ~kept
    frame.loc[~kept, ["score", "low", "high", "n"]] = np.nan
    return frame.drop(columns="coarse")


def _beside(
    scores: NDArray[np.float64],
    own: NDArray[np.bool_],
    frame: pd.DataFrame,
    elsewhere: Sequence[str],
    gate: Gate,
) -> NDArray[np.bool_]:
    """Tell which parts stay shown; ``own``: parts × persons who answered."""
    shown = ~frame["suppressed"].to_numpy(dtype=bool)
    there = frame["column"].isin(elsewhere).to_numpy(dtype=bool)
    ends = np.array([one_end(scores[row]) for row in own], dtype=bool)
    others = np.vstack([np.ones((1, len(scores)), dtype=bool), own[there]])
    published = np.concatenate([[gate.admits(len(scores))], shown[there]])
    kept = shown.copy()
    kept[~there] = _apart(others, published, own[~there], shown[~there], ends[~there], gate)
    return kept


def one_end(values: NDArray[np.float64]) -> bool:
    """Tell whether all answers are promoters' or all detractors'.

    Parameters
    ----------
    values : numpy.ndarray of float
        Answers 0–10.
    """
    return bool((values >= PROMOTER_MIN).all() or (values <= DETRACTOR_MAX).all())
