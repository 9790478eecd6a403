"""How experience travels along the value chain, and how far neighbours' missions overlap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from lodestar.stats.multiplicity import adjust
from lodestar.stats.rounding import settle
from lodestar.stats.series import lagged_association

__all__ = ["MAX_LAG", "chain_nodes", "mission_overlap", "monthly_series", "ripple"]

MAX_LAG = 6
SIGNIFICANT = 0.05
STAGES = {"supplier": 0, "us": 1, "customer": 2, "customers-customer": 3}
DOWN, UP = "downstream", "upstream"
COLUMNS = [
    "source",
    "target",
    "direction",
    "leader",
    "follower",
    "r",
    "lag",
    "p",
    "q",
    "n",
    "verdict",
]


def monthly_series(indicators: pd.DataFrame, as_of: date) -> dict[str, pd.Series]:
    """Return each indicator as a monthly series in which more is better.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``: indicator, date, value, better.
    as_of : date
        "Today"; later rows are not known yet.

    Returns
    -------
    dict of str to Series
        Mean value of each month by month, from the indicator's first to its last (NaN where none),
        times -1 when less is better.
    """
    rows = indicators[indicators["date"] <= pd.Timestamp(as_of)]
    sign = np.where(rows["better"] == "down", -1.0, 1.0)
    rows = rows.assign(month=rows["date"].dt.to_period("M"), value=rows["value"] * sign)
    out = {}
    for name, part in rows.groupby("indicator", sort=True):
        months = part.groupby("month")["value"].mean()
        span = pd.period_range(months.index.min(), months.index.max(), freq="M")
        out[str(name)] = months.reindex(span)
    return out


def ripple(value_chain: pd.DataFrame, indicators: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return whether what one link of the chain experiences is followed at the next.

    Parameters
    ----------
    value_chain : DataFrame
        Table ``value_chain``: the source serves the target.
    indicators : DataFrame
        Table ``indicators``; those with a node on the chain are compared.
    as_of : date
        "Today".

    Returns
    -------
    DataFrame
        Columns source, target (of the chain), direction (``downstream``: the source's indicator
        leads; ``upstream``: the target's), leader, follower (indicator ids), r (-1 to 1), lag
        (months), p, q, n (months compared), verdict. r > 0 means better is followed by better, and
        worse by worse.

    Notes
    -----
    Whitened monthly series, strongest correlation at lags 0-6, p corrected for the lags tried; q =
    Benjamini-Hochberg over all comparisons. Verdict: ``together`` or ``against`` (q ≤ 0.05),
    ``not found``, ``too short`` (under 24 months in common after differencing).
    """
    series = monthly_series(indicators, as_of)
    placed = indicators.dropna(subset=["node"]).drop_duplicates("indicator")
    at = {str(node): sorted(part["indicator"]) for node, part in placed.groupby("node")}
    links = value_chain.sort_values(["source", "target"], kind="stable")
    rows = [
        row
        for link in links.to_dict("records")
        for row in _link(str(link["source"]), str(link["target"]), at, series)
    ]
    out = pd.DataFrame(rows, columns=[c for c in COLUMNS if c not in ("q", "verdict")])
    out["q"] = adjust(out["p"].to_numpy(dtype=float), "bh") if len(out) else out["p"]
    out["verdict"] = [_verdict(row) for row in out.to_dict("records")]
    return out[COLUMNS]


def mission_overlap(value_chain: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Return how far the missions of neighbours on the chain overlap.

    Parameters
    ----------
    value_chain, nodes : DataFrame
        Tables; ``nodes.themes`` holds tuples of words.

    Returns
    -------
    DataFrame
        Columns source, target, offer, overlap (Jaccard: themes in common / themes of either, 0-1;
        NaN when one of the two has no themes), common, source_only, target_only (sorted lists).

    Examples
    --------
    >>> chain = pd.DataFrame({"source": ["us"], "target": ["them"], "offer": ["care"]})
    >>> nodes = pd.DataFrame({"node": ["us", "them"], "themes": [("Health", "cost"), ("health",)]})
    >>> mission_overlap(chain, nodes)["overlap"].tolist()
    [0.5]
    """
    pairs = zip(nodes["node"], nodes["themes"], strict=True)
    themes = {node: {" ".join(t.split()).casefold() for t in words} for node, words in pairs}
    links = value_chain.sort_values(["source", "target"], kind="stable")
    rows = []
    for link in links[["source", "target", "offer"]].to_dict("records"):
        ours, theirs = (themes.get(link[end], set()) for end in ("source", "target"))
        known = bool(ours and theirs)
        rows.append(
            {
                **link,
                "overlap": len(ours & theirs) / len(ours | theirs) if known else float("nan"),
                "common": sorted(ours & theirs),
                "source_only": sorted(ours - theirs),
                "target_only": sorted(theirs - ours),
            }
        )
    columns = ["source", "target", "offer", "overlap", "common", "source_only", "target_only"]
    return pd.DataFrame(rows, columns=columns)


def chain_nodes(value_chain: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Return the nodes on the value chain with their stage.

    Returns
    -------
    DataFrame
        Columns node, kind, stage (0 supplier, 1 us, 2 customer, 3 customers' customer; other kinds
        stand with us); ordered by stage, then id.
    """
    on = set(value_chain["source"]) | set(value_chain["target"])
    out = nodes.loc[nodes["node"].isin(on), ["node", "kind"]]
    out = out.assign(stage=out["kind"].map(STAGES).fillna(STAGES["us"]).astype(int))
    return out.sort_values(["stage", "node"], ignore_index=True)


def _link(
    source: str, target: str, at: Mapping[str, list[str]], series: Mapping[str, pd.Series]
) -> list[dict[str, object]]:
    """Compare every indicator of a link's source with every one of its target, both ways."""
    pairs = [(a, b) for a in at.get(source, []) for b in at.get(target, []) if a != b]
    pairs = [(a, b) for a, b in pairs if a in series and b in series]
    return [
        {"source": source, "target": target, "direction": way, **_compared(first, second, series)}
        for a, b in pairs
        for way, first, second in ((DOWN, a, b), (UP, b, a))
    ]


def _compared(first: str, second: str, series: Mapping[str, pd.Series]) -> dict[str, object]:
    """Return how the second indicator follows the first."""
    x, y = series[first].align(series[second], join="outer")
    found = lagged_association(x.to_numpy(), y.to_numpy(), MAX_LAG)
    lag = float(found.lag) if found.lag >= 0 else float("nan")
    values = {"r": found.r, "lag": lag, "p": found.p, "n": found.n}
    return {"leader": first, "follower": second, **values}


def _verdict(row: Mapping[object, object]) -> str:
    """Return what a comparison says, in a word."""
    q, r = float(row["q"]), float(row["r"])  # type: ignore[arg-type]
    if np.isnan(q):
        return "too short"
    if settle(q) > SIGNIFICANT:
        return "not found"
    return "together" if r > 0 else "against"
