"""Who rates: sentences true of the numbers in every branch; law: words and numbers agree."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.assess.labels import labels
from lodestar.assess.level import assess
from lodestar.findings.level.informants import how_far, informants, known, views
from lodestar.findings.model import Absent, Finding
from tests.support.builders import engagement
from tests.support.pointers import resolve

NONE = dict.fromkeys(("own", "others", "difference", "low", "high", "n", "n_others", "cells"))


def results(own: float = 4.0, others: float = 2.0) -> dict[str, Any]:
    """Sales rates its own work; service rates it too; half levels of spread on each side."""
    rows = [
        {
            "capability": c,
            "function": "sales",
            "rater": f"{by} {k}",
            "rater_function": by,
            "level": level + (k - 1) / 2,
        }
        for c in ("C01", "C02", "C03", "C04")
        for by, level in (("sales", own), ("service", others))
        for k in range(3)
    ]
    shown = engagement({"ratings": rows})
    return {"level": assess(shown, {}), "labels": labels(shown), "currency": "EUR"}


BASE = results()


def changed(**view: Any) -> dict[str, Any]:
    """The base with both views of sales, all and own, replaced; service as it is seen by sales."""
    given = copy.deepcopy(BASE)
    sales, service = given["level"]["present"]["informants"]
    sales |= view
    sales["self_view"] |= view
    mirrored = {k: -view[k] for k in ("difference",) if view.get(k) is not None}
    service |= mirrored | (
        {"low": -view["high"], "high": -view["low"]}
        if view.get("low") is not None
        else {k: view[k] for k in ("low", "high") if k in view}
    )
    return given


def found(given: dict[str, Any]) -> Finding:
    finding = informants(given)
    assert isinstance(finding, Finding)
    return finding


def test_own_work_leads_with_its_interval_and_evidence_resolves() -> None:
    finding = found(BASE)
    assert finding.headline.startswith("Sales rates its own work 2 levels higher (1.")
    assert finding.headline.endswith("than others rate it; one more function differs clearly")
    assert "Let Sales and those who rate the same work" in finding.so_what
    assert all(resolve(BASE, pointer) is not None for pointer in finding.evidence)
    assert {v["on"] for v in views(BASE["level"]["present"])} == {"all", "own"}


def test_lower_turns_the_interval() -> None:
    said = found(changed(difference=-1.0, low=-1.3, high=-0.8)).headline
    assert said.startswith("Sales rates its own work 1 level lower (0.8 to 1.3) than others")


@settings(max_examples=60, deadline=None)
@given(st.floats(-3, 3), st.floats(0, 1), st.floats(0, 1))
def test_clear_only_when_the_interval_leaves_out_nothing(
    difference: float, down: float, up: float
) -> None:
    low, high = difference - down, difference + up
    said = found(changed(difference=difference, low=low, high=high)).headline
    clear = abs(difference) >= 0.05 and not low <= 0 <= high
    assert said.startswith("No function") is not clear
    assert ("clearly higher or lower" in said) is not clear


def test_without_interval_nothing_is_called_clear() -> None:
    said = found(changed(low=None, high=None)).headline
    assert said.startswith("No function rates the same work clearly")
    assert "None" not in said


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (0.0, "leaves the level at 3: who rates changes"),
        (-0.4, "makes the level 3, not"),
    ],
)
def test_what_counting_equally_changes(difference: float, words: str) -> None:
    given = copy.deepcopy(BASE)
    given["level"]["present"]["balanced"] = {"estimate": 3.0, "difference": difference, "cells": 4}
    assert words in found(given).so_what
    given["level"]["present"]["balanced"] = {"estimate": None, "difference": None, "cells": 0}
    assert "Counting" not in found(given).so_what


def test_the_reading_names_who_is_few_alone_or_withheld() -> None:
    given = copy.deepcopy(BASE)
    sales, service = given["level"]["present"]["informants"]
    sales["n"] = 2
    assert "Fewer than three raters on a side for Sales" in found(given).reading
    service |= {**NONE, "suppressed": True}
    assert "Withheld, too few persons: Service" in found(given).reading
    service |= {"suppressed": False}
    assert "No cell shared with others: Service" in found(given).reading
    assert known(given["level"]["present"], "all")[0]["function"] == "sales"


def test_absent_says_which_column_or_table_would_answer() -> None:
    alone = {
        "level": assess(
            engagement(
                {"ratings": [{"capability": "C01", "function": "sales", "rater": "a", "level": 3}]}
            ),
            {},
        ),
        "labels": BASE["labels"],
    }
    slot = informants(alone)
    assert isinstance(slot, Absent)
    assert "rater_function" in slot.reason
    assert slot.tables == ("ratings",)
    nothing = {"level": assess(engagement(), {}), "labels": BASE["labels"]}
    slot = informants(nothing)
    assert isinstance(slot, Absent)
    assert "No capability has a level" in slot.reason
    withheld = copy.deepcopy(BASE)
    for row in withheld["level"]["present"]["informants"]:
        row |= {**NONE, "suppressed": True, "self_view": {**NONE, "suppressed": True}}
    slot = informants(withheld)
    assert isinstance(slot, Absent)
    assert "in confidence" in slot.reason


def test_distances_in_words() -> None:
    assert how_far({"difference": 0.02, "low": -0.2, "high": 0.3}) == "the same (−0.2 to 0.3)"
    assert how_far({"difference": -0.5, "low": None, "high": None}) == "half a level lower"
