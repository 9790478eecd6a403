"""The what-if of 02, moved without a browser."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.level import assess, scenarios
from lodestar.controls.level import LevelWhatIf, what_if
from lodestar.findings.level import answer
from lodestar.findings.level.way import way_sentence
from tests.support.levels import client, leaves, results


def control(case: str = "all") -> LevelWhatIf:
    made = what_if(scenarios(client(case)), results(case))
    assert isinstance(made, LevelWhatIf)
    return made


def output(made: LevelWhatIf) -> tuple[str, str, str]:
    return made.four.value, made.said.value, made.aims.value


def words(made: LevelWhatIf) -> str:
    """What is said below the controls, without tags."""
    return re.sub(r"<[^>]+>", "", made.said.value)


def reads(shown: str) -> str:
    """The text alternative of a chart."""
    found = re.search(r'<img alt="([^"]*)"', shown)
    return found[1] if found else ""


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
    assert answer(results())[0] in words(made).split("Reviewed: ")[1]
    assert "reviewed 3." in reads(made.four.value)
    said = reads(made.aims.value)
    assert way_sentence(section, results()["labels"]["dimension"]) in html.unescape(said)
    for row in section["present"]["dimensions"]:
        assert f"{row['estimate']:.1f}, target {row['target']:.1f}, reviewed " in said


def test_factor_is_held_at_its_score_for_every_rater() -> None:
    """The same as a client whose raters all gave 5; the others untouched."""
    made = control()
    made.factors["R1"].value = 5.0
    rows = client().wave.tables["context"].copy()
    rows.loc[rows["factor"] == "R1", "score"] = 5.0
    section = assess(client().with_tables(context=rows), {})
    for sentence in answer({"level": section}):
        assert sentence.partition(" (")[0] in words(made)
    assert "market asks for level 4" in words(made)


NEARLY = 0.1
"""Levels by which the interval from the market to how one works may be off: it is drawn anew."""


@settings(max_examples=15)
@given(
    chosen=st.sampled_from([1.0, 2.5, 3.0, 5.0]),
    held=st.dictionaries(st.sampled_from(["R1", "R4", "R9"]), st.sampled_from([1.0, 3.25, 5.0])),
)
def test_a_move_gives_what_a_client_with_those_scores_would_get(
    chosen: float, held: dict[str, float]
) -> None:
    """Oracle: everything computed from tables in which every rater gave the score that is held."""
    rows = client().wave.tables["context"].copy()
    for factor, score in held.items():
        rows.loc[rows["factor"] == factor, "score"] = score
    moved = scenarios(client()).at(chosen, held, results()["level"])
    whole = assess(client(chosen_level=chosen).with_tables(context=rows), {})
    near = moved["distances"].pop("required_minus_present")
    exact = whole["distances"].pop("required_minus_present")
    assert leaves(near) == pytest.approx(leaves(exact), abs=NEARLY)
    for key in ("chosen", "distances", "consequence"):
        assert leaves(moved[key]) == pytest.approx(leaves(whole[key]), nan_ok=True), key
    for end in ("estimate", "low", "high", "distribution"):
        assert moved["required"][end] == pytest.approx(whole["required"][end])
    assert moved["present"] == whole["present"]
    assert moved["experienced"] == whole["experienced"]


@given(chosen=st.sampled_from([1.0, 4.5]), score=st.sampled_from([1.0, 5.0]))
@settings(max_examples=4)
def test_controls_put_back_by_hand_show_exactly_the_reviewed_figures(
    chosen: float, score: float
) -> None:
    made = control()
    before, start = output(made), made.factors["R3"].value
    made.chosen.value, made.factors["R3"].value = chosen, score
    made.chosen.value, made.factors["R3"].value = 3.0, start
    assert output(made) == before
    assert "reviewed" not in reads(made.four.value) + reads(made.aims.value)


def test_reset_brings_back_the_reviewed_figures_at_once() -> None:
    made = control()
    before, shown = output(made), []
    made.chosen.value, made.factors["R3"].value = 5.0, 1.0
    assert output(made) != before
    made.said.observe(lambda change: shown.append(change["new"]), names="value")
    made.reset.click()
    assert output(made) == before
    assert shown == [before[1]]


def test_a_factor_leaves_the_targets_and_the_chosen_level_as_they_are() -> None:
    made = control()
    aims = made.aims.value
    made.factors["R1"].value = 5.0
    assert made.aims.value == aims


def test_the_level_reviewed_can_be_chosen_though_it_is_no_half() -> None:
    made = what_if(scenarios(client(chosen_level=3.2)), results(chosen_level=3.2))
    assert isinstance(made, LevelWhatIf)
    assert made.chosen.value == 3.2
    assert ("level 3.2", 3.2) in made.chosen.options
    assert ("level 3.5", 3.5) in made.chosen.options


def test_without_market_only_the_level_can_be_moved() -> None:
    made = control("no-level-chosen")
    assert made.factors == {}
    assert "reviewed none" in made.children[0].children[1].value
    assert made.aims.value == ""
    made.chosen.value = 4.0
    assert "You chose level 4 and you work at 2.5." in words(made)
    assert "target" in reads(made.aims.value)


@pytest.mark.parametrize("case", ["nothing", "customers-only", "one-rater"])
def test_poor_clients_have_a_control_too(case: str) -> None:
    made = control(case)
    made.chosen.value = 4.5
    assert made.said.value
