"""Agreement and reliability within groups of the demo client, computed again in plain loops.

Oracle: METHOD, "Perspectives": rwg(J) with ddof-1 variances against 2.0, ICC(1) and ICC(2) over
functions from a one-way analysis of variance with k = N/G, alpha on complete cases. Where a group
mixes audiences, the items are those meant for everybody in it.
"""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.engagement.model import Engagement
from tests.independent.answers import Person, people
from tests.independent.plain import close, mean
from tests.independent.test_scales_and_gaps import items_of, members, person_means


def variance(values: list[float]) -> float:
    centre = mean(values)
    return sum((x - centre) ** 2 for x in values) / (len(values) - 1)


def rwg_j(columns: list[list[float]]) -> float:
    """Return James, Demaree and Wolf's within-group agreement against a flat null."""
    j, ratio = len(columns), mean(variance(column) for column in columns) / 2.0
    return 0.0 if ratio >= 1 else j * (1 - ratio) / (j * (1 - ratio) + ratio)


def alpha(rows: list[list[float]]) -> float:
    """Return Cronbach's alpha of complete rows."""
    k = len(rows[0])
    parts = sum(variance([row[i] for row in rows]) for i in range(k))
    return k / (k - 1) * (1 - parts / variance([sum(row) for row in rows]))


def icc(groups: list[list[float]]) -> tuple[float, float]:
    """Return ICC(1) and ICC(2) of a one-way analysis of variance with the mean group size."""
    every = [x for group in groups for x in group]
    n, g, centre = len(every), len(groups), mean(every)
    between = sum(len(group) * (mean(group) - centre) ** 2 for group in groups) / (g - 1)
    within = sum((x - mean(group)) ** 2 for group in groups for x in group) / (n - g)
    k = n / g
    return (between - within) / (between + (k - 1) * within), (between - within) / between


@pytest.fixture(scope="module")
def persons(demo: Engagement) -> list[Person]:
    return people(demo)


@pytest.fixture(scope="module")
def scales(published: dict[str, Any]) -> list[dict[str, Any]]:
    return published["perspectives"]["scales"]


def answered(
    demo: Engagement, persons: list[Person], row: dict[str, Any]
) -> tuple[list[Person], list[list[float | None]]]:
    """Return the counted persons and their answers to the items meant for all of them."""
    inside = [p for p in members(persons, row["group"]) if person_means(demo, [p], row["scale"])]
    common = [i for i in items_of(demo, row["scale"]) if all(p.group in i.audience for p in inside)]
    return inside, [[p.turned(item) for item in common] for p in inside]


def test_rwg(demo: Engagement, persons: list[Person], scales: list[dict[str, Any]]) -> None:
    for row in scales:
        _, rows = answered(demo, persons, row)
        columns = [[x for x in column if x is not None] for column in zip(*rows, strict=True)]
        assert close(rwg_j(columns), row["rwg"]), row


def test_alpha(demo: Engagement, persons: list[Person], scales: list[dict[str, Any]]) -> None:
    seen = 0
    for row in scales:
        if row["alpha"] is not None:
            _, rows = answered(demo, persons, row)
            complete = [[x for x in r if x is not None] for r in rows if None not in r]
            assert close(alpha(complete), row["alpha"]), row
            seen += 1
    assert seen > 100


def test_icc(demo: Engagement, persons: list[Person], scales: list[dict[str, Any]]) -> None:
    seen = 0
    for row in scales:
        if row["icc1"] is None:
            continue
        by: dict[str, list[float]] = {}
        for person in members(persons, row["group"]):
            if person.function:
                value = person_means(demo, [person], row["scale"])
                by.setdefault(person.function, []).extend(value)
        one, two = icc([group for group in by.values() if group])
        assert close(one, row["icc1"]), row
        assert close(two, row["icc2"], 1e-5), row
        seen += 1
    assert seen > 50


def test_no_icc_inside_one_function(scales: list[dict[str, Any]]) -> None:
    inside = [row for row in scales if row["group"].startswith("employee:")]
    assert inside
    assert all(row["icc1"] is None and row["icc1_reason"] for row in inside)
