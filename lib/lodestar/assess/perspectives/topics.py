"""What comments are about: counts by topic, never the words."""

from __future__ import annotations

import pandas as pd

from lodestar.confidentiality import Gate

__all__ = ["comment_topics", "rows_may_be_told"]

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


def rows_may_be_told(comments: pd.DataFrame, gate: Gate) -> bool:
    """Tell whether the number of all comments may be shown beside the topics' counts.

    Parameters
    ----------
    comments : DataFrame
        Typed table.
    gate : Gate
        Thresholds; the one for comments holds.

    Returns
    -------
    bool
        False where all comments less those of the topics shown would be those of too few persons
        (hidden topics, comments without a topic), or could be taken for those of the one topic
        there is. The number of rows is given up, since every topic tells more than it.

    Examples
    --------
    >>> said = pd.DataFrame({"respondent": range(14), "topic": ["price"] * 12 + [None] * 2})
    >>> rows_may_be_told(said, Gate()), rows_may_be_told(said.head(12), Gate())
    (False, True)
    """
    topics = comment_topics(comments, gate)
    shown = topics.loc[~topics["suppressed"].astype(bool), "topic"]
    left = comments.loc[~comments["topic"].isin(shown), "respondent"].nunique()
    alone = len(topics) == 1 and not len(shown)
    enough = comments["respondent"].nunique() >= gate.comments
    return enough and not alone and (left == 0 or left >= gate.comments)
