"""What holds of a promise, on a client whose numbers follow by hand; laws on random matrices.

C03 (1 against 3) needs C01 (2 against 3): until C01 is lifted, C03 can hold at 2 and no higher.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.alignment.needs import rests_on
from lodestar.assess.roadmap import OUT
from lodestar.assess.roadmap.ground import Ground
from tests.assess.roadmap.test_section import M, index
from tests.support.portfolios import problem
from tests.support.roadmaps import effect, investment, roadmap


def told(made: dict[str, Any], name: str) -> dict[str, Any]:
    row = next(row for row in made["investments"] if row["investment"] == name)
    return dict(row["blocked"])


def test_half_of_a_rise_waits_for_what_it_rests_on() -> None:
    """C03 is to rise by 2 levels and can hold 1: M falls by (4 − 1)/3 where it promises 4/3."""
    made = roadmap([investment("a")], [effect("a", "C03", 2)])
    found = told(made, "a")
    assert found["blocked"] is True
    assert found["share"] == pytest.approx(0.5)
    assert found["by"] == ["C01"]
    assert found["opened_by"] == []
    assert found["gain_holds"] == pytest.approx(index(M - 1) - index(M))
    assert made["index_after"] == pytest.approx(index(M - 4 / 3))
    assert made["index_holds"] == pytest.approx(index(M - 1))


def test_the_plan_opens_what_was_blocked() -> None:
    rows = [investment("a"), investment("b")]
    made = roadmap(rows, [effect("a", "C03", 2), effect("b", "C01", 1)])
    found = told(made, "a")
    assert (found["share"], found["share_in_plan"]) == pytest.approx((0.5, 0.0))
    assert found["opened_by"] == ["b"]
    assert found["by_in_plan"] == []
    assert told(made, "b")["share"] == 0
    assert made["index_holds"] == pytest.approx(made["index_after"])


def test_what_lifts_nothing_below_target_has_no_share() -> None:
    """C04 stands above its target; a node is no capability."""
    made = roadmap(
        [investment("a"), investment("b")], [effect("a", "C04", 1), effect("b", "d1", 1)]
    )
    for name in "ab":
        assert told(made, name)["share"] is None
        assert told(made, name)["share_reason"]
        assert told(made, name)["blocked"] is False


def chain(levels: list[float], targets: list[float], lifts: list[float]) -> Ground:
    """A column of capabilities of which each needs the one before; one candidate lifts them."""
    size = len(levels)
    gap = [x - t for x, t in zip(levels, targets, strict=True)]
    made = problem(gap, [(0, lift, [k]) for k, lift in enumerate(lifts)], 1)
    names = [f"c{k}" for k in range(size)]
    needs = {name: [names[k - 1]] if k else [] for k, name in enumerate(names)}
    places = (np.arange(size), np.zeros(size, dtype=np.int64))
    cells = tuple((name, "sales") for name in names)
    present = np.array(levels, dtype=float)
    return Ground(made, present, cells, places, (size, 1), tuple(names), rests_on(needs))


def climbed(levels: list[float], targets: list[float], lifts: list[float]) -> list[float]:
    """What stands in the end, worked upwards one capability at a time."""
    stands: list[float] = []
    for k, (x, t, lift) in enumerate(zip(levels, targets, lifts, strict=True)):
        level = x + lift
        low = [stands[d] for d in range(k) if stands[d] < min(targets[d], t) - 1e-9]
        if low and lift > 0 and min(low) < min(level, t) - 1e-9:
            level = max(x, min(low))
        stands.append(level)
    return stands


grades = st.integers(2, 10).map(lambda half: half / 2)
columns = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.lists(grades, min_size=n, max_size=n),
        st.lists(grades, min_size=n, max_size=n),
        st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=n, max_size=n),
    )
)


@settings(max_examples=120, deadline=None)
@given(columns)
def test_a_plan_stands_as_if_climbed_from_the_ground_up(
    column: tuple[list[float], list[float], list[float]],
) -> None:
    """Oracle: the same rule worked upwards along the chain, each level settled once."""
    made = chain(*column)
    assert made.standing(np.zeros(1, dtype=np.int64)).tolist() == pytest.approx(climbed(*column))


@settings(max_examples=120, deadline=None)
@given(columns)
def test_laws_of_what_holds(column: tuple[list[float], list[float], list[float]]) -> None:
    """Nothing lifted: nothing moves. What holds lies between today and the promise."""
    made = chain(*column)
    assert made.standing(np.array([OUT])).tolist() == pytest.approx(column[0])
    stands = made.standing(np.zeros(1, dtype=np.int64))
    assert (stands >= made.present - 1e-9).all()
    assert (stands <= made.present + made.whole(0) + 1e-9).all()
    share = made.lost(0, made.present + made.whole(0))
    assert np.isnan(share) or 0 <= share <= 1
