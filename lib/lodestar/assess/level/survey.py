"""Levels from survey answers: what a stakeholder group says, dimension by dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lodestar.confidentiality import Gate
from lodestar.engagement.model import Engagement
from lodestar.framework.model import Framework, Item

__all__ = ["NEVER", "GroupAnswers", "group_answers", "item_level", "level_items", "own_map"]

NEVER = ("importance5", "know5", "nps")
"""Kinds of item that enter no level, whatever they map to."""


@dataclass(frozen=True)
class GroupAnswers:
    """Persons of one group with a level in each dimension.

    ``levels``: persons (sorted by id) × dimensions that have items, NaN where fewer than half of
    the items were answered; ``strata``: each person's function, or one stratum for all;
    ``unplaced``: employees without a function who answered, by dimension.
    """

    group: str
    levels: pd.DataFrame
    strata: pd.Series
    items: dict[str, int]
    left_out: int
    unplaced: pd.Series


def level_items(framework: Framework, group: str) -> tuple[Item, ...]:
    """Return the items that enter a group's level: mapped, of a dimension, meant for the group."""
    return tuple(
        item
        for item in framework.items
        if item.to_level is not None
        and item.dimension is not None
        and item.kind not in NEVER
        and (not item.audience or group in item.audience)
    )


def item_level(item: Item, values: np.ndarray) -> np.ndarray:
    """Return answers as levels.

    Parameters
    ----------
    item : Item
        With ``to_level``; a reverse item is turned (6 − answer) first.
    values : numpy.ndarray
        Answers 1-5.

    Returns
    -------
    numpy.ndarray
        Levels, linear between the points of ``to_level``.

    Examples
    --------
    >>> item = Item("I", "agree5", {}, to_level={1: 1.0, 5: 3.0}, reverse=True)
    >>> item_level(item, np.array([1.0, 3.0])).tolist()
    [3.0, 2.0]
    """
    points = sorted((item.to_level or {}).items())
    turned = 6 - values if item.reverse else values
    return np.interp(turned, [a for a, _ in points], [level for _, level in points])


def group_answers(engagement: Engagement, group: str) -> GroupAnswers:
    """Return the levels of each person of a group.

    Parameters
    ----------
    engagement : Engagement
        Its ``respondents``, ``responses`` and items are used.
    group : str
        A stakeholder group, e.g. ``customer``.

    Returns
    -------
    GroupAnswers
        Respondent × dimension = mean of answered items where at least half were answered.
        Employees are placed by function; those without one are left out and counted.
    """
    gate = Gate.of(engagement.settings)
    respondents = gate.open(engagement.confidential("respondents"))
    people = respondents[respondents["group"] == group].set_index("respondent")["function"]
    placed = people.dropna() if group == "employee" else people
    items = level_items(engagement.framework, group)
    levels = _person_dimension(engagement, items, placed.index)
    strata = placed.reindex(levels.index) if group == "employee" else None
    return GroupAnswers(
        group=group,
        levels=levels,
        strata=pd.Series("", index=levels.index) if strata is None else strata,
        items={d: sum(i.dimension == d for i in items) for d in levels.columns},
        left_out=len(people) - len(placed),
        unplaced=_person_dimension(
            engagement, items, people.index.difference(placed.index)
        ).count(),
    )


def own_map(framework: Framework, items: Sequence[Item]) -> bool:
    """Tell whether the client's own framework maps answers of these items to levels.

    Notes
    -----
    The merged framework tells every change in words: ``item <id> added …`` or
    ``item <id> …: to_level …``. Pages then say "satisfaction read as a level".
    """
    changed = [line.split(" ") for line in framework.overrides if line.startswith("item ")]
    mapped = {w[1] for w in changed if w[2] == "added:" or any("to_level" in one for one in w)}
    return any(item.id in mapped for item in items)


def _person_dimension(
    engagement: Engagement, items: Sequence[Item], people: pd.Index
) -> pd.DataFrame:
    """Return persons × dimensions of levels; persons without any are left out."""
    gate = Gate.of(engagement.settings)
    answers = gate.open(engagement.confidential("responses")).dropna(subset=["value"])
    answers = answers.drop_duplicates(["respondent", "item"])
    answers = answers[answers["respondent"].isin(people)]
    levels, values = np.full(len(answers), np.nan), answers["value"].to_numpy()
    for item in items:
        own = (answers["item"] == item.id).to_numpy()
        levels[own] = item_level(item, values[own])
    dimension = answers["item"].map({item.id: item.dimension for item in items})
    placed = pd.Series(levels, index=answers.index).groupby([answers["respondent"], dimension])
    cells = placed.agg(["mean", "size"]).rename_axis(["respondent", "dimension"])
    asked = Counter(item.dimension for item in items)
    needed = np.array([asked[d] for d in cells.index.get_level_values("dimension")], dtype=float)
    kept = cells.loc[2 * cells["size"] >= needed, "mean"]
    order = [d.id for d in engagement.framework.dimensions if d.id in asked]
    return kept.unstack("dimension").reindex(columns=order).sort_index().astype(float)
