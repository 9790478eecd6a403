"""Oracles: the stage again after the rise, a scan over rises in small steps, hand figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lodestar.assess.level import assess, disagreement, staged_level
from lodestar.assess.level.blocking import deciding, rises
from tests.assess.level.test_present import client

KEY = np.array([True, True, False, False])
TENTHS = st.integers(10, 50).map(lambda k: k / 10)
SHARES = np.kron(np.eye(4), [0.5, 0.3, 0.2])


@settings(max_examples=150, deadline=None)
@given(st.lists(TENTHS, min_size=4, max_size=4))
def test_raising_what_is_named_changes_the_stage_and_no_part_of_it_does(
    values: list[float],
) -> None:
    dimensions = np.array(values)
    differs = disagreement(dimensions, KEY, float(dimensions.mean()))
    assume(differs is not None and differs.kind == "held_back")
    assert differs is not None
    stage = staged_level(dimensions, KEY)
    levels = np.repeat(dimensions, 3)
    asked = rises(dimensions, KEY, differs, stage + 0.5, SHARES, levels)
    raised = dimensions.copy()
    for rise in asked:
        raised[rise.dimension] += rise.needed
    assert staged_level(raised, KEY) > stage
    for rise in asked:
        short = raised.copy()
        short[rise.dimension] -= 0.01
        assert staged_level(short, KEY) == stage


@settings(max_examples=100, deadline=None)
@given(st.floats(0.01, 2), st.lists(TENTHS, min_size=3, max_size=3))
def test_the_deciding_capability_by_a_scan(needed: float, levels: list[float]) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    capability, rise = deciding(needed, weights, np.array(levels))
    steps = np.arange(0, 4.0005, 0.001)
    found = [
        (min(reach), c)
        for c, (q, level) in enumerate(zip(weights, levels, strict=True))
        if (reach := [s for s in steps if s * q >= needed - 1e-9 and level + s <= 5 + 1e-9])
    ]
    if capability is None:
        assert not [one for one in found if one[0] + levels[one[1]] < 5 - 1e-3]
    elif found:
        assert rise == pytest.approx(min(found)[0], abs=1.1e-3)


def test_the_lowest_of_equal_rises_decides() -> None:
    assert deciding(0.2, np.array([0.5, 0.5]), np.array([3.0, 2.0])) == (1, pytest.approx(0.4))
    assert deciding(2.0, np.array([0.5, 0.5]), np.array([3.0, 2.0]))[0] is None


def test_one_lower_dimension_that_is_not_key_is_spared() -> None:
    """Stage 3 needs 2.5: of 1.9 and 2.4 only the second must rise, by a tenth."""
    values = np.array([4.0, 4.0, 2.4, 1.9])
    differs = disagreement(values, KEY, 3.075)
    assert differs is not None
    (rise,) = rises(values, KEY, differs, 2.5, SHARES, np.repeat(values, 3))
    assert (rise.dimension, rise.capability) == (2, 6)
    assert (rise.needed, rise.rise) == pytest.approx((0.1, 0.2))


def test_published_rise_lifts_the_stage_of_the_client() -> None:
    """C03 decides alone in its dimension: 1.5 must reach 2.5, a whole level, in both functions."""
    cells = {
        (c, f): [1.5 if c == "C03" else 4.0] * 3
        for c in ("C01", "C02", "C03", "C04")
        for f in ("sales", "service")
    }
    differs = assess(client(cells), {})["present"]["disagreement"]
    assert (differs["kind"], differs["stage"], differs["threshold"]) == ("held_back", 3, 2.5)
    assert (differs["capability"], differs["capability_level"]) == ("C03", 1.5)
    assert differs["needed"] == pytest.approx(1.0)
    assert differs["rise"] == pytest.approx(1.0)
    lifted = {key: [2.5] * 3 if key[0] == "C03" else v for key, v in cells.items()}
    assert assess(client(lifted), {})["present"]["staged"] == 3


def test_no_capability_alone_says_so_and_names_how_far() -> None:
    """D1 at 3.5 lacks 1.0 to 4.5; half of it raised from 3.5 to 5 adds 0.75 only."""
    x = {"C01": 3.5, "C02": 3.5, "C03": 5.0, "C04": 5.0}
    cells = {(c, f): [x[c]] * 3 for c in x for f in ("sales", "service")}
    differs = assess(client(cells), {})["present"]["disagreement"]
    assert (differs["stage"], differs["dimensions"]) == (5, ["D1"])
    assert differs["needed"] == pytest.approx(1.0)
    for key in ("capability", "capability_level", "rise"):
        assert differs[key] is None
        assert differs[f"{key}_reason"]
