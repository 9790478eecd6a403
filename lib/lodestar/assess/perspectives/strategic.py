"""Consensus as results hold it: within groups, between groups, and the map of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lodestar.assess.perspectives.between import pair_consensus
from lodestar.assess.perspectives.cells import NO_SURVEY
from lodestar.assess.perspectives.consensus import Persons, group_consensus
from lodestar.assess.perspectives.groups import Group, pairs
from lodestar.assess.perspectives.places import group_map
from lodestar.assess.plain import listing, shown_records
from lodestar.confidentiality import Gate

__all__ = ["strategic_consensus"]

NO_GROUPS = "No group is shown on three subjects or more; an order of fewer says nothing."
NO_PAIRS = "No two groups of one kind answered on the same three subjects or more."
WHY = {
    "consensus": "Nobody's answers order the subjects: everybody gives every subject the same.",
    "p": "There is no consensus to test.",
}
WHY_APART = {
    "r": "Too few of a group answered on all of these subjects.",
    "p_r": "There is no correlation to test.",
}


def strategic_consensus(
    persons: Persons, cells: pd.DataFrame, found: Sequence[Group], gate: Gate, seed: int
) -> dict[str, Any]:
    """Return ``groups`` (consensus within), ``pairs`` (between) and ``map``.

    Parameters
    ----------
    persons, cells, found, gate, seed
        As for ``group_consensus``.
    """
    within = group_consensus(persons, cells, found, gate, seed)
    between = pair_consensus(persons, cells, within, pairs(found), seed)
    return {
        **listing("groups", shown_records(within, WHY), NO_GROUPS if len(cells) else NO_SURVEY),
        **listing(
            "pairs", shown_records(between, WHY_APART), NO_PAIRS if len(cells) else NO_SURVEY
        ),
        "map": group_map(cells),
    }
