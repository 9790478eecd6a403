"""Sentences on how good a repair plan is: true of the figures in every branch."""

from __future__ import annotations

import pytest

from lodestar.findings.conflicts.repair_words import repairs, ways_words
from tests.support.conflicts import field_results


def reading(**changed):
    """The reading of the field case with parts of its plan replaced."""
    results = field_results()
    section = dict(results["conflicts"])
    section["repairs"] = {**section["repairs"], **changed}
    return repairs({**results, "conflicts": section}).reading


def greedy(cost, left=0):
    return {"cost": cost, "changes": 3, "left": left}


def firm(*common):
    """The first changes of the field case, some in every cheapest plan."""
    changes = field_results()["conflicts"]["repairs"]["changes"]
    return [{**changes[0], "common": one} for one in common]


def test_the_plan_is_set_against_one_made_step_by_step():
    said = reading(cost=7.0, greedy=greedy(9.0), left=[])
    assert "Cost 7 in your units, proven to be the cheapest." in said
    assert "step by step, would cost 9, 2 more." in said
    assert "would cost the same." in reading(cost=7.0, greedy=greedy(7.0), left=[])


def test_a_plan_made_step_by_step_that_clears_less_is_not_called_cheaper():
    said = reading(cost=7.0, greedy=greedy(5.5, left=2), left=[["orphan", "o"]])
    assert "would cost 5.5 and leave one more conflict or orphan outcome uncleared." in said
    said = reading(cost=7.0, greedy=greedy(5.5, left=2), left=[])
    assert "leave two more conflicts or orphan outcomes uncleared." in said


def test_an_unproven_plan_names_what_no_plan_undercuts():
    said = reading(cost=12_345.67, optimal=False, bound=12_000.5)
    assert "Cost 12,345.67 in your units" in said
    assert "not proven: no plan costs less than 12,000.5." in said


@pytest.mark.parametrize(
    ("common", "words"),
    [
        ((True, True), "No other plan is as cheap."),
        ((True, True, False), "Two of the three changes are in every cheapest plan"),
        ((True, False), "One of the two changes is in every cheapest plan"),
        ((False, False), "Each change could be swapped"),
    ],
)
def test_how_many_changes_could_be_swapped(common, words):
    assert words in reading(changes=firm(*common))


def test_what_was_not_tested_is_not_told():
    said = reading(changes=firm(True, None))
    assert "every cheapest plan" not in said
    assert "swapped" not in said
    assert [ways_words({"common": one}) for one in (True, False, None)] == [
        "no, in every cheapest plan",
        "yes, one of several equally cheap ways",
        "not tested",
    ]
