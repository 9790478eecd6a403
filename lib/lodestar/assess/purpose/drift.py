"""How effort moved between two periods, and which activities moved it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lodestar.assess.purpose.focus import effort_shares, served
from lodestar.stats.rounding import settle

__all__ = ["Drift", "drift"]


@dataclass(frozen=True)
class Drift:
    """Drift between two neighbouring periods.

    ``value`` is a share 0-1 (NaN when a period has no effort). ``shares`` has columns key, purpose,
    share_from, share_to, change. ``moves`` has one row an activity that was begun, dropped,
    redirected or given more or less effort: activity, name, function, kind, key_from, key_to,
    effort_from, effort_to, change (its own part of the drift), largest first.
    """

    value: float
    shares: pd.DataFrame
    moves: pd.DataFrame


def drift(before: pd.DataFrame, after: pd.DataFrame, purposes: Sequence[str]) -> Drift:
    """Return how far effort moved from one period to the next.

    Parameters
    ----------
    before, after : DataFrame
        Table ``activities`` of two neighbouring periods.
    purposes : sequence of str
        Declared purpose ids.

    Notes
    -----
    value = ½ Σ |share in `after` − share in `before`| over purpose ids and other purposes (total
    variation: 0 nothing moved, 1 everything did). An activity counts as moved only when its own
    effort or purpose changed; a share that changed because others grew is nobody's move.

    Examples
    --------
    >>> columns = ["activity", "name", "function", "serves", "effort"]
    >>> before = pd.DataFrame([["a", "A", "sales", "m1", 5.0]], columns=columns)
    >>> after = pd.DataFrame([["a", "A", "sales", "golf", 5.0]], columns=columns)
    >>> drift(before, after, ["m1"]).value
    1.0
    """
    shares = _share_changes(before, after, purposes)
    value = float(shares["change"].abs().sum(skipna=False) / 2)
    return Drift(value, shares, _moves(before, after, purposes))


def _share_changes(
    before: pd.DataFrame, after: pd.DataFrame, purposes: Sequence[str]
) -> pd.DataFrame:
    """Return shares of both periods side by side, purposes first, then others by name."""
    columns = ["key", "share"]
    old, new = (effort_shares(rows, purposes)[columns] for rows in (before, after))
    out = old.merge(new, on="key", how="outer", suffixes=("_from", "_to"))
    has = {"share_from": old["share"].notna().any(), "share_to": new["share"].notna().any()}
    for column, known in has.items():
        out[column] = out[column].fillna(0.0) if known else float("nan")
    order = {key: place for place, key in enumerate(purposes)}
    out["purpose"] = out["key"].isin(list(purposes))
    out["change"] = out["share_to"] - out["share_from"]
    out["place"] = out["key"].map(order).fillna(len(order))
    out = out.sort_values(["place", "key"], kind="stable").reset_index(drop=True)
    return out[["key", "purpose", "share_from", "share_to", "change"]]


def _moves(before: pd.DataFrame, after: pd.DataFrame, purposes: Sequence[str]) -> pd.DataFrame:
    """Return the activities whose own effort or purpose changed, largest part first."""
    both = _side_by_side(before, after, purposes)
    both["kind"] = [_kind(row) for row in both.to_dict("records")]
    both["change"] = _contribution(both)
    moved = both[(both["kind"] != "") & (settle(both["change"].to_numpy()) > 0)]
    moved = moved.sort_values(["change", "activity"], ascending=[False, True], kind="stable")
    columns = ["activity", "name", "function", "kind", "key_from", "key_to"]
    return moved[[*columns, "effort_from", "effort_to", "change"]].reset_index(drop=True)


def _side_by_side(
    before: pd.DataFrame, after: pd.DataFrame, purposes: Sequence[str]
) -> pd.DataFrame:
    """Return every activity of either period with its purpose, effort and share in each."""
    sides = []
    for rows in (before, after):
        side = served(rows, purposes)[["activity", "name", "function", "key", "effort"]]
        sides.append(side.assign(share=side["effort"] / side["effort"].sum()))
    both = sides[0].merge(sides[1], on="activity", how="outer", suffixes=("_from", "_to"))
    for column in ("name", "function"):
        both[column] = both[f"{column}_to"].fillna(both[f"{column}_from"])
    return both


def _kind(row: Mapping[Hashable, Any]) -> str:
    """Return what happened to one activity in a word; empty when nothing did."""
    if pd.isna(row["key_from"]):
        return "begun"
    if pd.isna(row["key_to"]):
        return "gone"
    if row["key_from"] != row["key_to"]:
        return "redirected"
    difference = settle(row["effort_to"] - row["effort_from"])
    return "" if difference == 0 else "more" if difference > 0 else "less"


def _contribution(both: pd.DataFrame) -> pd.Series:
    """Return ½ Σ |change of share| over what the activity served before and after."""
    old, new = both["share_from"].fillna(0.0), both["share_to"].fillna(0.0)
    same = both["key_from"] == both["key_to"]
    return ((new - old).abs().where(same.fillna(False), new + old)) / 2
