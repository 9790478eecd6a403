"""The binary programme of a repair: a column a change, a row a need and a row a metric."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, gcd, lcm

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from lodestar.assess.conflicts.changes import Change
from lodestar.assess.conflicts.needs import Need
from lodestar.stats.quiet import quiet

__all__ = ["Found", "Programme", "minimum", "programme"]

NODES = 200_000
"""Most nodes of one branch-and-bound search; a count, not a time, so that runs agree."""

INFEASIBLE = 2
"""Status of scipy's solver."""

DECIMALS = 6
"""Costs are told apart to so many decimals."""

LARGEST = 2**36
"""Above so many units in all, differences of ties are lost in rounding."""


@dataclass(frozen=True, eq=False)
class Found:
    """What the solver says.

    Parameters
    ----------
    chosen : ndarray of bool or None
        The columns chosen; None where no choice was found.
    proven : bool
        The choice is best.
    bound : float
        No choice has a smaller objective.
    infeasible : bool
        There is no choice.
    """

    chosen: np.ndarray | None
    proven: bool
    bound: float
    infeasible: bool


@dataclass(frozen=True, eq=False)
class Programme:
    """table · x ≥ least for binary x: options, then one slack a need that could be left.

    Parameters
    ----------
    options : tuple of Change
        Sorted; the first columns.
    price : ndarray
        What each option costs.
    unit : float
        Cost of one unit of `cost`.
    cost : ndarray
        Whole units each column costs; 0 for slack.
    table : csr_array, (rows, columns)
        What each column gives to each row: the needs, then one row a metric with several options.
    least : ndarray
        What each row needs.
    needs : tuple of Need
        Of the first rows.
    hopeless : tuple of Need
        Needs that all allowed changes together do not meet; they have no row.
    slacks : tuple of Need
        The need each column beyond the options leaves.
    """

    options: tuple[Change, ...]
    price: np.ndarray
    unit: float
    cost: np.ndarray
    table: sparse.csr_array
    least: np.ndarray
    needs: tuple[Need, ...]
    hopeless: tuple[Need, ...]
    slacks: tuple[Need, ...] = ()

    @property
    def fine(self) -> bool:
        """Tell whether less than a unit still counts beside the cost of everything."""
        return int(self.cost.sum()) * len(self.cost) < LARGEST

    @property
    def slack(self) -> np.ndarray:
        """Return 1 for each column that leaves a need, 0 for options."""
        return np.repeat([0, 1], [len(self.options), len(self.slacks)])

    def changes(self, chosen: np.ndarray) -> tuple[Change, ...]:
        """Return the options among chosen columns."""
        places = np.flatnonzero(chosen[: len(self.options)])
        return tuple(self.options[place] for place in places)

    def left(self, chosen: np.ndarray) -> tuple[Need, ...]:
        """Return the needs that a choice leaves."""
        places = np.flatnonzero(chosen[len(self.options) :])
        return (*self.hopeless, *(self.slacks[place] for place in places))

    def solve(self, objective: np.ndarray) -> Found:
        """Return a choice with the least objective."""
        return minimum(objective, self.table, self.least)

    def relaxed(self) -> Programme:
        """Return the programme in which needs that were there from the start may be left."""
        rows = [row for row, need in enumerate(self.needs) if need.from_the_start]
        gain = [float(self.needs[row].need) for row in rows]
        shape = (self.table.shape[0], len(rows))
        extra = sparse.csr_array((gain, (rows, np.arange(len(rows)))), shape=shape)
        return replace(
            self,
            table=sparse.csr_array(sparse.hstack([self.table, extra])),
            cost=np.concatenate([self.cost, np.zeros(len(rows), dtype=self.cost.dtype)]),
            slacks=tuple(self.needs[row] for row in rows),
        )

    def held(self, objective: np.ndarray, most: int) -> Programme:
        """Return the programme in which a whole-numbered objective may not exceed a value."""
        row = sparse.csr_array(-objective[None, :].astype(float))
        return replace(
            self,
            table=sparse.csr_array(sparse.vstack([self.table, row])),
            least=np.append(self.least, -float(most)),
        )


