"""Attacks on published figures: each works where nothing is gated, and fails where it is.

Oracles: domain research C, by hand in each test.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.confidentiality import Gate, hide_overlaps
from tests.assess.perspectives.survey import crowd
from tests.confidentiality.attacks.attacker import (
    OPEN,
    by_group,
    exposed_few,
    scales_of,
    solved,
)

SCALE = "D1.level"
LEAST = 5


def answering(n: int, value: float, **who: Any) -> list[dict[str, Any]]:
    """Return n persons who all score the same on the first scale."""
    return [{**who, "I01": value, "I02": 6 - value} for _ in range(n)]


def difference_of_means(published: dict[str, Any]) -> float | None:
    """Return the mean of the employees beside sales, by total less part."""
    if not {"employee", "employee:sales"} <= set(published):
        return None
    whole, part = published["employee"], published["employee:sales"]
    return float((whole["n"] * whole["mean"] - part["n"] * part["mean"]) / (whole["n"] - part["n"]))


def test_differencing_of_means() -> None:
    """Oracle: all 13 at 3.60 and 9 at 3.90 leave four people at (46.8 − 35.1) / 4 = 2.925."""
    scores = [3.5] * 4 + [4.0] * 1 + [4.0] * 3 + [5.1] + [2.925] * 4
    people = [
        {"group": "employee", "function": "sales" if i < 9 else "service", "I01": s, "I02": 6 - s}
        for i, s in enumerate(scores)
    ]
    assert np.mean(scores) == pytest.approx(3.6)
    assert np.mean(scores[:9]) == pytest.approx(3.9)
    without = by_group(scales_of(people, OPEN), SCALE)
    assert difference_of_means(without) == pytest.approx(2.925)
    assert set(by_group(scales_of(people), SCALE)) == {"employee"}


def test_rounding_is_no_protection() -> None:
    """Oracle: 13 at 3.4 and 9 at 4.0, of one decimal, leave 2.05 for the four who said 2."""
    people = answering(9, 4, group="employee", function="sales")
    people += answering(4, 2, group="employee", function="service")
    without = by_group(scales_of(people, OPEN), SCALE)
    whole, part = (round(without[g]["mean"], 1) for g in ("employee", "employee:sales"))
    assert (13 * whole - 9 * part) / 4 == pytest.approx(2, abs=0.2)
    assert set(by_group(scales_of(people), SCALE)) == {"employee"}


TABLE = np.array([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
"""Rows I, II, III; the cell II-C is to be hidden."""


def _cells() -> tuple[np.ndarray, np.ndarray]:
    """Return inner cells, totals of rows and of columns by person, and whether each is II-C."""
    person = np.repeat(np.arange(9), TABLE.ravel())
    rows = [person == cell for cell in range(9)]
    rows += [person // 3 == row for row in range(3)]
    rows += [person % 3 == column for column in range(3)]
    return np.array(rows), np.arange(15) == 5


def test_the_table() -> None:
    """Oracle: 49 − 19 − 8 = 22; hiding a rectangle such as II-A, II-C, III-A, III-C stops it."""
    cells, secret = _cells()
    counts = cells.sum(axis=1)
    assert counts[9:].tolist() == [80, 49, 61, 45, 101, 44]
    alone = ~secret
    assert solved(cells[alone], counts[alone], cells[5]) == pytest.approx(22)
    kept = hide_overlaps(cells, alone, LEAST, secret)
    assert solved(cells[kept], counts[kept], cells[5]) is None
    assert (~kept).sum() <= 4


def test_homogeneity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oracle: five people with mean 5.00 on 1–5: everybody's answer is known."""
    people = answering(5, 5, group="partner") + crowd(9, 3, 1, group="customer")
    with monkeypatch.context() as patched:
        patched.setattr(Gate, "extreme", lambda *shares: None)
        without = by_group(scales_of(people), SCALE)["partner"]
    assert (without["n"], without["mean"]) == (5, 5.0)
    rows = {r["group"]: r for r in scales_of(people) if r["scale"] == SCALE}
    assert rows["partner"]["coarsened"] == "high end"
    assert {k: v for k, v in rows["partner"].items() if isinstance(v, (int, float))} == {
        "suppressed": True
    }
    assert rows["customer"]["n"] == 9


def test_one_extreme_group_beside_a_small_one() -> None:
    """Oracle: told that sales' 9 all gave 5, the total of 12 gives the 3 of service away."""
    people = answering(9, 5, group="employee", function="sales")
    people += answering(3, 2, group="employee", function="service")
    whole = by_group(scales_of(people), SCALE)["employee"]
    assert (12 * whole["mean"] - 9 * 5) / 3 == pytest.approx(2)
    rows = [r for r in scales_of(people) if r["scale"] == SCALE]
    assert not [r for r in rows if r["group"] == "employee:sales" and "coarsened" in r]


def overlapping() -> list[dict[str, Any]]:
    """Return employees in whom two of sales are the only juniors outside service."""
    people = crowd(8, 3, 1, group="employee", function="sales", seniority="senior")
    people += crowd(2, 2, 2, group="employee", function="sales", seniority="junior")
    people += crowd(9, 4, 3, group="employee", function="service", seniority="junior")
    return people


def test_overlapping_cuts_of_function_and_seniority() -> None:
    """Oracle: juniors less service are two people, though 8, 9, 10 and 11 stand in each group."""
    people = overlapping()
    without = scales_of(people, OPEN)
    assert (8, 9) in exposed_few(people, without, SCALE, LEAST)
    assert exposed_few(people, scales_of(people), SCALE, LEAST) == set()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 6), min_size=12, max_size=12))
def test_overlapping_cuts_of_group_function_and_seniority(sizes: list[int]) -> None:
    """Oracle: the outsider's equations for every few persons who can be told apart."""
    kinds = [
        {"group": "employee", "function": f, "seniority": s}
        for f in ("sales", "service", None)
        for s in ("junior", "senior", None)
    ]
    kinds += [{"group": "manager", "seniority": s} for s in ("junior", "senior")]
    kinds += [{"group": "customer"}]
    people = [
        {**kind, "I01": 1.0 + place % 5, "I02": 3.0}
        for kind, n in zip(kinds, sizes, strict=True)
        for place in range(n)
    ]
    assert exposed_few(people, scales_of(people), SCALE, LEAST) == set()


def test_no_hidden_entry_keeps_a_number_whose_digits_would_tell() -> None:
    """Oracle: a mean of 2.8333 has six in its denominator: three people with two answers each."""
    for row in scales_of(overlapping()):
        if row["suppressed"]:
            told = {k for k, v in row.items() if isinstance(v, (int, float)) and v is not True}
            assert told == set()
