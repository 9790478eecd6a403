"""The sentences of 02 on customers and on the chosen level, in every branch."""

from __future__ import annotations

from typing import Any

import pytest

from lodestar.findings.spans import side
from tests.findings.test_level import distance, found, results


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (distance(0.4, 0.2, 0.6), ", 0.4 of a level below what you say of yourselves"),
        (distance(-0.4, -0.6, -0.2), ", 0.4 of a level above what you say of yourselves"),
        (distance(0.1, -0.2, 0.4), ", about what you say of yourselves"),
        (distance(None, None, None), "level 3 (2.6 to 3.4)"),
    ],
)
def test_customers_against_own_view(apart: dict[str, Any], words: str) -> None:
    given = results(
        distances={"present_minus_experienced": apart},
        experienced={"estimate": 3.0, "low": 2.6, "high": 3.4},
    )
    assert words in found(given, "experienced").headline


def test_advice_names_the_dimension_that_differs_most_beyond_noise() -> None:
    rows = [
        {"dimension": "D1", "gap": 0.6, "low": 0.3, "high": 0.9},
        {"dimension": "D2", "gap": 1.5, "low": -0.2, "high": 3.0},
    ]
    said = found(results(self_customer=rows), "experienced").so_what
    assert said == (
        "You see “Purpose” 0.6 of a level (0.3 to 0.9) higher than they do: ask them why before "
        "you plan."
    )
    under = [{"dimension": "D2", "gap": -0.8, "low": -1.0, "high": -0.5}]
    less = found(results(self_customer=under), "experienced").so_what
    assert less.startswith("They see “Understanding” 0.8 of a level (0.5 to 1.0) higher than you")
    both = found(results(self_customer=[*rows, *under]), "experienced").so_what
    assert both == f"{said} {less}"
    noise = [{"dimension": "D2", "gap": 0.2, "low": -1.0, "high": 0.5}]
    assert "beyond noise" in found(results(self_customer=noise), "experienced").so_what
    assert "Rate your capabilities" in found(results(self_customer=[]), "experienced").so_what


def test_own_map_is_said() -> None:
    given = results(experienced={"own_map": True})
    assert "Satisfaction read as a level" in found(given, "experienced").reading
    assert "Satisfaction" not in found(results(), "experienced").reading


@pytest.mark.parametrize(
    ("stance", "cost", "headline", "advice"),
    [
        (
            "above",
            240_000.0,
            "over-shoots the 3",
            "holding the difference costs EUR 240,000 a year",
        ),
        ("above", None, "93 % of resamples ask for less", "the table `upkeep` would say"),
        ("below", None, "falls short of the 3 your market asks for", "Raise the aim towards 3"),
        ("within", None, "lies in the range your market asks for, 3", "Keep the level"),
    ],
)
def test_stance_of_the_chosen_level(
    stance: str, cost: float | None, headline: str, advice: str
) -> None:
    given = results(
        consequence={"stance": stance, "share_below": 0.93, "overshoot": {"cost_year": cost}}
    )
    finding = found(given, "consequence")
    assert headline in finding.headline
    assert advice in finding.so_what
    if stance == "below":
        assert "7 % of resamples ask for more" in finding.headline


def test_a_level_that_reads_like_the_end_of_the_range_is_only_just_outside() -> None:
    just = results(required={"estimate": 3.6, "high": 3.96}, consequence={"stance": "above"})
    assert "4, just over-shoots the 3.6" in found(just, "consequence").headline
    far = results(required={"estimate": 3.2, "high": 3.6}, consequence={"stance": "above"})
    assert "4, over-shoots the 3.2" in found(far, "consequence").headline
    under = results(required={"estimate": 4.3, "low": 4.04}, consequence={"stance": "below"})
    assert "4, just falls short of the 4.3" in found(under, "consequence").headline


LAST = {"from": 3.0, "to": 4.0, "cost_year": 240_000.0, "cells": 5, "rising": 8}


@pytest.mark.parametrize(
    ("cost", "share", "words"),
    [
        (240_000.0, 0.041, "so it must bring at least that much more contribution a year, 4 %"),
        (240_000.0, None, "that much more contribution a year to break even."),
        (700_000.0, 0.001, "Its last step, from 3 to 4, must bring at least EUR 240,000 more"),
        (700_000.0, 0.001, "a year, less than 1 % of yearly revenue, to break even."),
    ],
)
def test_what_the_last_level_would_have_to_return(
    cost: float, share: float | None, words: str
) -> None:
    """The last level and the over-shoot are the same sum when they are a level or less."""
    last = {**LAST, "share_of_revenue": share}
    finding = found(
        results(consequence={"overshoot": {"cost_year": cost}, "last_level": last}), "consequence"
    )
    assert words in finding.so_what
    assert "upkeep is known for 5 of the 8 cells that rise" in finding.reading


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (distance(1.4, 1.2, 1.6), "Level 4 is 1.4 levels (1.2 to 1.6) above how you work."),
        (distance(-0.5, -0.7, -0.3), "You already work half a level above it."),
        (distance(0.1, -0.2, 0.3), "You already work at about 4."),
        (distance(None, None, None), "Rate your capabilities to see how far 4 is."),
    ],
)
def test_over_shoot_says_how_far_the_chosen_level_is(apart: dict[str, Any], words: str) -> None:
    given = results(distances={"chosen_minus_present": apart})
    assert found(given, "consequence").so_what.endswith(words)


def test_under_shoot_names_what_is_left_undone_and_no_cost() -> None:
    top = [{"capability": c, "rise": 1.0} for c in ("C01", "C03")]
    undone = {"stance": "below", "undershoot": {"cells": 6, "top": top}, "last_level": LAST}
    said = found(results(consequence=undone), "consequence").so_what
    assert said.endswith(
        "Left undone in six cells, most of all in “Tell the purpose” and “Listen”."
    )
    assert "EUR" not in said


def test_within_the_range_says_what_is_left() -> None:
    def left(apart: dict[str, Any]) -> str:
        given = results(consequence={"stance": "within"}, distances={"chosen_minus_present": apart})
        return found(given, "consequence").so_what

    assert "what is left to do is 1.6 levels (1.5 to 1.7)" in left(distance(1.6, 1.5, 1.7))
    assert "you are there" in left(distance(0.0, -0.1, 0.1))
    assert "above it" in left(distance(-0.6, -0.8, -0.4))
    assert "rate your capabilities" in left(distance(None, None, None))


def test_side_needs_an_interval_away_from_nothing() -> None:
    assert side(distance(0.5, 0.1, 0.9)) == "above"
    assert side(distance(-0.5, -0.9, -0.1)) == "below"
    assert side(distance(0.5, 0.0, 0.9)) == "level"
    assert side(distance(None, None, None)) is None
