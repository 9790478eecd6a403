"""What comments are about: counts by topic, never the words."""

from __future__ import annotations

import pandas as pd

from lodestar.confidentiality import Gate

__all__ = ["comment_topics"]

ALL = "all"


def comment_topics(comments: pd.DataFrame, gate: Gate) -> pd.DataFrame:
    """Return how many persons commented on each topic.

    Parameters
    ----------
    comments : DataFrame
        Typed table; a comment without a topic is left out.
    gate : Gate
        Thresholds; the one for comments holds.

    Returns
    -------
    DataFrame
        ``topic, n, comments, suppressed``, most persons first, hidden topics last by name.

    Notes
    -----
    n = different persons. Topics of too few persons keep their name only; as the number of all
    comments is published, the next smallest topic is hidden with a single one.
    """
    told = comments.dropna(subset=["topic"])
    counts = told.groupby("topic", sort=True)["respondent"].agg(n="nunique", comments="size")
    frame = counts.reset_index().assign(parent=ALL)
    shown = gate.release(frame, ["comments"], parent="parent", minimum=gate.comments)
    ordered = shown.sort_values(["n", "topic"], ascending=[False, True], na_position="last")
    return ordered[["topic", "n", "comments", "suppressed"]].reset_index(drop=True)
