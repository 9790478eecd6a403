"""How customers' needs are known: in their shoes, or guessed; and how long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

__all__ = ["BASES", "DIRECT", "NeedsEvidence", "evidence", "needs_by_basis", "needs_list"]

DIRECT = ("co-created", "observed", "told-us")
GUESSED = ("past-experience", "intuition", "anticipation")
BASES = (*DIRECT, *GUESSED)
"""From closest to the customer to furthest."""

FRESH_MONTHS = 12
DAYS_PER_MONTH = 365.2425 / 12


@dataclass(frozen=True)
class NeedsEvidence:
    """What the needs rest on.

    ``direct``: share of needs known from customers themselves; ``fresh``: of all needs, those known
    so and asked within twelve months; ``weighted``: direct, weighted by importance; all 0-1, NaN
    without needs. ``undated``: needs known from customers without a day of asking; ``later``: asked
    after the day of the assessment, counted as undated.
    """

    direct: float
    fresh: float
    weighted: float
    needs: int
    undated: int
    later: int


def needs_list(needs: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return each need with what it rests on, its age and its gap.

    Parameters
    ----------
    needs : DataFrame
        Table ``needs``: importance and satisfaction 1-5, basis, asked_on.
    as_of : date
        "Today".

    Returns
    -------
    DataFrame
        Columns need, name (an extra column of the table, else the need's id), segment, importance,
        satisfaction, gap (importance − satisfaction), n, basis, direct (bool), months (since asked;
        NaN when unknown), fresh (bool); widest gap first, ties by importance, then by need.
    """
    today = pd.Timestamp(as_of)
    asked = needs["asked_on"].where(needs["asked_on"] <= today)
    out = needs.assign(
        name=needs["name"].fillna(needs["need"]) if "name" in needs else needs["need"],
        gap=needs["importance"] - needs["satisfaction"],
        direct=needs["basis"].isin(DIRECT),
        months=(today - asked).dt.days / DAYS_PER_MONTH,
    )
    within = asked > today - pd.DateOffset(months=FRESH_MONTHS)
    out["fresh"] = out["direct"] & within
    out = out.sort_values(
        ["gap", "importance", "need"], ascending=[False, False, True], kind="stable"
    )
    columns = ["need", "name", "segment", "importance", "satisfaction", "gap", "n", "basis"]
    return out[[*columns, "direct", "months", "fresh"]].reset_index(drop=True)


def evidence(needs: pd.DataFrame, as_of: date) -> NeedsEvidence:
    """Return the share of needs known from customers themselves, and known lately.

    Notes
    -----
    Direct: co-created, observed or told by customers; guessed: past experience, intuition or
    anticipation. Fresh: direct and asked less than twelve months before `as_of`; a need without a
    day of asking is never fresh.
    """
    rows = needs_list(needs, as_of)
    if rows.empty:
        return NeedsEvidence(np.nan, np.nan, np.nan, 0, 0, 0)
    direct = rows["direct"]
    return NeedsEvidence(
        direct=float(direct.mean()),
        fresh=float(rows["fresh"].mean()),
        weighted=float(rows.loc[direct, "importance"].sum() / rows["importance"].sum()),
        needs=len(rows),
        undated=int((direct & rows["months"].isna()).sum()),
        later=int((needs["asked_on"] > pd.Timestamp(as_of)).sum()),
    )


def needs_by_basis(needs: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return needs by basis.

    Returns
    -------
    DataFrame
        One row a basis, closest to the customer first: basis, direct, needs, share (0-1),
        importance and gap (means, NaN without needs), months (median age; NaN when unknown).
    """
    rows = needs_list(needs, as_of)
    grouped = rows.groupby("basis")
    out = pd.DataFrame(
        {
            "needs": grouped.size(),
            "importance": grouped["importance"].mean(),
            "gap": grouped["gap"].mean(),
            "months": grouped["months"].median(),
        }
    ).reindex(list(BASES))
    out["needs"] = out["needs"].fillna(0).astype(int)
    out["share"] = out["needs"] / max(len(rows), 1)
    out["direct"] = out.index.isin(DIRECT)
    columns = ["basis", "direct", "needs", "share", "importance", "gap", "months"]
    return out.rename_axis("basis").reset_index()[columns]
