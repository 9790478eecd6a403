"""Small segments of a column shown as one, each of them named, where it gives nobody away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lodestar.assess.inclusion.advocacy import UNSTATED, score
from lodestar.assess.level.segment_gate import alike, members, one_end, tables
from lodestar.confidentiality import Gate, hide_overlaps

__all__ = ["OTHER", "merged_scores", "merged_segments"]

OTHER = "other"
"""Name of the merged segment of a column; a client's own segment of that name keeps it."""

Place = tuple[str, str]
Cells = NDArray[np.bool_]


def merged_segments(
    labels: pd.DataFrame, levels: pd.DataFrame, shown: pd.Series, cuts: Sequence[Cells], gate: Gate
) -> dict[Place, tuple[str, ...]]:
    """Return the hidden segments of each column as one, where that may be shown.

    Parameters
    ----------
    labels, levels, cuts, gate
        As ``segments_shown`` takes them.
    shown : Series of bool
        What it returns.

    Returns
    -------
    dict
        ``(column, "other")`` to the names of the segments in it, sorted.

    Notes
    -----
    Merged are all hidden segments of a column in which somebody counts, two at least, beside one
    that is shown. The whole must meet the threshold and not stand at one end, in the number of
    those who count and in every dimension, and must not, beside every segment and cut shown, let
    few customers or those at one end follow (row space): those without a value are never shown.
    """
    inside, found = members(labels), dict[Place, tuple[str, ...]]()
    visible = shown.to_numpy(dtype=bool)
    counts = inside.to_numpy()[:, levels.notna().any(axis=1).to_numpy()].any(axis=1)
    wholes: list[Cells] = []
    for column in labels:
        own = (inside.index.get_level_values("column") == column) & counts
        small = own & ~visible
        if small.sum() < 2 or not (own & visible).any() or (column, OTHER) in inside.index:
            continue
        whole = inside.to_numpy()[small].any(axis=0)
        parts = [*inside.to_numpy()[visible], *wholes]
        hidden = [*inside.to_numpy()[~visible], *labels.isna().to_numpy(dtype=bool).T]
        if all(_may_stand(whole, parts, hidden, *table, cuts, gate) for table in tables(levels)):
            found[str(column), OTHER] = tuple(inside.index[small].get_level_values("segment"))
            wholes.append(whole)
    return found


def _may_stand(
    whole: Cells,
    parts: Sequence[Cells],
    hidden: Sequence[Cells],
    seen: Cells,
    values: NDArray[np.float64],
    cuts: Sequence[Cells],
    gate: Gate,
) -> bool:
    """Tell whether a merged segment may stand in one table beside what it shows."""
    own = whole & seen
    if not own.any():
        return True
    if not gate.admits(int(own.sum())) or alike(values[own], gate):
        return False
    others = [cut for cut in (seen, *(cut & seen for cut in cuts)) if gate.admits(int(cut.sum()))]
    shown = [*others, *(part & seen for part in parts), own]
    ends = [part & seen for part in hidden if alike(values[part & seen], gate)]
    return _all_stay(shown, ends, gate)


def _all_stay(shown: Sequence[Cells], ends: Sequence[Cells], gate: Gate) -> bool:
    """Tell whether the last of the cells may be shown beside all others."""
    cells = np.vstack([*shown, *ends])
    asked = np.arange(len(cells)) < len(shown)
    late = np.arange(len(cells)) < len(shown) - 1
    return bool(hide_overlaps(cells, asked, gate.minimum, ~asked, late)[asked].all())


def merged_scores(
    votes: pd.Series,
    labels: pd.DataFrame,
    found: Mapping[Place, tuple[str, ...]],
    parts: pd.DataFrame,
    gate: Gate,
) -> dict[Place, dict[str, float]]:
    """Return the net promoter score of each merged segment; NaN where it may not be shown.

    Parameters
    ----------
    votes : Series
        Answers 0–10 of the customers who answered, by respondent.
    labels : DataFrame
        Every customer's extra columns, by respondent.
    found : mapping
        As ``merged_segments`` returns it.
    parts : DataFrame
        As ``all_scores`` returns them: every part's score that some page shows.
    gate : Gate
        Thresholds.
    """
    if not found or not len(votes):
        return {}
    known = labels.reindex(votes.index)
    words = known.fillna(UNSTATED)
    every = np.ones(len(votes), dtype=bool)
    shown = [every] if gate.admits(len(votes)) else []
    shown += list(_who(words, parts[~parts["suppressed"]]))
    hidden = _who(words, parts[parts["suppressed"]])
    ends = [who for who in hidden if one_end(votes.to_numpy()[who])]
    out = {}
    for place, names in found.items():
        own = known[place[0]].isin(names).to_numpy(dtype=bool)
        told = score(votes[own], gate)
        if own.any():
            fit = not told["suppressed"] and _all_stay([*shown, own], ends, gate)
            values = pd.Series(told)[["score", "low", "high", "n"]].astype(float)
            out[place] = {str(key): float(x) if fit else np.nan for key, x in values.items()}
            shown += [own] if fit else []
    return out


def _who(words: pd.DataFrame, parts: pd.DataFrame) -> Iterator[Cells]:
    """Yield who stands in each part."""
    for column, part in zip(parts["column"], parts["part"], strict=True):
        yield (words[column] == part).to_numpy(dtype=bool)
