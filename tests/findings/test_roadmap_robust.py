"""The sentence on robustness against sections made by hand."""

from __future__ import annotations

from typing import Any

from lodestar.findings.model import Absent, Finding
from lodestar.findings.roadmap.robust import robust
from tests.support.roadmap_results import REDRAWN, results


def said(**changes: Any) -> Finding:
    found = robust(results(robustness={**REDRAWN, **changes}))
    assert isinstance(found, Finding)
    return found


def shares(**given: float) -> list[dict[str, Any]]:
    inside = {"a", "c"}
    return [
        {"investment": name, "chosen": name in inside, "share_chosen": share}
        for name, share in given.items()
    ]


def test_the_sure_are_counted_and_the_others_named() -> None:
    found = said()
    assert found.headline.startswith("One of the two investments in the plan is chosen in at least")
    assert "90 % of 200 draws" in found.headline
    assert "in the plan, chosen in 41 %" in found.so_what
    assert "left out, chosen in 30 %" in found.so_what
    assert "within 0.6 index points" in found.so_what


def test_all_sure() -> None:
    found = said(investments=shares(a=0.95, b=0.1, c=0.9), behind_high=0.0)
    assert found.headline.startswith("All of the two investments in the plan are chosen")
    assert found.so_what.startswith("Start them as planned.")
    assert "next to nothing" in found.so_what


def test_none_sure() -> None:
    found = said(investments=shares(a=0.5, b=0.1, c=0.6))
    assert found.headline.startswith("None of the two investments")
    assert found.so_what.startswith("Decide on ")


def test_without_a_plan_the_slot_waits() -> None:
    empty = results(chosen=[], chosen_reason="Doing nothing is closest to target.")
    assert isinstance(robust(empty), Absent)
