"""Objections beside the figures that answer them. Oracle: the numbers given, by hand."""

from __future__ import annotations

from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.perspectives.objections import OBJECTIONS, answers, objections
from lodestar.findings.perspectives.topic_groups import found_words, languages, topic_groups
from lodestar.schema.comment_words import KINDS
from tests.support.pointers import resolve

ROW = {"function": "sales", "own": 4.0, "others": 2.5, "n_own": 5, "n_others": 9}
LEVELS = {
    "required": {"estimate": 3.6, "low": 3.3, "high": 4.0},
    "experienced": {"estimate": 2.3, "low": 2.2, "high": 2.4},
}


def results(n: int | None = 11, **more: Any) -> dict[str, Any]:
    kinds = [{"kind": kind, "n": None, "suppressed": True} for kind in KINDS]
    objection = {
        "n": n,
        "suppressed": n is None,
        "kinds": kinds,
    }
    perspectives = {
        "objections": objection,
        "objection_facts": {
            "unserving": {"share": 0.39, "activities": 11},
            "past": {"kept": 0.64, "chance": 0.78, "factor": 0.89, "promises": 4},
        },
        "insular": [ROW, {**ROW, "own": 2.0}],
        "languages": [{"language": "en", "n": 30, "suppressed": False}],
        "topic_groups": [],
        "topic_groups_reason": "None.",
        "found_topics": [],
        "found_topics_reason": "Too few words.",
    }
    labels = {"group": {"customer": "Customers"}, "function": {}}
    return {"perspectives": {**perspectives, **more}, "level": LEVELS, "labels": labels}


def test_every_kind_is_answered_with_its_figures() -> None:
    given = results()
    told = answers(given)
    assert list(told) == list(OBJECTIONS) == list(KINDS)
    assert (
        "higher in one; at most it says 4 (n 5) where others say 2.5 (n 9)"
        in told["different"].said
    )
    assert "39 % of all listed effort, in eleven activities" in told["no_time"].said
    assert "asks for level 3.6 (3.3 to 4.0)" in told["not_wanted"].said
    assert "experience 2.3 (2.2 to 2.4), which is less" in told["not_wanted"].said
    assert "Four promises of past investments were kept to 64 %" in told["tried_before"].said
    found = objections(given)
    assert isinstance(found, Finding)
    assert found.headline.startswith("Eleven people write that it will not work here; four usual")
    for pointer in found.evidence:
        resolve(given, pointer)


def test_what_is_not_known_is_said_and_gives_no_evidence() -> None:
    given = results(insular=[])
    given["level"] = {"required": None, "experienced": LEVELS["experienced"]}
    given["perspectives"]["objection_facts"]["unserving"] = {"share": None, "activities": 0}
    given["perspectives"]["objection_facts"]["past"]["kept"] = None
    told = answers(given)
    assert all(answer.said.startswith("Not known") for answer in told.values())
    found = objections(given)
    assert isinstance(found, Finding)
    assert "no usual objections can be answered" in found.headline
    assert found.evidence == ("/perspectives/objections/n",)


def test_without_enough_people_there_is_no_number() -> None:
    few, none = (
        objections(results(None)),
        objections(results(None, languages=[], languages_reason="None.")),
    )
    assert isinstance(few, Absent)
    assert isinstance(none, Absent)
    assert (few.tables, none.tables) == ((), ("comments",))


def test_the_surest_group_is_told_first() -> None:
    row = {"topic": "a", "group": "customer", "n": 30, "asked": 50, "share": 0.6, "low": 0.46}
    row |= {"high": 0.72, "ratio": 3.0, "ratio_low": 1.7, "ratio_high": 5.2, "suppressed": False}
    alone = {**row, "topic": "b", "ratio": None, "ratio_low": None, "ratio_high": None}
    found = topic_groups(results(topic_groups=[row]))
    assert isinstance(found, Finding)
    assert found.headline == (
        "“a” is raised by 30 people of 50 (60 %, 46 % to 72 %) among customers, 3.0 times as often "
        "as by others (1.7 to 5.2)"
    )
    other = topic_groups(results(topic_groups=[row, alone]))
    assert isinstance(other, Finding)
    assert other.headline.endswith("among customers, and by nobody else")
    hidden = dict.fromkeys(("n", "asked", "share", "low", "high", "ratio"))
    none = topic_groups(results(topic_groups=[{**row, **hidden}]))
    assert isinstance(none, Absent)
    assert none.tables == ()


def test_words_and_languages_are_told() -> None:
    given = results(
        found_topics=[{"words": ["prix", "facture"], "n": 40}],
        languages=[{"language": "en", "n": 30}, {"language": "fr", "n": None}],
    )
    assert "“prix”, “facture”" in found_words(given)
    assert "English (30) and French (too few to show)" in languages(given)
    assert found_words(results()).endswith("Too few words.")
    assert languages(results()) == ""
