"""Short cuts of detection change nothing: the worst of a list are those of the whole list."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts.levers import lever_conflicts
from lodestar.assess.conflicts.net import effects, joined
from tests.support.conflicts import field_results, link, metric, outcome
from tests.support.registers import WEIGHT, maps, register, registers

NONE = np.zeros(0, dtype=np.int64)


@settings(max_examples=400)
@given(registers(7), st.integers(1, 12))
def test_the_worst_are_those_of_the_whole_list(found, cap):
    """Oracle: the same detection without a cap, cut."""
    whole, cut = detect(found, cap=10_000), detect(found, cap=cap)
    assert cut.items == whole.items[:cap]
    assert cut.total == whole.total == len(whole.items)


@settings(max_examples=200)
@given(registers(7), st.floats(0, 0.3))
def test_small_ones_may_be_left_out_and_are_counted(found, least):
    whole, some = detect(found), detect(found, least=least)
    assert some.total == whole.total
    kept = {(c.kind, c.a, c.b) for c in some.items}
    assert {(c.kind, c.a, c.b) for c in whole.items if c.severity >= least} <= kept


@settings(max_examples=200)
@given(maps(6), st.data())
def test_joined_pairs_are_those_of_the_full_table(found, data):
    """Oracle: the table of effects over all ids."""
    some = st.lists(st.integers(0, len(found.ids) - 1), min_size=1, unique=True)
    rows, columns = data.draw(some), data.draw(some)
    full, got = effects(found, rows), joined(found, rows, columns)
    told = {(s, e): (n, g) for s, e, n, g in zip(*vars_of(got), strict=True)}
    for i, row in enumerate(rows):
        for column in columns:
            pair = told.get((row, column), (0.0, 0.0))
            assert pair == pytest.approx((full.net[i, column], full.gross[i, column]), abs=1e-12)


def vars_of(found):
    return found.source, found.end, found.net, found.gross


@settings(max_examples=300)
@given(registers(7, outcomes=0))
def test_levers_equal_a_plain_loop(found):
    """Oracle: every two links of every unpaid metric, one by one."""
    at = found.links.position
    worst = {}
    for lever in found.ids:
        if found.incentive[at[lever]] > 0:
            continue
        rows = [r for r in found.links.rows if r.source == lever]
        paid = [r for r in rows if found.incentive[at[r.target]] > 0]
        for one, other in combinations(paid, 2):
            a, b = at[one.target], at[other.target]
            if found.direction[a] * one.strength * found.direction[b] * other.strength < 0:
                severity = found.incentive[a] * found.incentive[b]
                severity *= min(abs(one.strength), abs(other.strength))
                severity *= min(WEIGHT[one.evidence], WEIGHT[other.evidence])
                key = one.target, other.target
                if key not in worst or severity > worst[key][0] + 1e-9:
                    worst[key] = (severity, lever)
    got, count = lever_conflicts(found, NONE, 10_000)
    assert count == len(got) == len(worst)
    for c in got:
        assert (c.severity, c.lever) == (pytest.approx(worst[c.a, c.b][0]), worst[c.a, c.b][1])


def test_a_register_in_which_everything_acts_on_everything_comes_out():
    """Sixty measures, all linked both ways: loops through everything, and every list bounded."""
    chance = np.random.default_rng(1)
    ids = [f"m{i:02d}" for i in range(60)]
    found = register(
        {i: ("sales" if n % 2 else "service", 1.0, 0.01) for n, i in enumerate(ids)},
        [(a, b, float(chance.choice([-0.3, 0.3]))) for a in ids for b in ids if a != b],
    )
    items = detect(found, cap=50)
    assert len(items.items) == 50
    assert items.total > 500


def test_zero_strengths_and_zero_weights_give_no_conflict():
    tables = {
        "metrics": [metric("a", "sales"), metric("b", "service"), metric("c", "sales", "up", 0.0)],
        "outcomes": [outcome("o", importance=0.0)],
        "links": [link("a", "b", "-", 0.0), link("c", "b", "-", 0.9), link("b", "o", "-", 0.9)],
    }
    section = field_results(tables)["conflicts"]
    assert [(i["kind"], i["severity"]) for i in section["items"]] == [("customer", 0.0)]
    assert section["severe"] == 0
    assert len(section["register"]["links"]) == 2


def test_self_links_are_left_out_and_counted():
    tables = {
        "metrics": [metric("a", "sales"), metric("b", "service")],
        "links": [link("a", "a", "-", 0.9), link("a", "b", "-", 0.5)],
    }
    section = field_results(tables)["conflicts"]
    assert section["register"]["self_links"] == 1
    assert section["items"][0]["sign"] == "opposing"


def test_the_order_of_ids_of_equal_levers_decides():
    found = register(
        {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.5)},
        [("y", "a", 0.5), ("y", "b", -0.5), ("x", "a", 0.5), ("x", "b", -0.5)],
        nodes={"x": "lever", "y": "lever"},
    )
    assert lever_conflicts(found, NONE, 10)[0][0].lever == "x"
    shared = replace(found, shared=frozenset([("a", "service")]))
    assert lever_conflicts(shared, NONE, 10)[0][0].kind == "within"
    assert lever_conflicts(shared, np.array([1]), 10)[1] == 0
