"""Scales and groups, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lodestar.assess.perspectives.groups import groups, pairs
from lodestar.assess.perspectives.scales import answer_matrix, scales, score
from lodestar.framework.model import Dimension, Item
from tests.support.builders import small_framework

NAN = float("nan")


def frame(**answers: list[float]) -> pd.DataFrame:
    """Return responses in long form, one respondent a list position."""
    rows = [(f"r{i}", item, v) for item, values in answers.items() for i, v in enumerate(values)]
    return pd.DataFrame(rows, columns=["respondent", "item", "value"])


def test_scales_are_items_of_one_dimension_and_family() -> None:
    """Oracle: the framework's items sorted by hand; nps belongs to none."""
    found = {s.id: [item.id for item in s.items] for s in scales(small_framework())}
    assert found == {
        "D1.level": ["I01", "I02"],
        "D2.level": ["I03"],
        "D2.importance": ["I04"],
        "D2.performance": ["I05"],
        "D3.know": ["I06"],
        "D3.do": ["I07"],
    }


def test_reverse_items_are_turned_and_half_of_the_items_suffice() -> None:
    """Oracle: I02 is reverse: 4 counts as 2; one of two items is half, none is too few."""
    framework = small_framework()
    people = pd.DataFrame({"respondent": ["r0", "r1", "r2"], "group": ["employee"] * 3})
    answers = answer_matrix(framework, people, frame(I01=[5, NAN, NAN], I02=[4, 4, NAN]))
    scored = score(scales(framework)[0], answers, people["group"])
    assert scored.person[:2].tolist() == [3.5, 2.0]
    assert np.isnan(scored.person[2])


def test_only_items_meant_for_a_persons_group_count() -> None:
    """Oracle: three items for employees, one of them for customers too; by hand."""
    items = (
        Item("A", "agree5", {"en": "a"}, "D1", ("employee", "customer")),
        Item("B", "agree5", {"en": "b"}, "D1", ("employee",)),
        Item("C", "agree5", {"en": "c"}, "D1", ("employee",)),
        Item("N", "nps", {"en": "n"}, "D1", ()),
    )
    framework = small_framework(items=items, dimensions=(Dimension("D1", "One"),))
    people = pd.DataFrame(
        {"respondent": ["r0", "r1", "r2"], "group": ["employee", "customer", "partner"]}
    )
    answers = answer_matrix(framework, people, frame(A=[1, 3, 5], B=[NAN, 5, 5], C=[NAN, 5, 5]))
    scored = score(scales(framework)[0], answers, people["group"])
    assert np.isnan(scored.person[0])
    assert scored.person[1] == 3
    assert np.isnan(scored.person[2])
    assert scored.meant.tolist() == [[True] * 3, [True, False, False], [False] * 3]


def test_an_item_without_audience_is_meant_for_everybody() -> None:
    item = Item("A", "agree5", {"en": "a"}, "D1", ())
    framework = small_framework(items=(item,))
    people = pd.DataFrame({"respondent": ["r0"], "group": ["partner"]})
    answers = answer_matrix(framework, people, frame(A=[4]))
    assert score(scales(framework)[0], answers, people["group"]).person.tolist() == [4]


@pytest.fixture
def respondents() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "respondent": list("abcdef"),
            "group": ["employee", "employee", "manager", "customer", "employee", "partner"],
            "function": ["service", "sales", "sales", None, None, None],
            "seniority": ["junior", "senior", "senior", None, None, None],
        }
    )


def test_groups_are_stakeholders_employee_functions_and_seniority(
    respondents: pd.DataFrame,
) -> None:
    """Oracle: by hand; managers of a function are no employees of it."""
    found = {group.id: group.members.tolist() for group in groups(respondents)}
    assert list(found) == [
        "customer",
        "employee",
        "manager",
        "partner",
        "employee:sales",
        "employee:service",
        "seniority:junior",
        "seniority:senior",
    ]
    assert found["employee:sales"] == [False, True, False, False, False, False]
    assert found["seniority:senior"] == [False, True, True, False, False, False]


def test_pairs_stay_within_a_kind_the_smaller_id_first(respondents: pd.DataFrame) -> None:
    """Oracle: 6 pairs of stakeholders (customer–employee among them), 1 of functions, 1 more."""
    found = [(a.id, b.id) for a, b in pairs(groups(respondents))]
    assert len(found) == 8
    assert ("customer", "employee") in found
    assert ("employee:sales", "employee:service") in found
    assert not any(a == "employee" and ":" in b for a, b in found)
    assert all(a < b for a, b in found)
