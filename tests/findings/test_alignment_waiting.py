"""Sentences of 04 on what fits, waits, moved and sets apart are true of the numbers."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.alignment.rated import seen, thin, unsettled
from tests.findings.test_alignment import found, results
from tests.support.pointers import resolve


def needing(**changes: Any) -> dict[str, Any]:
    """One need that holds two gaps back in every function, and one more that is free."""
    need = {
        "capability": "C01",
        "functions": ["sales", "service"],
        "gain": 0.4,
        "gain_joint": 6.2,
        "holds": [{"capability": "C03", "function": f} for f in ("sales", "service")],
        "blocked_by": [],
        **changes,
    }
    return results(needs=[need, {**need, "capability": "C02"}])


def test_what_to_lift_first_and_what_follows() -> None:
    finding = found(needing(), "needs")
    assert finding.headline == (
        "Two gaps wait for “Tell the purpose”: lifting it to its target adds less than a point, "
        "and up to 6 points once what rests on it follows"
    )
    assert "Lift it first, in every function" in finding.so_what
    assert finding.so_what.endswith("After it: “Choose by purpose”.")
    assert "in Sales:" in found(needing(functions=["sales"]), "needs").so_what
    none = results(needs=[], needs_reason="No gap waits for another capability.")
    assert found(none, "needs").headline == "No gap waits for another capability"


def test_the_heaviest_gap_is_not_where_to_begin_while_it_waits() -> None:
    given = results()
    given["alignment"]["gaps"][0]["blocked_by"] = ["C01"]
    given["alignment"]["gaps"][1]["blocked_by"] = []
    said = found(given, "gaps").so_what
    assert said.startswith("The heaviest, “Listen” in Service, waits for “Tell the purpose” there.")
    assert "begin with “Tell the purpose” in Sales" in said


@pytest.mark.parametrize(
    ("built", "near", "words"),
    [
        (1.8, (1.8, 1.8), "No other profile fits nearly as well. Make level 2 hold"),
        (2.4, (2.0, 2.6), "Profiles from 2 to 2.6 fit nearly as well"),
        (2.4, (2.0, 2.6), "Level 3 is the next step"),
        (2.9, (2.9, 2.9), "the height is there"),
        (4.2, (4.2, 4.2), "ask what the rest earns"),
    ],
)
def test_fit_says_how_sharp_it_is_and_the_next_level(
    built: float, near: tuple[float, float], words: str
) -> None:
    ends = {"low": near[0], "high": near[1]}
    given = results(built_for=built, built_for_nearly=ends)
    finding = found(given, "built_for")
    assert words in finding.so_what
    assert "against 0.9 of a level off that of level 3" in finding.headline
    assert all(resolve(given, pointer) is not None for pointer in finding.evidence)


def asset(capability: str, gap: float, *functions: str) -> dict[str, Any]:
    row = {"capability": capability, "present": 3 + gap, "target": 3.0, "gap": gap}
    return {**row, "strong": gap >= 0, "functions": list(functions), "cells": 2, "rank": 1, "of": 4}


@pytest.mark.parametrize(
    ("rows", "headline", "advice"),
    [
        (
            [asset("C03", 0.5, "sales"), asset("C01", -1.0)],
            "Of your two distinctive capabilities rated, “Listen” stands at or above target",
            "Build the plan on it",
        ),
        (
            [asset("C03", -0.5, "sales"), asset("C01", -1.0)],
            "None of your distinctive capabilities stands at its target: nearest is “Listen” at "
            "level 2.5, half a level below",
            "only “Listen” in Sales stands there",
        ),
        (
            [asset("C01", -1.0)],
            "Your one distinctive capability stands below its target: nearest is “Tell the "
            "purpose” at level 2, 1 level below",
            "in no function rated",
        ),
    ],
)
def test_what_to_build_on(rows: list[dict[str, Any]], headline: str, advice: str) -> None:
    finding = found(results(assets=rows), "assets")
    assert finding.headline == headline
    assert advice in finding.so_what


def moved(change: float, low: float | None, high: float | None, alike: bool | None = True) -> Any:
    """A trend of two periods with one change of the index."""
    beyond = None if low is None or high is None else bool(low > 0 or high < 0)
    ends = {"before": 60.0, "after": 60 + change, "change": change, "low": low, "high": high}
    row = {"from": "2026-Q2", "to": "2026-Q4", **ends, "beyond_noise": beyond}
    row["like_for_like"] = {**ends, "beyond_noise": alike, "cells": 8}
    sales = {"function": "sales", **ends, "beyond_noise": beyond}
    purpose = {"capability": "C01", **ends, "change": 0.5, "beyond_noise": beyond}
    return {
        "periods": [{"period": "2026-Q2"}, {"period": "2026-Q4"}],
        "changes": [row],
        "functions": [sales],
        "capabilities": [purpose],
        "capabilities_by_chance": 0.2,
    }


@pytest.mark.parametrize(
    ("trend", "headline", "advice"),
    [
        (moved(3.3, 1, 5.6), "rose by 3.3 points (1.0 to 5.6) since 2026-Q2, to 63", "progress"),
        (moved(-3.3, -5.6, -1), "fell by 3.3 points (1.0 to 5.6) since 2026-Q2", "what slipped"),
        (moved(3.3, 1, 5.6, False), "rose by 3.3", "over the cells rated both times it moved +3.3"),
        (moved(0.4, -1, 2), "did not move beyond noise since 2026-Q2: +0.4 points", "Do not"),
        (moved(0.4, None, None), "cannot be told", "more people rate"),
        (moved(3.3, 1, 5.6), "Your alignment", "Functions that moved: Sales +3 points."),
        (moved(3.3, 1, 5.6), "Your alignment", "one moved beyond noise, about one would by chance"),
        (moved(0.4, -1, 2), "Your alignment", "Of one capability none moved beyond noise."),
    ],
)
def test_what_moved_and_whether_to_report_it(trend: Any, headline: str, advice: str) -> None:
    finding = found(results(trend=trend), "trend")
    assert headline in finding.headline
    assert advice in finding.so_what


def test_cells_whose_raters_differ_and_how_much_was_seen() -> None:
    given = results()
    rows, labels_ = given["alignment"]["gaps"], given["labels"]
    assert unsettled(rows, labels_) == ""
    rows[0]["average_deviation"] = 1.2
    said = unsettled(rows, labels_)
    assert said.startswith("In one cell raters lie more than 0.8 of a level")
    assert said.endswith("“Listen” in Service.")
    assert seen(given["alignment"]) == "8 of 8 applicable cells rated, 100 % by weight."
    given["alignment"]["cells"]["withheld"] = 2
    assert "Two cells withheld to protect raters" in seen(given["alignment"])


def test_functions_of_one_or_two_raters_are_named_with_what_simulation_found() -> None:
    given = results(few_raters=["sales"])
    said = thin(given["alignment"], given["labels"])
    assert said.startswith("Sales has one or two raters")
    assert "48 % of simulated organisations" in said
    both = results(few_raters=["sales", "service"])
    assert thin(both["alignment"], both["labels"]).startswith("Sales and Service have")
    assert thin(results(few_raters=[])["alignment"], given["labels"]) == ""
