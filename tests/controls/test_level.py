"""The what-if of 02, moved without a browser."""

from __future__ import annotations

import re

import pytest

from lodestar.assess.level import assess
from lodestar.controls.level import LevelWhatIf, what_if
from lodestar.findings.level import answer
from tests.support.levels import client, results


def control(case: str = "all") -> LevelWhatIf:
    made = what_if(client(case), results(case))
    assert isinstance(made, LevelWhatIf)
    return made


def words(made: LevelWhatIf) -> str:
    """The output without charts and tags."""
    html = re.sub(r"<figure.*?</figure>", "", made.output.value, flags=re.S)
    return re.sub(r"<[^>]+>", " ", html)


def test_opens_at_the_reviewed_figures_and_says_nothing_twice() -> None:
    made = control()
    assert made.chosen.value == 3
    assert made.factors["R1"].value == 3
    assert len(made.factors) == 11
    assert "Reviewed:" not in words(made)
    assert answer(results())[0] in words(made)
    assert "reviewed 3" in made.children[0].children[1].value


@pytest.mark.parametrize("chosen", [1.0, 4.5])
def test_chosen_level_moves_sentences_ladder_and_targets(chosen: float) -> None:
    made = control()
    made.chosen.value = chosen
    section = assess(client(chosen_level=chosen), {})
    assert answer({"level": section})[2] in words(made)
    assert "Reviewed: " + answer(results())[0] in words(made)
    target = section["present"]["dimensions"][0]["target"]
    assert f"{target:.1f}" in words(made)
    assert "reviewed 3" in made.output.value


def test_factor_is_held_at_its_score_for_every_rater() -> None:
    """The same as a client whose raters all gave 5; the others untouched."""
    made = control()
    made.factors["R1"].value = 5.0
    rows = client().table("context").copy()
    rows.loc[rows["factor"] == "R1", "score"] = 5.0
    section = assess(client().with_tables(context=rows), {})
    assert answer({"level": section})[0] in words(made)
    assert "market asks for level 4" in words(made)


def test_reset_brings_back_the_reviewed_figures() -> None:
    made = control()
    before = made.output.value
    made.chosen.value, made.factors["R3"].value = 5.0, 1.0
    assert made.output.value != before
    made.reset.click()
    assert made.output.value == before


def test_without_market_only_the_level_can_be_moved() -> None:
    made = control("no-level-chosen")
    assert made.factors == {}
    assert "reviewed none" in made.children[0].children[1].value
    made.chosen.value = 4.0
    assert "You chose level 4 and you work at 2.5." in words(made)


@pytest.mark.parametrize("case", ["nothing", "customers-only", "one-rater"])
def test_poor_clients_have_a_control_too(case: str) -> None:
    made = control(case)
    made.chosen.value = 4.5
    assert made.output.value
