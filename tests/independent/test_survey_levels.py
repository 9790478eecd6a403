"""What each group's answers say of the level, computed again person by person.

Oracle: METHOD, "Experienced level and survey levels": means of answered items of at least half,
employees within function first, an unweighted mean over the dimensions that have items.
"""

from __future__ import annotations

from typing import Any

from lodestar.engagement.model import Engagement
from tests.independent import plain
from tests.independent.answers import Person, level_items, level_of, people
from tests.independent.plain import close, mean


def dimension_level(
    engagement: Engagement, persons: list[Person], dimension: str, group: str
) -> tuple[float | None, int]:
    """Return a group's level on a dimension and the persons behind it."""
    items = level_items(engagement, dimension, group)
    rated = [(p.function, x) for p in persons if (x := level_of(p, items)) is not None]
    if not rated:
        return None, 0
    if group != "employee":
        return mean(x for _, x in rated), len(rated)
    weights = plain.function_weights(engagement)
    means = {
        f: mean(x for g, x in rated if g == f) if any(g == f for g, _ in rated) else None
        for f in weights
    }
    return plain.renormalised(weights, means), len(rated)


def check(engagement: Engagement, group: str, shown: dict[str, Any]) -> None:
    persons = [p for p in people(engagement) if p.group == group]
    levels = []
    for row in shown["dimensions"]:
        level, n = dimension_level(engagement, persons, row["dimension"], group)
        assert close(level, row["estimate"]), (group, row)
        assert n == (row["n"] or 0), (group, row)
        if level is not None:
            levels.append(level)
    assert close(mean(levels), shown["estimate"]), group


def test_the_experienced_level_is_the_customers_mean(
    demo: Engagement, published: dict[str, Any]
) -> None:
    check(demo, "customer", published["level"]["experienced"])


def test_every_other_group_reads_the_ladder_the_same_way(
    demo: Engagement, published: dict[str, Any]
) -> None:
    shown = published["level"]["groups"]
    assert {row["group"] for row in shown} == {"executive", "manager", "employee", "partner"}
    for row in shown:
        check(demo, row["group"], row)


def test_the_distances_are_differences_of_the_four_levels(published: dict[str, Any]) -> None:
    level = published["level"]
    required, present = level["required"]["estimate"], level["present"]["estimate"]
    experienced, distances = level["experienced"]["estimate"], level["distances"]
    pairs = {
        "chosen_minus_present": level["chosen"] - present,
        "chosen_minus_required": level["chosen"] - required,
        "present_minus_experienced": present - experienced,
        "required_minus_present": required - present,
    }
    assert distances.keys() == pairs.keys()
    assert all(close(value, distances[name]["estimate"]) for name, value in pairs.items())
