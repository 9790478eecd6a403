"""Scales, groups and the gaps between them, computed again person by person.

Oracle: METHOD, "Perspectives": groups, scale means, Cliff's delta, Holm's step-down over the
published p; the pairs named so; stated clarity and recall.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from lodestar.framework.model import Item
from tests.independent.answers import FAMILIES, Person, people
from tests.independent.plain import close, mean, records, settle


def members(persons: list[Person], group: str) -> list[Person]:
    """Return the persons of a stakeholder group, a function or a seniority; several joined by +."""
    if "+" in group:
        return [p for part in group.split("+") for p in members(persons, part)]
    kind, _, value = group.partition(":")
    if kind == "seniority":
        return [p for p in persons if p.seniority == value]
    return [p for p in persons if p.group == kind and value in ("", p.function)]


def items_of(engagement: Engagement, scale: str) -> list[Item]:
    dimension, family = scale.split(".")
    return [
        item
        for item in engagement.framework.items
        if item.dimension == dimension and FAMILIES.get(item.kind) == family
    ]


def person_means(engagement: Engagement, persons: list[Person], scale: str) -> list[float]:
    """Return each person's mean over at least half of the items meant for their group."""
    items = items_of(engagement, scale)
    means = [p.average([i for i in items if p.group in i.audience]) for p in persons]
    return [x for x in means if x is not None]


def delta(a: list[float], b: list[float]) -> float:
    """Return P(a > b) - P(a < b) by comparing everybody with everybody."""
    above = sum(x > y for x in a for y in b)
    below = sum(x < y for x in a for y in b)
    return (above - below) / (len(a) * len(b))


def step_down(p: list[float]) -> list[float]:
    order = sorted(range(len(p)), key=lambda i: p[i])
    q, highest = [0.0] * len(p), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, p[i] * (len(p) - rank)))
        q[i] = highest
    return q


@pytest.fixture(scope="module")
def persons(demo: Engagement) -> list[Person]:
    return people(demo)


@pytest.fixture(scope="module")
def shown(published: dict[str, Any]) -> dict[str, Any]:
    return published["perspectives"]


@pytest.fixture(scope="module")
def rated(
    demo: Engagement, persons: list[Person], shown: dict[str, Any]
) -> dict[tuple[str, str], list[float]]:
    """Return persons' means by scale and group."""
    keys = [(row["scale"], row["group"]) for row in shown["scales"]]
    return {
        (scale, group): [settle(x) for x in person_means(demo, members(persons, group), scale)]
        for scale, group in keys
    }


def test_means_and_counts(rated: dict[tuple[str, str], list[float]], shown: dict[str, Any]) -> None:
    assert len(shown["scales"]) > 200
    for row in shown["scales"]:
        values = rated[row["scale"], row["group"]]
        assert row["n"] == len(values), row
        assert close(mean(values), row["mean"]), row


def test_every_scale_with_enough_persons_is_published(
    demo: Engagement, persons: list[Person], shown: dict[str, Any]
) -> None:
    seniorities = {f"seniority:{p.seniority}" for p in persons if p.seniority}
    groups = {p.group for p in persons} | {f"employee:{f.id}" for f in demo.settings.functions}
    scales = {
        f"{item.dimension}.{FAMILIES[item.kind]}"
        for item in demo.framework.items
        if item.kind in FAMILIES and item.dimension
    }
    expected = {
        (scale, group)
        for scale in scales
        for group in groups | seniorities
        if person_means(demo, members(persons, group), scale)
    }
    assert {(row["scale"], row["group"]) for row in shown["scales"]} == expected


def test_cliffs_delta_of_every_gap(
    rated: dict[tuple[str, str], list[float]], shown: dict[str, Any]
) -> None:
    for row in shown["gaps"]:
        assert row["group_a"] < row["group_b"]
        a, b = (rated[row["scale"], row[side]] for side in ("group_a", "group_b"))
        assert close(delta(a, b), row["delta"]), row


def test_holm_over_every_published_p(shown: dict[str, Any]) -> None:
    p = [row["p"] for row in shown["gaps"]]
    for row, q in zip(shown["gaps"], step_down(p), strict=True):
        assert close(q, row["q"], 1e-4), row
        assert close(row["p"] * 10_001, round(row["p"] * 10_001), 0.01)


@pytest.mark.parametrize(
    ("table", "first", "second"),
    [("importance_performance", "importance", "performance"), ("know_do", "know", "do")],
)
def test_pairs_of_statements_are_differences_of_their_scales(
    rated: dict[tuple[str, str], list[float]],
    shown: dict[str, Any],
    table: str,
    first: str,
    second: str,
) -> None:
    for row in shown[table]:
        one, other = (
            mean(rated[f"{row['dimension']}.{family}", row["group"]]) for family in (first, second)
        )
        assert close(one, row[first]), row
        assert close(other, row[second]), row
        assert close(one - other, row["gap"]), row


def test_recall_beside_stated_clarity(
    demo: Engagement, persons: list[Person], shown: dict[str, Any]
) -> None:
    official = {row["id"] for row in records(demo, "priorities")}
    named: dict[str, set[str]] = {}
    for row in records(demo, "recall"):
        named.setdefault(row["respondent"], set()).add(row["priority"])
    for row in shown["priorities"]:
        asked = [p for p in members(persons, row["group"]) if p.id in named]
        rate = mean(len(named[p.id] & official) / len(official) for p in asked)
        assert close(rate, row["hit_rate"]), row
        assert row["n_hit_rate"] == len(asked)
        clarity = [i for i in demo.framework.items if i.role == "clarity"]
        said = [
            x
            for p in members(persons, row["group"])
            if (x := p.average([i for i in clarity if p.group in i.audience])) is not None
        ]
        assert row["n_stated"] == len(said)
        assert close(mean(x >= 4 for x in said), row["stated"]), row
