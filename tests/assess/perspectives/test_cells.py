"""Group figures and what of them may be shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.perspectives import views
from lodestar.confidentiality import Gate
from lodestar.stats.agreement import icc_groups, rwg_j
from lodestar.stats.reliability import cronbach_alpha
from tests.assess.perspectives.survey import crowd, survey


def cell(people: list[dict[str, Any]], scale: str, group: str) -> dict[str, Any]:
    """Return one gated cell."""
    cells = views(survey(people), Gate()).cells
    return cells[(cells["scale"] == scale) & (cells["group"] == group)].iloc[0].to_dict()


def test_figures_are_those_of_the_group_alone() -> None:
    """Oracle: the statistics of the same persons' turned answers, computed beside."""
    people = crowd(9, 3.4, 1, group="employee", function="sales") + crowd(
        8, 2.4, 2, group="employee", function="service"
    )
    items = np.array([[p["I01"], 6 - p["I02"]] for p in people])
    found = cell(people, "D1.level", "employee")
    functions = [p["function"] for p in people]
    assert found["n"] == 17
    assert found["mean"] == pytest.approx(items.mean(axis=1).mean())
    assert found["rwg"] == pytest.approx(rwg_j(items))
    assert found["alpha"] == pytest.approx(cronbach_alpha(items))
    icc1, icc2 = icc_groups(items.mean(axis=1), functions)
    assert (found["icc1"], found["icc2"]) == pytest.approx((icc1, icc2))
    own = cell(people, "D1.level", "employee:sales")
    assert np.isnan(own["icc1"])
    assert own["mean"] == pytest.approx(items[:9].mean())


def test_a_group_under_the_threshold_keeps_its_name_only() -> None:
    people = crowd(9, 3, 3, group="customer") + crowd(4, 3, 4, group="partner")
    found = cell(people, "D1.level", "partner")
    assert found["suppressed"]
    assert np.isnan(found["n"])
    assert np.isnan(found["mean"])
    assert not cell(people, "D1.level", "customer")["suppressed"]


def test_one_small_function_takes_the_next_smallest_with_it() -> None:
    """Oracle: the direct-and-remainder rule: 24 employees less 9 and 11 would leave the 4."""
    people = [
        person
        for function, n in (("sales", 4), ("service", 9), ("finance", 11))
        for person in crowd(n, 3, n, group="employee", function=function)
    ]
    functions = ("sales", "service", "finance")
    hidden = [cell(people, "D1.level", f"employee:{f}")["suppressed"] for f in functions]
    assert hidden == [True, True, False]
    assert not cell(people, "D1.level", "employee")["suppressed"]


def test_several_small_functions_do_not_follow_together() -> None:
    """Oracle: 16 employees less the 12 shown would leave four people of three functions."""
    sizes = (("a", 1), ("b", 1), ("c", 2), ("d", 12))
    people = [p for f, n in sizes for p in crowd(n, 3, n, group="employee", function=f)]
    assert cell(people, "D1.level", "employee:d")["suppressed"]
    assert not cell(people, "D1.level", "employee")["suppressed"]


def test_employees_without_a_function_count_as_a_part() -> None:
    """Oracle: 3 employees name no function; all less both functions would be those 3."""
    people = [
        *crowd(9, 3, 1, group="employee", function="sales"),
        *crowd(12, 3, 2, group="employee", function="service"),
        *crowd(3, 3, 3, group="employee"),
    ]
    assert cell(people, "D1.level", "employee:sales")["suppressed"]
    assert not cell(people, "D1.level", "employee:service")["suppressed"]


def test_a_homogeneous_group_is_coarsened_and_not_to_be_had_by_subtraction() -> None:
    """Oracle: all seven answer 5: the mean would tell everybody's answer (DESIGN §7)."""
    top = [{"group": "employee", "function": "sales", "I01": 5, "I02": 1} for _ in range(7)]
    people = top + crowd(9, 3, 5, group="employee", function="service")
    people += crowd(12, 3, 6, group="employee", function="finance")
    found = cell(people, "D1.level", "employee:sales")
    assert found["suppressed"]
    assert found["coarsened"] == "high end"
    assert np.isnan(found["n"])
    assert cell(people, "D1.level", "employee:service")["suppressed"]


def test_a_small_homogeneous_group_is_not_even_coarsened() -> None:
    people = [{"group": "partner", "I01": 1, "I02": 5} for _ in range(4)]
    people += crowd(9, 3, 7, group="customer")
    found = cell(people, "D1.level", "partner")
    assert found["suppressed"]
    assert not isinstance(found["coarsened"], str)


def test_no_word_for_a_function_beside_a_small_one() -> None:
    """Oracle: the employees' total less service leaves sales and three of finance."""
    people = [{"group": "employee", "function": "sales", "I01": 5, "I02": 1} for _ in range(7)]
    people += crowd(3, 3, 5, group="employee", function="finance")
    people += crowd(12, 3, 6, group="employee", function="service")
    found = cell(people, "D1.level", "employee:sales")
    assert found["suppressed"]
    assert not isinstance(found["coarsened"], str)


def test_cuts_that_nearly_coincide_are_not_shown_together() -> None:
    """Oracle: seniority "lead" is all 10 managers and 2 employees: 12 − 10 leaves 2."""
    people = crowd(10, 3, 8, group="manager", seniority="lead")
    people += crowd(2, 3, 9, group="employee", seniority="lead", function="sales")
    people += crowd(20, 3, 10, group="employee", seniority="junior", function="sales")
    shown = [not cell(people, "D1.level", g)["suppressed"] for g in ("manager", "seniority:lead")]
    assert sum(shown) == 1


def test_order_of_persons_changes_nothing() -> None:
    people = crowd(9, 3.4, 1, group="employee", function="sales") + crowd(8, 2, 2, group="customer")
    forward, backward = (
        cell(people, "D1.level", "employee"),
        cell(people[::-1], "D1.level", "employee"),
    )
    for name in ("n", "mean", "rwg", "alpha"):
        assert forward[name] == pytest.approx(backward[name])


who = st.tuples(
    st.sampled_from(["employee", "employee", "manager", "customer"]),
    st.sampled_from(["sales", "service", None]),
    st.sampled_from(["junior", "senior", None]),
    st.integers(1, 5),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(who, min_size=5, max_size=40))
def test_no_few_persons_follow_from_the_cells_that_are_shown(people: list[tuple]) -> None:
    """Oracle: rank of the shown cells with and without the indicator of a hidden set."""
    rows = [dict(zip(("group", "function", "seniority", "I03"), p, strict=True)) for p in people]
    seen = views(survey(rows), Gate())
    cells = seen.cells[seen.cells["scale"] == "D2.level"]
    shown = set(cells.loc[~cells["suppressed"].astype(bool), "group"])
    published = np.array([g.members for g in seen.groups if g.id in shown], dtype=float)
    if not len(published):
        return
    hidden = [g.members for g in seen.groups if g.id not in shown and g.members.sum() < 5]
    for secret in [*np.eye(len(people)), *hidden]:
        both = np.vstack([published, secret])
        assert np.linalg.matrix_rank(both) > np.linalg.matrix_rank(published)
