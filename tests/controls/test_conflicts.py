"""The what-if of 03: moving a control solves again; the reviewed figures stay beside it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from lodestar.assess.conflicts import scenarios
from lodestar.controls.conflicts import ConflictWhatIf, what_if
from tests.support.conflicts import (
    RULE,
    engagement_of,
    field_results,
    field_tables,
    link,
    planted_history,
)


def made(**more: Any) -> ConflictWhatIf:
    tables = field_tables(history=planted_history(), **more)
    control = what_if(scenarios(engagement_of(tables)), field_results(tables))
    assert isinstance(control, ConflictWhatIf)
    return control


@pytest.fixture
def control() -> ConflictWhatIf:
    return made()


def parts(control: ConflictWhatIf) -> tuple[str, ...]:
    return tuple(part.value for part in (control.said, control.bars, control.roof, control.plan))


def said(control: ConflictWhatIf) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", control.said.value))


def labels(control: ConflictWhatIf) -> str:
    return " ".join(re.findall(r'"label":"([^"]*)"', control.bars.value))


def test_opens_on_the_reviewed_figures(control):
    assert "severe conflicts between your measures" in said(control)
    assert "Reviewed:" not in said(control)
    assert "<figure" in control.bars.value
    assert "<figure" in control.roof.value
    assert "Contracts signed" in control.plan.value
    assert control.working.value == ""


def test_a_higher_threshold_leaves_fewer_severe(control):
    control.threshold.value = 0.12
    assert said(control).startswith("With conflicts severe from 0.12, ")
    assert "of the" in said(control)
    assert "Reviewed: " in said(control)


def test_direct_effects_only_leave_no_conflict_of_a_chain(control):
    """Every conflict of the field's case runs over two links or more, except the rule's."""
    control.length.value = 1
    assert "With direct effects only, none of the" in said(control)
    control.length.value = 5
    assert "Reviewed: " not in said(control)


def test_doubting_the_first_link_of_a_path_takes_its_conflict_away(control):
    words = "Contracts signed ↑ → Customised promises ↑ (observed)"
    assert "Contracts signed" in labels(control)
    box = next(box for box in control.doubts.boxes if box.description == words)
    box.value = True
    assert said(control).startswith("Without the link you doubt, ")
    assert "Contracts signed" not in labels(control)
    box.value = False
    assert "Contracts signed" in labels(control)


def test_a_whole_grade_counts_its_links_once():
    """Two assumed links, one of them offered singly too."""
    rows = field_tables()["links"]
    rows[0] |= {"evidence": "assumed"}
    control = made(links=[*rows, link("callbacks", "profit", "+", 0.1, "assumed")])
    grade, *_ = control.doubts.boxes
    assert grade.description == "All two links that are assumed"
    grade.value = True
    single = next(b for b in control.doubts.boxes if b.description.startswith("Contracts signed"))
    single.value = True
    assert said(control).startswith("Without the two links you doubt, ")


def test_the_links_are_folded_until_somebody_asks(control):
    assert control.doubts.fold.layout.display == "none"
    control.doubts.more.value = True
    assert control.doubts.fold.layout.display == ""


def test_changes_of_pay_add_up_and_can_be_taken_back(control):
    control.pay.metric.value = "contracts_signed"
    assert control.pay.share.value == 50
    control.pay.share.value = 0
    control.pay.metric.value = "logistics_cost"
    assert control.pay.share.value == 40
    control.pay.share.value = 10
    assert said(control).startswith("With two measures paid otherwise, ")
    assert "Contracts signed" not in control.plan.value
    first, second = control.pay.list.children
    assert "carries 0 % of the reward of Sales (reviewed 50 %)" in first.children[0].value
    first.children[1].click()
    assert said(control).startswith("With one measure paid otherwise, ")
    assert control.pay.metric.value == "logistics_cost"
    assert control.pay.share.value == 10
    second.children[1].click()
    assert control.pay.share.value == 40
    assert control.pay.list.children == ()
    assert "Reviewed:" not in said(control)


def test_a_slider_moved_back_is_no_change(control):
    before = parts(control)
    control.pay.metric.value = "contracts_signed"
    control.pay.share.value = 20
    control.pay.share.value = 50
    assert control.pay.changes == {}
    assert parts(control) == before


def test_choosing_a_measure_changes_nothing_by_itself(control):
    before = parts(control)
    for metric in ("service_cost", "visits"):
        control.pay.metric.value = metric
        assert parts(control) == before


def test_more_than_the_whole_reward_is_not_solved(control):
    """0.3 for fixing at the first contact and 0.8 for cost are 110 % of Service's reward."""
    control.pay.metric.value = "service_cost"
    control.pay.share.value = 80
    assert said(control).startswith("Not solved: the shares of Service add up to 110 %")
    assert parts(control)[1:] == ("", "", "")
    control.pay.share.value = 70
    assert said(control).startswith("With one measure paid otherwise, ")


def test_the_filter_shows_one_function_and_solves_nothing(control):
    before = parts(control)
    control.function.value = "sales"
    assert "Logistics" not in labels(control)
    control.function.value = "operations"
    assert "Logistics" in labels(control)
    assert parts(control)[0::2] == before[0::2]


def test_reset_brings_the_reviewed_figures_back(control):
    before = parts(control)
    control.threshold.value, control.length.value = 0.1, 3
    control.pay.share.value = 5
    control.doubts.boxes[0].value = True
    control.function.value = "service"
    assert parts(control) != before
    control.reset.click()
    assert parts(control) == before
    assert control.doubts.doubted == frozenset()
    assert control.pay.list.children == ()


def test_bars_tell_what_was_reviewed_where_it_moved(control):
    control.pay.metric.value = "logistics_cost"
    control.pay.share.value = 20
    texts = re.findall(r'"text":"([^"]*)"', control.bars.value)
    moved = [re.findall(r"[\d.]{4}", text) for text in texts if " (was " in text]
    assert moved
    for now, before in moved:
        assert float(now) == pytest.approx(float(before) / 2, abs=0.0101)


@pytest.mark.parametrize(
    ("tables", "reason"),
    [({"metrics": []}, "No metric is registered"), (RULE, "No metric carries an incentive")],
)
def test_without_pay_there_is_nothing_to_move(tables, reason):
    found = what_if(scenarios(engagement_of(tables)), field_results(tables))
    assert not isinstance(found, ConflictWhatIf)
    assert reason in found.value


def test_names_are_escaped():
    tables = field_tables()
    tables["metrics"][1]["name"] = "<img src=x onerror=alert(1)>"
    found = what_if(scenarios(engagement_of(tables)), field_results(tables))
    found.pay.metric.value = "logistics_cost"
    found.pay.share.value = 10
    shown = [*parts(found), *(row.children[0].value for row in found.pay.list.children)]
    assert not any("<img src=x" in part for part in shown)
