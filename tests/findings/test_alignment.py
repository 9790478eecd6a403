"""The sentences of 04 are true of the numbers in every branch."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from lodestar.assess.alignment import assess
from lodestar.assess.labels import labels
from lodestar.findings.alignment import answer, findings
from lodestar.findings.alignment.rows import part_rows
from lodestar.findings.alignment.whole import part_shares
from lodestar.findings.model import Absent, Finding
from tests.support.builders import engagement
from tests.support.findings import pick, said
from tests.support.pointers import resolve

SLOTS = ("index", "built_for", "trend", "parts", "gaps", "needs")
SLOTS += ("overshoot", "assets", "functions")
ALWAYS_ABSENT = ("alignment.trend", "alignment.assets")
"""The small client has one period, and nothing distinctive."""
LEVELS = {"C01": (2, 3), "C02": (3, 2), "C03": (3, 1), "C04": (3, 3)}


def results(raters: int = 3, **changes: Any) -> dict[str, Any]:
    """A small client at level 3, parts of its section replaced."""
    rows = [
        {"capability": c, "function": f, "rater": f"{f}{i}", "level": level}
        for c, pair in LEVELS.items()
        for f, level in zip(("sales", "service"), pair, strict=True)
        for i in range(raters)
    ]
    shown = engagement({"ratings": rows})
    section = merged(assess(shown, {}), changes)
    return {"alignment": section, "labels": labels(shown), "currency": "EUR"}


def merged(section: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    out = copy.deepcopy(section)
    for key, value in changes.items():
        out[key] = merged(out.get(key) or {}, value) if isinstance(value, dict) else value
    return out


def slot(given: dict[str, Any], name: str) -> Finding | Absent:
    return pick(findings(given), f"alignment.{name}")


def found(given: dict[str, Any], name: str) -> Finding:
    return said(slot(given, name))


def corrected(**sizes: float) -> dict[str, Any]:
    """Corrected parts of these sizes; the others nothing."""
    names = ("height", "capabilities", "functions", "local")
    return {"parts": {k: {"value": sizes.get(k, 0.0), "low": 0.0, "high": 1.0} for k in names}}


def test_slots_come_in_page_order_with_evidence_that_resolves() -> None:
    given = results()
    made = findings(given)
    assert [f.id for f in made] == [f"alignment.{slot}" for slot in SLOTS]
    assert [f.id for f in made if isinstance(f, Absent)] == list(ALWAYS_ABSENT)
    for finding in (f for f in made if isinstance(f, Finding)):
        assert finding.workbook == "04_alignment"
        assert finding.so_what.endswith(".")
        assert all(resolve(given, pointer) is not None for pointer in finding.evidence)


def test_answer_carries_index_part_and_gap() -> None:
    said = answer(results())
    assert len(said) == 3
    assert said[0].startswith("At the level you chose, 3, your alignment is 77 of 100")
    assert said[2] == "The gap that weighs most is “Listen” in Service, 2 levels below its target."


def test_index_uses_the_corrected_figure_or_says_that_it_cannot() -> None:
    given = results(corrected={"index": 80.0, "low": 76.0, "high": 84.0})
    assert (
        "80 of 100 (76 to 84): cells stand about 0.8 of a level" in found(given, "index").headline
    )
    alone = results(raters=1)
    finding = found(alone, "index")
    assert "77 of 100:" in finding.headline
    assert "Not corrected for rater noise" in finding.reading


@pytest.mark.parametrize(
    ("built", "words"),
    [
        (2.8, "close to the level you chose"),
        (1.5, "1.5 levels short of your aim"),
        (4.5, "1.5 levels above your aim"),
    ],
)
def test_built_for_against_the_aim(built: float, words: str) -> None:
    assert words in found(results(built_for=built), "index").so_what


def test_too_little_coverage_is_absent_with_its_table() -> None:
    given = results(index=None, index_reason="Only 50 % of the applicable cells have a level.")
    finding = slot(given, "index")
    assert isinstance(finding, Absent)
    assert finding.tables == ("ratings",)
    assert isinstance(slot(given, "parts"), Absent)
    assert isinstance(slot(given, "gaps"), Finding)
    assert answer(given) == [
        "Whether you are aligned cannot be told yet. "
        "Only 50 % of the applicable cells have a level."
    ]


def test_without_a_chosen_level_no_table_would_help() -> None:
    rows = [{"capability": "C01", "function": "sales", "rater": "a", "level": 3}]
    shown = engagement({"ratings": rows}, chosen_level=None)
    given = {"alignment": assess(shown, {}), "labels": labels(shown), "currency": "EUR"}
    made = findings(given)
    assert all(isinstance(f, Absent) and f.tables == () for f in made)
    empty = engagement(chosen_level=None)
    none = {"alignment": assess(empty, {}), "labels": labels(empty), "currency": "EUR"}
    made = [f for f in findings(none) if isinstance(f, Absent)]
    assert len(made) == len(SLOTS)
    assert {f.id: f.tables[:1] for f in made if f.tables} == {
        f"alignment.{name}": ("ratings",) for name in SLOTS if name != "trend"
    }


@pytest.mark.parametrize(
    ("sizes", "gap", "headline", "advice"),
    [
        ({"height": 3, "local": 1}, -1.0, "Overall height makes up 75 %", "short by about as much"),
        ({"height": 3, "local": 1}, 1.0, "Overall height makes up 75 %", "above by about as much"),
        ({"functions": 1}, 0, "Functions out of step with each other make up 100 %", "agreement"),
        ({"capabilities": 1}, 0, "Capabilities at uneven height make up", "low capabilities"),
        ({"local": 1}, 0, "Local mismatches make up", "single cells"),
        ({}, 0, "no larger than raters differ among themselves", "nothing to mend"),
    ],
)
def test_heaviest_part(sizes: dict[str, float], gap: float, headline: str, advice: str) -> None:
    given = results(corrected=corrected(**sizes), mean_gap=gap)
    finding = found(given, "parts")
    assert headline in finding.headline
    assert advice in finding.so_what


def test_local_mismatch_is_a_finding_only_above_noise() -> None:
    given = results(
        corrected={**corrected(local=0.5, functions=0.2), "noise": 0.7}, parts={"local": 0.6}
    )
    assert found(given, "parts").headline.startswith("Functions out of step")
    above = results(
        corrected={**corrected(local=0.5, functions=0.2), "noise": 0.1}, parts={"local": 0.6}
    )
    assert found(above, "parts").headline.startswith("Local mismatches")


def test_part_shares_add_up_and_rows_are_ranked() -> None:
    given = results(corrected=corrected(height=1, functions=2, local=1))["alignment"]
    assert sum(part_shares(given).values()) == pytest.approx(1)
    assert part_rows(given)["name"].tolist()[:2] == ["Functions out of step", "Overall height"]
    assert part_rows(results(corrected=corrected())["alignment"]).empty


def test_inexact_split_is_said() -> None:
    assert "do not add up exactly" in found(results(parts_exact=False), "parts").reading


def test_gaps_say_what_the_worst_carry_and_what_closing_gains() -> None:
    finding = found(results(), "gaps")
    assert finding.headline == "Eight cells of 8 carry 100 % of the misalignment"
    assert "“Listen” in Service, 2 levels below its target" in finding.so_what
    assert "adds about 13 points" in finding.so_what
    small = results()
    small["alignment"]["gaps"][0]["gain"] = 0.4
    assert "less than a point" in found(small, "gaps").so_what


def test_no_gap_at_all() -> None:
    given = results()
    for row in given["alignment"]["gaps"]:
        row["gap"] = 0.0
    assert found(given, "gaps").headline == "Every rated cell stands at its target"
    assert len(answer(given)) == 2


def test_over_shoot_with_and_without_cost() -> None:
    bare = found(results(), "overshoot")
    assert bare.headline == "One cell above target accounts for 10 % of the misalignment"
    assert "Fill `upkeep`" in bare.so_what
    costed = results(overshoot={"cost_year": 51_000.0, "costed": 1})
    assert found(costed, "overshoot").headline == "One cell above target ties up EUR 51,000 a year"
    partly = results()
    above = partly["alignment"]["overshoot"]
    above["cells"] = above["cells"] * 3
    above["cost_year"], above["costed"] = 51_000.0, 2
    said = found(partly, "overshoot").headline
    assert said == "Three cells above target tie up EUR 51,000 a year, as far as 2 are costed"
    none = results(overshoot={"cells": []})
    assert found(none, "overshoot").headline == "No rated cell stands above its target"


def test_functions_furthest_apart() -> None:
    finding = found(results(), "functions")
    assert finding.headline.startswith("Sales and Service stand furthest apart, 1.3 levels")
    assert "“Listen”, where Sales is 2 levels ahead" in finding.so_what
    near = results()
    near["alignment"]["pairs"][0]["low"] = 0.0
    assert "No two functions" in found(near, "functions").headline
    alone = results(raters=1)
    assert "1.3 levels" in found(alone, "functions").headline
