"""What follows from published cells. Oracle: every few persons tried by exact elimination."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.audit.model import Cell, Place
from lodestar.audit.system import System

MINIMUM = 3
PERSONS = 9


def one(
    name: str,
    members: list[int],
    shown: bool,
    values: list[float] | None = None,
    minimum: int = MINIMUM,
) -> Cell:
    """Return a cell of these persons; answers differ unless given."""
    said = np.array(values or [1.5 + 0.25 * (p % 8) for p in members])
    return Cell(
        "D1.level",
        name,
        Place("2026-Q4", "results.json", f"/{name}"),
        np.array(members, dtype=np.int64),
        said,
        shown,
        float(said.mean()) if shown else None,
        (1.0, 5.0),
        minimum,
    )


def rank(rows: list[list[int]]) -> int:
    """Return the rank of whole-number rows, exactly."""
    left = [[Fraction(x) for x in row] for row in rows]
    done = 0
    for column in range(PERSONS):
        pivot = next((i for i in range(done, len(left)) if left[i][column]), None)
        if pivot is None:
            continue
        left[done], left[pivot] = left[pivot], left[done]
        for i in range(done + 1, len(left)):
            factor = left[i][column] / left[done][column]
            left[i] = [a - factor * b for a, b in zip(left[i], left[done], strict=True)]
        done += 1
    return done


def gives_few_away(shown: list[list[int]]) -> bool:
    """Tell whether fewer than MINIMUM persons' sum is a combination of the sums shown."""
    rows = [[int(p in members) for p in range(PERSONS)] for members in shown]
    base = rank(rows)
    return any(
        rank([*rows, [int(p in few) for p in range(PERSONS)]]) == base
        for size in range(1, MINIMUM)
        for few in combinations(range(PERSONS), size)
    )


HIERARCHY = st.lists(
    st.tuples(st.lists(st.integers(0, PERSONS - 1), min_size=1, unique=True), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=300)
@given(HIERARCHY)
def test_the_verdict_is_that_of_trying_every_few_persons(
    hierarchy: list[tuple[list[int], bool]],
) -> None:
    cells = [one(f"c{i}", members, shown) for i, (members, shown) in enumerate(hierarchy)]
    found = {leak.kind for leak in System("D1.level", cells).leaks()}
    shown = [members for members, is_shown in hierarchy if is_shown]
    assert ("shown" in found) == any(len(members) < MINIMUM for members in shown)
    large = [members for members in shown if len(members) >= MINIMUM]
    assert ("follows" in found) == gives_few_away(large)


def test_a_homogeneous_cell_must_not_follow_however_large() -> None:
    everybody, ones, rest = list(range(9)), [0, 1, 2, 3], [4, 5, 6, 7, 8]
    said = [1.0] * 4 + [2.0, 3.0, 4.0, 4.5, 2.5]
    cells = [
        one("all", everybody, True, said),
        one("ones", ones, False, said[:4]),
        one("rest", rest, True, said[4:]),
    ]
    (leak,) = System("D1.level", cells).leaks()
    assert (leak.kind, leak.who) == ("follows", "a group of 4")
    assert System("D1.level", cells[:2]).leaks() == []


def test_the_sum_of_three_tables_of_published_work_follows() -> None:
    """Differencing of means: 13 persons at 3.60, 9 of them at 3.90: the other four are known."""
    cells = [
        one("all", list(range(13)), True, minimum=5),
        one("a", list(range(9)), True, minimum=5),
        one("b", [9, 10, 11, 12], False, minimum=5),
    ]
    (leak,) = System("D1.level", cells).leaks()
    assert "b, hidden at" in leak.what
    assert leak.who == "a group of 4"


def test_a_mean_weighed_by_function_gives_its_smallest_part_away() -> None:
    """Mean over two functions with weight ½ each beside one function's own mean."""
    both, sales = list(range(9)), list(range(7))
    weighed = np.array([0.5 / 7] * 7 + [0.5 / 2] * 2)
    whole = one("both", both, True)
    whole = replace(whole, figure=float(weighed @ whole.values), weights=weighed)
    cells = [whole, one("sales", sales, True), one("rest", [7, 8], False)]
    (leak,) = System("D1.level", cells).leaks()
    assert leak.who == "a group of 2"


@pytest.mark.parametrize(("total", "share"), [(40, 0.625), (48, 0.125), (49, 0.0625)])
def test_bounds_of_a_hidden_mean_are_those_of_arithmetic(total: float, share: float) -> None:
    """Four of ten persons hidden: their sum lies between 4 or total − 30, and 20 or total − 6."""
    values = [total / 10] * 10
    cells = [
        one("all", list(range(10)), True, values, minimum=5),
        one("few", [0, 1, 2, 3], False, values[:4], minimum=5),
        one("rest", [4, 5, 6, 7, 8, 9], False, values[4:], minimum=5),
    ]
    system = System("D1.level", cells)
    (bound,) = system.bounds()
    low, high = max(4, total - 30), min(20, total - 6)
    assert bound.width == pytest.approx((high - low) / 4, abs=1e-4)
    assert bound.share == pytest.approx(share, abs=1e-4)
    assert [leak.kind for leak in system.narrow([bound])] == (["narrow"] if share < 0.12 else [])


def test_a_person_who_answers_alike_twice_is_one_unknown() -> None:
    """A leaver: eight of nine stay; told apart only when the eight answer anew."""
    before = one("then", list(range(9)), True, [2.0] * 4 + [3.0] * 5)
    same = one("now", list(range(8)), True, [2.0] * 4 + [3.0] * 4)
    anew = one("now", list(range(8)), True, [2.5] * 8)
    assert [leak.who for leak in System("D1.level", [before, same]).leaks()] == ["one person"]
    assert System("D1.level", [before, anew]).leaks() == []
