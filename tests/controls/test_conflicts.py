"""The what-if of 03: moving a control solves again; the reviewed figures stay beside it."""

from __future__ import annotations

import re

import pytest

from lodestar.controls.conflicts import ConflictWhatIf, what_if
from tests.support.conflicts import (
    RULE,
    engagement_of,
    field_results,
    field_tables,
    planted_history,
)


@pytest.fixture
def control() -> ConflictWhatIf:
    tables = field_tables(history=planted_history())
    made = what_if(engagement_of(tables), field_results(tables))
    assert isinstance(made, ConflictWhatIf)
    return made


def said(control: ConflictWhatIf) -> str:
    return re.sub(r"<figure.*?</figure>", "[chart]", control.output.value, flags=re.S)


def test_opens_on_the_reviewed_figures(control):
    assert "severe conflicts between your measures" in said(control)
    assert "[chart]" in said(control)
    assert "Reviewed:" not in said(control)


def test_a_higher_threshold_leaves_fewer_severe(control):
    before = said(control)
    control.threshold.value = 0.15
    after = said(control)
    assert after != before
    assert "Reviewed:" in after
    assert after.split("</p>")[0] != before.split("</p>")[0]


def test_no_pay_on_a_measure_takes_its_conflicts_away(control):
    control.metric.value = "contracts_signed"
    assert control.incentive.value == 50
    assert "Contracts signed" in said(control).split("Cheapest changes")[1]
    control.incentive.value = 0
    plan = said(control).split("Cheapest changes")[1]
    assert "Contracts signed" not in plan


def test_choosing_a_measure_changes_nothing_by_itself(control):
    before = said(control)
    control.metric.value = "service_cost"
    assert said(control) == before


def test_the_filter_shows_one_function(control):
    control.function.value = "sales"
    assert "Logistics" not in _chart_words(control)
    control.function.value = "operations"
    assert "Logistics" in _chart_words(control)


def _chart_words(control):
    return " ".join(re.findall(r'"label":"([^"]*)"', control.output.value))


def test_reset_brings_the_reviewed_figures_back(control):
    before = said(control)
    control.threshold.value = 0.1
    control.incentive.value = 5
    control.function.value = "service"
    control.reset.click()
    assert said(control) == before


@pytest.mark.parametrize(
    ("tables", "reason"),
    [({"metrics": []}, "No metric is registered"), (RULE, "No metric carries an incentive")],
)
def test_without_pay_there_is_nothing_to_move(tables, reason):
    made = what_if(engagement_of(tables), field_results(tables))
    assert not isinstance(made, ConflictWhatIf)
    assert reason in made.value


def test_names_are_escaped():
    tables = field_tables()
    tables["metrics"][1]["name"] = "<img src=x onerror=alert(1)>"
    made = what_if(engagement_of(tables), field_results(tables))
    assert "<img src=x" not in said(made)
