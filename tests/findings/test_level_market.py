"""The sentences on the required level and the offer are true of the numbers in every branch."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lodestar.findings.level.agreement import disagreement, overall
from lodestar.findings.level.market import required
from lodestar.findings.level.offer import offer
from lodestar.findings.level.studies import INDUSTRY, disputes, pays, rests_on
from lodestar.findings.model import Absent, Finding
from lodestar.framework import load_framework
from tests.findings.test_level import results
from tests.support.pointers import resolve

CHANGE = {"factor": "R9", "score": 3.0, "to_score": 2.5, "change": -0.5, "to_level": 4}


def asked(**changes: Any) -> dict[str, Any]:
    """Results whose required level is 3.0 unless something in it is replaced."""
    return results(required=changes)


def told(given: dict[str, Any], slot: Any = required) -> Finding:
    finding = slot(given)
    assert isinstance(finding, Finding)
    assert all(resolve(given, pointer) is not None for pointer in finding.evidence)
    return finding


def test_nearest_change_in_words_beside_what_raters_differ_by() -> None:
    """Raters at 2, 3 and 4 lie two thirds of a point from their mean."""
    said = told(asked(smallest_change=CHANGE)).so_what
    assert said.startswith(
        "If “Factor 9” were scored 2.5 rather than 3, the level would be 4, not 3: less than the "
        "0.7 of a point by which its raters differ from their mean."
    )
    far = {**CHANGE, "to_score": 1.5, "change": -1.5}
    assert ": more than the 0.7 of a point" in told(asked(smallest_change=far)).so_what
    even = {**CHANGE, "to_score": 2.34, "change": -0.66}
    assert ": about as much as the 0.7" in told(asked(smallest_change=even)).so_what
    given = asked(smallest_change=CHANGE)
    for row in given["level"]["required"]["factors"]:
        row["average_deviation"] = 0.0
    assert "not 3, and its raters score it alike." in told(given).so_what


@pytest.mark.parametrize(
    ("to", "change", "words"),
    [
        (2.735, -0.265, "2.7 rather than 3"),
        (2.76, -0.24, "2.7 rather than 3"),
        (3.21, 0.21, "3.3 rather than 3"),
        (3.3000000001, 0.3, "3.3 rather than 3"),
        (5.0, 2.0, "5 rather than 3"),
    ],
)
def test_the_changed_score_is_told_beyond_the_edge(to: float, change: float, words: str) -> None:
    """Whoever sets the score that the sentence names sees the level that it names."""
    moved = {**CHANGE, "to_score": to, "change": change}
    assert f"scored {words}, the level" in told(asked(smallest_change=moved)).so_what


def test_edge_and_no_change() -> None:
    edge = told(asked(smallest_change={**CHANGE, "change": 0.01}))
    assert "stands on the edge of level 4" in edge.so_what
    assert "No single factor" in told(asked(smallest_change=None)).so_what


def test_widest_disagreement_with_what_settling_does() -> None:
    widest = {"factor": "R3", "average_deviation": 0.9, "lowest": 1.0, "highest": 5.0}
    ends = {"at_lowest": 2.4, "at_highest": 3.6}
    agreed = {"widest": {**widest, **ends, "changes_level": True}, "decisive": ["R3", "R1"]}
    said = told(asked(agreement=agreed)).so_what
    assert "Raters disagree most on “Factor 3”: scores from 1 to 5, on average 0.9 of a" in said
    assert "it decides the level (2.4 at the lowest score, 3.6 at the highest)" in said
    assert said.endswith("; so could one other factor.")
    agreed = {"widest": {**widest, **ends, "changes_level": False}, "decisive": ["R1"]}
    said = told(asked(agreement=agreed)).so_what
    assert "Settling it leaves the level at 3" in said
    assert said.endswith("settle “Factor 1” first, which could change it.")


def test_survey_raters_are_never_told_by_their_ends() -> None:
    hidden = dict.fromkeys(("lowest", "highest", "at_lowest", "at_highest", "changes_level"))
    widest = {"factor": "R3", "average_deviation": 1.0, **hidden}
    given = asked(agreement={"widest": widest})
    said = disagreement(given["level"]["required"], given["labels"])
    assert said == (
        "Raters disagree most on “Factor 3”, on average 1 point from their mean: settle it before "
        "the level is used."
    )


def test_without_two_raters_the_widest_factor_is_told_instead() -> None:
    agreed = {"widest": {"factor": None}, "average_deviation": None}
    given = asked(agreement=agreed, smallest_change=CHANGE)
    assert "“Factor 1” moves it most: make sure that its score is agreed." in told(given).so_what
    assert overall(given["level"]["required"]) == ""
    same = asked(agreement=agreed, smallest_change={**CHANGE, "factor": "R1"})
    assert "The same factor moves it most" in told(same).so_what


def test_reading_calls_it_a_range_and_says_on_what_it_rests() -> None:
    evidence = [
        {"strength": "good", "share": 0.6, "factors": []},
        {"strength": "conceptual", "share": 0.4, "factors": []},
    ]
    reading = told(asked(evidence=evidence)).reading
    assert "80 % range under rater and weight uncertainty" in reading
    assert "rests 60 % on good evidence and 40 % on reasoning alone." in reading
    assert "confidence" not in reading
    assert rests_on({"evidence": []}) == ""


def test_overall_agreement_in_words() -> None:
    said = overall(asked()["level"]["required"])
    assert "over eleven factors they lie 0.7 of a point from their mean; mean rwg 0.50" in said


PLACE = {
    "sum": 6.3,
    "scale": {"factor": "R1", "score": 3.0, "low": 2.8, "high": 3.2},
    "integration": {"factor": "R2", "score": 3.3, "low": 3.1, "high": 3.5},
    "base": {"estimate": 3.14, "low": 3.0, "high": 3.3},
}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"shift": 0.5, "level": 3.64, "rules": []}, "the market raises it by half a level to 3.6"),
        (
            {"shift": -0.3, "level": 2.84, "rules": []},
            "the market lowers it by 0.3 of a level to 2.8",
        ),
        ({"shift": 0.01, "level": 3.15, "rules": []}, "the market leaves it there"),
        (
            {"shift": -1.5, "level": 3.0, "rules": ["shift_cap", "parity_floor"]},
            "the market (−1.5) and the bounds of the formula make it 3",
        ),
        (
            {"shift": None, "level": None, "rules": []},
            "too few factors are scored to tell how far the market moves it",
        ),
    ],
)
def test_offer_headline_is_base_shift_and_level(parts: dict[str, Any], words: str) -> None:
    finding = told(asked(offer=PLACE, parts=parts), offer)
    assert finding.headline == f"Your offer alone asks for level 3.1 (3.0 to 3.3); {words}"
    assert finding.so_what.startswith(
        "You score 3 on “Factor 1” and 3.3 on “Factor 2”, 6.3 of 10 together."
    )
    for rule, sentence in {
        "shift_cap": "bounds its shift at 1.5",
        "parity_floor": "parity",
    }.items():
        assert (sentence in finding.so_what) == (rule in parts["rules"])


def test_offer_says_whose_axes_and_whose_lines() -> None:
    """Galbraith is named only where the framework's axes are his; his cut-offs are unread."""
    given = asked(offer=PLACE)
    assert told(given, offer).reading.endswith("The lines are ours.")
    for row in given["level"]["required"]["factors"][:2]:
        row["source"] = "Galbraith 2005, an axis"
    assert "We have not read his cut-offs" in told(given, offer).reading
    given["level"]["required"]["offer"]["scale"]["low"] = None
    assert "no range" in told(given, offer).reading


