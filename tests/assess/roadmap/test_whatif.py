"""The plan at other figures equals the section of a client whose tables say so."""

from __future__ import annotations

import pytest

from lodestar.assess.results import Results
from lodestar.assess.roadmap import plan
from lodestar.engagement.model import Engagement
from tests.support.roadmaps import client, effect, investment

EFFECTS = [effect("a", "C03", 1), effect("b", "C01", 1), effect("c", "C03", 1.5)]
KEYS = ("chosen", "cost", "index_before", "index_after", "optimal")


def reviewed(amount: float = 100, c: str = "may", **changes: object) -> Engagement:
    rows = [investment("a"), investment("b", cost=40), investment("c", cost=180, choice=c)]
    budgets = [{"period": "2027-Q1", "kind": "capital", "amount": amount}]
    return client(rows, EFFECTS, budgets=budgets, **changes)


@pytest.mark.parametrize(
    ("asked", "as_if"),
    [
        ({}, {}),
        ({"budget": 190}, {"amount": 190}),
        ({"budget": 0}, {"amount": 0}),
        ({"chosen_level": 4.5}, {"chosen_level": 4.5}),
        ({"choices": {"c": "must"}}, {"c": "must"}),
        ({"choices": {"c": "must"}, "budget": 200}, {"c": "must", "amount": 200}),
    ],
)
def test_as_if_the_tables_said_so(asked: dict, as_if: dict) -> None:
    given = reviewed()
    section = Results(reviewed(**as_if))["roadmap"]
    made = plan(given, Results(given), **asked)
    assert {key: made[key] for key in KEYS} == {key: section[key] for key in KEYS}
    assert bool(made.get("relax")) == bool(section.get("relax"))


def test_without_a_budget_table_money_changes_nothing() -> None:
    given = client([investment("a")], EFFECTS[:1])
    assert plan(given, Results(given), budget=0)["chosen"] == ["a"]


def test_without_an_index_there_is_no_plan() -> None:
    given = client([investment("a")], EFFECTS[:1], ratings=None)
    made = plan(given, Results(given))
    assert made["chosen"] == []
    assert made["index_after_reason"]
