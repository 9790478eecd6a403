"""Outcomes nobody is paid to help, work nobody is paid for, measures that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.assess.conflicts.net import SURE, effects
from lodestar.assess.conflicts.register import Register

__all__ = [
    "Duty",
    "Helpers",
    "broken_promises",
    "helpers",
    "live_promises",
    "orphans",
    "unrewarded_duties",
    "untraceable",
]


@dataclass(frozen=True)
class Duty:
    """A metric that helps an outcome without being paid for it.

    ``effect`` is d·net, ``orphan`` tells whether no rewarded metric helps the outcome.
    """

    metric: str
    outcome: str
    effect: float
    determinacy: float
    orphan: bool


@dataclass(frozen=True, eq=False)
class Helpers:
    """Which metrics help which outcomes: d·net ≥ 0.05 with determinacy ≥ 0.5.

    Parameters
    ----------
    metrics, outcomes : tuple of str
        Ids of rows and columns.
    effect, determinacy : ndarray, (metrics, outcomes)
        d·net, 0 where the direction is not known, and determinacy.
    helps : ndarray of bool, (metrics, outcomes)
        Whether the metric helps the outcome so.
    """

    metrics: tuple[str, ...]
    outcomes: tuple[str, ...]
    effect: np.ndarray
    determinacy: np.ndarray
    helps: np.ndarray

    def of(self, outcome: str) -> tuple[str, ...]:
        """Return the metrics that help an outcome."""
        column = self.helps[:, self.outcomes.index(outcome)]
        return tuple(m for m, helps in zip(self.metrics, column, strict=True) if helps)


def helpers(register: Register) -> Helpers:
    """Return which metrics of a register, rewarded or not, help which outcomes."""
    metrics, outcomes = register.places("metric"), register.places("outcome")
    found = effects(register.links, metrics, outcomes)
    direction = register.direction[metrics]
    return Helpers(
        metrics=tuple(register.ids[place] for place in metrics),
        outcomes=tuple(register.ids[place] for place in outcomes),
        effect=np.nan_to_num(direction)[:, None] * found.net,
        determinacy=found.determinacy,
        helps=found.helps(direction),
    )


def orphans(register: Register, found: Helpers | None = None) -> tuple[tuple[str, float], ...]:
    """Return the outcomes that no rewarded metric helps, with their importance, worst first.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.
    found : Helpers, optional
        Already computed helpers of the same links.
    """
    found = found or helpers(register)
    paid = np.array([register.incentive[register.at(m)] > 0 for m in found.metrics], dtype=bool)
    helped = (found.helps & paid[:, None]).any(axis=0)
    alone = [o for o, has in zip(found.outcomes, helped, strict=True) if not has]
    severity = {name: float(register.importance[register.at(name)]) for name in alone}
    return tuple(sorted(severity.items(), key=lambda pair: (-pair[1], pair[0])))


def unrewarded_duties(register: Register) -> tuple[Duty, ...]:
    """Return the metrics without incentive that help an outcome, orphans' helpers first."""
    found = helpers(register)
    alone = {outcome for outcome, _ in orphans(register, found)}
    duties = [
        Duty(
            metric,
            outcome,
            float(found.effect[i, j]),
            float(found.determinacy[i, j]),
            outcome in alone,
        )
        for i, metric in enumerate(found.metrics)
        for j, outcome in enumerate(found.outcomes)
        if found.helps[i, j] and register.incentive[register.at(metric)] <= 0
    ]
    return tuple(sorted(duties, key=lambda d: (not d.orphan, -d.effect, d.metric, d.outcome)))


def untraceable(register: Register) -> tuple[str, ...]:
    """Return the metrics that serve no purpose and lead to no outcome within five links."""
    metrics = register.places("metric")
    reach = register.is_outcome
    step = abs(register.links.matrix) > 0
    leads = np.zeros(len(register.ids), dtype=bool)
    for _ in range(register.links.reach):
        reach = (step @ reach.astype(np.int64)) > 0
        leads |= reach
    return tuple(register.ids[m] for m in metrics if not (register.serves[m] or leads[m]))


def broken_promises(
    register: Register, activities: pd.DataFrame
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return activities that promise an outcome which rewarded metrics lower.

    Parameters
    ----------
    register : Register
        Metrics, outcomes and links.
    activities : DataFrame
        Columns activity, promises (an outcome), status; abandoned ones promise nothing.

    Returns
    -------
    tuple of (activity, outcome, metrics)
        Metrics with d·net < 0 and determinacy ≥ 0.5, the strongest first.
    """
    rows = live_promises(activities).sort_values("activity")[["activity", "promises"]].astype(str)
    lowering = {outcome: _lowering(register, outcome) for outcome in set(rows["promises"])}
    told = ((a, o, lowering[o]) for a, o in rows.itertuples(index=False, name=None))
    return tuple(row for row in told if row[2])


def live_promises(activities: pd.DataFrame) -> pd.DataFrame:
    """Return the activities that promise an outcome and were not abandoned."""
    return activities[activities["promises"].notna() & (activities["status"] != "abandoned")]


def _lowering(register: Register, outcome: str) -> tuple[str, ...]:
    if outcome not in register.links.position:
        return ()
    found = effects(register.links, register.rewarded, [register.at(outcome)])
    pushed = np.nan_to_num(register.direction[found.sources]) * found.sign[:, 0]
    sure = np.nan_to_num(found.determinacy[:, 0]) >= SURE
    rows = [int(row) for row in np.flatnonzero((pushed < 0) & sure)]
    rows.sort(key=lambda row: (-abs(found.net[row, 0]), register.ids[found.sources[row]]))
    return tuple(register.ids[found.sources[row]] for row in rows)
