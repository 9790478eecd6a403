"""Oracles: group levels by hand from a few persons; draws by an obvious loop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lodestar.assess.level import assess, group_level
from lodestar.engagement.model import Engagement
from lodestar.framework.model import Item
from lodestar.stats.draws import generator
from tests.support.builders import IDENTITY, engagement, small_framework

ANSWERS = {"I01": 3.0, "I02": 2.0, "I03": 4.0}
"""I02 is a reverse item: 2 reads as 4; D1 = (3 + 4)/2, D2 = 4."""


def client(persons: list[tuple[str, str | None, dict[str, float]]], **more: Any) -> Engagement:
    respondents = [
        {"respondent": f"p{i:02}", "group": group, "function": function}
        for i, (group, function, _) in enumerate(persons)
    ]
    responses = [
        {"respondent": f"p{i:02}", "item": item, "value": value}
        for i, (_, _, answers) in enumerate(persons)
        for item, value in answers.items()
    ]
    return engagement({"respondents": respondents, "responses": responses}, **more)


def customers(*answers: dict[str, float], **more: Any) -> Engagement:
    return client([("customer", None, one) for one in answers], **more)


def test_experienced_level_by_hand() -> None:
    """Six persons at D1 3.5, D2 4: level 3.75; importance, know and nps items enter nothing."""
    noise = {"I04": 1.0, "I06": 1.0, "I08": 10.0}
    got = assess(customers(*[ANSWERS | noise] * 6), {})["experienced"]
    assert got["estimate"] == pytest.approx(3.75)
    assert got["n"] == 6
    assert [(d["dimension"], d["estimate"], d["items"]) for d in got["dimensions"]] == [
        ("D1", 3.5, 2),
        ("D2", 4.0, 1),
    ]
    assert not got["own_map"]


def test_half_of_the_items_must_be_answered() -> None:
    """Three items in D1: one answer of three is too few, two are enough."""
    items = tuple(
        Item(f"I{i}", "agree5", {"en": ""}, "D1", ("customer",), to_level=IDENTITY)
        for i in range(3)
    )
    shown = small_framework(items=items)
    one, two = {"I0": 5.0}, {"I0": 2.0, "I1": 3.0}
    got = assess(customers(*[two] * 5, one, framework=shown), {})["experienced"]
    assert got["n"] == 5
    assert got["estimate"] == pytest.approx(2.5)


def test_only_items_meant_for_the_group_enter() -> None:
    items = (
        Item("I1", "agree5", {"en": ""}, "D1", ("employee",), to_level=IDENTITY),
        Item("I2", "agree5", {"en": ""}, "D1", ("customer",), to_level={1: 1.0, 5: 3.0}),
    )
    shown = small_framework(items=items)
    got = assess(customers(*[{"I1": 5.0, "I2": 3.0}] * 5, framework=shown), {})["experienced"]
    assert got["estimate"] == pytest.approx(2.0)


def test_employees_are_averaged_within_function_first() -> None:
    """Five in sales at 2, ten in service at 4: 3, not 3.33."""
    persons: list[Any] = [("employee", "sales", {"I03": 2.0})] * 4
    persons += [("employee", "sales", {"I03": 2.5})] + [("employee", "service", {"I03": 4.0})] * 10
    got = group_level(client(persons), "employee")
    assert got.estimate == pytest.approx((2.1 + 4) / 2)
    assert got.n == 15


def test_employees_without_a_function_are_left_out() -> None:
    persons: list[Any] = [("employee", "sales", {"I03": 2.0})] * 6
    persons += [("employee", None, {"I03": 5.0})] * 6
    assert group_level(client(persons), "employee").estimate == pytest.approx(2.0)
    employees = assess(client(persons), {})["groups"][2]
    assert (employees["group"], employees["left_out"]) == ("employee", 6)
    few = assess(client(persons[:8]), {})["groups"][2]
    assert few["left_out"] is None
    assert few["left_out_reason"]


def test_small_functions_leave_the_weights_and_take_one_more_with_them() -> None:
    """Three in service are hidden; so is sales, which would give them away from the total."""
    persons: list[Any] = [("employee", "sales", {"I03": 2.0 + i / 10}) for i in range(6)]
    persons += [("employee", "service", {"I03": 4.0})] * 3
    persons += [("employee", "finance", {"I03": 3.0 + i / 10}) for i in range(8)]
    functions = ("sales", "service", "finance")
    got = group_level(client(persons, functions=functions), "employee")
    assert got.estimate == pytest.approx(np.mean([3.0 + i / 10 for i in range(8)]))


def test_few_employees_without_a_function_take_one_function_with_them() -> None:
    """Page 05 shows all employees: with every function here, the three would follow from it."""
    persons: list[Any] = [("employee", "sales", {"I03": 2.0 + i / 10}) for i in range(6)]
    persons += [("employee", "finance", {"I03": 3.0 + i / 10}) for i in range(8)]
    persons += [("employee", None, {"I03": 4.0})] * 3
    got = group_level(client(persons, functions=("sales", "finance")), "employee")
    assert got.estimate == pytest.approx(np.mean([3.0 + i / 10 for i in range(8)]))


def test_a_function_all_at_one_extreme_takes_one_more_with_it() -> None:
    """Six in service, all at 5: page 05 hides service and sales, so sales may not count here."""
    persons: list[Any] = [("employee", "sales", {"I03": 2.0 + i / 10}) for i in range(7)]
    persons += [("employee", "service", {"I03": 5.0})] * 6
    persons += [("employee", "finance", {"I03": 3.0 + i / 10}) for i in range(8)]
    functions = ("sales", "service", "finance")
    got = group_level(client(persons, functions=functions), "employee")
    assert got.estimate == pytest.approx(np.mean([3.0 + i / 10 for i in range(8)]))


def test_fewer_than_five_customers_are_not_shown() -> None:
    got = assess(customers(*[ANSWERS] * 4), {})
    assert got["experienced"]["estimate"] is None
    assert got["experienced"]["n"] is None
    assert got["experienced"]["suppressed"]
    assert all(d["n"] is None for d in got["experienced"]["dimensions"])
    assert got["self_customer"] == []


def test_everybody_at_one_extreme_is_not_shown() -> None:
    """Six persons all at 5 in D2: a mean of 5 would tell what each of them said."""
    got = assess(customers(*[{"I01": 3.0, "I02": 2.0, "I03": 5.0}] * 6), {})["experienced"]
    assert got["dimensions"][1]["suppressed"]
    assert got["estimate"] == pytest.approx(3.5)


def test_draws_equal_the_obvious_loop() -> None:
    rng = np.random.default_rng(6)
    people = [
        {item: float(rng.integers(1, 6)) for item in ("I01", "I02", "I03") if rng.random() < 0.7}
        for _ in range(12)
    ]
    people = [p | {"I01": 3.0} for p in people]
    found = group_level(customers(*people), "customer")
    picks = generator(7, "level.experienced").integers(0, 12, (2000, 12), dtype=np.int32)
    assert found.draws is not None
    for b in range(0, 2000, 250):
        taken = [people[i] for i in picks[b]]
        first = [np.mean([p["I01"], 6 - p["I02"]]) if "I02" in p else p["I01"] for p in taken]
        second = [p["I03"] for p in taken if "I03" in p]
        want = np.mean([np.mean(first), np.mean(second)])
        assert found.draws[b] == pytest.approx(want)


def test_order_of_answers_changes_nothing() -> None:
    shown = customers(*[{"I01": float(1 + i % 5), "I03": float(5 - i % 5)} for i in range(10)])
    turned = shown.with_tables(
        respondents=shown.wave.tables["respondents"].iloc[::-1].reset_index(drop=True),
        responses=shown.wave.tables["responses"].iloc[::-1].reset_index(drop=True),
    )
    one, two = assess(shown, {})["experienced"], assess(turned, {})["experienced"]
    assert one == two


def test_clients_own_map_is_told() -> None:
    words = ("item I03 'Three': to_level set to 1: 1, 5: 3", "item I01 'One': role set to 'x'")
    own = small_framework(overrides=words)
    got = assess(customers(*[ANSWERS] * 6, framework=own), {})["experienced"]
    assert got["own_map"]
    other = small_framework(overrides=words[1:])
    assert not assess(customers(*[ANSWERS] * 6, framework=other), {})["experienced"]["own_map"]
