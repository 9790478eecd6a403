"""Repairs: brute force over all plans, and detection afterwards."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lodestar.assess.conflicts import detect
from lodestar.assess.conflicts.changes import COSTS, Change, Price, apply, price_of
from lodestar.assess.conflicts.orphans import orphans
from lodestar.assess.conflicts.repair import repair
from lodestar.schema.tables import conform
from tests.support.registers import register, registers

CONFLICT = {"a": ("sales", 1.0, 0.5), "b": ("service", 1.0, 0.5)}


def every_change(found, price):
    """All changes that could matter and may be made, metric by metric."""
    options = []
    functions = sorted({f for f in found.function if f})
    for i, name in enumerate(found.ids):
        if found.group[i] != "metric":
            continue
        if found.incentive[i] <= 0:
            mine = [Change(name, "assign-owner")]
            options.append([None, *(c for c in mine if price.allows(found, c))])
            continue
        mine = [Change(name, "re-weight"), Change(name, "replace")]
        mine += [Change(name, "share", f) for f in functions if f != found.function[i]]
        mine += [Change(name, "guardrail")]
        options.append([None, *(c for c in mine if price.allows(found, c))])
    return options


def remains(found, before):
    """Severe conflicts and orphans of a register, and what is new among them."""
    severe = {(c.kind, c.a, c.b, c.lever) for c in detect(found).severe}
    pairs = {(kind, *sorted((a, b))) for kind, a, b, _ in severe}
    alone = {("orphan", o) for o, _ in orphans(found)}
    return pairs | alone, (pairs | alone) - before


@st.composite
def prices(draw):
    """The defaults, or a client's costs (free ones and ties among them) and bans."""
    if draw(st.booleans()):
        return Price()
    pairs = st.tuples(st.sampled_from("abcd"), st.sampled_from(sorted(COSTS)))
    money = st.sampled_from([0.0, 0.5, 1.0, 2.0, 2.25, 19.99])
    return Price(draw(st.dictionaries(pairs, money, max_size=8)), draw(st.frozensets(pairs)))


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(registers(3, outcomes=1), registers(3, outcomes=1), registers(4, outcomes=2)),
    prices(),
)
def test_no_plan_is_cheaper(found, price):
    """Oracle: every plan of at most one change a metric, applied and detected again."""
    before, _ = remains(found, set())
    assume(before)
    plan = repair(found, price)
    best, same = None, set()
    for choice in product(*every_change(found, price)):
        made = tuple(sorted(change for change in choice if change is not None))
        left, new = remains(apply(found, made), before)
        if new:
            continue
        key = (len(left), round(sum(price.of(c) for c in made), 6), len(made), made)
        if best is None or key[:2] < best[:2]:
            same = set(made)
        if best is None or key[:2] <= best[:2]:
            same &= set(made)
        best = key if best is None or key < best else best
    left, new = remains(apply(found, plan.changes), before)
    assert not new
    assert plan.optimal
    assert (round(plan.cost, 6), len(plan.changes), plan.changes) == best[1:]
    assert plan.after.severe + plan.after.orphans == len(left)
    assert plan.bound == plan.cost
    assert plan.common == tuple(change in same for change in plan.changes)
    assert (plan.greedy.left, plan.greedy.cost) >= (len(left), 0)
    assert plan.greedy.left > len(left) or plan.greedy.cost >= plan.cost - 1e-9


@settings(max_examples=60, deadline=None)
@given(registers(7))
def test_a_plan_clears_what_it_does_not_name_and_needs_every_change(found):
    plan = repair(found)
    metrics = [c.metric for c in plan.changes]
    assert len(set(metrics)) == len(metrics)
    named = {(n[0], *sorted(n[1:])) for n in plan.left}
    everything, _ = remains(apply(found, plan.changes), set())
    assert everything <= named
    for without in plan.changes:
        fewer = apply(found, [c for c in plan.changes if c != without])
        assert remains(fewer, set())[0] - named


def test_the_cheapest_change_is_taken_and_ties_go_to_ids():
    """0.5·0.5·0.1 = 0.025 needs one halving: re-weight a, at 1."""
    found = register(CONFLICT, [("a", "b", -0.1, "measured")])
    plan = repair(found)
    assert plan.changes == (Change("a", "re-weight"),)
    assert (plan.cost, plan.optimal, plan.before.severe, plan.after.severe) == (1, True, 1, 0)


def test_two_halvings_count_together():
    """0.25·0.3 = 0.075: one halving leaves 0.0375, two leave 0.019; sharing costs the same."""
    found = register(CONFLICT, [("a", "b", -0.3, "measured")])
    plan = repair(found)
    assert plan.cost == 2
    assert plan.changes == (Change("a", "guardrail"),)
    halved = Price(forbidden=frozenset(product("ab", ["share", "guardrail"])))
    assert repair(found, halved).changes == (Change("a", "re-weight"), Change("b", "re-weight"))


