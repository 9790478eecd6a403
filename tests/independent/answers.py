"""Survey answers as plain dictionaries: who was asked, what they said, reverse items turned."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lodestar.engagement.model import Engagement
from lodestar.framework.model import Item
from tests.independent.plain import mean, missing, records

FAMILIES = {
    "anchored5": "level",
    "agree5": "level",
    "frequency5": "level",
    "importance5": "importance",
    "performance5": "performance",
    "know5": "know",
    "do5": "do",
}


@dataclass(frozen=True)
class Person:
    """A respondent and their raw answers by item."""

    id: str
    group: str
    function: str | None
    seniority: str | None
    answers: dict[str, float]
    row: dict[str, Any]

    def turned(self, item: Item) -> float | None:
        """Return the answer with a reverse item turned."""
        value = self.answers.get(item.id)
        if value is None:
            return None
        return 6 - value if item.reverse else value

    def average(self, items: list[Item]) -> float | None:
        """Return the mean of the answered items, None below half of them."""
        said = [value for item in items if (value := self.turned(item)) is not None]
        return mean(said) if items and said and 2 * len(said) >= len(items) else None


def people(engagement: Engagement) -> list[Person]:
    said: dict[str, dict[str, float]] = {}
    for row in records(engagement, "responses"):
        if not missing(row["value"]):
            said.setdefault(row["respondent"], {})[row["item"]] = row["value"]
    return [
        Person(
            row["respondent"],
            row["group"],
            row["function"],
            row["seniority"],
            said.get(row["respondent"], {}),
            row,
        )
        for row in records(engagement, "respondents")
    ]


def read_as_level(item: Item, value: float) -> float:
    """Return the level of an answer, linear between the points of `to_level`, ends held."""
    points = sorted((item.to_level or {}).items())
    if value <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return points[-1][1]


def level_items(engagement: Engagement, dimension: str, group: str) -> list[Item]:
    return [
        item
        for item in engagement.framework.items
        if item.dimension == dimension and item.to_level is not None and group in item.audience
    ]


def level_of(person: Person, items: list[Item]) -> float | None:
    """Return a person's level on a dimension: the mean of at least half of its items."""
    said = [
        read_as_level(item, value) for item in items if (value := person.turned(item)) is not None
    ]
    return mean(said) if items and said and 2 * len(said) >= len(items) else None