def test_offer_without_two_axes_or_scores_says_so() -> None:
    given = asked(offer={"sum": None, "sum_reason": "Because.", "scale": {"factor": None}})
    slot = offer(given)
    assert isinstance(slot, Absent)
    assert (slot.reason, slot.tables) == ("Because.", ())
    given["level"]["required"]["offer"]["scale"]["factor"] = "R1"
    slot = offer(given)
    assert isinstance(slot, Absent)
    assert slot.tables == ("context",)


def test_every_study_told_is_among_the_sources() -> None:
    """Name and year of each study in a sentence stand in a citation of the framework."""
    framework = load_framework("customer-alignment")
    citations = [source.citation for source in framework.sources]
    texts = [pays(), INDUSTRY, *(f.disputed for f in framework.factors if f.disputed)]
    named = {
        pair
        for text in texts
        for pair in re.findall(r"(\w+)(?: et al\.| and \w+)? ((?:19|20)\d\d)", text)
    }
    assert {name for name, _ in named} == {
        "Cano",
        "Kirca",
        "Kumar",
        "Lee",
        "Slater",
        "Sørensen",
        "Vieira",
    }
    for name, year in named:
        assert any(c.startswith(name) and f"({year})" in c for c in citations), (name, year)


def test_disputed_factors_are_those_the_sources_contradict() -> None:
    framework = load_framework("customer-alignment")
    against = next(s for s in framework.sources if s.id == "slater-narver-1994")
    assert {f.id for f in framework.factors if f.disputed} == set(against.rests)
    rows = [{"factor": f.id, "disputed": f.disputed} for f in framework.factors]
    names = {f.id: f.name for f in framework.factors}
    said = disputes({"factors": rows}, {"factor": names})
    assert said.startswith("Studies disagree on two factors. “Needs change")
    assert disputes({"factors": []}, {"factor": names}) == ""
