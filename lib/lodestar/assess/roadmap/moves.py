"""What planned investments change on the map of measures, one by one and all together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lodestar.assess.conflicts import Register, register_of, total_severity
from lodestar.assess.plain import listing
from lodestar.assess.roadmap.effects import on_map
from lodestar.assess.roadmap.harm import OnMap, on_measures
from lodestar.engagement.model import Engagement

__all__ = ["Moves", "moves_of", "together"]

NO_PLAN = "Nothing is in the plan."
STILL = "The plan moves no outcome."


@dataclass(frozen=True, eq=False)
class Moves:
    """The map as it is, and expected effects on it, from `on_map`."""

    register: Register
    changes: pd.DataFrame


def moves_of(engagement: Engagement, factor: float) -> Moves:
    """Return what investments change on the map; effects on unknown ids are left out.

    Parameters
    ----------
    engagement : Engagement
        Effects, framework and the map are used.
    factor : float
        What past returns make of a stated chance.
    """
    capabilities = frozenset(c.id for c in engagement.framework.capabilities)
    changes = on_map(engagement.table("effects"), capabilities, factor)
    register = register_of(engagement)
    known = np.array([_known(register, str(place)) for place in changes["place"]], dtype=bool)
    return Moves(register, changes.loc[known])


def _known(register: Register, place: str) -> bool:
    return all(end in register.links.position for end in place.split(">"))


def together(moves: Moves, chosen: Collection[str]) -> dict[str, Any]:
    """Return what all chosen investments do to conflicts and outcomes at once.

    Returns
    -------
    dict
        ``severity_before, severity_after`` (total severity of conflicts), ``outcome_change``
        (Σ change · net · importance) and ``outcomes[]: {outcome, change}`` by id.
    """
    before = total_severity(moves.register)
    rows = moves.changes[moves.changes["investment"].isin(chosen)]
    found = on_measures(moves.register, rows.assign(investment=""), [""])[""] if chosen else OnMap()
    moved = [{"outcome": name, "change": change} for name, change in sorted(found.outcomes)]
    return {
        "severity_before": before,
        "severity_after": before + found.severity,
        "outcome_change": found.value,
        **listing("outcomes", moved, STILL if chosen else NO_PLAN),
    }
