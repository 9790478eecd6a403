"""Sentences on whether people judge the same things alike."""

from __future__ import annotations

from typing import Any

from lodestar.findings.perspectives.judging import alike, coded


def row(source: str, group: str, alpha: float | None, **more: Any) -> dict[str, Any]:
    """Return an entry of ``perspectives.coded``."""
    bounds = {"low": None if alpha is None else alpha - 0.1, "high": alpha and alpha + 0.1}
    return {"source": source, "group": group, "alpha": alpha, "raters": 12, "units": 30} | (
        bounds | more
    )


def results(*rows: dict[str, Any]) -> dict[str, Any]:
    labels = {"function": {"ops": "Operations", "it": "IT"}, "group": {"employee": "Employees"}}
    return {"labels": labels, "perspectives": {"coded": list(rows)}}


def test_raters_are_told_with_the_interval_and_where_they_agree_least() -> None:
    """Oracle: the figures given; a function without an interval is not named as the least."""
    told = alike(
        results(
            row("ratings", "all", 0.6),
            row("ratings", "ops", 0.3),
            row("ratings", "it", 0.1, low=None, high=None),
        )
    )
    assert told[0] == (
        "Twelve people rated the level of the same work in 30 places and agree to 0.60 of 1 "
        "(0.50 to 0.70). They agree least on Operations: 0.30 of 1 (0.20 to 0.40); look at "
        "evidence together there before its level is used."
    )
    assert "0.67" in told[-1]


def test_no_function_is_named_where_all_agree() -> None:
    """Oracle: Krippendorff's convention: from .667 judgements may be used."""
    told = alike(results(row("ratings", "all", 0.8), row("ratings", "ops", 0.667)))
    assert "least" not in told[0]


def test_priorities_are_told_by_the_largest_group_and_chance_is_called_chance() -> None:
    few, many = row("recall", "manager", 0.5, raters=8), row("recall", "employee", 0.04)
    told = alike(results(few, many))
    assert told[0] == (
        "Asked to name the priorities, twelve employees agree on them to 0.04 of 1 "
        "(−0.06 to 0.14): hardly more than by chance. Say fewer priorities, more often."
    )
    clear = alike(results(row("recall", "employee", 0.5)))
    assert clear[0].endswith("agree on them to 0.50 of 1 (0.40 to 0.60).")


def test_nothing_judged_says_nothing() -> None:
    assert alike(results()) == ()
    assert alike(results(row("ratings", "all", None))) == ()
    assert [r["who"] for r in coded(results(row("ratings", "all", 0.5)))] == ["all functions"]
