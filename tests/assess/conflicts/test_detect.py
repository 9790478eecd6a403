"""Kinds, severity, direction and layout of conflicts, against hand computation and enumeration."""

from __future__ import annotations

import numpy as np
import pytest

from lodestar.assess.conflicts import detect, total_severity
from tests.support.registers import WEIGHT, links, register

NAN = float("nan")


def only(found):
    assert len(found.items) == 1
    return found.items[0]


def test_logistics_case_from_the_field():
    """Logistics cost down → deliveries split → contacts and returns up → service cost up.

    By hand: −0.8·0.7·0.8 − 0.8·0.6·0.5 = −0.688; both costs are rewarded down, so it conflicts;
    severity 0.4·0.3·0.688·0.8, the path by way of contacts being the strongest.
    """
    found = register(
        {"logistics_cost": ("operations", -1.0, 0.4), "service_cost": ("service", -1.0, 0.3)},
        [
            ("logistics_cost", "split", -0.8, "observed"),
            ("split", "contacts", 0.7, "measured"),
            ("split", "returns", 0.6, "measured"),
            ("contacts", "service_cost", 0.8, "measured"),
            ("returns", "service_cost", 0.5, "stated"),
        ],
        nodes={"split": "driver", "contacts": "driver", "returns": "driver"},
    )
    item = only(detect(found))
    assert (item.kind, item.a, item.b) == ("structural", "logistics_cost", "service_cost")
    assert (item.function_a, item.function_b) == ("operations", "service")
    assert item.push.net == pytest.approx(-0.688)
    assert item.severity == pytest.approx(0.4 * 0.3 * 0.688 * 0.8)
    assert item.push.why.path == ("logistics_cost", "split", "contacts", "service_cost")
    assert item.severe
    assert not item.contested


def test_the_worse_direction_comes_first_and_the_other_is_its_reverse():
    found = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.5)},
        [("a", "b", -0.3, "measured"), ("b", "a", -0.6, "measured")],
    )
    item = only(detect(found))
    assert (item.a, item.b) == ("b", "a")
    assert item.push.severity > item.reverse.severity
    assert (item.reverse.source, item.reverse.target) == ("a", "b")
    even = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.5)}, [("b", "a", -0.3), ("a", "b", -0.3)]
    )
    assert only(detect(even)).a == "a"


def test_a_contested_direction_never_hides_a_clear_one():
    """a→b nearly cancels but is large in gross; b→a is clear and smaller."""
    found = register(
        {"a": ("sales", 1.0, 1.0), "b": ("service", 1.0, 1.0)},
        [("a", "b", -1.0), ("a", "x", 0.6), ("x", "b", 1.0), ("b", "y", -0.2), ("y", "a", 1.0)],
        nodes={"x": "driver", "y": "driver"},
    )
    item = only(detect(found))
    assert not item.contested
    assert (item.a, item.severe, item.reverse.contested) == ("b", True, True)


def test_contested_pairs_are_listed_and_never_severe():
    """−0.5 against +0.4: net −0.1, determinacy 0.11."""
    found = register(
        {"a": ("sales", 1.0, 1.0), "b": ("service", 1.0, 1.0)},
        [("a", "b", -0.5), ("a", "x", 1.0), ("x", "b", 0.4)],
        nodes={"x": "driver"},
    )
    item = only(detect(found))
    assert item.contested
    assert item.severity >= 0.02
    assert not item.severe
    assert total_severity(found) == 0


def test_determinacy_of_one_half_is_not_contested():
    """−0.3 against +0.1: |−0.2| / 0.4 is exactly 0.5 once settled."""
    found = register(
        {"a": ("sales", 1.0, 1.0), "b": ("service", 1.0, 1.0)},
        [("a", "b", -0.3), ("a", "x", 0.1), ("x", "b", 1.0)],
        nodes={"x": "driver"},
    )
    assert not only(detect(found)).contested


def test_one_function_is_within_and_never_severe():
    found = register(
        {"a": ("sales", 1.0, 1.0), "b": ("sales", 1.0, 1.0)}, [("a", "b", -1.0, "measured")]
    )
    item = only(detect(found))
    assert (item.kind, item.severe, item.severity) == ("within", False, 1.0)


def test_unpaid_metrics_conflict_with_nothing():
    found = register({"a": ("sales", 1.0, 0.0), "b": ("service", 1.0, 1.0)}, [("a", "b", -1.0)])
    assert detect(found).items == ()


def test_unknown_direction_is_conditional_and_neutral_is_none():
    rows = [("a", "b", 0.9, "measured")]
    unknown = register({"a": ("sales", NAN, 1.0), "b": ("service", 1.0, 1.0)}, rows)
    item = only(detect(unknown))
    assert item.conditional
    assert not item.severe
    assert total_severity(unknown) == 0
    neutral = register({"a": ("sales", 0.0, 1.0), "b": ("service", NAN, 1.0)}, rows)
    assert detect(neutral).items == ()