def test_the_clients_costs_and_bans_hold():
    found = register(CONFLICT, [("a", "b", -0.9, "measured")])
    rows = [
        {"metric": "a", "change": "guardrail", "cost": 9, "allowed": "yes"},
        {"metric": "a", "change": "share", "cost": 2, "allowed": "no"},
        {"metric": "b", "change": "share", "cost": 0.5, "allowed": "yes"},
    ]
    price = price_of(conform("repairs", pd.DataFrame(rows)))
    plan = repair(found, price)
    assert (plan.changes, plan.cost) == ((Change("b", "share", "sales"),), 0.5)
    barred = Price(forbidden=frozenset(product("ab", COSTS)))
    nothing = repair(found, barred)
    assert (nothing.changes, nothing.cost, nothing.left) == ((), 0, (("structural", "a", "b"),))
    assert nothing.after.severe == 1


def test_sharing_does_not_help_a_customer():
    found = register(
        {"a": ("sales", 1.0, 0.5)},
        [("a", "o", -0.9, "measured"), ("z", "o", 0.9)],
        {"o": ("customer", 1.0)},
        {"z": "driver"},
    )
    (change,) = repair(found).changes
    assert change == Change("a", "guardrail")


def test_an_owner_that_opens_a_conflict_is_not_chosen():
    """Both x and y help the orphan; paying x would fight the sales measure."""
    found = register(
        {"a": ("sales", 1.0, 1.0), "x": ("service", 1.0, 0.0), "y": ("service", 1.0, 0.0)},
        [("x", "o", 0.5), ("y", "o", 0.5), ("x", "a", -0.9, "measured")],
        {"o": ("customer", 1.0)},
    )
    plan = repair(found)
    assert plan.changes == (Change("y", "assign-owner"),)
    assert (plan.before.orphans, plan.after.orphans, plan.after.severe) == (1, 0, 0)


def test_replacing_the_last_helper_is_made_good():
    """Replacing a would orphan the outcome; the guardrail is dear, so an owner is named too."""
    found = register(
        {"a": ("sales", 1.0, 1.0), "h": ("service", 1.0, 0.0)},
        [("a", "o", -1.0, "measured"), ("a", "p", 0.9), ("h", "p", 0.9)],
        {"o": ("customer", 1.0), "p": ("customer", 1.0)},
    )
    price = Price({("a", "guardrail"): 9.0})
    plan = repair(found, price)
    assert plan.changes == (Change("a", "replace"), Change("h", "assign-owner"))
    assert plan.left == (("orphan", "o"),)


def test_policies_are_cleared_where_they_are_paid_for():
    found = register(
        {"calls": ("sales", 1.0, 0.2)},
        [("fee", "calls", 1.0, "measured"), ("calls", "o", -0.1, "measured")],
        {"o": ("customer", 0.9)},
        {"fee": "policy"},
    )
    plan = repair(found)
    assert plan.changes == (Change("calls", "guardrail"),)
    assert plan.after.severe == 0


def test_at_threshold_zero_halving_is_no_way_out():
    found = register(CONFLICT, [("a", "b", -0.1, "measured")], threshold=0.0)
    plan = repair(found)
    assert plan.changes[0].change in ("guardrail", "share")
    assert plan.after.severe == 0


def test_a_customer_measure_is_not_paid_less_to_clear_a_conflict():
    """Halving the harmed measure would do at 1; it is the customer's, so a guardrail at 2."""
    found = register(CONFLICT, [("a", "b", -0.1, "measured")])
    found = replace(found, kind=("operational", "customer"))
    barred = Price(forbidden=frozenset([("a", "re-weight")]))
    assert repair(found, barred).changes == (Change("a", "guardrail"),)
    permitted = replace(barred, permitted=frozenset([("b", "re-weight")]))
    assert repair(found, permitted).changes == (Change("b", "re-weight"),)


def test_a_replaced_measure_that_becomes_a_lever_is_seen():
    """Without its reward, k is a lever that pulls a and b apart: worse than what it clears."""
    found = register(
        {"a": ("sales", 1.0, 1.0), "b": ("service", 1.0, 1.0), "k": ("finance", 1.0, 0.05)},
        [("k", "a", 0.9, "measured"), ("k", "b", -0.9, "measured")],
    )
    price = Price(
        {("k", "replace"): 0.1},
        frozenset(product("abk", ["re-weight", "share", "guardrail"]))
        | frozenset(product("ab", ["replace"])),
    )
    plan = repair(found, price)
    assert (plan.changes, plan.left) == ((), (("structural", "k", "b"),))
    freed = Price({("k", "replace"): 0.1}, price.forbidden - {("a", "share")})
    both = (Change("a", "share", "service"), Change("k", "replace"))
    assert repair(found, freed).changes == both


def test_a_plan_says_what_each_change_eases():
    found = register(CONFLICT, [("a", "b", -0.1, "measured")])
    assert repair(found).eases == ((("structural", "a", "b"),),)
