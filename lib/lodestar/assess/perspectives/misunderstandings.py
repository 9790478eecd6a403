"""Misunderstandings to settle first: wide, important, and shared by many people."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lodestar.framework.model import Framework

__all__ = ["MOST", "misunderstandings"]

MOST = 10
INSIDE = {"executive", "manager", "employee"}
COLUMNS = ["scale", "higher", "lower", "kind", "mean_higher", "mean_lower", "delta", "low", "high"]
COLUMNS += ["q", "same_items", "people", "importance", "score", "subjects"]


def misunderstandings(
    gaps: pd.DataFrame, cells: pd.DataFrame, framework: Framework, importance: pd.DataFrame
) -> pd.DataFrame:
    """Return the differences of view that are worth a conversation, the first to settle first.

    Parameters
    ----------
    gaps : DataFrame
        As ``compare`` returns them.
    cells : DataFrame
        As ``scale_cells`` returns them.
    framework : Framework
        Dimensions and their weights.
    importance : DataFrame
        Importance–performance rows: ``dimension, group, importance``.

    Returns
    -------
    DataFrame
        ``scale, higher, lower`` (who rates higher and lower), ``kind`` (customer, rank, function,
        seniority), both means, ``delta, low, high`` (higher against lower, above 0), ``q``
        (refined where gaps are), ``same_items, people, importance, score, subjects`` (scales on
        which this pair differs, the first to settle first); at most ten, one for each pair.

    Notes
    -----
    score = disagreement × importance × people. Disagreement: how far the nearer end of delta's
    95 % interval lies from 0, so that noise counts nothing. Importance: the dimension's weight in
    the framework × customers' mean importance of it, each relative to its own average (1 where
    customers were not asked). People: those who answered, in both groups. Only published figures
    enter. Level scales only: they are about what is seen. Our synthesis; an order, not a measure.
    """
    told = gaps.assign(q=gaps.get("q_refined", gaps["q"]))
    told = told[told["scale"].str.endswith(".level") & told["delta"].notna()]
    told = told[(told["low"] > 0) | (told["high"] < 0)]
    if told.empty:
        return pd.DataFrame(columns=COLUMNS)
    told = _described(_oriented(told), cells)
    weight = _weights(framework, importance)
    told["importance"] = told["scale"].str.removesuffix(".level").map(weight)
    told["score"] = told["low"] * told["importance"] * told["people"]
    told["far"] = -told["score"].round(9)
    told = told.sort_values(["far", "scale", "higher", "lower"], kind="stable")
    told["pair"] = [tuple(sorted(pair)) for pair in zip(told["higher"], told["lower"], strict=True)]
    subjects = told.groupby("pair", sort=False)["scale"].agg(list)
    first = told.drop_duplicates("pair").head(MOST)
    first = first.assign(subjects=[subjects[pair] for pair in first["pair"]])
    return first[COLUMNS].reset_index(drop=True)


def _oriented(told: pd.DataFrame) -> pd.DataFrame:
    """Return gaps as the group that rates higher against the one that rates lower."""
    turned = told["delta"] < 0
    swapped = told.assign(
        higher=told["group_a"].where(~turned, told["group_b"]),
        lower=told["group_b"].where(~turned, told["group_a"]),
        delta=told["delta"].abs(),
        low=told["low"].where(~turned, -told["high"]),
        high=told["high"].where(~turned, -told["low"]),
    )
    return swapped


def _described(told: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Return gaps with both means, people, and what kind of pair they are about."""
    known = cells.set_index(["scale", "group"])
    sides = {
        side: list(zip(told["scale"], told[side], strict=True)) for side in ("higher", "lower")
    }
    persons = [known["n"].loc[keys].to_numpy(dtype=float) for keys in sides.values()]
    return told.assign(
        mean_higher=known["mean"].loc[sides["higher"]].to_numpy(dtype=float),
        mean_lower=known["mean"].loc[sides["lower"]].to_numpy(dtype=float),
        people=persons[0] + persons[1],
        kind=[_kind(a, b) for a, b in zip(told["higher"], told["lower"], strict=True)],
    )


def _kind(a: str, b: str) -> str:
    """Return what kind of pair two groups make."""
    head = a.partition(":")[0]
    if ":" in a:
        return "seniority" if head == "seniority" else "function"
    return "rank" if {a, b} <= INSIDE else "customer"


def _weights(framework: Framework, importance: pd.DataFrame) -> Mapping[str, float]:
    """Return each dimension's importance, 1 on average of the framework."""
    share = framework.dimension_shares()
    weight = share / share.mean()
    asked = importance[(importance["group"] == "customer") & importance["importance"].notna()]
    if asked.empty:
        return {str(key): float(value) for key, value in weight.items()}
    means = asked.set_index("dimension")["importance"].astype(float)
    relative = (means / means.mean()).reindex(weight.index).fillna(1.0)
    return {str(key): float(value) for key, value in (weight * relative).items()}
