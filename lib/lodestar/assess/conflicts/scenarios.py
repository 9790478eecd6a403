"""What a what-if on conflicts is solved from: the map of measures, prices and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lodestar.assess.conflicts.changes import Price, price_of
from lodestar.assess.conflicts.measured import measure
from lodestar.assess.conflicts.register import Register, register_of
from lodestar.assess.conflicts.reviews import reviews_by_pair
from lodestar.assess.conflicts.scenario import Scenario
from lodestar.assess.conflicts.section import solved
from lodestar.engagement.model import Engagement

__all__ = ["Scenarios", "scenarios"]


@dataclass(frozen=True, eq=False)
class Scenarios:
    """The client's own map and registers; nothing in it was said in confidence.

    Parameters
    ----------
    register : Register
        As reviewed, with what history answered; the series themselves are left out.
    price : Price
        Costs of changes, and which are forbidden.
    reviews : mapping
        Verdicts of people by (a, b, kind), ids sorted.
    """

    register: Register
    price: Price
    reviews: Mapping[tuple[str, str, str], Mapping[str, Any]]

    def at(self, scenario: Scenario) -> dict[str, Any]:
        """Return what a scenario changes of the section ``conflicts``."""
        return solved(scenario.of(self.register), self.price, self.reviews)


def scenarios(engagement: Engagement) -> Scenarios:
    """Return what conflicts are solved again from.

    Parameters
    ----------
    engagement : Engagement
        Tables metrics, outcomes, nodes, links, history, repairs, conflict_reviews.
    """
    history, as_of = engagement.table("history"), engagement.period.as_of
    register = measure(register_of(engagement), history, as_of)
    answers = replace(register.tests, series=pd.DataFrame())
    return Scenarios(
        replace(register, tests=answers),
        price_of(engagement.table("repairs")),
        reviews_by_pair(engagement),
    )
