"""The five changes that can ease a conflict: what each does to the register, and its cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from lodestar.assess.conflicts.register import Register

__all__ = ["COSTS", "HALVE", "OWNED", "Change", "Price", "apply", "price_of"]

COSTS: dict[str, float] = {
    "re-weight": 1.0,
    "share": 2.0,
    "guardrail": 2.0,
    "assign-owner": 1.0,
    "replace": 3.0,
}
"""Default costs, in units of effort; the table ``repairs`` overrides them."""

WEAKENING = ("re-weight", "replace")

HALVE = 0.5
"""What a re-weighted metric keeps of its incentive."""

OWNED = 0.1
"""Incentive that a metric gets with its owner."""


@dataclass(frozen=True, order=True)
class Change:
    """One change to one metric.

    Parameters
    ----------
    metric : str
        The metric that changes.
    change : str
        ``re-weight`` halves its incentive; ``replace`` moves its incentive to a measure without its
        effects; ``share`` lets another function answer for it too; ``guardrail`` pays for it only
        while what it harms holds; ``assign-owner`` gives an unpaid metric an owner and an incentive
        of 0.1.
    target : str
        The function it is shared with; else empty.
    """

    metric: str
    change: str
    target: str = ""


@dataclass(frozen=True)
class Price:
    """What changes cost, and which may and may not be made, by (metric, change)."""

    costs: Mapping[tuple[str, str], float] = field(default_factory=dict)
    forbidden: frozenset[tuple[str, str]] = frozenset()
    permitted: frozenset[tuple[str, str]] = frozenset()

    def of(self, change: Change) -> float:
        """Return the cost of a change."""
        return self.costs.get((change.metric, change.change), COSTS[change.change])

    def allows(self, register: Register, change: Change) -> bool:
        """Tell whether a change may be made.

        Notes
        -----
        Pay for a customer measure is weakened only where the client permits it in so many words:
        a conflict is not mended by paying less for what the customer feels.
        """
        pair = (change.metric, change.change)
        weakens = change.change in WEAKENING
        if weakens and register.kind[register.at(change.metric)] == "customer":
            return pair in self.permitted
        return pair not in self.forbidden


def price_of(repairs: pd.DataFrame) -> Price:
    """Return costs and forbidden changes of a typed ``repairs`` table."""
    pairs = list(zip(repairs["metric"], repairs["change"], strict=True))
    costs = {
        pair: float(cost)
        for pair, cost in zip(pairs, repairs["cost"], strict=True)
        if not pd.isna(cost)
    }
    said = list(zip(pairs, repairs["allowed"], strict=True))
    return Price(
        costs,
        forbidden=frozenset(pair for pair, allowed in said if allowed == "no"),
        permitted=frozenset(pair for pair, allowed in said if allowed == "yes"),
    )


def apply(register: Register, changes: Iterable[Change]) -> Register:
    """Return the register after changes.

    Parameters
    ----------
    register : Register
        As it stands.
    changes : iterable of Change
        At most one a metric.
    """
    made = list(changes)
    incentive = {c.metric: float(register.incentive[register.at(c.metric)]) for c in made}
    paid = {
        "re-weight": lambda metric: HALVE * incentive[metric],
        "replace": lambda metric: 0.0,
        "assign-owner": lambda metric: OWNED,
    }
    changed = register.with_incentives(
        {c.metric: paid[c.change](c.metric) for c in made if c.change in paid}
    )
    return replace(
        changed,
        shared=changed.shared | {(c.metric, c.target) for c in made if c.change == "share"},
        guarded=changed.guarded | {c.metric for c in made if c.change == "guardrail"},
    )
