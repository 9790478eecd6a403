"""The what-if of 07, moved without a browser. Oracle: the section of a client so made."""

from __future__ import annotations

import re
from typing import Any

import ipywidgets as widgets
import pytest

from lodestar.assess.results import Results
from lodestar.assess.roadmap import plan, scenarios
from lodestar.controls.roadmap import FREE, IN, OUT, RoadmapWhatIf, what_if
from lodestar.engagement.model import Engagement
from lodestar.errors import FaultError
from lodestar.findings.roadmap.choice import choice_sentence
from tests.support.roadmaps import client, effect, investment

EFFECTS = [effect("i1", "C01", 1), effect("i2", "C03", 2), effect("i3", "C04", 1)]


def engagement(amount: float = 200, **more: Any) -> Engagement:
    """Two that help, one that overshoots, and money for two."""
    rows = [{**investment(name), **more.pop(name, {})} for name in ("i1", "i2", "i3")]
    budgets = [{"period": "2027-Q1", "kind": "capital", "amount": amount}]
    return client(rows, EFFECTS, budgets=budgets, **more)


def control(**given: Any) -> RoadmapWhatIf:
    made = engagement(**given)
    opened = what_if(scenarios(made), Results(made))
    assert isinstance(opened, RoadmapWhatIf)
    return opened


def words(made: RoadmapWhatIf) -> str:
    return re.sub(r"<[^>]+>", " ", made.output.value)


def said(made: Engagement) -> str:
    """The sentence of a client, without the band that a what-if does not draw."""
    results = Results(made)
    section = {**results["roadmap"], "path": []}
    return choice_sentence({**results, "roadmap": section})


def test_opens_at_the_reviewed_plan() -> None:
    made = control()
    assert "Two of three planned investments take the alignment index" in words(made)
    assert "Reviewed:" not in words(made)
    assert "reviewed 3" in made.children[1].children[1].value
    assert "reviewed EUR 200" in made.children[0].children[1].value


def test_less_money_makes_the_plan_of_a_client_with_less() -> None:
    made = control()
    assert made.budget is not None
    made.budget.value = 100
    assert said(engagement(100)) in words(made)
    assert "Reviewed: Two of three" in words(made)


@pytest.mark.parametrize("level", [1.0, 4.0])
def test_another_level_makes_the_plan_of_a_client_that_chose_it(level: float) -> None:
    made = control()
    made.chosen.value = level
    assert said(engagement(chosen_level=level)) in words(made)


@pytest.mark.parametrize("months", [12, 24])
def test_a_shorter_horizon_makes_the_plan_that_is_best_by_then(months: int) -> None:
    """Oracle: the plan computed from the tables at that horizon, nothing kept from before."""
    given = engagement()
    made = control()
    made.horizon.value = months
    again = plan(given, Results(given), horizon=months)
    shown = {**Results(given), "roadmap": {**again, "investments": [{}] * 3, "path": []}}
    shown["roadmap"]["horizon_months"] = months
    assert choice_sentence(shown) in words(made)


def test_horizon_level_and_money_together_equal_a_full_computation() -> None:
    given = engagement()
    made = control()
    assert made.budget is not None
    made.horizon.value, made.chosen.value, made.budget.value = 18, 4.0, 100
    made.choices["i1"].value = OUT
    asked = {"budget": 100.0, "chosen_level": 4.0, "choices": {"i1": "must-not"}}
    again = plan(given, Results(given), horizon=18, **asked)
    now = made._plan()
    assert {key: now[key] for key in again} == again
    made.reset.click()
    assert "Reviewed:" not in words(made)


def test_a_late_effect_is_left_out_where_the_plan_is_judged_before_it() -> None:
    """It shows 24 months after delivery: worth its money in three years, not in one."""
    given = client([investment("i1")], [effect("i1", "C03", 1, delay_months=24)])
    made = what_if(scenarios(given), Results(given))
    assert isinstance(made, RoadmapWhatIf)
    assert "2027-Q1" in words(made)
    made.horizon.value = 12
    assert "none that your rules allow" in words(made)
    assert words(made).count("2027-Q1") == 1


@pytest.mark.parametrize(("choice", "rule"), [(IN, "must"), (OUT, "must-not")])
def test_an_investment_can_be_put_in_or_kept_out(choice: str, rule: str) -> None:
    for name in ("i1", "i3"):
        made = control()
        assert made.choices[name].value == FREE
        made.choices[name].value = choice
        assert said(engagement(**{name: {"choice": rule}})) in words(made)


def test_rules_that_cannot_be_kept_come_with_the_way_out() -> None:
    made = control()
    for box in made.choices.values():
        box.value = IN
    assert "No plan keeps every rule you set: one rule would have to give way" in words(made)
    assert "grant EUR 100 more of capital budget" in words(made)


def test_reset_brings_back_the_reviewed_plan() -> None:
    made = control()
    before = made.output.value
    made.chosen.value, made.choices["i1"].value = 5.0, OUT
    assert made.output.value != before
    made.reset.click()
    assert made.output.value == before
    assert made.choices["i1"].value == FREE


def test_without_a_budget_there_is_no_slider_of_money() -> None:
    client_ = client([investment("i1")], [effect("i1", "C01", 1)])
    made = what_if(scenarios(client_), Results(client_))
    assert isinstance(made, RoadmapWhatIf)
    assert made.budget is None
    made.choices["i1"].value = OUT
    assert "index stays at" in words(made)


@pytest.mark.parametrize("changes", [{"ratings": None}, {"chosen_level": None}])
def test_without_an_index_the_control_says_why(changes: dict[str, Any]) -> None:
    made = engagement(**changes)
    opened = what_if(scenarios(made), Results(made))
    assert isinstance(opened, widgets.HTML)
    assert len(opened.value) > 20


def test_names_of_investments_are_escaped() -> None:
    made = control(i1={"name": "<img src=x>"})
    made.choices["i2"].value = OUT
    assert "<img" not in made.output.value


def test_a_search_that_ends_without_a_plan_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    made = control()

    def gives_up(*_: object, **__: object) -> None:
        raise FaultError("The search <ended>.")

    monkeypatch.setattr("lodestar.controls.roadmap.choose", gives_up)
    made.chosen.value = 4.0
    assert made.output.value == "<p>The search &lt;ended&gt;.</p>"
    made.reset.click()
    assert "Two of three" in words(made)


def test_a_plan_that_is_not_proven_says_so() -> None:
    made = engagement()
    results = Results(made)
    section = {**results["roadmap"], "optimal": False, "gap": 0.02}
    shown = {name: results[name] for name in ("labels", "alignment", "currency", "as_of")}
    opened = what_if(scenarios(made), {**shown, "roadmap": section})
    assert isinstance(opened, RoadmapWhatIf)
    assert "misalignment could be up to 2 % less" in words(opened)
