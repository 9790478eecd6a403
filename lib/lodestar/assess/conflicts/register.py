"""The metric register as one value: what each measure rewards, who is paid, what acts on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.links import Links, links_of
from lodestar.assess.conflicts.pairtest import PairTests
from lodestar.engagement.model import Engagement
from lodestar.stats.rounding import settle

__all__ = ["TOLERANCE", "Register", "build", "directions", "register_of"]

TOLERANCE = 0.02
"""Neutral band round a target, as a share of it, where the client gives none."""

CUSTOMERS = ("customer", "partner")


@dataclass(frozen=True, eq=False)
class Register:
    """Metrics, outcomes and nodes with their links, ready for conflict detection.

    Parameters
    ----------
    links : Links
        The signed links; ``links.ids`` is the order of every array here.
    group : tuple of str
        ``metric``, ``outcome`` or ``node`` for each id.
    function : tuple of (str or None)
        Function that answers for the metric or holds the node; None for outcomes.
    kind : tuple of str
        Kind of the metric or node, beneficiary of the outcome.
    incentive : ndarray
        Share of the function's reward that hangs on the metric, 0–1; 0 for all others.
    direction : ndarray
        +1 rewarded up, −1 rewarded down, 0 neutral (target reached), NaN not known.
    importance : ndarray
        Importance of the outcome, 0–1; 0 for all others.
    serves : tuple of bool
        Whether the metric names a purpose it serves.
    threshold : float
        Severity from which a conflict is severe.
    shared : frozenset of (metric, function)
        Functions that a metric is shared with beyond its own.
    guarded : frozenset of str
        Metrics that are paid only while what they harm holds.
    tests : PairTests
        What history says of pairs (``lodestar.assess.conflicts.measured.measure``); empty where it
        was not asked.
    seed : int
        Seed of the engagement, for draws of uncertain links.
    """

    links: Links
    group: tuple[str, ...]
    function: tuple[str | None, ...]
    kind: tuple[str, ...]
    incentive: np.ndarray
    direction: np.ndarray
    importance: np.ndarray
    serves: tuple[bool, ...]
    threshold: float = 0.02
    shared: frozenset[tuple[str, str]] = frozenset()
    guarded: frozenset[str] = frozenset()
    tests: PairTests = field(default_factory=PairTests)
    seed: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """Return every id, sorted."""
        return self.links.ids

    def at(self, name: str) -> int:
        """Return the place of an id in the arrays."""
        return self.links.position[name]

    def places(self, group: str, *kinds: str) -> np.ndarray:
        """Return the places of all metrics, outcomes or nodes, or of those of some kinds."""
        pairs = zip(self.group, self.kind, strict=True)
        return np.flatnonzero([g == group and (not kinds or k in kinds) for g, k in pairs])

    @property
    def rewarded(self) -> np.ndarray:
        """Return the places of the metrics with an incentive above 0."""
        return np.flatnonzero(self.incentive > 0)

    @cached_property
    def is_outcome(self) -> np.ndarray:
        """Tell for each id whether it is an outcome."""
        return np.isin(np.arange(len(self.ids)), self.places("outcome"))

    @cached_property
    def for_customers(self) -> np.ndarray:
        """Tell for each id whether it is an outcome for customers or partners."""
        return np.isin(np.arange(len(self.ids)), self.places("outcome", *CUSTOMERS))

    @property
    def wanted(self) -> np.ndarray:
        """Return which way each id is wanted to move: metrics as rewarded, outcomes up."""
        return np.where(self.is_outcome, 1.0, self.direction)

    @property
    def weight(self) -> np.ndarray:
        """Return each id's part in severity: a metric's incentive, an outcome's importance."""
        return np.where(self.is_outcome, self.importance, self.incentive)

    def with_links(
        self, strengths: Mapping[tuple[str, str], float], evidence: str = "assumed"
    ) -> Register:
        """Return the register with some signed link strengths set (−1 to 1; 0 removes a link)."""
        return replace(self, links=self.links.changed(strengths, evidence))

    def without_links(self, pairs: Iterable[tuple[str, str]]) -> Register:
        """Return the register without some links, each a (source, target)."""
        return self.with_links(dict.fromkeys(pairs, 0.0))

    def with_length(self, length: int) -> Register:
        """Return the register in which effects of at most so many links count (1–5)."""
        return replace(self, links=replace(self.links, reach=length))

    def with_incentives(self, incentives: Mapping[str, float]) -> Register:
        """Return the register with some metrics' incentives set (0–1)."""
        changed = self.incentive.copy()
        for metric, incentive in incentives.items():
            changed[self.at(metric)] = incentive
        return replace(self, incentive=changed)

    def with_threshold(self, threshold: float) -> Register:
        """Return the register with another severity from which a conflict is severe."""
        return replace(self, threshold=threshold)


