"""Sentences on what stands in the way of a plan and what tells of it; each told in advance."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.ground import blocked
from lodestar.findings.roadmap.rules import left_words
from lodestar.findings.roadmap.signs import milestones, ratings_due
from lodestar.findings.roadmap.stop import stop
from lodestar.workbook.roadmap import EXHIBITS
from tests.support.pointers import resolve
from tests.support.roadmap_results import (
    IDLE,
    PRICE,
    WHY,
    investment,
    results,
    sign,
    unplanned,
)

FREE = investment("x")["blocked"]


def held(share: float, in_plan: float, **more: Any) -> dict[str, Any]:
    """What holds an investment back: it rests on C02, and half a point of one holds."""
    by = {"by": ["C02"], "by_in_plan": ["C02"] if in_plan else []}
    blocks = share >= 0.5
    given = {"share": share, "share_in_plan": in_plan, "blocked": blocks, "gain_holds": 0.5}
    return {**FREE, **by, **given, **more}


def grounds(a: dict[str, Any], c: dict[str, Any], **more: Any) -> dict[str, Any]:
    rows = [investment("a", 0, blocked=a), investment("b"), investment("c", 3, blocked=c)]
    return results(**{"investments": rows, "index_holds": 64.5, **more})


def found(slot: Finding | Absent, given: dict[str, Any]) -> Finding:
    assert isinstance(slot, Finding)
    for pointer in slot.evidence:
        resolve(given, pointer)
    return slot


def test_a_blocked_investment_that_the_plan_leaves_blocked() -> None:
    given = grounds(held(0.6, 0.6), held(0.2, 0.1))
    made = found(blocked(given), given)
    assert made.headline == (
        "One of three planned investments is blocked: half or more of what it promises rests on "
        "capabilities that are too low; if that part does not hold, the plan reaches 64.5 instead "
        "of 66.0"
    )
    assert made.so_what == (
        "Plan for “Answer” first, or expect less of “Shared record”: 60 % of what it promises has "
        "no ground even with the whole plan."
    )


def test_a_blocked_investment_that_another_opens() -> None:
    given = grounds(held(1.0, 0.0, opened_by=["c"]), FREE)
    made = found(blocked(given), given)
    assert made.so_what == (
        "Deliver “Early signs” before “Shared record”: it lifts what it rests on."
    )
    exhibit = EXHIBITS["roadmap.blocked"](given)
    assert exhibit.table is not None
    assert exhibit.table.rows[0][-2:] == ("Answer", "Early signs")


def test_nothing_blocked_and_nothing_chosen() -> None:
    made = found(blocked(results()), results())
    assert made.headline.startswith("Of three planned investments, none is blocked")
    given = unplanned()
    assert "the plan" not in found(blocked(given), given).headline
    assert isinstance(blocked(results(investments=[], chosen_reason="None.")), Absent)


@pytest.mark.parametrize(
    ("rows", "headline", "advice"),
    [
        (
            [sign()],
            "; one investment of the plan has no sign to watch",
            "If it has not turned by then, ask what became of “Shared record”; choose a sign for "
            "“Early signs” before it starts.",
        ),
        (
            [sign(), sign("c", 8.0, good=False)],
            "; every investment of the plan has a sign",
            "Agree before the start how much worse “Late parts” may get: “Early signs” pushes it "
            "the wrong way.",
        ),
    ],
)
def test_the_first_sign_and_who_has_none(
    rows: list[dict[str, Any]], headline: str, advice: str
) -> None:
    given = results(milestones=rows)
    made = found(milestones(given), given)
    start = "The first sign is “Late parts”: it should fall by June 2027"
    assert made.headline == f"{start}{headline}"
    assert made.so_what == advice
    table = EXHIBITS["roadmap.milestones"](given).table
    assert table is not None
    assert table.rows[0][:4] == ("June 2027", "Late parts", "should fall", "9 in November 2026")


def test_who_has_no_sign_is_told_by_the_next_ratings() -> None:
    """By hand: “c” has no sign; its full effect is due 12 months after December 2026."""

    def promise(name: str, target: str, change: float, function: str | None) -> dict[str, Any]:
        made = {"investment": name, "target": target, "function": function, "change": change}
        return {**made, "chance": 0.8, "counted": 0.66}

    promises = [
        promise("a", "C01", 1.0, None),
        promise("b", "C01", 1.0, None),
        promise("c", "C01", 0.5, "sales"),
        promise("c", "C02", 1.5, None),
        promise("c", "o", 2.0, None),
        promise("c", "C02", -0.5, "sales"),
    ]
    returns = {**results()["roadmap"]["returns"], "promises": promises}
    given = results(returns=returns)
    (fold,) = EXHIBITS["roadmap.milestones"](given).folds
    assert fold.table is not None
    assert [(row[0], *row[2:4]) for row in fold.table.rows] == [
        ("December 2027", "all", "+1.5"),
        ("December 2027", "Sales", "+0.5"),
    ]
    assert [row["investment"] for row in ratings_due(given)] == ["c", "c"]


def test_no_sign_asks_for_indicators_only_where_there_is_a_plan() -> None:
    none = results(milestones=[], milestones_reason=WHY)
    for given, tables in ((none, ("indicators", "effects")), (unplanned(), ())):
        slot = milestones(given)
        assert isinstance(slot, Absent)
        assert slot.tables == tables


UPKEEP = {"kind": "upkeep", "capability": "C01", "function": "sales", "levels": 0.5,
          "cost_year": 900.0}  # fmt: skip


def test_what_to_stop_and_the_price_of_switching() -> None:
    given = results(stop=[IDLE, UPKEEP], stopping={**PRICE, "cost_year": 900.0})
    made = found(stop(given), given)
    assert made.headline == (
        "One activity under way serves no purpose you declared and takes 25 % of all effort; "
        "levels above target cost a further EUR 900 a year"
    )
    assert made.so_what.endswith(
        "three of nine begun were given up already, with all of these it would be four."
    )
    exhibit = EXHIBITS["roadmap.stop"](given)
    assert exhibit.table is not None
    assert exhibit.table.rows[0] == ("Sponsoring", "Sales", "fame", "2.0", "7")
    assert exhibit.folds[0].table is not None


def test_only_levels_above_target() -> None:
    given = results(stop=[UPKEEP], stopping={**PRICE, "cost_year": 900.0, "share": None})
    made = found(stop(given), given)
    assert made.headline == "Holding one capability above target costs EUR 900 a year"
    assert isinstance(stop(results(stop=[], stop_reason=WHY)), Absent)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ({"rule": "must-not"}, "you ruled it out"),
        ({"rule": "excludes", "names": ["a"]}, "it cannot be done beside “Shared record”"),
        ({"rule": "requires", "names": ["c"]}, "it requires “Early signs”, which the plan"),
        ({"rule": "gain"}, "would not bring the index closer"),
        (
            {
                "rule": "room",
                "short": [
                    {"kind": "budget", "name": "capital", "period": "2027-Q4", "lacks": 40_000.0},
                    {"kind": "capacity", "name": "sales", "period": "2027-Q1", "lacks": 1.25},
                ],
            },
            "it lacks EUR 40,000 of capital budget by 2027-Q4 and 1.2 person-months of Sales in "
            "2027-Q1",
        ),
    ],
)
def test_why_the_plan_does_without_an_investment(why: dict[str, Any], words: str) -> None:
    row = investment("b", left_by={"names": [], "short": [], **why})
    assert words in left_words(results(), row)
