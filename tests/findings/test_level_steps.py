"""The sentences on the steps of the ladder are true of the numbers in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.level.steps import added
from lodestar.findings.model import Absent, Finding
from tests.findings.test_level import results
from tests.support.pointers import resolve

TIED = {
    "dimensions": ["D1", "D3"],
    "weight": 0.4,
    "points": 0.4,
    "share": 0.41,
    "cells": 64,
    "capabilities": 11,
    "functions": 6,
    "pairs": 15,
    "ties": 155,
}


def step(number: int, **changes: Any) -> dict[str, Any]:
    numbers = {"cells": 158, "applicable": 189, "points": 1.03, "rated": 186, "below": 40 * number}
    costs = {"cost_year": 2_865_100.0, "costed": 150}
    known = {"from": number, "to": number + 1, **numbers, **costs, "coordination": TIED}
    return {**known, **changes}


def said(changes: dict[str, Any] | None = None, **parts: Any) -> Finding:
    finding = added(results(steps=[step(k, **(changes or {})) for k in (1, 2, 3, 4)], **parts))
    assert isinstance(finding, Finding)
    return finding


@pytest.mark.parametrize(
    ("chosen", "present", "words"),
    [
        (4.0, 2.6, "The step from 3 to 4, the level you chose, raises"),
        (3.5, 2.6, "The step from 3 to 4, which holds the level you chose, 3.5,"),
        (1.0, 2.6, "The step from 1 to 2, beyond the level you chose,"),
        (None, 2.6, "The step from 2 to 3, the next from how you work,"),
        (None, 3.0, "The step from 3 to 4, the next from how you work,"),
        (None, 5.0, "The step from 4 to 5, the next from how you work,"),
        (None, None, "The step from 2 to 3, which leads to what your market asks for,"),
    ],
)
def test_the_step_that_lies_ahead(chosen: float | None, present: float | None, words: str) -> None:
    today = {"below": None} if present is None else {}
    finding = said(today, chosen=chosen, present={"estimate": present}, required={"estimate": 3.0})
    assert finding.headline.startswith(words)


def test_what_it_adds_what_it_costs_and_who_must_agree() -> None:
    finding = said(present={"estimate": 2.6, "low": 2.5, "high": 2.7})
    assert finding.headline.endswith(
        "raises 158 of 189 targets, the whole profile by 1 level; 41 % of that ties functions "
        "together, and holding it costs EUR 2.9 million a year"
    )
    assert finding.so_what == (
        "Before funding it, settle who decides: six functions, 15 pairs of them, must agree on "
        "eleven shared capabilities. You work at 2.6 (2.5 to 2.7): 120 of 186 rated cells stand "
        "below its end, 80 below the step before; take that one first."
    )
    assert "“Purpose” and “Insight”; 40 % of the weight" in finding.reading
    assert "Upkeep is known for 150 of the 158 cells" in finding.reading


def test_what_is_unknown_is_not_said() -> None:
    bare = {"dimensions": [], "share": None, "pairs": None}
    finding = said({"cost_year": None, "coordination": bare, "below": None})
    assert finding.headline.endswith("the whole profile by 1 level")
    assert finding.so_what == "Rate your capabilities to see how much of it you have."
    assert "synthesis" not in finding.reading


def test_a_step_that_is_already_held_asks_for_nothing() -> None:
    assert "none of 186 rated cells stands below its end" in said({"below": 0}).so_what
    first = said(chosen=2.0)
    assert first.so_what.endswith("40 of 186 rated cells stand below its end.")


def test_nothing_says_which_step_it_is() -> None:
    given = results(chosen=None, present={"estimate": None}, required={"estimate": None})
    slot = added(given)
    assert isinstance(slot, Absent)
    assert "choose a level" in slot.reason
    none = results(steps=[], steps_reason="No capability applies in any function.")
    slot = added(none)
    assert isinstance(slot, Absent)
    assert slot.reason.startswith("No capability applies")


@pytest.mark.parametrize("chosen", [1.0, 4.0, None])
def test_evidence_resolves(chosen: float | None) -> None:
    given = results(chosen=chosen)
    finding = added(given)
    assert isinstance(finding, Finding)
    assert all(resolve(given, pointer) is not None for pointer in finding.evidence)
