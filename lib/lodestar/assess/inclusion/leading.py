"""Leading indicators: which change is more than usual variation, and what each one leads to."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from lodestar.stats.xmr import xmr

__all__ = ["FIRM_POINTS", "indicator_points", "indicator_states", "lead_months"]

FIRM_POINTS = 6
"""Points a baseline needs for its limits to be more than provisional."""

MAX_LINKS = 5
POINT_COLUMNS = [
    "indicator",
    "date",
    "value",
    "baseline",
    "centre",
    "lower",
    "upper",
    "outside",
    "run",
    "near",
    "signal",
    "favourable",
]
Route = tuple[int, float, int, tuple[str, ...]]


def indicator_points(indicators: pd.DataFrame, changes: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return every indicator's points with its natural process limits.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``: indicator, node, date, value, better.
    changes : DataFrame
        Table ``changes``: a change declared for an indicator, or for its node, restarts the
        baseline at the first point on or after its date.
    as_of : date
        "Today"; later points are not known yet.

    Returns
    -------
    DataFrame
        Columns indicator, date, value, baseline (0, 1, …), centre, lower, upper, outside, run,
        near, signal (bool), favourable (bool; only meaningful where there is a signal); ordered by
        indicator and date.

    Notes
    -----
    XmR: mean ± 2.66 · mean moving range; signals: one outside; eight running on one side; three of
    four beyond half-way to a limit (:func:`lodestar.stats.xmr.xmr`).
    """
    rows = indicators[indicators["date"] <= pd.Timestamp(as_of)]
    parts = [_chart(part, changes) for _, part in rows.groupby("indicator", sort=True)]
    if not parts:
        return pd.DataFrame(columns=POINT_COLUMNS)
    return pd.concat(parts, ignore_index=True)[POINT_COLUMNS]


def indicator_states(indicators: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return where each indicator stands.

    Parameters
    ----------
    indicators : DataFrame
        Table ``indicators``.
    points : DataFrame
        From :func:`indicator_points`.

    Returns
    -------
    DataFrame
        One row an indicator: indicator, node, better, points (in the current baseline), firm
        (bool), date, value, centre, lower, upper (latest; the unit of the indicator), state
        (``better``, ``worse`` or ``steady``: what the latest point signals), signals (in the
        current baseline), restarts, target, on_target (bool or missing).
    """
    rows = [_state(part, indicators) for _, part in points.groupby("indicator", sort=True)]
    return pd.DataFrame(rows)


def lead_months(links: pd.DataFrame, outcomes: pd.DataFrame, node: str) -> pd.DataFrame:
    """Return the outcomes that a node leads to, and by how many months.

    Parameters
    ----------
    links : DataFrame
        Table ``links``: source, target, lag (months; may be missing).
    outcomes : DataFrame
        Table ``outcomes``.
    node : str
        Where an indicator is measured.

    Returns
    -------
    DataFrame
        Columns outcome, months (sum of lags along the path; NaN when a lag on it is not known),
        path (node ids); soonest first, then by outcome. The node itself, if it is an outcome, has 0
        months.

    Notes
    -----
    Over directed paths of at most five links: the one with the fewest unknown lags, then the fewest
    months, then the fewest links, then the first by ids.
    """
    routes = _routes(links, node)
    found = [outcome for outcome in outcomes["outcome"] if outcome in routes]
    rows = [
        {
            "outcome": outcome,
            "months": routes[outcome][1] if not routes[outcome][0] else float("nan"),
            "path": list(routes[outcome][3]),
        }
        for outcome in found
    ]
    out = pd.DataFrame(rows, columns=["outcome", "months", "path"])
    return out.sort_values(["months", "outcome"], ignore_index=True)


def _chart(rows: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return one indicator's points with limits and signals."""
    ordered = rows.sort_values("date", kind="stable").reset_index(drop=True)
    own = changes[changes["node"].isin({ordered["indicator"].iloc[0], *ordered["node"].dropna()})]
    starts = np.searchsorted(ordered["date"].to_numpy(), own["date"].to_numpy(), side="left")
    chart = xmr(ordered["value"].to_numpy(), starts.tolist())
    up = bool(ordered["better"].iloc[-1] == "up")
    above = (chart["value"] > chart["centre"]).to_numpy()
    return chart.assign(
        indicator=ordered["indicator"], date=ordered["date"], favourable=above == up
    )


def _state(points: pd.DataFrame, indicators: pd.DataFrame) -> dict[str, object]:
    """Return where one indicator stands at its latest point."""
    last = points.iloc[-1]
    current = points[points["baseline"] == last["baseline"]]
    meta = indicators[indicators["indicator"] == last["indicator"]].sort_values("date").iloc[-1]
    measured = int(current["value"].notna().sum())
    state = "steady" if not last["signal"] else "better" if last["favourable"] else "worse"
    up = meta["better"] == "up"
    reached = last["value"] >= meta["target"] if up else last["value"] <= meta["target"]
    return {
        "indicator": last["indicator"],
        "node": meta["node"],
        "better": meta["better"],
        "points": measured,
        "firm": measured >= FIRM_POINTS,
        **{name: last[name] for name in ("date", "value", "centre", "lower", "upper")},
        "state": state,
        "signals": int(current["signal"].sum()),
        "restarts": int(last["baseline"]),
        "target": meta["target"],
        "on_target": None if pd.isna(meta["target"]) else bool(reached),
    }


def _routes(links: pd.DataFrame, node: str) -> dict[str, Route]:
    """Return the best route to every node: unknown lags, months, links, path."""
    ordered = links.sort_values(["source", "target"], kind="stable")
    out: dict[str, list[tuple[str, float]]] = {}
    for source, target, lag in ordered[["source", "target", "lag"]].itertuples(index=False):
        out.setdefault(source, []).append((target, lag))
    best: dict[str, Route] = {node: (0, 0.0, 0, (node,))}
    frontier = best
    for _ in range(MAX_LINKS):
        frontier = _extended(frontier, out)
        best = {n: min(r[n] for r in (best, frontier) if n in r) for n in {**best, **frontier}}
    return best


def _extended(
    frontier: dict[str, Route], out: dict[str, list[tuple[str, float]]]
) -> dict[str, Route]:
    """Return the best route to every node by exactly one link more."""
    further: dict[str, Route] = {}
    for node, (unknown, months, count, path) in frontier.items():
        for target, lag in out.get(node, []):
            missing = bool(np.isnan(lag))
            later = months + (0.0 if missing else lag)
            route = (unknown + missing, later, count + 1, (*path, target))
            further[target] = min(route, further.get(target, route))
    return further