def minimum(objective: np.ndarray, table: sparse.csr_array, least: np.ndarray) -> Found:
    """Return the binary x with table · x ≥ least and the least objective, to gap 0."""
    with quiet():
        for presolve in (True, False):  # now and then rounding makes it give up with presolve
            found = milp(
                objective.astype(float),
                constraints=LinearConstraint(table, lb=least),
                integrality=np.ones(len(objective)),
                bounds=Bounds(0, 1),
                options={"mip_rel_gap": 0, "node_limit": NODES, "presolve": presolve},
            )
            if found.x is not None or found.status == INFEASIBLE:
                break
    return Found(
        None if found.x is None else np.round(found.x) > 0,
        found.status == 0,
        0.0 if found.mip_dual_bound is None else float(ceil(found.mip_dual_bound - 1e-6)),
        found.status == INFEASIBLE,
    )


def programme(needs: Sequence[Need], costs: Mapping[Change, float]) -> Programme:
    """Return the programme of needs and allowed changes with their costs.

    Parameters
    ----------
    needs : sequence of Need
        What to clear, and what not to open.
    costs : mapping of Change to float
        Every allowed change with its cost, 0 or more.
    """
    options = tuple(sorted(costs))
    price = np.array([costs[option] for option in options], dtype=float)
    within = [need for need in needs if not _hopeless(need, costs)]
    exact = [Fraction(str(round(value, DECIMALS))) for value in price.tolist()]
    unit = _unit(exact)
    needed, least = _needed(within, {option: i for i, option in enumerate(options)})
    single = _one_a_metric(options)
    return Programme(
        options=options,
        price=price,
        unit=float(unit),
        cost=np.array([int(value / unit) for value in exact], dtype=np.int64),
        table=sparse.csr_array(sparse.vstack([needed, single])),
        least=np.concatenate([least, np.full(single.shape[0], -1.0)]),
        needs=tuple(within),
        hopeless=tuple(need for need in needs if _hopeless(need, costs)),
    )


def _hopeless(need: Need, costs: Mapping[Change, float]) -> bool:
    """Tell whether the best allowed change of every metric together does not meet a need."""
    best: dict[str, int] = {}
    for change, gain in need.gains.items():
        if change in costs:
            best[change.metric] = max(gain, best.get(change.metric, 0))
    return need.from_the_start and sum(best.values()) < need.need


def _unit(costs: Sequence[Fraction]) -> Fraction:
    """The largest amount of which every cost is a whole multiple."""
    below = lcm(*(cost.denominator for cost in costs))
    above = gcd(*(int(cost * below) for cost in costs))
    return Fraction(above or 1, below)


def _needed(
    needs: Iterable[Need], place: Mapping[Change, int]
) -> tuple[sparse.csr_array, np.ndarray]:
    """A row a need: what each option gives to it, less what the needy changes take away."""
    rows: list[int] = []
    columns: list[int] = []
    gains: list[float] = []
    least: list[float] = []
    for row, need in enumerate(needs):
        given = dict.fromkeys(need.given, -need.need) | dict.fromkeys(need.kept, -1)
        gain = {change: min(g, need.need) for change, g in need.gains.items() if change in place}
        entries = gain | given
        rows += [row] * len(entries)
        columns += [place[change] for change in entries]
        gains += entries.values()
        least.append(need.need - need.need * len(need.given) - len(need.kept))
    shape = (len(least), len(place))
    return sparse.csr_array((gains, (rows, columns)), shape=shape), np.array(least, dtype=float)


def _one_a_metric(options: Sequence[Change]) -> sparse.csr_array:
    """A row for each metric with several options: minus one for each."""
    _, metric, several = np.unique(
        [option.metric for option in options], return_inverse=True, return_counts=True
    )
    columns = np.flatnonzero(several[metric] > 1) if len(options) else np.zeros(0, dtype=int)
    _, rows = np.unique(metric[columns], return_inverse=True)
    ones = (-np.ones(len(columns)), (rows, columns))
    return sparse.csr_array(ones, shape=(int((several > 1).sum()), len(options)))
