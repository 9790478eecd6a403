"""Milestones: leading indicators that should have turned by a month if the plan works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.conflicts import Explainer, Register, effects
from lodestar.assess.conflicts.net import HELP, SURE
from lodestar.assess.plain import leaf, listing
from lodestar.assess.roadmap.moves import Moves
from lodestar.stats.rounding import settle

__all__ = ["milestones"]

NO_PLAN = "Nothing is in the plan."
NO_TABLE = "No leading indicator is tied to a place on the map; `node` in `indicators` does that."
NOTHING = "No indicator stands where the plan is sure to be felt."
NO_TARGET = "No target is stated for it."


def milestones(
    moves: Moves,
    timing: Mapping[str, tuple[float, float]],
    indicators: pd.DataFrame,
    as_of: date,
) -> dict[str, Any]:
    """Return when which indicator should have turned.

    Parameters
    ----------
    moves : Moves
        The map and expected effects on it.
    timing : mapping of str to (float, float)
        Month of delivery and months of delivery of each chosen investment.
    indicators : DataFrame
        The table ``indicators``.
    as_of : date
        "Today": later values are not looked at.

    Returns
    -------
    dict
        ``milestones[]: {investment, indicator, through, path[], month, expected (up/down),
        wanted (up/down), good, size, today, today_on, target}``, by month, investment, indicator.

    Notes
    -----
    An effect on a node, or on the pay that pushes a metric, is followed to the node of each
    indicator. It counts where |net| ≥ 0.05 and determinacy ≥ 0.5; the strongest effect of an
    investment on an indicator is taken. ``month`` = delivery + delay + half the rise + the lags of
    the path's links (one without a lag counts none): half of the effect should be there. ``size``
    is change × net, in the unit of the effect. Our synthesis.
    """
    if not timing:
        return listing("milestones", [], NO_PLAN)
    register, changes = moves.register, moves.changes
    latest = _latest(indicators, as_of)
    latest = latest[latest["node"].isin(register.ids)]
    if latest.empty:
        return listing("milestones", [], NO_TABLE)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in _felt(register, changes[changes["investment"].isin(timing)], latest):
        key = row["investment"], row["indicator"]
        if key not in found or settle(abs(row["size"]) - abs(found[key]["size"])) > 0:
            found[key] = row
    rows = [_timed(row, register, timing) for row in found.values()]
    rows.sort(key=lambda row: (row["month"], row["investment"], row["indicator"]))
    return listing("milestones", rows, NOTHING)


def _latest(indicators: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the last known value of each indicator that has a node."""
    known = indicators[indicators["node"].notna() & indicators["value"].notna()]
    known = known[known["date"] <= pd.Timestamp(as_of)]
    return known.sort_values(["indicator", "date"]).groupby("indicator", as_index=False).tail(1)


def _felt(
    register: Register, changes: pd.DataFrame, latest: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    """Return every effect of a chosen investment that is surely felt at an indicator."""
    rows = changes[changes["kind"].isin(("node", "incentive"))]
    places = np.array([register.at(name) for name in rows["place"]], dtype=np.int64)
    ends = np.array([register.at(name) for name in latest["node"]], dtype=np.int64)
    reach = effects(register.links, places)
    for r, row in enumerate(rows.to_dict("records")):
        push = _push(register, row, int(places[r]))
        for end, indicator in zip(ends, latest.to_dict("records"), strict=True):
            itself = places[r] == end
            net = 1.0 if itself else float(reach.net[r, end])
            sure = itself or float(np.nan_to_num(reach.determinacy[r, end])) >= SURE
            if sure and settle(abs(net)) >= HELP and settle(push * net) != 0:
                yield _entry(row, indicator, push * net, float(np.sign(net)))


def _push(register: Register, row: Mapping[Any, Any], place: int) -> float:
    """Return which way, and how far, an effect pushes its node; 0 where nobody can say."""
    if row["kind"] == "node":
        return float(row["size"])
    return float(np.nan_to_num(register.direction[place])) * float(row["size"])


def _entry(
    row: Mapping[Any, Any], indicator: Mapping[Any, Any], size: float, sign: float
) -> dict[str, Any]:
    """Return a milestone without its month; private keys say how it is felt."""
    expected = "up" if size > 0 else "down"
    return {
        "investment": row["investment"],
        "indicator": indicator["indicator"],
        "through": row["place"],
        "node": indicator["node"],
        "sign": sign,
        "delay": float(row["delay"]),
        "expected": expected,
        "wanted": indicator["better"],
        "good": expected == indicator["better"],
        "size": size,
        "today": float(indicator["value"]),
        "today_on": indicator["date"].date().isoformat(),
        **leaf("target", indicator["target"], NO_TARGET),
    }


def _timed(
    row: dict[str, Any], register: Register, timing: Mapping[str, tuple[float, float]]
) -> dict[str, Any]:
    """Return a milestone with its path and its month."""
    delivered, months = timing[row["investment"]]
    path = _path(register, row["through"], row["node"], row["sign"])
    links = register.links.by_pair
    lag = sum(links[ends].lag or 0.0 for ends in pairwise(path) if ends in links)
    shown = {key: value for key, value in row.items() if key not in ("node", "sign", "delay")}
    month = delivered + row["delay"] + months / 2 + lag
    return {**shown, "path": list(path), "month": float(month)}


def _path(register: Register, start: str, end: str, sign: float) -> tuple[str, ...]:
    if start == end:
        return (start,)
    why = Explainer(register.links).explain(register.at(start), register.at(end), sign)
    return why.path if why else (start, end)