@pytest.mark.parametrize(
    ("beneficiary", "kind"),
    [
        ("customer", "customer"),
        ("partner", "customer"),
        ("owner", "outcome"),
        ("society", "outcome"),
    ],
)
def test_outcomes_by_beneficiary(beneficiary, kind):
    """Severity takes the outcome's importance in place of the second incentive."""
    found = register(
        {"a": ("sales", 1.0, 0.5)}, [("a", "o", -0.4, "stated")], {"o": (beneficiary, 0.9)}
    )
    item = only(detect(found))
    assert (item.kind, item.function_b) == (kind, None)
    assert item.severity == pytest.approx(0.5 * 0.9 * 0.4 * 0.6)


def test_net_above_one_counts_as_one():
    found = register(
        {"a": ("sales", 1.0, 1.0)},
        [("a", "o", -1.0, "measured"), ("a", "x", 1.0), ("x", "o", -1.0)],
        {"o": ("customer", 1.0)},
        {"x": "driver"},
    )
    assert only(detect(found)).severity == 1.0


def test_shared_lever_by_hand():
    """A lever that lifts a by 0.6 and lowers b by 0.4: 0.5·0.3·0.4·0.6, beside no structure."""
    found = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.3)},
        [("lever", "a", 0.6, "measured"), ("lever", "b", -0.4, "stated")],
        nodes={"lever": "lever"},
    )
    item = only(detect(found))
    assert (item.kind, item.lever, item.a) == ("shared-lever", "lever", "a")
    assert item.severity == pytest.approx(0.5 * 0.3 * 0.4 * 0.6)
    assert item.push.why.path == ("a", "lever", "b")


def test_shared_lever_is_beside_a_structural_conflict_and_only_once():
    found = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.3)},
        [("k", "a", 0.6), ("k", "b", -0.4), ("l", "a", 0.9), ("l", "b", -0.9), ("a", "b", -0.5)],
        nodes={"k": "lever", "l": "lever"},
    )
    kinds = [(c.kind, c.lever) for c in detect(found).items]
    assert sorted(kinds, key=str) == [("shared-lever", "l"), ("structural", None)]


def test_a_lever_that_helps_both_or_is_paid_is_none():
    both = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", -1.0, 0.3)},
        [("k", "a", 0.6), ("k", "b", -0.4)],
        nodes={"k": "lever"},
    )
    assert detect(both).items == ()
    paid = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.3), "k": ("finance", 0.0, 0.1)},
        [("k", "a", 0.6), ("k", "b", -0.4)],
    )
    assert detect(paid).items == ()


def test_policy_is_severe_only_where_somebody_is_paid_for_it():
    rows = [("fee", "calls", 0.8, "observed"), ("calls", "ease", -0.5, "observed")]
    paid = register(
        {"calls": ("sales", 1.0, 0.2)}, rows, {"ease": ("customer", 0.5)}, {"fee": "policy"}
    )
    item = next(c for c in detect(paid).items if c.kind == "policy")
    assert item.severity == pytest.approx(0.4 * 0.5 * 0.8)
    assert (item.severe, item.paid) == (True, ("calls",))
    item = only(detect(paid.with_incentives({"calls": 0.0})))
    assert (item.kind, item.severe, item.paid) == ("policy", False, ())


def test_policies_harm_customers_only_here():
    rows = [("fee", "profit", -0.8)]
    found = register({}, rows, {"profit": ("owner", 1.0)}, {"fee": "policy"})
    assert detect(found).items == ()


def test_the_cap_keeps_the_worst_and_counts_all():
    rng = np.random.default_rng(4)
    ids = [f"m{i:02d}" for i in range(40)]
    metrics = {i: (f"f{k % 5}", 1.0, float(rng.uniform(0.05, 1))) for k, i in enumerate(ids)}
    rows = [
        (a, b, float(rng.uniform(-1, 1)), str(rng.choice(list(WEIGHT))))
        for a in ids
        for b in ids
        if a != b and rng.random() < 0.08
    ]
    found = register(metrics, rows)
    everything = detect(found)
    worst = detect(found, cap=20)
    assert worst.total == everything.total == len(everything.items)
    assert [(c.a, c.b) for c in worst.items] == [(c.a, c.b) for c in everything.items[:20]]


def test_what_ifs_leave_the_register_as_it_was():
    found = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.5)}, [("a", "b", -0.8, "measured")]
    )
    before = total_severity(found)
    assert before == pytest.approx(0.2)
    assert total_severity(found.with_links({("a", "b"): -0.2})) == pytest.approx(0.05)
    assert total_severity(found.with_links({("a", "b"): 0.0})) == 0
    assert total_severity(found.with_incentives({"a": 0.25})) == pytest.approx(0.1)
    opened = found.with_links({("b", "a"): -0.9})
    assert only(detect(opened)).reverse.why.evidence == "assumed"
    assert total_severity(found) == before


def test_an_empty_register_has_no_conflicts():
    assert detect(register({}, [])).items == ()
    assert links("", []).matrix.shape == (0, 0)
