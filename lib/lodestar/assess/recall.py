"""Which of leadership's priorities people name unprompted."""

from __future__ import annotations

import pandas as pd

__all__ = ["ASKED_FOR", "recall_hits"]

ASKED_FOR = 5
"""Priorities that a free-recall question asks for (Sull, Homkes & Sull 2015)."""


def recall_hits(recall: pd.DataFrame, priorities: pd.DataFrame) -> pd.DataFrame:
    """Return how many official priorities each person named.

    Parameters
    ----------
    recall : DataFrame
        Typed table: one row a priority named; ``other`` is none of the list.
    priorities : DataFrame
        Leadership's official list.

    Returns
    -------
    DataFrame
        One row a person who answered, sorted: ``respondent, hits, hit_rate`` (0–1).

    Notes
    -----
    hit_rate = different official priorities named ÷ the length of the list, or 5 where the list
    is longer. A person without a row was not asked.

    Examples
    --------
    >>> named = pd.DataFrame({"respondent": ["r1", "r1"], "priority": ["p1", "other"]})
    >>> recall_hits(named, pd.DataFrame({"id": ["p1", "p2"]}))["hit_rate"].tolist()
    [0.5]
    """
    official = recall["priority"].isin(priorities["id"])
    named = recall["priority"].where(official)
    hits = named.groupby(recall["respondent"], sort=True).nunique()
    expected = min(len(priorities), ASKED_FOR)
    out = hits.rename("hits").rename_axis("respondent").reset_index()
    out["hit_rate"] = (out["hits"] / expected).clip(upper=1.0) if expected else float("nan")
    return out