def register_of(engagement: Engagement) -> Register:
    """Return the register of an engagement's current period.

    Parameters
    ----------
    engagement : Engagement
        Tables metrics, outcomes, nodes, links and history; absent ones count as empty.
    """
    frames = {
        "metrics": engagement.table("metrics"),
        "outcomes": engagement.table("outcomes"),
        "nodes": engagement.table("nodes"),
        "links": engagement.table("links"),
        "history": engagement.table("history"),
    }
    settings = engagement.settings
    register = build(**frames, as_of=engagement.period.as_of, threshold=settings.severe_conflict)
    return replace(register, seed=settings.seed)


def build(
    metrics: pd.DataFrame,
    outcomes: pd.DataFrame,
    nodes: pd.DataFrame,
    links: pd.DataFrame,
    history: pd.DataFrame,
    as_of: date,
    threshold: float = 0.02,
) -> Register:
    """Return the register of typed tables.

    Parameters
    ----------
    metrics, outcomes, nodes, links, history : DataFrame
        Typed tables as the loader gives them.
    as_of : date
        "Today": later history is not looked at.
    threshold : float
        Severity from which a conflict is severe.
    """
    table = _everything(metrics, outcomes, nodes)
    rewarded_way = directions(metrics, history, as_of).reindex(table.index)
    rewarded_way[table["group"] != "metric"] = 0.0
    return Register(
        links=links_of(table.index, links),
        group=tuple(table["group"]),
        function=tuple(None if pd.isna(f) else str(f) for f in table["function"]),
        kind=tuple(table["kind"].astype(str)),
        incentive=table["incentive"].fillna(0.0).to_numpy(float),
        direction=rewarded_way.to_numpy(float),
        importance=table["importance"].fillna(0.0).to_numpy(float),
        serves=tuple(table["serves"].notna()),
        threshold=threshold,
    )


def directions(metrics: pd.DataFrame, history: pd.DataFrame, as_of: date) -> pd.Series:
    """Return which way each metric is rewarded.

    Parameters
    ----------
    metrics : DataFrame
        Columns metric, direction (up/down/target), target, tolerance (share of the target).
    history : DataFrame
        Columns node, date, value.
    as_of : date
        "Today".

    Returns
    -------
    Series of float
        By metric: +1 up, −1 down, 0 within tolerance of its target, NaN no value yet.

    Notes
    -----
    A target metric is judged by its last value at or before `as_of`: below the target it is
    pushed up, above it down, within ±2 % (or ``tolerance``) of it not at all.
    """
    past = history[(history["date"] <= pd.Timestamp(as_of)) & history["value"].notna()]
    last = past.sort_values("date", kind="stable").groupby("node")["value"].last()
    rows = metrics.set_index("metric")
    fixed = rows["direction"].map({"up": 1.0, "down": -1.0})
    off = last.reindex(rows.index) - rows["target"]
    band = rows["tolerance"].fillna(TOLERANCE) * rows["target"].abs()
    inside = pd.Series(settle(off.abs()) <= settle(band), index=rows.index)
    wanted = pd.Series(-np.sign(off), index=rows.index).mask(inside, 0.0)
    return fixed.where(rows["direction"] != "target", wanted).astype(float)


def _everything(metrics: pd.DataFrame, outcomes: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Metrics, outcomes and nodes as one frame by id; an id in two tables counts once."""
    columns = ["id", "group", "function", "kind", "incentive", "importance", "serves"]
    parts = [
        metrics.assign(id=metrics["metric"], group="metric"),
        outcomes.assign(id=outcomes["outcome"], group="outcome", kind=outcomes["beneficiary"]),
        nodes.assign(id=nodes["node"], group="node"),
    ]
    rows = pd.concat([part.reindex(columns=columns).astype(object) for part in parts])
    table = rows.drop_duplicates("id").set_index("id").sort_index()
    numbers = ["incentive", "importance"]
    return table.assign(**{name: pd.to_numeric(table[name]) for name in numbers})
