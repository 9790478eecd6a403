"""The sentences of 07 are true of the numbers in every branch. Oracle: a section made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap import answer, findings
from lodestar.findings.roadmap.harm import harming, path_words, way_words
from lodestar.findings.roadmap.rules import rule_words
from lodestar.findings.roadmap.told import telling
from tests.support.findings import hold_together, pick, said
from tests.support.roadmap_results import (
    LABELS,
    NO_DIP,
    SECTION,
    harm,
    investment,
    path,
    point,
    results,
    unplanned,
)
from tests.support.roadmaps import client, roadmap

SLOTS = (
    *("choice", "path", "frontier", "robust", "harm", "blocked"),
    *("plan", "milestones", "stop", "returns"),
)
IDS = [f"roadmap.{slot}" for slot in SLOTS]


def slot(given: dict[str, Any], name: str) -> Finding | Absent:
    return pick(findings(given), f"roadmap.{name}")


def found(given: dict[str, Any], name: str) -> Finding:
    return said(slot(given, name))


def test_slots_come_in_page_order_with_evidence_that_resolves() -> None:
    given = results()
    made = findings(given)
    assert [f.id for f in made] == IDS
    for finding in made:
        hold_together(finding, "07_roadmap", given)


def test_answer_leads_with_the_choice_then_the_dip_then_harm() -> None:
    assert answer(results()) == [
        "Two of three planned investments take the alignment index from 58 to 66 (65 to 67) in "
        "twelve months, for EUR 200,000.",
        "The index falls from 58 to 56 in February 2027 and is back in April 2027.",
        "One planned investment does harm: “Brand relaunch”; the plan does without it.",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"index_after": 58.3, "path": path(58, 58.3)}, "from 58.0 to 58.3 (57.3 to 59.3)"),
        ({"index_after": 58.04, "path": path(58, 58.04)}, "leave the alignment index at 58.0"),
        ({"chosen": ["c"]}, "One of three planned investments takes the alignment index"),
        ({"index_after": 50.0, "path": path(58, 50)}, "from 58 to 50 (49 to 51)"),
    ],
)
def test_choice_says_where_the_index_goes(changes: dict[str, Any], words: str) -> None:
    assert words in found(results(**changes), "choice").headline


def test_choice_names_what_adds_most_first() -> None:
    assert "Decide “Early signs” and “Shared record” first" in found(results(), "choice").so_what
    worse = results(index_after=50.0)
    assert "takes you away from the chosen level" in found(worse, "choice").so_what
    none = [investment("a", 0, gain_alone=-0.1), investment("c", 3, gain_alone=0.0)]
    assert "None of them gains by itself" in found(results(investments=none), "choice").so_what


def test_choice_says_whether_it_is_proven() -> None:
    assert "(proven)" in found(results(), "choice").reading
    open_ = found(results(optimal=False, gap=0.012), "choice").reading
    assert "misalignment could be up to 1.2 % less" in open_
    assert "(proven)" not in open_


def test_nothing_chosen_leaves_the_index() -> None:
    given = unplanned()
    said = found(given, "choice")
    assert "none that your rules allow" in said.headline
    assert "stays at 58" in said.headline
    assert "page 04" in said.so_what
    assert isinstance(slot(given, "path"), Absent)
    assert isinstance(slot(given, "plan"), Absent)
    assert slot(given, "plan").tables == ()
    assert not any("falls" in sentence for sentence in answer(given)[1:2])


def test_rules_that_cannot_be_kept_come_with_the_way_out() -> None:
    more = [{"period": "2027-Q1", "amount": 402_000.0}]
    relax = [
        {"rule": "budget", "names": ["capital"], "more": more},
        {"rule": "excludes", "names": ["a", "b"], "more": []},
    ]
    null = dict.fromkeys(("cost", "index_after", "index_as_promised", "optimal", "gap"))
    given = unplanned(relax=relax, frontier=[], frontier_reason="Does not fit.", **null)
    said = found(given, "choice")
    assert said.headline == "No plan keeps every rule you set: two rules would have to give way"
    assert "grant EUR 402,000 more of capital budget by 2027-Q1" in said.so_what
    assert "let “Shared record” and “Brand relaunch” both be done" in said.so_what
    assert slot(given, "frontier") == Absent(
        "roadmap.frontier", "07_roadmap", "Does not fit.", ("budgets", "investments")
    )


@pytest.mark.parametrize(
    ("rule", "names", "words"),
    [
        ("earliest", ["a"], "let “Shared record” start earlier"),
        ("requires", ["a", "c"], "let “Shared record” go without “Early signs”"),
        ("must-not", ["b"], "allow “Brand relaunch”"),
        ("must", ["b"], "do not insist on “Brand relaunch”"),
        ("capacity", ["sales"], "find more person-months in Sales (1.5 in 2027-Q2)"),
    ],
)
def test_each_rule_says_what_to_do(rule: str, names: list[str], words: str) -> None:
    more = [{"period": "2027-Q2", "amount": 1.5}]
    assert rule_words(results(), {"rule": rule, "names": names, "more": more}) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "The index falls from 58 to 56 in February 2027 and is back in April 2027; it stands"),
        (
            {"dip": {"month": 2, "index": 56.0, "back_month": None}},
            "in February 2027 and is not back by the end",
        ),
        ({"dip": {"month": 1, "index": 57.8, "back_month": 3}}, "falls from 58.0 to 57.8 in"),
        ({"dip": NO_DIP}, "does not fall below today’s 58 on the way; it stands at 66 (65 to 67)"),
        ({"dip": {"month": 1, "index": 57.97, "back_month": 2}}, "does not fall below today’s 58"),
    ],
)
def test_path_tells_the_dip_or_that_there_is_none(changes: dict[str, Any], words: str) -> None:
    assert words in found(results(**changes), "path").headline


def test_path_says_what_to_expect() -> None:
    assert "judged in February 2027" in found(results(), "path").so_what
    rising = results(dip=NO_DIP, path=path(58, 58.5, 59.2))
    assert "first whole point in February 2027" in found(rising, "path").so_what
    flat = results(dip=NO_DIP, path=path(58, 58.2))
    assert "less than one point" in found(flat, "path").so_what


def test_frontier_compares_at_the_budget_granted() -> None:
    said = found(results(), "frontier")
    assert said.headline == (
        "With EUR 400,000 this plan reaches an index of 66, largest gap first 63 and an even "
        "spread 61"
    )
    assert "would buy 0.4 index points (“Brand relaunch” would join)" in said.so_what
    close = results(index_after=66.4, frontier=[point(1, 66.4, 66.1, 61.0)])
    assert "66.4, largest gap first 66.1" in found(close, "frontier").headline


def test_frontier_without_gain_budget_or_fit() -> None:
    dry = results(next=[{**SECTION["next"][0], "gain": 0.01}])
    assert "no alignment to speak of" in found(dry, "frontier").so_what
    unfit = results(frontier=[point(1, None, 0, 0)])
    assert isinstance(slot(unfit, "frontier"), Absent)
    none = results(frontier=[], frontier_reason="No budget.", budget=None, next=[])
    assert slot(none, "frontier").tables == ("budgets", "investments")


@pytest.mark.parametrize(
    ("harmful", "chosen", "words"),
    [
        ([], ["a"], "None of the three planned investments is found to harm"),
        ([harm()], ["a", "b"], "does harm: “Brand relaunch”; the plan takes it all the same"),
        ([harm(), harm("a", 0.9)], ["a"], "do harm: “Shared record” and “Brand relaunch”"),
        ([harm(), harm("a", 0.9)], ["a"], "; the plan takes one of them"),
        ([harm(contested=True)], ["a"], "is found to harm; one may, as paths disagree"),
    ],
)
def test_harm_is_told_beside_the_plan(harmful: list, chosen: list[str], words: str) -> None:
    rows = [investment("a", 0), investment("b", 0), investment("c")]
    given = results(harmful=harmful, chosen=chosen, investments=rows)
    assert words in found(given, "harm").headline


def test_harm_inside_the_plan_asks_to_mend_the_path_first() -> None:
    rows = [investment("b", 0, choice="must"), investment("a"), investment("c")]
    forced = results(chosen=["b"], investments=rows)
    assert "because a rule asks for it" in found(forced, "harm").so_what
    rows[0]["choice"] = "may"
    assert "closer with it than without" in found(forced, "harm").so_what


def test_slight_harm_is_told_apart_from_what_matters() -> None:
    rows = [investment("a", 0), investment("b", 0), investment("c", 0)]
    told = results(harmful=[harm(), harm("a", 0.004)], chosen=["c"], investments=rows)
    slight = "“Shared record” harms by less than 0.01, too little to decide by."
    assert found(told, "harm").so_what.endswith(slight)
    assert found(told, "harm").headline.startswith("One planned investment does harm: “Brand")
    only = results(harmful=[harm("a", 0.004)], chosen=["c"], investments=rows)
    assert "too little" not in found(only, "harm").so_what


def test_ways_of_harm_are_told_by_name() -> None:
    given = results()
    assert path_words(given, ["k", "n", "o"]) == "Awareness → Claim → Promises kept"
    assert way_words(given, harm(contested=True)) == "Promises kept falls (contested)"
    worse = harm(kind="misalignment", a="C01", b="service")
    assert way_words(given, worse) == "Misalignment grows, most in Service: Listen"
    clash = harm(kind="conflict", a="m", b="o")
    assert way_words(given, clash).startswith("A severe conflict opens between Calls an hour and")
    assert harming({"harmful": [harm("a", 0.1), harm("b", 0.2), harm("a", 0.3)]}) == ["a", "b"]


def test_plan_tells_sponsors_who_leave_before_the_effect() -> None:
    said = found(results(), "plan")
    assert said.headline == (
        "Two investments start between 2027-Q1 and 2027-Q2; one loses its sponsor before any "
        "effect can show"
    )
    assert "sponsor of “Shared record”: the first sponsor goes in February 2027" in said.so_what
    stays = {"sponsor_until": "2029-12-31", "sponsor_month": 36.0}
    calm = results(investments=[investment("a", 0, **stays), investment("c", 0)])
    assert "in 2027-Q1; no sponsor is known to leave" in found(calm, "plan").headline
    assert "Ask each sponsor" in found(calm, "plan").so_what


def test_sponsors_who_all_leave() -> None:
    gone = {"sponsor_until": "2027-01-31", "sponsor_month": 1.0}
    both = results(investments=[investment("a", 0, **gone), investment("c", 3, **gone)])
    assert "; all lose their sponsors" in found(both, "plan").headline
    one = results(investments=[investment("a", 0, **gone)], chosen=["a"])
    assert "One investment starts in 2027-Q1; all" not in found(one, "plan").headline


def test_returns_compare_what_came_with_the_chance_stated() -> None:
    assert found(results(), "returns").headline == (
        "Two past promises were kept to 50 %, where a chance of 80 % was stated; new ones are "
        "counted at 83 % of theirs"
    )
    past = {**SECTION["returns"], "factor": 1.0, "n": 1}
    same = found(results(returns=past), "returns")
    assert "One past promise was kept" in same.headline
    assert "new ones are counted as stated" in same.headline
    assert "One effect that promised nothing left out" in same.reading
    none = {"n": 0, "kept": None, "kept_reason": "No past.", "chance": None, "factor": 1.0}
    assert isinstance(slot(results(returns={**none, "effects": []}), "returns"), Absent)


def test_names_that_read_alike_carry_their_id() -> None:
    given = {"labels": {**LABELS, "investment": {"x": "Same name", "y": "Same name", "z": "Other"}}}
    assert telling(given, ["x", "y", "z"], 40) == {
        "x": "Same name (x)",
        "y": "Same name (y)",
        "z": "Other",
    }


def test_nothing_known_says_what_would_answer() -> None:
    made = client([], [])
    given = {"roadmap": roadmap([], []), "labels": LABELS, "currency": "EUR", "as_of": "2026-12-31"}
    assert made.has("investments") is False
    slots = findings(given)
    assert all(isinstance(s, Absent) and s.reason for s in slots)
    assert len(answer(given)) == 3
    assert "List planned investments" in answer(given)[1]
