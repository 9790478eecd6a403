"""Where effort goes: to a declared purpose, or to another purpose told in the activity's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Focus", "concern_shares", "effort_by_function", "effort_shares", "focus", "served"]

UNSTATED = "unstated"


@dataclass(frozen=True)
class Focus:
    """How much effort is tied to the purpose, and how evenly it spreads over it.

    ``index`` and ``evenness`` are shares 0-1, NaN where undefined; ``effort`` is in the unit of
    the register; ``unserved`` lists the purpose ids without effort.
    """

    index: float
    evenness: float
    effort: float
    unserved: tuple[str, ...]


def served(activities: pd.DataFrame, purposes: Sequence[str]) -> pd.DataFrame:
    """Return activities with the key of what each serves.

    Parameters
    ----------
    activities : DataFrame
        Table ``activities``.
    purposes : sequence of str
        Ids of the declared mission, vision and values.

    Returns
    -------
    DataFrame
        The rows with two more columns: ``key`` (a purpose id, or another purpose's words with
        case and spacing levelled, so that one purpose written twice is one) and ``purpose``
        (whether the key is a declared id).

    Examples
    --------
    >>> rows = pd.DataFrame({"serves": ["M1", "Clean  beaches", "clean beaches "]})
    >>> served(rows, ["m1"])["key"].tolist()
    ['m1', 'clean beaches', 'clean beaches']
    """
    words = activities["serves"].fillna("").map(lambda text: " ".join(str(text).split()).casefold())
    ids = {purpose.casefold(): purpose for purpose in purposes}
    keys = words.map(lambda text: ids.get(text, text)).astype("str")
    return activities.assign(key=keys, purpose=words.isin(list(ids)))


def effort_shares(activities: pd.DataFrame, purposes: Sequence[str]) -> pd.DataFrame:
    """Return effort by what it serves.

    Parameters
    ----------
    activities : DataFrame
        Table ``activities``.
    purposes : sequence of str
        Declared purpose ids, in the order to show.

    Returns
    -------
    DataFrame
        Columns key, purpose (bool), text (as written; of several spellings the first in order; the
        key where nothing serves it), effort, share (of all effort, 0-1; NaN without effort),
        activities (count). Declared purposes first, those without effort included; then the others,
        largest first.
    """
    rows = served(activities, purposes)
    grouped = rows.groupby("key", sort=True)
    found = pd.DataFrame(
        {
            "effort": grouped["effort"].sum(),
            "activities": grouped.size(),
            "text": grouped["serves"].min(),
        }
    )
    others = found.loc[[k for k in found.index if k not in set(purposes)]]
    others = others.sort_values(["effort"], ascending=False, kind="stable")
    out = found.reindex([*purposes, *others.index])
    counts = {"effort": out["effort"].fillna(0.0), "activities": out["activities"].fillna(0)}
    out = out.assign(**counts, purpose=out.index.isin(list(purposes)))
    out["share"] = _shares(out["effort"])
    out["text"] = out["text"].fillna(out.index.to_series())
    out.index.name = "key"
    columns = ["key", "purpose", "text", "effort", "share", "activities"]
    return out.reset_index()[columns].astype({"activities": int, "key": "str"})


def focus(activities: pd.DataFrame, purposes: Sequence[str]) -> Focus:
    """Return the share of effort tied to a purpose id, with Pielou's evenness beside it.

    Parameters
    ----------
    activities : DataFrame
        Table ``activities``.
    purposes : sequence of str
        Declared purpose ids.

    Returns
    -------
    Focus
        NaN index without any effort; NaN evenness when fewer than two purposes receive effort.

    Notes
    -----
    index = effort tied to a purpose id / all effort. Evenness = H / ln S, H the Shannon entropy of
    the shares of effort among the S purposes that receive any (Pielou 1966).

    Examples
    --------
    >>> rows = pd.DataFrame({"serves": ["m1", "m2", "golf"], "effort": [4.0, 4.0, 2.0]})
    >>> found = focus(rows, ["m1", "m2", "m3"])
    >>> found.index, round(found.evenness, 6), found.unserved
    (0.8, 1.0, ('m3',))
    """
    shares = effort_shares(activities, purposes)
    own = shares[shares["purpose"]]
    total = float(shares["effort"].sum())
    index = float(own["effort"].sum()) / total if total > 0 else float("nan")
    unserved = tuple(own.loc[own["effort"] <= 0, "key"])
    return Focus(index, _evenness(own["effort"].to_numpy()), total, unserved)


def effort_by_function(activities: pd.DataFrame, purposes: Sequence[str]) -> pd.DataFrame:
    """Return effort by function and by what it serves.

    Returns
    -------
    DataFrame
        Columns function, key, purpose, effort, share (of all effort), share_of_function;
        functions in id order, keys in the order of :func:`effort_shares`.
    """
    rows = served(activities, purposes)
    order = effort_shares(activities, purposes)["key"]
    out = rows.groupby(["function", "key", "purpose"], sort=True)["effort"].sum().reset_index()
    out["share"] = _shares(out["effort"])
    total = out.groupby("function")["effort"].transform("sum")
    out["share_of_function"] = out["effort"] / total.where(total > 0)
    place = {key: position for position, key in enumerate(order)}
    out = out.assign(place=out["key"].map(place)).sort_values(["function", "place"], kind="stable")
    return out.drop(columns="place").reset_index(drop=True)


def concern_shares(activities: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return effort by concern: why (the client's benefit) against how (internal method).

    Parameters
    ----------
    activities : DataFrame
        Table ``activities``; a blank concern counts as ``unstated``.
    by : sequence of str
        Columns to split by as well, e.g. ``["function"]``.

    Returns
    -------
    DataFrame
        Columns of `by`, then concern, effort, share (within the split, 0-1).
    """
    rows = activities.assign(concern=activities["concern"].fillna(UNSTATED))
    out = rows.groupby([*by, "concern"], sort=True)["effort"].sum().reset_index()
    total = out.groupby(list(by))["effort"].transform("sum") if by else out["effort"].sum()
    out["share"] = out["effort"] / total if by else _shares(out["effort"])
    return out


def _shares(effort: pd.Series) -> pd.Series:
    """Return each value's share of the sum, NaN without any."""
    total = effort.sum()
    return effort / (total if total > 0 else float("nan"))


def _evenness(effort: np.ndarray) -> float:
    """Return Pielou's evenness of the positive amounts, NaN below two of them."""
    p = effort[effort > 0]
    if p.size < 2:
        return float("nan")
    p = p / p.sum()
    return float(-(p * np.log(p)).sum() / np.log(p.size))
