"""The register of an engagement's tables: directions, weights, links."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.conflicts import detect, register_of
from tests.support.builders import engagement


def metric(name, direction="up", incentive=0.5, function="sales", **more):
    row = {"metric": name, "name": name, "function": function, "direction": direction}
    return row | {"incentive": incentive, "kind": "operational"} | more


def link(source, target, sign="+", strength=0.5, evidence="observed", **more):
    row = {"source": source, "target": target, "sign": sign, "strength": strength}
    return row | {"evidence": evidence} | more


def value(node, date, amount):
    return {"node": node, "date": date, "value": amount}


@pytest.mark.parametrize(
    ("amount", "wanted"), [(80, 1), (120, -1), (98, 0), (102, 0), (97.9, 1), (102.1, -1)]
)
def test_target_metrics_are_pushed_toward_their_target(amount, wanted):
    """Within ±2 % of the target nothing is pushed; the bounds belong to the band."""
    found = engagement(
        {
            "metrics": [metric("m", "target", target=100)],
            "history": [value("m", "2026-06-30", amount)],
        }
    )
    assert register_of(found).direction.tolist() == [wanted]


def test_own_tolerance_and_negative_targets():
    tables = {
        "metrics": [
            metric("m", "target", target=100, tolerance=0.1),
            metric("n", "target", target=-50),
        ],
        "history": [value("m", "2026-06-30", 91), value("n", "2026-06-30", -40)],
    }
    assert register_of(engagement(tables)).direction.tolist() == [0, -1]


def test_only_the_last_value_at_or_before_today_counts():
    history = [
        value("m", "2026-12-31", 120),
        value("m", "2026-01-31", 80),
        value("m", "2027-01-31", 80),
    ]
    tables = {"metrics": [metric("m", "target", target=100)], "history": history}
    assert register_of(engagement(tables)).direction.tolist() == [-1]


def test_no_value_yet_is_not_known():
    tables = {"metrics": [metric("m", "target", target=100), metric("n", "down")]}
    direction = register_of(engagement(tables)).direction
    assert np.isnan(direction[0])
    assert direction[1] == -1


def test_self_links_are_left_out_and_counted_and_zero_is_no_link():
    tables = {
        "metrics": [metric("a"), metric("b")],
        "links": [link("a", "a", "-", 0.9), link("a", "b", "-", 0.0), link("b", "a", "-", 0.4)],
    }
    found = register_of(engagement(tables))
    assert found.links.self_links == 1
    assert [(r.source, r.target, r.strength) for r in found.links.rows] == [("b", "a", -0.4)]


def test_order_of_rows_changes_nothing():
    tables = {
        "metrics": [metric("a"), metric("b", "down", function="service"), metric("c", "up", 0.2)],
        "nodes": [{"node": "n", "name": "n", "kind": "driver"}],
        "outcomes": [{"outcome": "o", "name": "o", "beneficiary": "customer", "importance": 0.8}],
        "links": [
            link("a", "n"),
            link("n", "b"),
            link("c", "n", "-", 0.3, lag=2),
            link("n", "o", "-", condition="in winter"),
        ],
    }
    turned = {name: rows[::-1] for name, rows in tables.items()}
    one, other = (register_of(engagement(t)) for t in (tables, turned))
    assert one.links.rows == other.links.rows
    assert detect(one) == detect(other)
    assert len(detect(one).items) > 0


def test_importance_and_threshold_come_from_the_client():
    tables = {
        "outcomes": [{"outcome": "o", "name": "o", "beneficiary": "owner", "importance": 0.3}]
    }
    found = register_of(engagement(tables, severe_conflict=0.5))
    assert found.threshold == 0.5
    assert found.importance.tolist() == [0.3]
    assert found.is_outcome.tolist() == [True]


def test_absent_tables_make_an_empty_register():
    found = register_of(engagement({}))
    assert found.ids == ()
    assert detect(found).total == 0


def test_frames_are_not_changed():
    tables = {
        "metrics": [metric("a", "target", target=3)],
        "history": [value("a", "2026-01-31", 2)],
    }
    given = engagement(tables)
    before = given.table("metrics").copy(), given.table("history").copy()
    register_of(given).with_incentives({"a": 0.0})
    pd.testing.assert_frame_equal(given.table("metrics"), before[0])
    pd.testing.assert_frame_equal(given.table("history"), before[1])
