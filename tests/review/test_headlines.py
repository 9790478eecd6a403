"""Headline numbers as one side published them. Oracle: documents with and without a register."""

from __future__ import annotations

from typing import Any

from lodestar.findings.headlines import HEADLINES, Figure, read

BY_ID = {headline.id: headline for headline in HEADLINES}


def _results(**tables: dict[str, int]) -> dict[str, Any]:
    conflicts = {"severe": 0, "orphans": [], "orphans_reason": "None was found."}
    return {"conflicts": conflicts, "data_quality": {"tables": tables}}


def test_none_of_a_register_that_was_given_is_nought() -> None:
    results = _results(metrics={"rows": 4})
    assert read(BY_ID["conflicts.severe"], results) == Figure(0.0)
    assert read(BY_ID["conflicts.orphans"], results) == Figure(0.0)


def test_none_of_a_register_that_was_not_given_is_no_number() -> None:
    for name in ("conflicts.severe", "conflicts.orphans"):
        found = read(BY_ID[name], _results())
        assert found.value is None
        assert "metrics" in found.reason


def test_a_place_that_results_lack_is_no_number() -> None:
    assert read(BY_ID["purpose.drift"], {"purpose": {"drift": []}}).value is None
    assert read(BY_ID["level.required"], {}).value is None


def test_a_suppressed_number_says_so() -> None:
    nps = {"score": None, "low": None, "high": None, "suppressed": True}
    assert read(BY_ID["inclusion.nps"], {"inclusion": {"nps": nps}}).reason == "too few to show"
