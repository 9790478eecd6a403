"""Draws of uncertain links, classes of tension, and where functions' incentives aim."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts import Explainer, detect
from lodestar.assess.conflicts import uncertainty as module
from lodestar.assess.conflicts.distortion import aims
from lodestar.assess.conflicts.tension import tension
from lodestar.assess.conflicts.uncertainty import DRAWS, SPREAD, SignDraws
from lodestar.stats.draws import generator
from lodestar.stats.rounding import settle
from tests.support.conflicts import (
    CASES,
    DOUBT,
    LEVER,
    field_results,
    link,
    logistics,
    metric,
    outcome,
)
from tests.support.registers import links, maps, register, registers, walks


@settings(max_examples=150)
@given(maps(5), st.integers(0, 3), st.randoms(use_true_random=False))
def test_share_is_that_of_walks_counted_one_by_one(found, seed, random):
    """Oracle: every walk of up to five links, its product in each draw by numpy."""
    a, b = random.sample(found.ids, 2)
    known = list(walks(found, a, b))
    net = sum(product for _, product in known)
    if abs(net) < 1e-9:
        return
    drawn = {}
    for row in found.rows:
        chance = generator(seed, f"conflicts.items/{row.source}>{row.target}")
        factor = 1 + SPREAD[row.evidence] * chance.uniform(-1, 1, DRAWS)
        drawn[row.source, row.target] = np.clip(row.strength * factor, -1, 1)
    sums = np.zeros(DRAWS)
    for walk, _ in known:
        pairs = pairwise(walk)
        sums += np.prod([drawn[pair] for pair in pairs], axis=0)
    mine = SignDraws(found, Explainer(found), seed)
    got = mine.share(found.position[a], found.position[b], net)
    assert got == pytest.approx(np.mean(settle(sums) * net > 0), abs=1 / DRAWS)


def test_an_even_doubt_holds_half_the_time():
    """Two walks of nearly one strength, both only assumed: the sign is a toss."""
    found = links("abx", [("a", "b", -0.5), ("a", "x", 1.0, "measured"), ("x", "b", 0.499)])
    share = SignDraws(found, Explainer(found), 1).share(0, 1, -0.001)
    assert share == pytest.approx(0.5, abs=0.1)


def test_a_spent_budget_says_so_and_is_no_number(monkeypatch):
    monkeypatch.setattr(module, "STEPS", 0)
    item = field_results(DOUBT)["conflicts"]["items"][0]
    assert item["sign_share"] is None
    assert "worst conflicts only" in item["sign_share_reason"]


def test_unambiguous_effects_hold_in_every_draw():
    section = field_results()["conflicts"]
    assert {item["sign_share"] for item in section["items"]} == {1.0}
    assert section["sign_draws"]["draws"] == DRAWS


@pytest.mark.parametrize("name", CASES)
def test_every_share_is_a_share_or_has_a_reason(name):
    for item in field_results(CASES[name])["conflicts"]["items"]:
        if item["sign_share"] is None:
            assert item["via_loop"] or item["net"] is None
        else:
            assert 0 <= item["sign_share"] <= 1


@pytest.mark.parametrize(
    ("kind_a", "kind_b", "functions", "expected"),
    [
        ("operational", "people", ("sales", "service"), "unit-unit"),
        ("customer", "customer", ("sales", "service"), "unit-unit"),
        ("operational", "customer", ("sales", "service"), "unit-customer"),
        ("financial", "customer", ("sales", "service"), "customer-financial"),
        ("financial", "customer", ("sales", "sales"), "customer-financial"),
        ("financial", "people", ("sales", "service"), "unit-unit"),
        ("operational", "people", ("sales", "sales"), None),
    ],
)
def test_tension_between_metrics(kind_a, kind_b, functions, expected):
    """Oracle: the rule of the docstring, case by case."""
    tables = {
        "metrics": [
            metric("a", functions[0], kind=kind_a),
            metric("b", functions[1], kind=kind_b),
        ],
        "links": [link("a", "b", "-", 0.9)],
    }
    item = field_results(tables)["conflicts"]["items"][0]
    assert item["tension"] == expected
    assert (expected is None) == ("tension_reason" in item)


@pytest.mark.parametrize(
    ("kind", "beneficiary", "expected"),
    [
        ("financial", "customer", "customer-financial"),
        ("operational", "partner", "unit-customer"),
        ("customer", "customer", "unit-customer"),
        ("customer", "owner", "customer-financial"),
        ("operational", "employee", None),
        ("financial", "society", None),
    ],
)
def test_tension_with_outcomes(kind, beneficiary, expected):
    tables = {
        "metrics": [metric("a", "sales", kind=kind)],
        "outcomes": [outcome("o", beneficiary)],
        "links": [link("a", "o", "-", 0.9)],
    }
    assert field_results(tables)["conflicts"]["items"][0]["tension"] == expected


def test_a_lever_sets_unit_against_unit():
    assert field_results(LEVER)["conflicts"]["items"][0]["tension"] == "unit-unit"


@settings(max_examples=200)
@given(registers(6))
def test_aims_are_the_angle_by_a_plain_loop(found):
    """Oracle: walks enumerated, sums and cosine by hand."""
    position = found.links.position
    outcomes = [i for i, g in zip(found.ids, found.group, strict=True) if g == "outcome"]
    for aim in aims(found):
        pushed = dict.fromkeys(outcomes, 0.0)
        for m in found.ids:
            place = position[m]
            if found.function[place] == aim.function and found.incentive[place] > 0:
                for o in outcomes:
                    net = sum(product for _, product in walks(found.links, m, o))
                    pushed[o] += found.incentive[place] * found.direction[place] * net
        dot = sum(0.7 * value for value in pushed.values())
        size = sum(value**2 for value in pushed.values()) ** 0.5 * (0.49 * len(outcomes)) ** 0.5
        assert dict(aim.pushes) == pytest.approx(
            {o: value for o, value in pushed.items() if abs(value) > 5e-10}, abs=1e-8
        )
        if size > 1e-6:
            assert aim.cosine == pytest.approx(dot / size, abs=1e-6)


def test_aims_by_hand_and_without_an_answer():
    """Sales helps one outcome and harms another of equal worth: at right angles, cosine 0."""
    found = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.0), "c": ("finance", -1.0, 0.2)},
        [("a", "o", 0.5), ("a", "p", -0.5), ("c", "p", -0.4)],
        {"o": ("customer", 0.8), "p": ("customer", 0.8)},
    )
    told = {aim.function: aim for aim in aims(found)}
    assert told["sales"].cosine == pytest.approx(0.0)
    assert np.isnan(told["service"].cosine)
    assert told["finance"].cosine == pytest.approx(0.5**0.5)
    section = field_results()["conflicts"]["functions_alignment"]
    assert [row["function"] for row in section] == ["operations", "sales", "service"]
    assert section[0]["cosine"] is None
    assert "touch no outcome" in section[0]["cosine_reason"]


def test_every_conflict_of_random_registers_has_a_tension_or_none():
    """Kinds that reach customers are never unit against unit."""
    for tables in CASES.values():
        for item in field_results(tables)["conflicts"]["items"]:
            if item["kind"] in ("customer", "policy"):
                assert item["tension"] in ("unit-customer", "customer-financial")
    found = register({"a": ("sales", 1.0, 0.5), "b": ("sales", 1.0, 0.5)}, [("a", "b", -0.5)])
    assert tension(found, detect(found).items[0]) is None


def test_the_told_case_from_the_field():
    """Logistics cost down → deliveries split → contacts and returns up → service cost up."""
    item = field_results(logistics())["conflicts"]["items"][0]
    assert (item["a"], item["b"], item["sign"]) == ("logistics_cost", "service_cost", "opposing")
    assert item["path"] == ["logistics_cost", "deliveries_split", "contacts", "service_cost"]
    assert (item["severe"], item["sign_share"], item["tension"]) == (True, 1.0, "unit-unit")
