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
    assert said.startswith("You see “Purpose” 0.6 of a level higher")
    under = [{"dimension": "D2", "gap": -0.8, "low": -1.0, "high": -0.5}]
    assert "They see “Understanding”" in found(results(self_customer=under), "experienced").so_what
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
