"""Focus and drift. Oracles: sums by hand; invariants that any share must keep."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.assess.purpose.drift import drift
from lodestar.assess.purpose.focus import (
    concern_shares,
    effort_by_function,
    effort_shares,
    focus,
)

IDS = ["m1", "v1", "v2"]
COLUMNS = ["activity", "name", "function", "effort", "serves", "concern"]
ROWS = [
    ["a1", "A1", "sales", 6.0, "m1", "client-benefit"],
    ["a2", "A2", "sales", 2.0, "Win  volume", "internal-method"],
    ["a3", "A3", "service", 3.0, "v1", "client-benefit"],
    ["a4", "A4", "service", 1.0, "win volume ", None],
    ["a5", "A5", "service", 0.0, "golf", None],
]


def frame(rows: list[list] = ROWS) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_focus_by_hand() -> None:
    """9 of 12 serve m1 or v1; Pielou of (2/3, 1/3) over two served purposes."""
    found = focus(frame(), IDS)
    assert found.index == pytest.approx(0.75)
    entropy = -(2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3))
    assert found.evenness == pytest.approx(entropy / math.log(2))
    assert found.unserved == ("v2",)


def test_one_other_purpose_written_twice_is_one() -> None:
    shares = effort_shares(frame(), IDS).set_index("key")
    assert shares.index.tolist() == ["m1", "v1", "v2", "win volume", "golf"]
    assert shares.loc["win volume", ["effort", "activities"]].tolist() == [3.0, 2]
    assert shares.loc["v2", "share"] == 0


def test_focus_without_effort_is_missing() -> None:
    assert math.isnan(focus(frame([]), IDS).index)
    assert math.isnan(focus(frame([["a", "A", "sales", 0.0, "m1", None]]), IDS).index)
    assert math.isnan(focus(frame(ROWS[:1]), IDS).evenness)


def test_effort_by_function_by_hand() -> None:
    found = effort_by_function(frame(), IDS).set_index(["function", "key"])
    assert found.loc[("sales", "m1"), "share_of_function"] == pytest.approx(0.75)
    assert found.loc[("service", "v1"), "share"] == pytest.approx(0.25)


def test_concern_by_hand() -> None:
    """9 why, 2 how, 1 unstated of 12; service: 3 why and 1 unstated."""
    total = concern_shares(frame()).set_index("concern")["effort"]
    assert total.to_dict() == {"client-benefit": 9, "internal-method": 2, "unstated": 1}
    service = concern_shares(frame(), ["function"]).set_index(["function", "concern"])["share"]
    assert service["service", "unstated"] == pytest.approx(0.25)


def test_drift_by_hand() -> None:
    """Shares (.5, .25, .25) become (.75, .25, 0): drift 0.25, by a3 redirected and a5 begun."""
    before = frame(
        [ROWS[0], ["a2", "A2", "sales", 3.0, "v1", None], ["a3", "A3", "s", 3.0, "x", None]]
    )
    after = frame(
        [ROWS[0], ["a2", "A2", "sales", 3.0, "v1", None], ["a3", "A3", "s", 3.0, "m1", None]]
    )
    found = drift(before, after, IDS)
    assert found.value == pytest.approx(0.25)
    assert found.shares.set_index("key")["change"].to_dict() == pytest.approx(
        {"m1": 0.25, "v1": 0, "v2": 0, "x": -0.25}
    )
    assert found.moves[["activity", "kind", "key_from", "key_to"]].to_numpy().tolist() == [
        ["a3", "redirected", "x", "m1"]
    ]
    assert found.moves["change"].tolist() == pytest.approx([0.25])


def test_an_activity_whose_share_changed_because_others_grew_did_not_move() -> None:
    after = frame([ROWS[0], ["b", "B", "sales", 6.0, "golf", None]])
    found = drift(frame(ROWS[:1]), after, IDS)
    assert found.moves[["activity", "kind"]].to_numpy().tolist() == [["b", "begun"]]
    assert found.value == pytest.approx(0.5)


def test_drift_of_a_period_without_effort_is_missing() -> None:
    assert math.isnan(drift(frame([]), frame(), IDS).value)


efforts = st.lists(
    st.tuples(st.sampled_from(["m1", "v1", "golf", "Golf ", "beach"]), st.floats(0.1, 50)),
    min_size=1,
    max_size=12,
)


def made(pairs: list[tuple[str, float]]) -> pd.DataFrame:
    rows = [[f"a{i}", f"A{i}", "sales", effort, key, None] for i, (key, effort) in enumerate(pairs)]
    return frame(rows)


@given(efforts, st.floats(0.01, 100), st.randoms(use_true_random=False))
def test_unit_and_order_change_nothing(pairs: list, unit: float, random: object) -> None:
    rows = made(pairs)
    again = rows.assign(effort=rows["effort"] * unit).sample(frac=1, random_state=1)
    first, second = effort_shares(rows, IDS), effort_shares(again, IDS)
    assert second.set_index("key")["share"].to_dict() == pytest.approx(
        first.set_index("key")["share"].to_dict()
    )
    assert first["share"].sum() == pytest.approx(1)
    assert focus(again, IDS).index == pytest.approx(focus(rows, IDS).index)


@given(efforts, efforts)
def test_drift_is_a_distance(first: list, second: list) -> None:
    """Total variation: within 0 and 1, symmetric, 0 to itself; no less than any one change."""
    a, b = made(first), made(second)
    there, back = drift(a, b, IDS), drift(b, a, IDS)
    assert 0 <= there.value <= 1 + 1e-12
    assert there.value == pytest.approx(back.value)
    assert drift(a, a, IDS).value == pytest.approx(0, abs=1e-12)
    assert drift(a, a, IDS).moves.empty
    assert there.shares["change"].sum() == pytest.approx(0, abs=1e-9)
    assert there.value >= there.shares["change"].abs().max() / 2 - 1e-12
