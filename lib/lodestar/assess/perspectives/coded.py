"""Do several persons judge the same thing alike: Krippendorff's alpha of coded answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.plain import listing, records
from lodestar.confidentiality import Gate
from lodestar.stats.krippendorff import krippendorff_alpha, krippendorff_interval

__all__ = ["ALL", "coded_answers", "coded_ratings", "coded_recall"]

ALL = "all"
CELL = ["capability", "function"]
NOTHING = "Nothing was judged by two persons or more; fill ratings or recall."
WHY_NULL = {
    "alpha": "Needs two persons who judged the same things, not all alike.",
    "low": "Needs three persons, and no one of them on whom alpha hangs.",
    "high": "Needs three persons, and no one of them on whom alpha hangs.",
}
COLUMNS = ["source", "group", "level", "raters", "units", "alpha", "low", "high"]


def coded_answers(
    ratings: pd.DataFrame,
    recall: pd.DataFrame,
    priorities: pd.DataFrame,
    respondents: pd.DataFrame,
    shown: Sequence[str],
    gate: Gate,
) -> dict[str, Any]:
    """Return the section ``coded``: how far persons judge the same things alike.

    Parameters
    ----------
    ratings, recall, priorities, respondents : DataFrame
        Typed tables.
    shown : sequence of str
        Stakeholder groups whose recall is published with its number of persons.
    gate : Gate
        Thresholds.
    """
    who = respondents.set_index("respondent")["group"]
    members = {group: who.index[who == group] for group in shown}
    parts = [coded_ratings(ratings, gate), coded_recall(recall, priorities, members)]
    rows = [row for part in parts for row in records(part, WHY_NULL)]
    return listing("coded", rows, NOTHING)


def coded_ratings(ratings: pd.DataFrame, gate: Gate) -> pd.DataFrame:
    """Return how far raters of the same work agree, for all and function by function.

    Parameters
    ----------
    ratings : DataFrame
        Typed table; rows that do not apply are left out.
    gate : Gate
        Thresholds; a cell of too few survey raters is left out whole.

    Returns
    -------
    DataFrame
        ``source`` ("ratings"), ``group`` ("all" or the function rated), ``level`` ("ordinal"),
        ``raters, units, alpha, low, high``; a function that nobody rated beside another is left
        out.

    Notes
    -----
    Raters × cells (a capability in a function), levels 1–5 as ranks: alpha 1 = alike, 0 = as by
    chance (Krippendorff 2011). Interval: raters left out one by one.
    """
    kept, _ = gate.protect_cells(ratings[ratings["applies"]], CELL)
    wholes = [(ALL, kept), *((str(name), own) for name, own in kept.groupby("function"))]
    rows = [_row("ratings", name, _by_cell(own), "ordinal") for name, own in wholes]
    return _frame(row for row in rows if row["raters"] > 1)


def coded_recall(
    recall: pd.DataFrame, priorities: pd.DataFrame, members: Mapping[str, pd.Index]
) -> pd.DataFrame:
    """Return how far the persons of a group name the same priorities.

    Parameters
    ----------
    recall, priorities : DataFrame
        Typed tables.
    members : mapping of str to Index
        Respondents of each group whose recall may be shown.

    Returns
    -------
    DataFrame
        As :func:`coded_ratings` returns it; ``source`` "recall", ``level`` "nominal".

    Notes
    -----
    Each official priority is a unit that every person who was asked either named or did not.
    """
    asked = recall.drop_duplicates(["respondent", "priority"])
    named = pd.crosstab(asked["respondent"], asked["priority"]).clip(upper=1)
    named = named.reindex(columns=sorted(priorities["id"]), fill_value=0)
    rows = [
        _row("recall", group, named[named.index.isin(own)], "nominal")
        for group, own in members.items()
    ]
    return _frame(rows)


def _by_cell(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return ratings as raters × cells; of a rater's several words on a cell the first holds."""
    once = ratings.drop_duplicates(["rater", *CELL])
    return once.set_index(["rater", *CELL])["level"].unstack(CELL).sort_index()


def _row(source: str, group: str, table: pd.DataFrame, level: str) -> dict[str, Any]:
    """Return alpha with its interval, raters, and the units that two or more judged."""
    judged = table.loc[:, (table.notna().sum() > 1).to_numpy()]
    judged = judged[judged.notna().any(axis=1)]
    alpha = krippendorff_alpha(judged, level) if judged.size else np.nan
    low, high = krippendorff_interval(judged, level) if judged.size else (np.nan, np.nan)
    return dict(zip(COLUMNS, (source, group, level, *judged.shape, alpha, low, high), strict=True))


def _frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)
