"""What moved, said in every branch; the numbers are written out in each test."""

from __future__ import annotations

from typing import Any

from lodestar.findings.level.trend import trend
from lodestar.findings.model import Absent, Finding
from tests.support.pointers import resolve

NAMES = {"D1": "Purpose", "D2": "Insight"}


def row(kind: str, change: float, width: float | None = 0.1, start: str = "Q1") -> dict[str, Any]:
    """A change with its interval of half this width; without one nothing can be told."""
    low, high = (None, None) if width is None else (change - width, change + width)
    beyond = None if low is None or high is None else low > 0 or high < 0
    found = {"kind": kind, "from": start, "to": "Q3", "change": change, "low": low, "high": high}
    alike = {"change": change, "low": low, "high": high, "beyond_noise": beyond}
    extra = {"cells": 8, "differs": False}
    return {**found, "beyond_noise": beyond, "like_for_like": {**alike, **extra}}


def part(dimension: str, change: float) -> dict[str, Any]:
    return {**row("present", change), "dimension": dimension, "before": 2.0, "after": 2.0 + change}


def results(*changes: dict[str, Any], parts: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    found = {
        "periods": [{"period": "Q1"}, {"period": "Q3"}],
        "changes": list(changes),
        "changes_reason": "No level is known in two periods.",
        "dimensions": list(parts),
        "dimensions_by_chance": 0.2 * len(parts) or None,
    }
    return {"level": {"trend": found}, "labels": {"dimension": NAMES}}


def told(*changes: dict[str, Any], parts: tuple[dict[str, Any], ...] = ()) -> Finding:
    given = results(*changes, parts=parts)
    finding = trend(given)
    assert isinstance(finding, Finding)
    assert all(resolve(given, pointer) is not None for pointer in finding.evidence)
    assert not finding.headline.endswith(".")
    assert finding.so_what.endswith(".")
    return finding


def test_what_moved_leads_and_what_did_not_follows() -> None:
    said = told(row("required", -0.52), row("present", 0.05), row("experienced", 0.3)).headline
    assert said == (
        "What your market asks for fell by half a level (0.4 to 0.6) since Q1 and what your "
        "customers experience rose by 0.3 of a level (0.2 to 0.4) since Q1; how you work did not "
        "move beyond noise"
    )


def test_a_slow_slide_is_told_over_all_periods() -> None:
    """Neither step is clear, the way from first to last is."""
    steps = (row("experienced", -0.08, start="Q1"), row("experienced", -0.08, start="Q2"))
    said = told(*steps, row("experienced", -0.16, start="Q1")).headline
    assert said.startswith("What your customers experience fell by 0.2 of a level (0.1 to 0.3)")
    assert said.endswith("since Q1")


def test_the_newest_step_goes_before_the_whole_way() -> None:
    changes = [row("required", x, start=s) for x, s in ((0.0, "Q1"), (0.4, "Q2"), (0.4, "Q1"))]
    assert told(*changes).headline.endswith("since Q2")


def test_noise_is_not_reported_as_progress() -> None:
    rise = told(row("present", 0.08, 0.2), parts=(part("D1", 0.05), part("D2", 0.02)))
    assert rise.headline == "How you work did not move beyond noise since Q1"
    assert rise.so_what == (
        "Do not report the rise in how you work, +0.1 (−0.1 to 0.3), as progress yet. "
        "None of its two dimensions moved beyond noise."
    )
    fall = told(row("present", -0.08))
    assert "Do not report the fall" in fall.so_what
    assert "as a setback yet" in fall.so_what


def test_one_dimension_beyond_noise_is_weighed_against_chance() -> None:
    parts = tuple(part("D1", 0.4 if i == 3 else 0.0) for i in range(10))
    said = told(row("present", 0.02), parts=parts).so_what
    assert "Of its ten dimensions one moved beyond noise: “Purpose” +0.4 (0.3 to 0.5)" in said
    assert "about two would by chance" in said


def test_a_clear_rise_may_be_reported_unless_other_cells_made_it() -> None:
    clear = row("present", 0.4)
    assert told(clear).so_what.startswith("Report the rise")
    assert told(row("present", -0.4)).so_what.startswith("Ask what slipped")
    same = {**clear["like_for_like"], "change": 0.02, "low": -0.1, "high": 0.1}
    other = {**clear, "like_for_like": {**same, "beyond_noise": False, "differs": True}}
    assert told(other).so_what.startswith("Do not report it: over what was rated both times")


def test_what_cannot_be_told_is_said_so() -> None:
    finding = told(row("required", 0.4, None), row("present", 0.4, None))
    assert "whether what your market asks for and how you work moved cannot be told" in (
        finding.headline.lower()
    )
    assert finding.so_what.startswith("Have more people rate")


def test_one_period_is_absent_without_asking_for_tables() -> None:
    given = results()
    slot = trend(given)
    assert isinstance(slot, Absent)
    assert slot.tables == ("context", "ratings", "respondents", "responses")
    given["level"]["trend"]["periods"] = [{"period": "Q3"}]
    slot = trend(given)
    assert isinstance(slot, Absent)
    assert slot.tables == ()
