"""Sentences on segments are true of the numbers in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.level.segments import segments
from lodestar.findings.model import Absent, Finding
from lodestar.workbook.level.segments import segments as exhibit
from tests.support.pointers import resolve


def pair(difference: float, q: float, noise: bool, **more: Any) -> dict[str, Any]:
    found = {"higher": "b", "lower": "a", "difference": difference, "p": q, "q": q}
    return {**found, "low": difference - 0.1, "high": difference + 0.1} | {
        "exceeds_noise": not noise,
        **more,
    }


def row(column: str, name: str, level: float | None, **more: Any) -> dict[str, Any]:
    few = level is None
    ends = {"low": None, "high": None} if few else {"low": level - 0.1, "high": level + 0.1}
    nps = dict.fromkeys(("score", "low", "high", "n"), None if few else 20.0)
    return {
        "column": column,
        "segment": name,
        "suppressed": few,
        "n": None if few else 30,
        "experienced": {"estimate": level, **ends},
        "nps": {**nps, "suppressed": few},
        "dimensions": [] if few else [{"dimension": "D1", "estimate": level, **ends}],
        **more,
    }


def results(apart: list[dict[str, Any]], *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    listed = rows or (row("home_region", "a", 2.1), row("home_region", "b", 2.6))
    level = {
        "experienced": {
            "estimate": 2.4,
            "dimensions": [{"dimension": "D1", "estimate": 2.4}],
            "own_map": False,
        },
        "segments": list(listed),
        "segment_differences": apart,
        "segments_left_out": [{"column": "weight", "why": "It holds numbers."}],
    }
    return {"level": {**level, **more}, "labels": {"dimension": {"D1": "Purpose"}}}


def difference(
    by: float, q: float, noise: bool, nps: dict[str, Any] | None = None, **more: Any
) -> Any:
    score = nps or pair(4.0, 0.6, True)
    named = {"column": "home_region", "nps": score, "not_stated": 0}
    return {**named, **pair(by, q, noise), **more}


def told(given: dict[str, Any]) -> Finding:
    found = segments(given)
    assert isinstance(found, Finding)
    assert all(resolve(given, pointer) is not None for pointer in found.evidence)
    assert found.so_what.endswith(".")
    assert not found.headline.endswith(".")
    return found


def test_a_clear_difference_names_both_segments_with_levels_and_interval() -> None:
    found = told(results([difference(0.5, 0.01, noise=False)]))
    assert found.headline == (
        "By home region, customers in “b” experience half a level (0.4 to 0.6) more than those in "
        "“a”: 2.6 against 2.1, more than noise"
    )
    assert "in “a” what they miss" in found.so_what


@pytest.mark.parametrize(
    ("by", "q", "noise", "words"),
    [
        (0.5, 0.3, True, "half a level (0.4 to 0.6) by home region, does not exceed noise"),
        (0.2, 0.01, False, "0.2 of a level (0.1 to 0.3) by home region, is more than noise, but"),
        (0.02, 0.9, True, "less than 0.1 of a level (−0.1 to 0.1) by home region, does not"),
    ],
)
def test_noise_and_small_differences_are_about_the_same(
    by: float, q: float, noise: bool, words: str
) -> None:
    found = told(results([difference(by, q, noise)]))
    assert "about the same level, 2.1 to 2.6" in found.headline
    assert words in found.headline
    assert found.so_what.startswith("Plan for all customers together")


def test_the_clients_own_map_is_said_here_too() -> None:
    given = results([difference(0.5, 0.01, noise=False)])
    assert "Satisfaction" not in told(given).reading
    given["level"]["experienced"]["own_map"] = True
    assert "Satisfaction read as a level" in told(given).reading


def test_recommendation_that_differs_is_said_where_levels_do_not() -> None:
    score = pair(30.0, 0.01, noise=False, low=18.0, high=42.0)
    found = told(results([difference(0.1, 0.8, noise=True, nps=score)]))
    assert "30 points (18 to 42) below that of “b”" in found.so_what


def test_of_several_columns_the_largest_clear_difference_leads() -> None:
    noisy = difference(0.9, 0.2, noise=True)
    clear = difference(0.5, 0.01, noise=False) | {"column": "tier"}
    rows = (row("home_region", "a", 2.0), row("tier", "a", 2.1), row("tier", "b", 2.6))
    assert told(results([noisy, clear], *rows)).headline.startswith("By tier, customers in “b”")


def test_what_is_not_shown_is_told_with_the_reason() -> None:
    rows = (row("r", "a", 2.1), row("r", "b", 2.6), row("r", "c", None), row("r", "d", None))
    found = told(results([difference(0.5, 0.01, noise=False, column="r")], *rows))
    assert "2 of 4 segments shown" in found.reading
    assert "protect the answers of few" in found.reading
    assert "survey weights are not used" in found.reading


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"experienced": {"estimate": None, "estimate_reason": "No customer."}}, "No customer."),
        ({"segments": [], "segments_reason": "Add a column."}, "Add a column."),
        ({"segment_differences": [{"difference": None}]}, "Fewer than two segments"),
    ],
)
def test_without_segments_it_says_what_would_answer(more: dict[str, Any], reason: str) -> None:
    found = segments(results([], **more))
    assert isinstance(found, Absent)
    assert found.reason.startswith(reason)
    assert "respondents" in found.tables


def test_the_exhibit_lists_every_segment_and_every_column() -> None:
    """One line a segment; a hidden one says so in each of its numbers."""
    rows = (row("r", "a", 2.1), row("r", "<b>", 2.6), row("r", "c", None))
    found = difference(0.5, 0.01, noise=False, column="r", not_stated=7)
    shown = exhibit(results([found], *rows))
    assert shown.table is not None
    assert [line[1] for line in shown.table.rows] == ["a", "<b>", "c"]
    assert set(shown.table.rows[2][2:]) == {"too few to show"}
    assert "<b>" not in shown.table.html()
    notes = " ".join(shown.notes)
    assert "level of “b” above “a” by 0.50 (0.40 to 0.60), more than noise (q = 0.010)" in notes
    assert "NPS of “b” above “a” by 4 (4 to 4), within noise" in notes
    assert "seven customers give no value" in notes
    assert "“weight” is not used. It holds numbers." in notes


def test_small_segments_shown_as_one_are_each_named_and_counted_apart() -> None:
    """Oracle: two of three named segments are shown; the pooled row is none of them."""
    pooled = row("r", "other", 2.2, members=["c", "<d>"])
    rows = (row("r", "a", 2.1), row("r", "b", 2.6), row("r", "c", None), pooled)
    given = results([difference(0.5, 0.01, noise=False, column="r")], *rows)
    assert "2 of 3 segments shown" in told(given).reading
    assert "shown as one take no part" in told(given).reading
    shown = exhibit(given)
    assert shown.table is not None
    assert shown.table.rows[3][1] == "c and <d>, together"
    assert "“c” and “<d>” are shown as one" in " ".join(shown.notes)
    assert "<d>" not in shown.table.html()
