"""The summary's sentences are true of the numbers in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.model import Absent, Finding
from lodestar.findings.summary import answer, findings, part_shares


def level(estimate: float | None, low: float | None = None, high: float | None = None) -> dict:
    return {"estimate": estimate, "low": low, "high": high}


def results(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "currency": "EUR",
        "labels": {
            "investment": {"i1": "One hand-off owner"},
            "capability": {"C01": "Listen"},
            "function": {"sales": "Sales"},
            "node": {},
        },
        "level": {
            "required": level(3.6, 3.2, 4.0),
            "present": level(2.4, 2.2, 2.6),
            "experienced": level(2.0, 1.8, 2.3),
            "chosen": 4.0,
        },
        "alignment": {
            "index": 58.0,
            "misalignment": 2.0,
            "built_for": 2.1,
            "gaps": [
                {
                    "capability": "C01",
                    "function": "sales",
                    "present": 2.0,
                    "target": 4.0,
                    "gap": -2.0,
                }
            ],
            "parts": {"height": 0.6, "capabilities": 0.3, "functions": 1.0, "local": 0.1},
            "corrected": {"index": 60.0, "low": 54.0, "high": 62.0, "noise": 0.1},
        },
        "conflicts": {
            "items": [
                {"kind": "customer", "a": "m1", "b": "o1", "severe": True, "severity": 0.1},
                {"kind": "structural", "a": "m1", "b": "m2", "severe": False, "severity": 0.01},
            ],
            "repairs": {"changes": [{"metric": "m1", "change": "share", "cost": 2.0}]},
        },
        "purpose": {
            "focus_index": 0.7,
            "drift": [{"from": "2026-Q2", "to": "2026-Q4", "value": 0.15}],
        },
        "roadmap": {"chosen": ["i1"], "index_before": 58.0, "index_after": 66.0},
    }
    return {**base, **changes}


def by_id(made: list[Finding | Absent]) -> dict[str, Finding | Absent]:
    return {slot.id: slot for slot in made}


def test_the_answer_carries_the_numbers() -> None:
    said = answer(results())
    assert said[0] == (
        "Your market asks for level 3.6, you work at 2.4, you are built for 2.1 and your customers "
        "experience 2."
    )
    assert said[1] == "50 % of the misalignment is functions out of step with each other."
    assert "one change" in said[2]
    assert "one severe conflict" in said[2]


def test_shares_add_up() -> None:
    assert sum(part_shares(results()["alignment"]).values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("required", "present", "said"),
    [(3.6, 2.4, "1.2 levels short"), (2.4, 3.6, "1.2 levels above"), (3.0, 2.8, "close to")],
)
def test_short_above_and_close_are_told_apart(required: float, present: float, said: str) -> None:
    levels = {
        **results()["level"],
        "required": level(required),
        "present": level(present, 2.0, 4.0),
    }
    made = by_id(findings(results(level=levels)))["summary.levels"]
    assert isinstance(made, Finding)
    assert said in made.headline


def test_without_material_every_slot_says_which_table_would_answer() -> None:
    nothing = level(None)
    empty = results(
        level={"required": nothing, "present": nothing, "experienced": nothing, "chosen": None},
        alignment={
            "index": None,
            "misalignment": None,
            "built_for": None,
            "gaps": [],
            "parts": {},
            "index_reason": "No ratings.",
            "corrected": {},
        },
        conflicts={"items": [], "items_reason": "No metrics.", "repairs": {"changes": []}},
        purpose={"focus_index": None, "focus_index_reason": "No activities.", "drift": []},
        roadmap={
            "chosen": [],
            "chosen_reason": "No investments.",
            "index_before": None,
            "index_after": None,
        },
    )
    made = findings(empty)
    assert all(isinstance(slot, Absent) and slot.reason and slot.tables for slot in made)
    assert answer(empty) == ["There is not enough material yet to say where you stand."]


def test_the_count_of_conflicts_that_reach_the_customer_is_right() -> None:
    made = by_id(findings(results()))["summary.conflicts"]
    assert isinstance(made, Finding)
    assert made.headline == (
        "One severe conflict between measures; one of them reaches the customer"
    )
