"""Camps as published: who is in each is found again, so that their means enter the system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lodestar.assess.perspectives.camps import employee_camps
from lodestar.assess.perspectives.groups import groups
from lodestar.audit.model import Cell
from lodestar.audit.sets import STEPS, Sets
from lodestar.confidentiality import Gate

__all__ = ["camp_cells"]


def camp_cells(results: Mapping[str, Any], sets: Sets) -> Iterator[Cell]:
    """Yield the mean of every camp on every subject.

    Parameters
    ----------
    results : mapping
        results.json of a run.
    sets : Sets
        The period's persons.
    """
    rows = results.get("perspectives", {}).get("camps", {}).get("subjects", [])
    settings = sets.people.engagement.settings
    if not rows:
        return
    found = groups(sets.people.respondents)
    split = employee_camps(sets.people.scales, found, Gate.of(settings), settings.seed)
    if split is None:
        return
    for place, row in enumerate(rows):
        members, at = split.camp == row["camp"] - 1, f"/perspectives/camps/subjects/{place}"
        name, values = f"camp {row['camp']}", sets.scale(row["scale"])
        yield sets.cell(row["scale"], name, at, values, members, STEPS, row.get("mean"))
